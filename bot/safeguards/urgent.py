"""Whether somebody is in danger now.

Every sentence is scored by groups of cues. A group counts once, however often it is matched, so that a long
sentence about knives is not more urgent than a short one. What lowers the score says that the danger is
supposed, past, a subject of study, or already dealt with. A wrong alarm costs a signpost above an answer;
a missed one may cost a life: where both readings are natural and nothing is asked about a rule, it is urgent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.safeguards.cleaning import plain
from bot.safeguards.lexicon import Cue, current
from bot.safeguards.welfare import is_welfare

NOW, RIGHT_NOW, TODAY = Cue("immediate", "now"), Cue("immediate", "right_now"), Cue("immediate", "today")
APPROACH, POSSESSION = Cue("immediate", "approach"), Cue("immediate", "possession")
PERSON, HELP = Cue("immediate", "person"), Cue("immediate", "help")
MISSING, VULNERABLE = Cue("immediate", "missing"), Cue("immediate", "vulnerable")
SAFE_PHRASES, NEGATED, NOT_HYPOTHETICAL = (
    Cue("calming", name) for name in ("safe_phrases", "negated", "not_hypothetical")
)
HYPOTHETICAL, PAST, STILL_GOING_ON = (Cue("calming", name) for name in ("hypothetical", "past", "still_going_on"))
HABIT, CONTROLLED, TOPIC = (Cue("calming", name) for name in ("habit", "controlled", "topic"))
QUESTION, INDEFINITE = Cue("calming", "question"), Cue("calming", "indefinite")


class Urgency(StrEnum):
    """Who is in danger."""

    INCIDENT = "incident"
    WELFARE = "welfare"
    """The officer who writes."""


_SENTENCE = re.compile(r"[.!?;\n]+|\s+[-–—]+\s+|\s*\.\.+\s*")
_SCENARIO = re.compile(r"\b(?:scenario|exercise|hypothetical)")
_ENOUGH = 4
_TERSE = 6


@dataclass(frozen=True, slots=True)
class _Frame:
    """What earlier sentences say about the time and reality of the later ones."""

    past: bool = False
    supposed: bool = False


def urgency(text: str) -> Urgency | None:
    """Whether a member of the public or an officer is in danger now, or the asker is."""
    sentences = [part for part in _SENTENCE.split(plain(text)) if part.strip()]
    if is_welfare(sentences):
        return Urgency.WELFARE
    frame = _Frame()
    for sentence in sentences:
        if _score(sentence, frame) >= _ENOUGH:
            return Urgency.INCIDENT
        frame = _after(sentence, frame)
    return None


def _score(sentence: str, frame: _Frame) -> int:
    """How urgent one sentence is: the danger, then what makes it immediate, less what calms it."""
    sentence = NOT_HYPOTHETICAL.sub(" unsure ", SAFE_PHRASES.sub(" ", sentence))
    danger, at = _danger(sentence)
    if not danger:
        return 0
    now = bool(NOW.search(sentence))
    approach = bool(APPROACH.search(sentence))
    immediate = 2 * (now or bool(TODAY.search(sentence))) + 3 * approach + 2 * bool(HELP.search(sentence))
    immediate += bool(POSSESSION.search(sentence)) + bool(PERSON.search(sentence))
    immediate += danger >= 3 and _is_terse(sentence)
    # "he has just been stabbed, who authorises a section 60": the question comes after the news
    happening = now or (approach and not HABIT.search(sentence))
    about = _clause(sentence, at) if happening else sentence
    return danger + immediate - _calm_in_time(sentence, at, frame, now=now) - _calm_in_topic(about, now=now)


def _is_terse(sentence: str) -> bool:
    """ "Shots fired", "fire in the cell": whoever is in trouble leaves out the rest of the sentence."""
    short = len(sentence.split()) <= _TERSE
    return short and not QUESTION.search(sentence) and not TOPIC.search(sentence)


def _danger(sentence: str) -> tuple[int, int]:
    """The weight of the dangers named and where the first one stands; 0 if none is, or each is denied."""
    found: dict[int, int] = {}
    for name, group in current().of_file("danger"):
        at = _first_not_denied(Cue("danger", name), sentence)
        if at is not None:
            found[group.points] = min(at, found.get(group.points, at))
    if HELP.search(sentence):
        found.setdefault(2, len(sentence))
    if found:
        return max(found) + len(found) - 1, min(found.values())
    missing = MISSING.search(sentence)
    return (2, missing.start()) if missing and VULNERABLE.search(sentence) else (0, len(sentence))


def _first_not_denied(cue: Cue, sentence: str) -> int | None:
    """Where the first cue stands that has no "no", "not" or "nobody" right before it."""
    starts = (match.start() for match in cue.finditer(sentence))
    stated = (start for start in starts if not NEGATED.search(sentence[max(0, start - 30) : start]))
    return min(stated, default=None)


def _clause(sentence: str, at: int) -> str:
    """The part between commas in which something stands."""
    end = sentence.find(",", at)
    return sentence[sentence.rfind(",", 0, at) + 1 : end if end >= 0 else len(sentence)]


def _calm_in_time(sentence: str, danger_at: int, frame: _Frame, *, now: bool) -> int:
    """Supposed, over, habitual or under control."""
    going_on = now or bool(STILL_GOING_ON.search(sentence))
    # "if someone has a knife" supposes it; "he has a knife, what if he runs" does not
    supposed = any(match.start() <= danger_at for match in HYPOTHETICAL.finditer(sentence))
    calm = 5 * (supposed or frame.supposed)
    calm += 4 * ((frame.past or bool(PAST.search(sentence))) and not going_on)
    calm += 3 * (not now and bool(HABIT.search(sentence)))
    return calm + 4 * (not now and bool(CONTROLLED.search(sentence)))


def _calm_in_topic(clause: str, *, now: bool) -> int:
    """Asked about as a subject."""
    asked = bool(QUESTION.search(clause))
    nobody_particular = asked and not now and bool(INDEFINITE.search(clause))
    subject = 1 if RIGHT_NOW.search(clause) and not asked else 3
    return subject * bool(TOPIC.search(clause)) + 2 * asked + 4 * nobody_particular


def _after(sentence: str, frame: _Frame) -> _Frame:
    """A past or a scenario once set holds until a sentence says that it is happening."""
    if NOW.search(sentence):
        return _Frame()
    past = frame.past or bool(PAST.search(sentence) and not STILL_GOING_ON.search(sentence))
    return _Frame(past=past, supposed=frame.supposed or bool(_SCENARIO.search(sentence)))
