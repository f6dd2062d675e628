"""Every figure of a made-up year, worked out a second time from plain facts, on both engines."""

from __future__ import annotations

import itertools
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.timing.hours import Hours
from bot.insight import periods
from bot.insight.figures import COUNTS, FIGURES, Split, figures_for
from bot.insight.insight import Insight
from bot.insight.periods import parse
from bot.insight.tables import Row
from bot.insight.waits import HubClock, within
from bot.records import Records
from tests.support import year as made_up
from tests.support.postgres import new_database

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
OFFICE = Hours.parse("Mon-Fri 08:00-18:00; Sat 09:00-13:00")
Fact = dict[str, Any]


def names_of(at: datetime) -> list[str]:
    """The week, month, quarter and year of a moment, by the calendar of the standard library."""
    local = at.astimezone(LONDON)
    year, week, _ = local.isocalendar()
    thursday = datetime.fromisocalendar(year, week, 4)
    return [
        f"{year}-W{week:02d}",
        f"{year}-{thursday.month:02d}",
        f"{year}-Q{(thursday.month + 2) // 3}",
        str(year),
    ]


def counted_again(made: made_up.Made, by: str) -> dict[tuple[str, str, str], list[Fact]]:
    """Period, figure and category to the facts behind it."""
    found: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)

    def add(figure: str, fact: Fact, at: datetime) -> None:
        for name in names_of(at):
            for category in {"", str(fact.get(by, "")).casefold() or "-"} if by else {""}:
                found[(name, figure, category)].append(fact)

    if by in ("", "place", "subject"):
        _replies(made, add)
    _requests(made, add)
    if not by:
        for one in made.recalls:
            add("recalls", one, one["at"])
        for day in made.urgent:
            add("urgent", {}, datetime(day.year, day.month, day.day, 12, tzinfo=LONDON))
    return found


def _replies(made: made_up.Made, add: Callable[[str, Fact, datetime], None]) -> None:
    outcomes = {"answered": "quoted", "possible": "candidates", "handed_over": "handed_over", "declined": "declined"}
    for one in made.replies:
        if one["outcome"] in outcomes and not one["reason"]:
            for figure in ("questions", outcomes[one["outcome"]], *(["chosen"] if one["chosen"] else [])):
                add(figure, one, one["at"])
    for one in made.feedback:
        for figure in ("thumbs_up" if one["helped"] else "thumbs_down", *(["why_given"] if one["why"] else [])):
            add(figure, one, one["at"])


def _requests(made: made_up.Made, add: Callable[[str, Fact, datetime], None]) -> None:
    for one in made.requests:
        add("unresolved" if one["unasked"] else "requests", one, one["at"])
        flags = {"joined": "joined", "reopened": "reopened", "promoted": "promoted", "late": "late_answers"}
        for flag, figure in flags.items() if not one["unasked"] else ():
            if one[flag]:
                add(figure, one, one["at"])


def waits_again(facts: list[Fact], end: str) -> list[tuple[float, bool]]:
    """Hours open from asking to an end, minute by minute as the hub's week says; what has no end waits until now."""
    return [
        (open_hours(one["at"], one[end] or one["closed"] or NOW), one[end] is not None)
        for one in facts
        if not one["unasked"] and not one["joined"]
    ]


def open_hours(start: datetime, end: datetime) -> float:
    total, day = timedelta(), start.astimezone(LONDON).date()
    while day <= end.astimezone(LONDON).date():
        windows = [] if day.weekday() == 6 else [(9, 13)] if day.weekday() == 5 else [(8, 18)]
        for first, last in windows:
            opens = datetime(day.year, day.month, day.day, first, tzinfo=LONDON).astimezone(UTC)
            closes = datetime(day.year, day.month, day.day, last, tzinfo=LONDON).astimezone(UTC)
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += timedelta(days=1)
    return total / timedelta(hours=1)


def reached(waits: list[tuple[float, bool]], share: float) -> float | None:
    """Kaplan and Meier's estimate from its definition: the product over the times at which something ended."""
    left = 1.0
    for hours in sorted({hours for hours, ended in waits if ended}):
        ends = sum(ended and wait == hours for wait, ended in waits)
        left *= 1 - ends / sum(wait >= hours for wait, _ in waits)
        if left <= 1 - share + 1e-9:
            return hours
    return None


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def year(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Records, made_up.Made]]:
    """One year on each engine, for all tests here: none of them changes it."""
    target: Path | str = tmp_path_factory.mktemp("year") / "hub.db"
    if request.param == "postgresql":
        target = new_database(request.getfixturevalue("postgres_server"))
    with Records.open(target) as records:
        yield records, made_up.make(records, questions=2500, requests=400, officers=120)


