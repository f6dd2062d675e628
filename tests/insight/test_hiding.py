"""Small numbers: attacked by subtraction, by filters, by periods, by every combination of them at once."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bot.domain.timing.hours import Hours
from bot.insight.counts import WHOLE, Year, _Counting, _lines, count_year
from bot.insight.figures import Split
from bot.insight.hiding import LEAST, Line, Tally, hidden
from bot.insight.insight import Insight
from bot.insight.periods import InsightError, parse
from bot.records import Records
from tests.support import year as made_up

NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
ALWAYS = Hours.parse("always")


def tallies(counts: Mapping[str, int]) -> dict[str, Tally]:
    return {name: Tally(count, None) for name, count in counts.items()}


@pytest.mark.parametrize(
    ("counts", "gone"),
    [
        ({"all": 30, "a": 10, "b": 20}, set()),
        ({"all": 30, "a": 10, "b": 16, "c": 4}, {"c", "a"}),  # one that is alone gets company
        ({"all": 30, "a": 10, "b": 18, "c": 1, "d": 1}, {"c", "d", "a"}),  # and two that are small together as well
        ({"all": 30, "a": 20, "b": 0, "c": 4, "d": 6}, {"c", "d"}),
        ({"all": 24, "a": 20, "b": 4}, {"a", "b"}),
        ({"all": 4, "a": 4, "b": 0}, {"all", "a"}),
        ({"all": 6, "a": 3, "b": 3}, {"a", "b"}),
        ({"all": 0, "a": 0}, set()),
    ],
)
def test_what_is_small_and_what_would_give_it_away(counts: dict[str, int], gone: set[str]) -> None:
    parts = tuple(name for name in counts if name != "all")
    assert hidden(tallies(counts), [Line("all", parts)]) == gone


def test_many_events_of_two_people_are_as_small_as_few() -> None:
    few, more = Tally(), Tally()
    few.add(40, ("pc-1", "pc-2"))
    more.add(40, ("pc-1", "pc-2"))
    more.add(1, ("pc-3",))
    assert (few.is_few, more.is_few) == (True, False)


def worked_out(values: Mapping[object, int], lines: Sequence[Line[object]], gone: set[object]) -> dict[object, float]:
    """Every hidden number that somebody could work out by adding and subtracting what is shown, all lines at once."""
    unknown = sorted(gone, key=str)
    place = {key: at for at, key in enumerate(unknown)}
    rows = np.zeros((len(lines), len(unknown)))
    sums = np.zeros(len(lines))
    for number, line in enumerate(lines):
        for key, sign in ((line.whole, 1), *((part, -1) for part in line.parts)):
            if key in place:
                rows[number, place[key]] += sign
            else:
                sums[number] -= sign * values.get(key, 0)
    used = np.abs(rows).sum(axis=1) > 0
    rows = rows[used]
    if not len(rows):
        return {}
    _, sizes, axes = np.linalg.svd(rows, full_matrices=True)
    free = axes[int((sizes > 1e-9).sum()) :]
    fixed = np.abs(free).max(axis=0) < 1e-9 if len(free) else np.ones(len(unknown), dtype=bool)
    return {key: values.get(key, 0) for key, at in place.items() if fixed[at]}


def test_the_attack_itself_finds_what_was_left_open() -> None:
    counts = {"all": 30, "a": 10, "b": 16, "c": 4}
    line: Line[object] = Line("all", ("a", "b", "c"))
    assert worked_out(counts, [line], {"c"}) == {"c": 4}
    assert worked_out(counts, [line], {"c", "a"}) == {}


@pytest.fixture(scope="module")
def small_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """A year of few requests and few officers: much of it must be hidden."""
    with Records.open(tmp_path_factory.mktemp("small") / "hub.db") as records:
        made_up.make(records, questions=400, requests=160, officers=40)
        yield records


SPLITS = [None, Split.AREA, Split.PLACE, Split.KIND, Split.THEME]


@pytest.mark.parametrize("split", SPLITS)
def test_no_combination_of_what_is_shown_gives_a_small_number(small_hub: Records, split: Split | None) -> None:
    counted = count_year(small_hub.counting, ALWAYS, 2025, split, NOW)
    lines = list(lines_of(counted))
    values = {key: one.count for key, one in counted.tallies.items()}
    gone: set[object] = set(counted.hidden)
    assert any(0 < values[key] < LEAST for key in counted.hidden)
    found = worked_out(values, lines, gone)
    assert {key: count for key, count in found.items() if 0 < count < LEAST} == {}


def lines_of(counted: Year) -> Iterator[Line[object]]:
    """The lines along which a year adds up, as they are drawn for it."""
    from bot.insight import periods
    from bot.insight.counts import _above

    made = _Counting(periods.weeks_of(counted.year), counted.split, _above(counted.year, counted.split))
    made.tallies = counted.tallies
    for line in _lines(counted.year, made):
        yield Line(line.whole, line.parts)


@pytest.mark.parametrize("split", [Split.AREA, Split.PLACE, Split.KIND, Split.THEME])
def test_subtracting_one_filter_or_period_from_another(small_hub: Records, split: Split) -> None:
    """As someone would do it by hand: the whole less all categories, a quarter less two of its months."""
    insight = Insight(small_hub, ALWAYS, lambda: NOW)
    shown = {name: insight.table(parse(name), split) for name in ("2025-Q1", "2025-01", "2025-02", "2025-03", "2025")}
    for table in shown.values():
        assert table.whole is not None
        for figure in ("requests", "reopened", "joined"):
            parts = [row.cells[figure] for row in table.rows]
            rest = (table.whole.cells[figure].value or 0) - sum(cell.value or 0 for cell in parts)
            known = not table.whole.cells[figure].is_hidden and (table.left_out or any(c.is_hidden for c in parts))
            assert not known or rest == 0 or rest >= LEAST
    quarter = {row.name: row.cells["requests"] for row in shown["2025-Q1"].rows}
    for name, cell in quarter.items():
        months = [cells_of(shown[month].rows, name) for month in ("2025-01", "2025-02", "2025-03")]
        hidden_months = [one for one in months if one is None]
        if cell.value is not None and hidden_months:
            left = cell.value - sum(one for one in months if one is not None)
            assert left == 0 or (len(hidden_months) > 1 and left >= LEAST)


def cells_of(rows: Sequence[object], name: str) -> float | None:
    found = next((row for row in rows if row.name == name), None)  # type: ignore[attr-defined]
    return None if found is None else found.cells["requests"].value  # type: ignore[attr-defined]


def test_nothing_is_ever_about_one_officer(tmp_path: Path) -> None:
    """One officer asks thirty times, all from one area, in one place and of one kind: no split shows any of it."""
    with Records.open(tmp_path / "hub.db") as records:
        made = made_up.make(records, questions=300, requests=120, officers=30)
        asked = lone(records, made, times=30)
        insight = Insight(records, ALWAYS, lambda: NOW)
        for split in (Split.AREA, Split.PLACE, Split.KIND, Split.THEME, Split.SUBJECT):
            for name in ("2025", "2025-Q2", "2025-05"):
                table = insight.table(parse(name), split)
                text = str(table.as_json()) + str(table.records())
                assert "lighthouse" not in text.casefold()
                assert "pc-lone" not in text
                assert "bell" not in text
                assert table.whole is not None
                for figure in table.figures:
                    cells = [row.cells[figure.key] for row in table.rows]
                    away = table.left_out or any(cell.is_hidden for cell in cells)
                    told = table.whole.cells[figure.key].value
                    if figure.key == "requests" and told is not None and away:
                        assert told - sum(cell.value or 0 for cell in cells) != asked


def lone(records: Records, made: made_up.Made, times: int) -> int:
    """Requests of one officer alone; how many of them are no unresolved questions."""
    before = {one["number"] for one in made.requests}
    lone_made = made_up.make(
        records, questions=0, requests=times, seed=3, officers=1, first=datetime(2025, 5, 6, tzinfo=UTC)
    )
    assert before.isdisjoint(one["number"] for one in lone_made.requests)
    with records._database.write() as connection:
        numbers = [one["number"] for one in lone_made.requests]
        table = made_up.REQUESTS
        where = table.c.number.in_(numbers)
        connection.execute(
            table.update().where(where).values(area="Lighthouse", opened_at=datetime(2025, 5, 7, 9, tzinfo=UTC))
        )
        asked = made_up.QUESTIONS
        connection.execute(asked.update().where(asked.c.id.in_(numbers)).values(asker="pc-lone", platform="lighthouse"))
    return sum(not one["unasked"] for one in lone_made.requests)


def test_what_is_not_over_is_not_split_and_one_week_never_is(small_hub: Records) -> None:
    insight = Insight(small_hub, ALWAYS, lambda: datetime(2025, 8, 15, tzinfo=UTC))
    for name in ("2025", "2025-Q3", "2025-08"):
        with pytest.raises(InsightError, match="is not over yet"):
            insight.table(parse(name), Split.PLACE)
        with pytest.raises(InsightError, match="is not over yet"):
            insight.table(parse(name))
    with pytest.raises(InsightError, match="A single week is not split"):
        insight.table(parse("2025-W20"), Split.PLACE)
    weeks = insight.table(parse("2025"), Split.WEEK)
    assert (weeks.rows[-1].name, weeks.whole) == ("2025-W32", None)


def test_at_random_nothing_small_is_left_open() -> None:
    """Tables of every shape: a whole by rows and columns, with its margins."""
    dice = random.Random(5)
    for _ in range(60):
        rows, columns = dice.randint(2, 5), dice.randint(2, 6)
        counts: dict[object, int] = {
            (r, c): dice.choice((0, 1, 2, 3, 6, 9, 30)) for r in range(rows) for c in range(columns)
        }
        lines: list[Line[object]] = []
        for r in range(rows):
            counts[(r, WHOLE)] = sum(counts[(r, c)] for c in range(columns))
            lines.append(Line((r, WHOLE), tuple((r, c) for c in range(columns))))
        for c in range(columns):
            counts[(WHOLE, c)] = sum(counts[(r, c)] for r in range(rows))
            lines.append(Line((WHOLE, c), tuple((r, c) for r in range(rows))))
        counts[(WHOLE, WHOLE)] = sum(counts[(r, WHOLE)] for r in range(rows))
        lines.append(Line((WHOLE, WHOLE), tuple((r, WHOLE) for r in range(rows))))
        lines.append(Line((WHOLE, WHOLE), tuple((WHOLE, c) for c in range(columns))))
        gone = hidden({key: Tally(count, None) for key, count in counts.items()}, lines)
        found = worked_out(counts, lines, gone)
        assert {key: n for key, n in found.items() if 0 < n < LEAST} == {}


def test_a_moment_belongs_to_the_week_of_the_hubs_own_clock() -> None:
    assert parse("2025-W14").monday == datetime(2025, 3, 31).date()
    late = datetime(2025, 3, 30, 23, 30, tzinfo=UTC)  # already Monday in London: summer time began that day
    assert late.astimezone(ALWAYS.zone).date() == parse("2025-W14").monday
