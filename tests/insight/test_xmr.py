"""Limits and signals against published worked examples, and the guard against claiming too much.

Wheeler: "Making Sense of Data" (SPC Press, 2003), as the examples stand, with page and table, in the tests of the
library statprocon (github.com/mattmccormick/statprocon). Rules: the tests of NHSRplotthedots, the R package for NHS
England's "Making Data Count" (github.com/nhs-r-community/NHSRplotthedots, test-ptd_calculate_point_type.R).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.improvement import Better, Measure, Project, Stage, Tried, Value
from bot.insight.projects import xmr
from bot.insight.projects.following import Means, follow, prove
from bot.insight.projects.xmr import Limits, Rule, Signal

VERIFY = [5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200]
PEAK_FLOW = [120, 140, 100, 150, 260, 150, 100, 120, 300, 300, 275, 300, 140, 170, 150, 150, 190, 180]
SMOKING = [21.3, 20.2, 20.9, 21.0, 18.8, 19.6, 18.7, 18.6, 18.1, 18.9, 19.2, 18.2, 17.3, 19.0]
RECEIVABLE = [
    *(55.6, 54.7, 54.9, 54.8, 56.9, 55.7, 53.8, 54.8, 53.4, 57.0, 59.4, 63.2),
    *(60.9, 60.7, 58.6, 57.3, 56.9, 58.1, 58.3, 50.9, 53.3, 52.5, 50.8, 52.9),
]
MONDAY = date(2025, 1, 6)


def at(found: list[Signal], rule: Rule) -> list[int]:
    return [one.at for one in found if one.rule is rule]


def test_the_data_set_for_verifying_software() -> None:
    """Wheeler, page 382: average 4135.50, average range 355.93, limits 3188.72 and 5082.28, range limit 1163.19."""
    assert xmr.moving_ranges(VERIFY) == [695, 0, 375, 315, 140, 55, 200, 305, 55, 280, 115, 460, 385, 222, 1737]
    made = xmr.limits_of(VERIFY)
    figures = (made.centre, made.average_range, made.lower, made.upper, made.upper_range)
    assert [round(one, 2) for one in figures] == [4135.50, 355.93, 3188.72, 5082.28, 1163.19]
    assert at(xmr.signals(VERIFY, made), Rule.OUTSIDE) == [15]


def test_peak_flow_rates() -> None:
    """Wheeler, page 130, figure 9.9: 183.1 and 52.4; limits 43.7 and 322.5 from rounded ones."""
    made = xmr.limits_of(PEAK_FLOW)
    figures = (made.centre, made.average_range, made.lower, made.upper)
    assert [round(one, 1) for one in figures] == [183.1, 52.4, 43.8, 322.3]
    assert made.lower == pytest.approx(43.7, abs=0.2)
    assert made.upper == pytest.approx(322.5, abs=0.2)


def test_a_run_of_eight_below_the_average() -> None:
    """Wheeler, table 8.1: the last eight of fourteen years lie below the average."""
    found = xmr.signals(SMOKING, xmr.limits_of(SMOKING), run=8)
    assert at(found, Rule.RUN) == [6, 7, 8, 9, 10, 11, 12, 13]
    assert all(not one.up for one in found if one.rule is Rule.RUN)


def test_points_beyond_limits() -> None:
    """Wheeler, table 9.2: 63.2 and 60.9 lie above the upper limit of 60.7 (60.77 unrounded), 50.9 and 50.8 below."""
    made = xmr.limits_of(RECEIVABLE)
    assert made.upper == pytest.approx(60.7, abs=0.1)
    assert at(xmr.signals(RECEIVABLE, made), Rule.OUTSIDE) == [11, 12, 19, 22]
    ranges = xmr.moving_ranges(RECEIVABLE)
    assert [i + 1 for i, one in enumerate(ranges) if one > made.upper_range] == [19]


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ([1] * 6, []),
        ([1] * 6 + [-1], []),
        ([1] * 8 + [-1], [0, 1, 2, 3, 4, 5, 6, 7]),
        ([-1] * 8 + [1], [0, 1, 2, 3, 4, 5, 6, 7]),
        ([1] * 3 + [0] + [1] * 4, []),
    ],
)
def test_seven_on_one_side_of_the_mean(values: list[float], marked: list[int]) -> None:
    assert at(xmr.signals(values, Limits(0, 100, 20)), Rule.RUN) == marked


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 3, 4, 5, 6], []),
        ([1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6]),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [1, 2, 3, 4, 5, 6, 7]),
        ([7, 6, 5, 4, 3, 2, 1], [0, 1, 2, 3, 4, 5, 6]),
    ],
)
def test_seven_that_rise_or_fall(values: list[float], marked: list[int]) -> None:
    assert at(xmr.signals(values, Limits(-100, 1000, 20)), Rule.TREND) == marked


@pytest.mark.parametrize(
    ("values", "marked"),
    [
        ([25, 1, 25], [0, 2]),
        ([1, 25, 25], [1, 2]),
        ([25, 25, 1], [0, 1]),
        ([1, 1, 25, 1, 25, 1, 1], [2, 4]),
        ([25, -1, 25], []),  # the third lies on the other side
        ([25, 1, 1, 25], []),
        ([-25, -1, -25], [0, 2]),
    ],
)
def test_two_of_three_near_a_limit(values: list[float], marked: list[int]) -> None:
    limits = Limits(0, 30 / xmr.TO_LIMIT, 20)  # limits at -30 and 30: near is beyond 20
    assert at(xmr.signals(values, limits), Rule.NEAR_LIMIT) == marked


def test_a_run_chart_passes_over_values_on_the_median() -> None:
    values = [1, 1, 1, 5, 1, 1, 1, 9, 9, 9, 9, 9, 9]
    assert at(xmr.run_signals(values), Rule.RUN) == [0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert at(xmr.run_signals([3, 1, 2, 2, 3, 4, 5, 1]), Rule.TREND) == [1, 2, 4, 5, 6]
    assert xmr.run_signals([]) == []


def project(numbers: list[float], *tried: Tried, better: Better = Better.DOWN) -> Project:
    measure = Measure("wait", "hours from asking to a place", "hours", better)
    values = tuple(Value(MONDAY + timedelta(weeks=week), one) for week, one in enumerate(numbers))
    made = Project(1, "t", "p", "Owner", "", Stage.RESPONSE, measure, "as it was", values=values, tried=tried)
    return replace(made)


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


BEFORE = [10, 12, 11, 9, 10, 11, 12, 10, 9, 11, 10, 12]


def test_limits_come_from_the_baseline_and_run_on() -> None:
    made = follow(project([*BEFORE, 5, 4, 5], Tried(week(12), "a rota")))
    assert [(one.start, one.end) for one in made.segments] == [(0, 15)]
    assert made.segments[0].limits == xmr.limits_of(BEFORE)
    assert [made.means(i) for i in (0, 12, 13, 14)] == [Means.CHANCE] + [Means.IMPROVED] * 3


def test_limits_are_calculated_anew_only_where_a_change_says_so() -> None:
    numbers = [*BEFORE, *(one - 6 for one in BEFORE)]
    silent = follow(project(numbers, Tried(week(12), "a rota")))
    named = follow(project(numbers, Tried(week(12), "a rota", recalculates=True)))
    assert len(silent.segments) == 1
    assert [(one.start, one.end, round(one.centre, 2)) for one in named.segments] == [(0, 12, 10.58), (12, 24, 4.58)]
    assert {named.means(i) for i in range(24)} == {Means.CHANCE}
    assert named.proof.holds  # against how it was before, whatever is drawn
    assert named.proof == silent.proof


def test_no_claim_without_a_signal() -> None:
    proof = prove(project([*BEFORE, 10, 9, 11, 10], Tried(week(12), "A rota.")))
    assert not proof.holds
    assert proof.says == (
        "The chart shows no signal since 31 March 2025 (A rota): the 4 values since then are what chance alone would "
        "give. No change can be claimed. The average was 10.6 hours before and is 10 hours since."
    )


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (project([*BEFORE, 5, 4, 5]), "Nothing that was tried is on record"),
        (project([10, 11, 5, 4, 5], Tried(week(2), "x")), "There are 2 values from before anything was tried"),
        (project(BEFORE, Tried(week(12), "x")), "no values yet from after"),
        (project([*BEFORE, 20, 21], Tried(week(12), "x")), "for the worse"),
        (project([*BEFORE, 20, 2], Tried(week(12), "x")), "signals both ways"),
    ],
)
def test_why_no_change_can_be_claimed(made: Project, says: str) -> None:
    proof = prove(made)
    assert not proof.holds
    assert says in proof.says
    assert "claimed" in proof.says


def test_the_time_before_lends_nothing_to_the_time_after() -> None:
    """Six low values before the change and one after it are no run of seven since the change."""
    before = [13, 14, 13, 14, 13, 14, 10, 9, 10, 9, 10, 9]
    assert not prove(project([*before, 10.5], Tried(week(12), "x"))).holds


def test_few_values_make_a_run_chart() -> None:
    made = follow(project([9, 8, 9, 7]))
    assert made.is_run_chart
    assert made.segments[0].centre == 8.5
    assert follow(project([])).segments == ()