@pytest.mark.parametrize("split", [None, Split.PLACE, Split.SUBJECT, Split.KIND, Split.THEME, Split.AREA])
def test_every_figure_is_what_the_facts_say(year: tuple[Records, made_up.Made], split: Split | None) -> None:
    records, made = year
    again = counted_again(made, split.value if split else "")
    insight = Insight(records, OFFICE, lambda: NOW)
    shown = compared = 0
    for name in ("2025", "2025-Q2", "2025-10", "2025-03", *([] if split else ["2025-W20", "2025-W52"])):
        table = insight.table(parse(name), split)
        assert [figure.key for figure in table.figures] == [figure.key for figure in figures_for(split)]
        assert table.whole is not None
        for row in (*table.rows, table.whole):
            category = "" if row is table.whole else row.name
            counts = {key: len(again[(name, key, category)]) for key in COUNTS if key in row.cells}
            shown += same(row, counts, again[(name, "requests", category)])
            compared += len(row.cells)
    assert compared > 40
    assert shown > compared * 0.2


def same(row: Row, counts: dict[str, int], requests: list[Fact]) -> int:
    """Compare what a row shows with the facts; how many cells show something."""
    shown = 0
    for key, cell in row.cells.items():
        if cell.is_hidden:
            continue
        shown += 1
        figure = FIGURES[key]
        if key in counts:
            assert cell.value == counts[key], key
            assert counts[key] == 0 or counts[key] >= 5
        elif key == "answer_rate":
            of = counts["quoted"] + counts["candidates"] + counts["handed_over"]
            assert cell.value == (round(100 * (counts["quoted"] + counts["chosen"]) / of, 1) if of else None)
        elif requests:
            end = {"claim": "claimed", "reply": "replied", "close": "closed"}[figure.of[0]]
            expected = reached(waits_again(requests, end), 0.9 if key.endswith("_90") else 0.5)
            assert cell.value == (None if expected is None else pytest.approx(expected, abs=0.01)), key
    return shown


def test_weeks_make_months_and_months_make_the_year(year: tuple[Records, made_up.Made]) -> None:
    insight = Insight(year[0], OFFICE, lambda: NOW)
    months = insight.table(parse("2025"), Split.MONTH)
    assert [row.name for row in months.rows] == [f"2025-{number:02d}" for number in range(1, 13)]
    assert months.whole is not None
    assert months.whole.cells["questions"].value == sum(row.cells["questions"].value or 0 for row in months.rows)
    weeks = insight.table(parse("2025-10"), Split.WEEK)
    assert [row.name for row in weeks.rows] == ["2025-W40", "2025-W41", "2025-W42", "2025-W43", "2025-W44"]


@pytest.mark.parametrize("number", [2020, 2024, 2025, 2026])
def test_every_day_is_in_one_week_month_quarter_and_year(number: int) -> None:
    for make in (periods.weeks_of, periods.months_of, periods.quarters_of):
        made = make(number)
        assert made[0].monday == periods.year_of(number).monday
        assert made[-1].after == periods.year_of(number).after
        assert all(before.after == after.monday for before, after in itertools.pairwise(made))
        assert [parse(one.name) for one in made] == list(made)
    assert periods.year_of(number).weeks == (53 if number in (2020, 2026) else 52)


@pytest.mark.parametrize("name", ["", "2025-W54", "2025-W00", "2025-13", "2025-00", "2025-Q5", "last", "0001"])
def test_what_is_no_period_is_refused(name: str) -> None:
    with pytest.raises(periods.InsightError, match="is no period"):
        parse(name)


def test_those_still_waiting_are_counted() -> None:
    waits = [(1.0, True), (2.0, True), (3.0, True), (9.0, False), (9.0, False), (9.0, False), (9.0, False)]
    assert statistics.median(hours for hours, ended in waits if ended) == 2  # what is asked for by mistake
    assert within(waits, 0.5) is None
    assert within(waits[:5], 0.5) == 3
    assert within(waits, 0.4) == 3


@pytest.mark.parametrize(
    "hours", ["always", "Mon-Fri 08:00-18:00", "Mon 22:00-24:00; Tue 00:00-06:00; Sun 01:00-03:00"]
)
def test_the_hubs_clock_counts_as_its_hours_do(hours: str) -> None:
    made = Hours.parse(hours)
    start, end = datetime(2025, 3, 24, 7, 30, tzinfo=UTC), datetime(2025, 4, 10, 20, 15, tzinfo=UTC)
    clock = HubClock(made, start, end)
    moments = [start + timedelta(hours=7 * step, minutes=13 * step) for step in range(50)]
    for before, after in zip(moments, moments[3:], strict=False):
        assert clock.between(before, after) == pytest.approx(made.between(before, after), abs=1e-5)
    assert clock.between(end, start) == 0


def test_every_figure_says_what_it_is() -> None:
    for figure in FIGURES.values():
        for told in (figure.name, figure.unit, figure.definition, figure.source, figure.weakness):
            assert told.strip()
    assert all(FIGURES[figure.within] for figure in FIGURES.values() if figure.within)
