"""Whether somebody is in danger now: the first listener, which needs nothing but words.

Each sentence is read for what is wrong (a state of a body, a weapon, an act, a threat: `cues/danger.toml`), for what
makes it immediate (`cues/immediate.toml`), and for what speaks against it (`cues/calming.toml`). Each group counts
once, however often it is matched, with the points that stand beside it, so that a long sentence about knives is not
more urgent than a short one. What a sentence leaves out counts as now: a danger that nothing speaks against is
urgent without a word of time. A wrong alarm costs a signpost above an answer; a missed one may cost a life.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.safeguards.cleaning import plain
from bot.safeguards.cues.lexicon import Cue, cues_in_reach, version
from bot.safeguards.welfare import WELFARE_CUES, is_welfare


class Urgency(StrEnum):
    """Who is in danger."""

    INCIDENT = "incident"
    WELFARE = "welfare"
    """The officer who writes."""


_NOT_NOW = re.compile(r"\W*not now\s*:\s*", re.IGNORECASE)
"""What an asker puts before a question that was taken for an emergency and is none."""
_SENTENCE = re.compile(r"[.!?;\n]+|\s+[-–—]+\s+|\s*\.\.+\s*")
_HARMLESS, _NOT_ASKED, _DENIED = (Cue("calming", name) for name in ("safe_phrases", "not_asked", "negated"))
_RAISING = [Cue("immediate", name) for name in ("now", "approach", "help", "possession", "person", "still", "relayed")]
_CALMING = [
    Cue("calming", name)
    for name in ("question", "topic", "hypothetical", "study", "paper", "habit", "controlled", "settled", "long_ago")
]
_PAST, _GOING_ON, _NOW = Cue("calming", "past"), Cue("immediate", "still"), Cue("immediate", "now")
_SAYS_NOW = (_NOW, _GOING_ON, Cue("immediate", "help"))
_MISSING, _FRAIL = Cue("immediate", "missing"), Cue("immediate", "vulnerable")
_ASKED = Cue("calming", "question")
_CALM = {f"{cue.file}.{cue.name}" for cue in (*_CALMING, _PAST)}
_STRONG = 3
"""Points of a danger that is an emergency by itself."""
_NOTHING_AGAINST = 5
"""What it adds to a strong danger that nothing speaks against it: what is left out counts as now."""
_ENOUGH = 4
_DENIED_WITHIN = 30


@dataclass(frozen=True, slots=True)
class _Reading:
    """One sentence, read."""

    danger: int | None
    """Points of the worst that is said in it; None if nothing is wrong."""
    raised: int
    calming: frozenset[Cue]
    past: bool
    now: bool


def urgency(text: str) -> Urgency | None:
    """Whether a member of the public or an officer is in danger now, or the asker is.

    The last messages are remembered: each is asked of as it comes, and once more without its identifiers.
    """
    return _urgency(text, version())


@lru_cache(4)
def _urgency(text: str, _version: int) -> Urgency | None:
    told = without_not_now(text)
    sentences = [part for part in _SENTENCE.split(plain(told)) if part.strip()]
    if is_welfare(sentences):
        return Urgency.WELFARE
    if told != text and not any(cue.search(part) for part in sentences for cue in _SAYS_NOW):
        return None
    readings = [_read(part) for sentence in sentences for part in _news_first(sentence)]
    return Urgency.INCIDENT if any(map(_is_urgent, readings, _around(readings))) else None


def without_not_now(text: str) -> str:
    """A message without the words at its beginning by which its asker says that it is no emergency."""
    return _NOT_NOW.sub("", text, count=1) if _NOT_NOW.match(text) else text


def cues_in(text: str) -> frozenset[str]:
    """The names of the groups of cues in a message, with "heard" where the first listener hears it: for the second.

    The last messages are remembered, for two listeners ask; they come here without identifiers.
    """
    return _cues_in(text, version())


@lru_cache(8)
def _cues_in(text: str, _version: int) -> frozenset[str]:
    sentences = [part for part in _SENTENCE.split(plain(text)) if part.strip()]
    found = {f"{cue.file}.{cue.name}" for sentence in sentences for cue in _cues_of(sentence)}
    return frozenset({*found, *(["heard"] if urgency(text) else []), *(found & _CALM or ["calm.none"])})


def _cues_of(sentence: str) -> Iterator[Cue]:
    said = _NOT_ASKED.sub(" unsure ", _HARMLESS.sub(" ", sentence))
    yield from (cue for cue in cues_in_reach("danger", said) if _is_said(cue, said))
    yield from (cue for cue in (*_RAISING, *_CALMING, _PAST, *WELFARE_CUES) if cue.search(said))


def _news_first(sentence: str) -> tuple[str, ...]:
    """ "He has just been stabbed, who authorises a section 60": the news, and what is asked after it, apart."""
    news, comma, rest = sentence.partition(", ")
    return (news, rest) if comma and _NOW.search(news) and not _ASKED.search(news) else (sentence,)


def _around(readings: Sequence[_Reading]) -> Iterator[int]:
    """For each sentence, the points by which the others calm it; a past holds until something is said to be now."""
    past = False
    for i, reading in enumerate(readings):
        others = frozenset[Cue]().union(*(other.calming for j, other in enumerate(readings) if j != i))
        before, past = past, (past or reading.past) and not reading.now
        yield sum(cue.around for cue in others) + _PAST.around * (before and past and not reading.past)


def _is_urgent(reading: _Reading, around: int) -> bool:
    if reading.danger is None:
        return False
    calmed = sum(cue.points for cue in reading.calming) + _PAST.points * reading.past
    alone = _NOTHING_AGAINST if reading.danger >= _STRONG and not calmed else 0
    return reading.danger + reading.raised + alone - calmed - around >= _ENOUGH


def _read(sentence: str) -> _Reading:
    said = _NOT_ASKED.sub(" unsure ", _HARMLESS.sub(" ", sentence))
    danger = _danger(said)
    now = bool(_NOW.search(said))
    past = bool(_PAST.search(said)) and not (now or _GOING_ON.search(said))
    raised = sum(cue.points for cue in _RAISING if cue.search(said)) if danger is not None else 0
    return _Reading(danger, raised, frozenset(cue for cue in _CALMING if cue.search(said)), past, now)


def _danger(sentence: str) -> int | None:
    """The points of the worst that is said in a sentence and not denied; None if nothing is."""
    found = [cue.points for cue in cues_in_reach("danger", sentence) if _is_said(cue, sentence)]
    missing = not found and _MISSING.search(sentence) and _FRAIL.search(sentence)
    return 0 if missing else max(found, default=None)


def _is_said(cue: Cue, sentence: str) -> bool:
    """Whether a cue stands somewhere without a "no", "not" or "nobody" right before it."""
    starts = (match.start() for match in cue.finditer(sentence))
    return any(not _DENIED.search(sentence[max(0, at - _DENIED_WITHIN) : at]) for at in starts)
