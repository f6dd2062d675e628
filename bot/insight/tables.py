"""Figures as a table: rows and cells with what may be shown, the same wherever they are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.insight.counts import UNKNOWN, WHOLE, Year
from bot.insight.figures import Figure, Shape, Split, figures_for
from bot.insight.hiding import LEAST, PEOPLE
from bot.insight.periods import Grain, Period
from bot.insight.waits import within
from bot.wording import insight as words

HANDS = 2
"""Of the hub, that must have taken the requests behind a time."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, or why there is none."""

    value: float | None
    text: str

    @property
    def is_hidden(self) -> bool:
        """Whether it may not be shown."""
        return self.text == words.HIDDEN


HIDDEN = Cell(None, words.HIDDEN)
NONE = Cell(None, "–")


@dataclass(frozen=True, slots=True)
class Row:
    """One period or one category."""

    name: str
    label: str
    cells: Mapping[str, Cell]
    """By figure."""


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of a period, split or not."""

    period: Period
    by: Split | None
    figures: tuple[Figure, ...]
    rows: tuple[Row, ...]
    whole: Row | None
    """The period as one; None while it is not over."""
    left_out: int = 0
    """Categories of which nothing at all may be shown: not even their names are."""

    def as_json(self) -> dict[str, Any]:
        """The table for `--json`; what is hidden is null, and named under "hidden"."""
        return {
            "period": self.period.as_json(),
            "by": self.by.value if self.by else None,
            "figures": [figure.as_json() for figure in self.figures],
            "total": _values(self.whole) if self.whole else None,
            "rows": [_values(row) for row in self.rows],
            "left_out": self.left_out,
            "note": words.HIDDEN_WHY.format(least=LEAST, people=PEOPLE),
        }

    def records(self) -> list[dict[str, Any]]:
        """One record for each row and figure, for files: every number with its definition beside it."""
        rows = [*self.rows, *([self.whole] if self.whole else [])]
        return [
            {
                "period": self.period.name,
                "by": self.by.value if self.by else "",
                "of": row.label,
                "figure": figure.key,
                "value": row.cells[figure.key].value,
                "shown": row.cells[figure.key].text,
                "unit": figure.unit,
                "definition": figure.definition,
                "source": figure.source,
                "weakness": figure.weakness,
            }
            for row in rows
            for figure in self.figures
        ]


def _values(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "label": row.label,
        "values": {key: cell.value for key, cell in row.cells.items()},
        "hidden": [key for key, cell in row.cells.items() if cell.is_hidden],
    }


def over_time(year: Year, period: Period, parts: Sequence[Period], grain: Grain, *, is_over: bool) -> Table:
    """A period by the shorter ones in it."""
    figures = tuple(figures_for(Split.WEEK if grain is Grain.WEEK else Split.MONTH))
    rows = tuple(_row(year, one, WHOLE, one.name, figures) for one in parts)
    whole = _row(year, period, WHOLE, period.name, figures) if is_over else None
    return Table(period, Split.WEEK if grain is Grain.WEEK else Split.MONTH, figures, rows, whole)


def by_category(year: Year, period: Period, labels: Mapping[str, str]) -> Table:
    """A period by what its figures are split by."""
    figures = tuple(figures_for(year.split))
    made = [_row(year, period, one, _label(year, one, labels), figures) for one in year.categories]
    told = [row for row in made if any(cell.value for cell in row.cells.values())]
    nothing = [row for row in made if row not in told and any(cell.is_hidden for cell in row.cells.values())]
    whole = _row(year, period, WHOLE, period.name, figures)
    return Table(period, year.split, figures, tuple(told), whole, len(nothing))


def _label(year: Year, category: str, labels: Mapping[str, str]) -> str:
    if category == UNKNOWN:
        return words.NOT_KNOWN
    return labels.get(category) or year.labels.get(category, category).replace("_", " ")


def _row(year: Year, period: Period, category: str, label: str, figures: Iterable[Figure]) -> Row:
    name = period.name if category == WHOLE else category
    return Row(name, label, {figure.key: cell_of(year, period, category, figure) for figure in figures})


def cell_of(year: Year, period: Period, category: str, figure: Figure) -> Cell:
    """One figure of a period and category."""
    if figure.shape is Shape.COUNT:
        count = year.count(period, figure.key, category)
        return HIDDEN if count is None else Cell(count, f"{count:,}")
    if figure.shape is Shape.SHARE:
        return _share(year, period, category, figure)
    return _time(year, period, category, figure)


def _share(year: Year, period: Period, category: str, figure: Figure) -> Cell:
    sums = []
    for part in figure.of:
        counts = [year.count(period, key, category) for key in part.split("+")]
        if any(count is None for count in counts):
            return HIDDEN
        sums.append(sum(count for count in counts if count))
    if not sums[1]:
        return NONE
    share = round(100 * sums[0] / sums[1], 1)
    return Cell(share, f"{share:g} %")


def _time(year: Year, period: Period, category: str, figure: Figure) -> Cell:
    found = year.waited.get((period.name, figure.of[0], category))
    if found is None:
        return NONE if year.count(period, "requests", category) == 0 else HIDDEN
    few = len(found.waits) < LEAST or year.count(period, "requests", category) is None
    if few or len(found.hands) < HANDS:
        return HIDDEN
    hours = within(found.waits, 0.5 if figure.shape is Shape.MEDIAN else 0.9)
    if hours is None:
        longest = max(wait for wait, _ in found.waits)
        return Cell(None, words.NOT_REACHED.format(hours=f"{longest:.1f}"))
    return Cell(round(hours, 2), f"{hours:.1f}")
