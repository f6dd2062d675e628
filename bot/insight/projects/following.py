"""A project's values as a chart: limits from the baseline, new ones only where a change names it, and what that proves.

The guard against claiming too much stands here: whether a change may be claimed, in words.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.improvement import Better, Project, Tried, Value
from bot.insight.projects import xmr
from bot.insight.projects.xmr import ENOUGH, Limits, Rule, Signal
from bot.wording import insight as words


class Means(StrEnum):
    """What a value says, for the measure's better direction."""

    CHANCE = "chance"
    IMPROVED = "improved"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Segment:
    """Values between two recalculations, with the limits that hold for them."""

    start: int
    end: int
    """One past its last value."""
    centre: float
    limits: Limits | None
    """None where there are too few values: then it is a run chart around the median."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A chart, ready to be drawn, told and tested."""

    values: tuple[Value, ...]
    tried: tuple[Tried, ...]
    segments: tuple[Segment, ...]
    signals: tuple[Signal, ...]
    """By place in the values."""
    better: Better
    proof: Proof

    def means(self, at: int) -> Means:
        """What the value at a place says; a value with signals both ways says what its last rule says."""
        up = next((one.up for one in self.signals if one.at == at), None)
        if up is None:
            return Means.CHANCE
        return Means.IMPROVED if up is (self.better is Better.UP) else Means.WORSE

    def as_json(self) -> dict[str, Any]:
        """The chart for `--json`: limits by stretch, signals by value, and whether a change may be claimed."""
        return {
            "stretches": [
                {
                    "from": self.values[one.start].day.isoformat(),
                    "centre": one.centre,
                    "upper": one.limits.upper if one.limits else None,
                    "lower": one.limits.lower if one.limits else None,
                    "calculated_from": one.limits.count if one.limits else None,
                }
                for one in self.segments
            ],
            "signals": [
                {"day": self.values[one.at].day.isoformat(), "rule": one.rule.value, "up": one.up}
                for one in self.signals
            ],
            "change_may_be_claimed": self.proof.holds,
            "says": self.proof.says,
        }

    @property
    def is_run_chart(self) -> bool:
        """Whether no part of it has limits."""
        return all(one.limits is None for one in self.segments)


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether the chart bears out a claim of change, and why, in words."""

    holds: bool
    says: str


def follow(project: Project) -> Followed:
    """The chart of a project."""
    values, tried = project.values, project.tried
    segments = tuple(_segments(project))
    found = tuple(one for segment in segments for one in _signals(values, segment))
    return Followed(values, tried, segments, found, project.measure.better, prove(project))


def _segments(project: Project) -> list[Segment]:
    values, numbers = project.values, [one.value for one in project.values]
    cuts = sorted({_index(values, one) for one in project.tried if one.recalculates} - {0, len(values)})
    edges = [0, *cuts, len(values)] if values else []
    before = len(project.before)
    made = []
    for start, end in itertools.pairwise(edges):
        # the baseline's limits run on beyond the first thing tried: that is what shows whether anything changed
        basis = numbers[:before] if start == 0 and ENOUGH <= before < end else numbers[start:end]
        limits = xmr.limits_of(basis) if len(basis) >= ENOUGH else None
        centre = limits.centre if limits else statistics.median(basis)
        made.append(Segment(start, end, centre, limits))
    return made


def _signals(values: Sequence[Value], segment: Segment) -> list[Signal]:
    numbers = [one.value for one in values[segment.start : segment.end]]
    found = xmr.signals(numbers, segment.limits) if segment.limits else xmr.run_signals(numbers)
    return [Signal(segment.start + one.at, one.rule, one.up) for one in found]


def _index(values: Sequence[Value], tried: Tried) -> int:
    return sum(one.day < tried.day for one in values)


def prove(project: Project) -> Proof:
    """Whether the values since the first thing tried show a signal against the baseline's own limits.

    Recalculated limits do not count here: a change is proven against how it was before, or not at all.
    """
    unit = project.measure.unit
    if not project.tried:
        return Proof(False, words.PROOF_NOTHING_TRIED)
    first = min(project.tried, key=lambda one: one.day)
    before, after = [one.value for one in project.before], [v.value for v in project.values if v.day >= first.day]
    if len(before) < ENOUGH:
        return Proof(False, words.PROOF_TOO_FEW.format(count=len(before), needed=ENOUGH))
    if not after:
        return Proof(False, words.PROOF_NO_VALUES)
    limits = xmr.limits_of(before)
    # what a run needs from the time before must not be lent to the time after it
    found = xmr.signals(after, limits)
    good = [one for one in found if one.up is (project.measure.better is Better.UP)]
    bad = [one for one in found if one not in good]
    facts = {
        "before": f"{limits.centre:.3g}",
        "after": f"{statistics.fmean(after):.3g}",
        "unit": unit,
        "count": len(after),
        "what": first.what.rstrip("."),
        "day": words.day(first.day),
    }
    if good and not bad:
        return Proof(True, words.PROOF_HOLDS.format(rules=_rules(good), **facts))
    if good:
        return Proof(False, words.PROOF_BOTH.format(**facts))
    return Proof(False, (words.PROOF_WORSE if bad else words.PROOF_NONE).format(**facts))


def _rules(found: Sequence[Signal]) -> str:
    counts = {rule: sum(one.rule is rule for one in found) for rule in Rule}
    return "; ".join(words.RULES[rule.value].format(count=count) for rule, count in counts.items() if count)
