"""Whether somebody is in danger now: the first listener, which needs nothing but words.

Each sentence is read for what is wrong (a state of a body, a weapon, an act, a threat: `cues/danger.toml`), for what
makes it immediate (`cues/immediate.toml`), and for what speaks against it (`cues/calming.toml`). Each group counts
once, however often it is matched, with the points that stand beside it, so that a long sentence about knives is not
more urgent than a short one. What a sentence leaves out counts as now: a danger that nothing speaks against is
urgent without a word of time. A wrong alarm costs a signpost above an answer; a missed one may cost a life.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.safeguards.cleaning import plain
from bot.safeguards.lexicon import Cue, current
from bot.safeguards.welfare import is_welfare


class Urgency(StrEnum):
    """Who is in danger."""

    INCIDENT = "incident"
    WELFARE = "welfare"
    """The officer who writes."""


_SENTENCE = re.compile(r"[.!?;\n]+|\s+[-–—]+\s+|\s*\.\.+\s*")
_HARMLESS, _NOT_ASKED, _DENIED = (Cue("calming", name) for name in ("safe_phrases", "not_asked", "negated"))
_RAISING = [Cue("immediate", name) for name in ("now", "approach", "help", "possession", "person", "still")]
_CALMING = [
    Cue("calming", name)
    for name in ("question", "topic", "hypothetical", "study", "paper", "indefinite", "habit", "controlled", "settled")
]
_PAST, _GOING_ON = Cue("calming", "past"), Cue("immediate", "still")
_NOW = Cue("immediate", "now")
_MISSING, _FRAIL = Cue("immediate", "missing"), Cue("immediate", "vulnerable")
_STRONG = 3
"""Points of a danger that is an emergency by itself."""
_UNCALMED = {3: 6, 2: 2, 1: 1}
"""What it adds that nothing speaks against a danger, by its points: what is left out counts as now."""
_MOST_STRONG = 3
_ENOUGH = 4
_DENIED_WITHIN = 30


@dataclass(frozen=True, slots=True)
class _Danger:
    """What is wrong in a sentence."""

    points: int
    strong: int
    """Groups of dangers that are emergencies by themselves."""
    at: int
    """Where the first one begins."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One sentence, read."""

    danger: _Danger | None
    raised: int
    calmed: int
    aside: frozenset[Cue]
    """What in it also calms the sentences around it."""
    past: bool
    now: bool


def urgency(text: str) -> Urgency | None:
    """Whether a member of the public or an officer is in danger now, or the asker is."""
    sentences = [part for part in _SENTENCE.split(plain(text)) if part.strip()]
    if is_welfare(sentences):
        return Urgency.WELFARE
    readings = [_read(sentence) for sentence in sentences]
    return Urgency.INCIDENT if any(map(_is_urgent, readings, _around(readings))) else None


def _around(readings: Sequence[_Reading]) -> Iterable[int]:
    """For each sentence, the points by which the others calm it; a past holds until something is said to be now."""
    past = False
    for i, reading in enumerate(readings):
        others = frozenset[Cue]().union(*(other.aside for j, other in enumerate(readings) if j != i))
        past = (past or reading.past) and not reading.now
        yield sum(cue.after for cue in others) + (_PAST.after if past and not reading.past else 0)


def _is_urgent(reading: _Reading, around: int) -> bool:
    danger = reading.danger
    if danger is None:
        return False
    score = danger.points + danger.strong + reading.raised - reading.calmed - around
    return score + (0 if reading.calmed else _UNCALMED[danger.points]) >= _ENOUGH


def _read(sentence: str) -> _Reading:
    said = _NOT_ASKED.sub(" ; ", _HARMLESS.sub(" ", sentence))
    danger = _danger(said)
    now = bool(_NOW.search(said))
    past = bool(_PAST.search(said)) and not (now or _GOING_ON.search(said))
    found = {cue: [match.start() for match in cue.finditer(said)] for cue in _CALMING}
    at = danger.at if danger else 0
    calmed = sum(cue.points if min(places) <= at else cue.after for cue, places in found.items() if places)
    raised = sum(cue.points for cue in _RAISING if cue.search(said)) if danger else 0
    aside = frozenset(cue for cue, places in found.items() if places)
    return _Reading(danger, raised, calmed + _PAST.points * past, aside, past, now)


def _danger(sentence: str) -> _Danger | None:
    """The worst that is said in a sentence and not denied."""
    found: list[tuple[int, int]] = []
    for name, group in current().of_file("danger"):
        at = _first_not_denied(Cue("danger", name), sentence)
        if at is not None:
            found.append((group.points, at))
    if not found:
        missing = _MISSING.search(sentence)
        return _Danger(2, 0, missing.start()) if missing and _FRAIL.search(sentence) else None
    worst = max(points for points, _ in found)
    strong = sum(points == _STRONG for points, _ in found)
    return _Danger(worst, min(strong, _MOST_STRONG), min(at for points, at in found if points == worst))


def _first_not_denied(cue: Cue, sentence: str) -> int | None:
    """Where the first cue stands that has no "no", "not" or "nobody" right before it."""
    starts = (match.start() for match in cue.finditer(sentence))
    stated = (at for at in starts if not _DENIED.search(sentence[max(0, at - _DENIED_WITHIN) : at]))
    return min(stated, default=None)
