"""Tables without lines down the page, whose cells go over several lines.

Their lines stand beside each other as those of columns of text do; that they were written row by row tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.loaders.pdf.columns import Box
from indexer.loaders.pdf.lines import BULLETS, Word, lines_of, mark_of, middle, rows_of
from indexer.loaders.pdf.tables.ruled import Table, one_line
from indexer.loaders.pdf.written import in_order

_GAP = 1.1
"""The space between two words of a cell at most, in heights of the type."""
_LEADING = 1.35
"""From one line of a cell to the next at most, in heights of the type."""
_APART = 1.12
"""How much farther than the lines of a cell two rows stand apart, so that it is seen."""
_BELOW = 2.5
"""The space between two rows at most, in heights of the type."""
_IN_LINE = 4.0
"""Points by which the cells of one column may stand apart."""


@dataclass(frozen=True, slots=True)
class _Cell:
    words: list[Word]

    @property
    def x0(self) -> float:
        return float(self.words[0]["x0"])

    @property
    def x1(self) -> float:
        return max(float(word["x1"]) for word in self.words)

    @property
    def top(self) -> float:
        return min(float(word["top"]) for word in self.words)

    @property
    def bottom(self) -> float:
        return max(float(word["bottom"]) for word in self.words)

    @property
    def height(self) -> float:
        """That of its type."""
        return float(self.words[0]["bottom"] - self.words[0]["top"])

    @property
    def lines(self) -> list[float]:
        """The tops of its lines."""
        return [float(row[0]["top"]) for row in rows_of(self.words)]


_Row = list[_Cell]


def wrapped_tables(words: Sequence[Word], page: int) -> list[tuple[Table, Box]]:
    """The tables among the words of a page, with where they stand."""
    found = []
    run: list[_Row] = []
    for row in [*_rows(_cells(in_order(words))), []]:
        if run and row and _is_next(run, row):
            run.append(row)
            continue
        if _is_table(run):
            found.append((_table(run, page), _box(run)))
        run = [row] if len(row) > 1 else []
    return found


def _cells(written: Sequence[Word]) -> Iterator[_Cell]:
    """Words that were written one behind or below the other, as one cell."""
    cell: list[Word] = []
    for word in written:
        if cell and not _goes_on(cell, word):
            yield _Cell(cell)
            cell = []
        cell.append(word)
    if cell:
        yield _Cell(cell)


def _goes_on(cell: Sequence[Word], word: Word) -> bool:
    last, height = cell[-1], word["bottom"] - word["top"]
    if abs(middle(word) - middle(last)) < 0.5 * height:
        return bool(-1 <= word["x0"] - last["x1"] <= _GAP * height)
    is_below = 0 < word["top"] - last["top"] <= _LEADING * height
    return bool(is_below and abs(word["x0"] - cell[0]["x0"]) <= _IN_LINE)


def _rows(cells: Iterator[_Cell]) -> Iterator[_Row]:
    """Cells that were written one after the other from the left to the right, and stand beside each other."""
    row: _Row = []
    for cell in cells:
        if row and not (cell.x0 > row[-1].x1 and cell.top < _bottom(row) and cell.bottom > _top(row)):
            yield row
            row = []
        row.append(cell)
    if row:
        yield row


def _top(row: _Row) -> float:
    return min(cell.top for cell in row)


def _bottom(row: _Row) -> float:
    return max(cell.bottom for cell in row)


def _is_next(run: Sequence[_Row], row: _Row) -> bool:
    """Whether a row stands right below the others, its cells below theirs."""
    if len(row) < 2 or not -2 <= _top(row) - _bottom(run[-1]) <= _BELOW * row[0].height:
        return False
    widest = max([*run, row], key=len)
    return all(_column(cell, widest) is not None for each in [*run, row] for cell in each)


def _column(cell: _Cell, widest: _Row) -> int | None:
    return next((i for i, head in enumerate(widest) if abs(head.x0 - cell.x0) <= _IN_LINE), None)


def _is_table(run: Sequence[_Row]) -> bool:
    """Whether rows are those of a table with cells of several lines, and neither lists nor lines of columns."""
    if len(run) < 2 or not any(len(cell.lines) > 1 for row in run for cell in row):
        return False
    if sum(_is_item(row) for row in run) > 1:
        return False
    leading = min(b - a for row in run for cell in row for a, b in pairwise(cell.lines))
    steps = [_top(below) - max(cell.lines[-1] for cell in above) for above, below in pairwise(run)]
    return min(steps) >= _APART * leading or all(any(len(cell.lines) > 1 for cell in row) for row in run[1:])


def _is_item(row: _Row) -> bool:
    """Whether a row is an item of a list, whose mark stands apart, or several."""
    marked = mark_of([*row[0].words[:1], *row[1].words[:1]])
    return bool(marked) or sum(cell.words[0]["text"] in BULLETS for cell in row) > 1


def _table(run: Sequence[_Row], page: int) -> Table:
    widest = max(run, key=len)
    rows = []
    for row in run:
        texts = [""] * len(widest)
        for cell in row:
            texts[_column(cell, widest) or 0] = one_line(lines_of(cell.words, page))
        rows.append(texts)
    return Table(rows, page, edges=tuple(round(cell.x0) for cell in widest))


def _box(run: Sequence[_Row]) -> Box:
    cells = [cell for row in run for cell in row]
    return (
        min(cell.x0 for cell in cells) - 1,
        min(cell.top for cell in cells) - 1,
        max(cell.x1 for cell in cells) + 1,
        max(cell.bottom for cell in cells) + 1,
    )
