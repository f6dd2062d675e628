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
from bot.safeguards.urgent_cues import (
    APPROACH,
    CONTROLLED,
    CRITICAL,
    HABIT,
    HAZARD,
    HEIGHT,
    HELP,
    HYPOTHETICAL,
    MISSING,
    NEGATED,
    NOT_HYPOTHETICAL,
    NOW,
    PAST,
    PERSON,
    POSSESSION,
    QUESTION,
    SAFE_PHRASES,
    STILL_GOING_ON,
    TOPIC,
    VULNERABLE,
)
from bot.safeguards.welfare import is_welfare


class Urgency(StrEnum):
    """Who is in danger."""

    INCIDENT = "incident"
    WELFARE = "welfare"
    """The officer who writes."""


_SENTENCE = re.compile(r"[.!?;\n]+|\s+[-–—]+\s+|\s*\.\.+\s*")
_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class _Frame:
    """What earlier sentences say about the time and reality of the later ones."""

    past: bool = False
    supposed: bool = False


def urgency(text: str) -> Urgency | None:
    """Whether a member of the public or an officer is in danger now, or the asker is."""
    said = SAFE_PHRASES.sub(" ", plain(text))
    sentences = [part for part in _SENTENCE.split(said) if part.strip()]
    if is_welfare(sentences):
        return Urgency.WELFARE
    frame = _Frame()
    for sentence in sentences:
        if _score(sentence, frame) >= _ENOUGH:
            return Urgency.INCIDENT
        frame = _after(sentence, frame)
    return None


def _score(sentence: str, frame: _Frame) -> int:
    """How urgent one sentence is, dangers first, then what makes it immediate, then what calms it."""
    sentence = NOT_HYPOTHETICAL.sub(" ", sentence)
    danger, start = _danger(sentence)
    if not danger:
        return 0
    now = bool(NOW.search(sentence))
    immediate = 2 * now + 3 * bool(APPROACH.search(sentence)) + 2 * bool(HELP.search(sentence))
    immediate += bool(POSSESSION.search(sentence)) + bool(PERSON.search(sentence))
    return danger + immediate - _calm(sentence, start, frame, now=now)


def _danger(sentence: str) -> tuple[int, int]:
    """The weight of the dangers named and where the first one stands; 0 if none is, or each is denied."""
    weight, first = 0, len(sentence)
    for value, cues in ((3, CRITICAL), (3, HEIGHT), (2, HAZARD), (2, HELP)):
        found = _first_not_denied(cues, sentence)
        if found is not None:
            weight += value if not weight else 1
            first = min(first, found)
    if MISSING.search(sentence) and VULNERABLE.search(sentence):
        weight, first = max(weight, 2), min(first, MISSING.search(sentence).start())  # type: ignore[union-attr]
    return weight, first


def _first_not_denied(cues: re.Pattern[str], sentence: str) -> int | None:
    """Where the first cue stands that has no "no", "not" or "nobody" right before it."""
    for match in cues.finditer(sentence):
        if not NEGATED.search(sentence[max(0, match.start() - 30) : match.start()]):
            return match.start()
    return None


def _calm(sentence: str, danger_at: int, frame: _Frame, *, now: bool) -> int:
    """What speaks against an incident in progress."""
    going_on = now or bool(STILL_GOING_ON.search(sentence))
    calm = 0
    # "if someone has a knife" supposes it; "he has a knife, what if he runs" does not
    supposed = any(match.start() <= danger_at for match in HYPOTHETICAL.finditer(sentence))
    calm += 5 * (supposed or frame.supposed)
    calm += 4 * ((bool(PAST.search(sentence)) or frame.past) and not going_on)
    calm += 3 * bool(TOPIC.search(sentence))
    calm += 2 * bool(QUESTION.search(sentence))
    calm += 3 * (bool(HABIT.search(sentence)) and not now)
    calm += 4 * (bool(CONTROLLED.search(sentence)) and not now)
    return calm


def _after(sentence: str, frame: _Frame) -> _Frame:
    """A past or a scenario once set holds until a sentence says that it is happening."""
    if NOW.search(sentence):
        return _Frame()
    past = frame.past or bool(PAST.search(sentence) and not STILL_GOING_ON.search(sentence))
    return _Frame(past=past, supposed=frame.supposed or "scenario" in sentence or "exercise" in sentence)
