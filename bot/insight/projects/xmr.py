"""Run charts and XmR charts: limits and the usual rules for signals, on plain numbers.

Limits: Wheeler, "Making Sense of Data" (2003): mean +/- 2.660 x the average moving range; 3.268 x for ranges. Rules:
NHS England's "Making Data Count": a value outside the limits, seven in a row on one side of the mean, seven in a row
that rise or fall, two of three near one limit. With too few values for limits a run chart: six or more in a row on one
side of the median, five or more that rise or fall (Perla, Provost and Murray, BMJ Quality & Safety 2011).
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

TO_LIMIT, TO_RANGE_LIMIT = 2.660, 3.268
ENOUGH = 12
"""Values from which limits are calculated; below them the chart is a run chart."""
RUN, TREND = 7, 7
"""Values in a row on one side of the mean, and that rise or fall, on an XmR chart."""
MEDIAN_RUN, MEDIAN_TREND = 6, 5
"""The same on a run chart; values on the median are passed over."""


class Rule(StrEnum):
    """Why a value is a signal: chance alone would seldom do it."""

    OUTSIDE = "outside"
    RUN = "run"
    TREND = "trend"
    NEAR_LIMIT = "near_limit"


@dataclass(frozen=True, slots=True)
class Limits:
    """The middle and the natural process limits of some values."""

    centre: float
    average_range: float
    count: int
    """How many values they were calculated from."""

    @property
    def upper(self) -> float:
        """Upper natural process limit."""
        return self.centre + TO_LIMIT * self.average_range

    @property
    def lower(self) -> float:
        """Lower natural process limit; may lie below zero where values cannot."""
        return self.centre - TO_LIMIT * self.average_range

    @property
    def upper_range(self) -> float:
        """Upper limit of moving ranges."""
        return TO_RANGE_LIMIT * self.average_range


@dataclass(frozen=True, slots=True)
class Signal:
    """One value that a rule marks."""

    at: int
    """Its place in the series, from 0."""
    rule: Rule
    up: bool
    """Whether it points upwards."""


def moving_ranges(values: Sequence[float]) -> list[float]:
    """How far each value lies from the one before it; one fewer than there are values."""
    return [abs(after - before) for before, after in itertools.pairwise(values)]


def limits_of(values: Sequence[float]) -> Limits:
    """The limits of at least two values. ValueError with fewer."""
    if len(values) < 2:
        raise ValueError("limits need two values at least")
    return Limits(statistics.fmean(values), statistics.fmean(moving_ranges(values)), len(values))


def signals(values: Sequence[float], limits: Limits, *, run: int = RUN, trend: int = TREND) -> list[Signal]:
    """Every signal of an XmR chart, in order; a value may be marked by several rules."""
    found = [*_outside(values, limits), *_runs(values, limits.centre, run), *_trends(values, trend)]
    return sorted({*found, *_near(values, limits)}, key=lambda one: (one.at, one.rule.value))


def run_signals(values: Sequence[float]) -> list[Signal]:
    """Every signal of a run chart around the median, in order."""
    if not values:
        return []
    middle = statistics.median(values)
    off = [index for index, value in enumerate(values) if value != middle]
    shifts = [Signal(off[one.at], one.rule, one.up) for one in _runs([values[i] for i in off], middle, MEDIAN_RUN)]
    changes = [i for i, value in enumerate(values) if not i or value != values[i - 1]]  # repeated values count once
    moves = [Signal(changes[one.at], one.rule, one.up) for one in _trends([values[i] for i in changes], MEDIAN_TREND)]
    return sorted({*shifts, *moves}, key=lambda one: (one.at, one.rule.value))


def _outside(values: Sequence[float], limits: Limits) -> Iterator[Signal]:
    for at, value in enumerate(values):
        if value > limits.upper or value < limits.lower:
            yield Signal(at, Rule.OUTSIDE, value > limits.upper)


def _runs(values: Sequence[float], centre: float, length: int) -> Iterator[Signal]:
    """All values of every run: the first of them are part of it too."""
    at = 0
    for side, some in itertools.groupby(values, key=lambda value: (value > centre) - (value < centre)):
        count = len(list(some))
        if side and count >= length:
            yield from (Signal(at + index, Rule.RUN, side > 0) for index in range(count))
        at += count


def _trends(values: Sequence[float], length: int) -> Iterator[Signal]:
    steps = [(after > before) - (after < before) for before, after in itertools.pairwise(values)]
    at = 0
    for direction, some in itertools.groupby(steps):
        count = len(list(some))
        if direction and count + 1 >= length:
            yield from (Signal(at + index, Rule.TREND, direction > 0) for index in range(count + 1))
        at += count


def _near(values: Sequence[float], limits: Limits) -> Iterator[Signal]:
    """Two of three on one side, all three of them, beyond two thirds of the way to the limit and within it."""
    third = (limits.upper - limits.centre) / 3 * 2
    for start in range(len(values) - 2):
        some = values[start : start + 3]
        for sign in (1, -1):
            gaps = [(value - limits.centre) * sign for value in some]
            near = [third < gap <= limits.upper - limits.centre for gap in gaps]
            if min(gaps) > 0 and sum(near) >= 2:
                yield from (Signal(start + i, Rule.NEAR_LIMIT, sign > 0) for i, is_near in enumerate(near) if is_near)
