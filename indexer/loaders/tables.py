"""Tables to text: a line for each row, each cell in its column whatever was merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.loaders.blocks import Block

BETWEEN = " | "
_WIDEST = 200
_MOST_CELLS = 200_000
_LABEL = 10
"""Words of a merged label that each further row of it repeats at most."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its words on one line, how far it reaches, and the items where it is a list."""

    text: str
    columns: int = 1
    rows: int = 1
    items: tuple[str, ...] = ()


def grid_of(rows: Sequence[Sequence[Cell]]) -> list[list[Cell | None]]:
    """Cells in their places; one that reaches over several places stands in each of them."""
    grid: list[list[Cell | None]] = [[] for _ in rows]
    left = _MOST_CELLS
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < len(grid[index]) and grid[index][column] is not None:
                column += 1
            wide = max(1, min(cell.columns, _WIDEST))
            below = range(index, min(index + max(1, cell.rows), len(rows)))
            left -= wide * len(below)
            for place in below if left > 0 else [index]:
                _put(grid[place], column, wide, cell)
            column += wide
    return grid


def _put(row: list[Cell | None], column: int, wide: int, cell: Cell) -> None:
    row.extend([None] * (column + wide - len(row)))
    row[column : column + wide] = [cell] * wide


def line_of(texts: Sequence[str]) -> str:
    """A row's line. An empty cell before others keeps its place: the heads must not slide over other columns."""
    line = BETWEEN.join(" ".join(text.split()) for text in texts).rstrip(" |")
    return " ".join(line.split())


def table_blocks(rows: Sequence[Sequence[Cell]], *, head: int = 1, page: int | None = None) -> list[Block]:
    """A table as one block whose level is the number of its head rows; lists beside each other one after the other."""
    grid = [row for row in grid_of(rows) if any(cell is not None and cell.text for cell in row)]
    beside = _lists_beside(grid)
    if beside is not None:
        return beside
    seen: set[int] = set()
    lines = [line for row in grid if (line := _line(row, seen))]
    return [Block("table", "\n".join(lines), max(1, min(head, len(lines))), page)] if lines else []


def shortened(text: str) -> str:
    """The beginning of a long label that was written out in a row above."""
    words = text.split()
    return text if len(words) <= _LABEL else f"{' '.join(words[:_LABEL])} …"


def _line(row: Sequence[Cell | None], seen: set[int]) -> str:
    if len(row) > 1 and all(cell is row[0] for cell in row):  # a label over the whole width
        return row[0].text if row[0] is not None else ""
    texts = ["" if cell is None else shortened(cell.text) if id(cell) in seen else cell.text for cell in row]
    seen.update(id(cell) for cell in row if cell is not None)
    return line_of(texts)


def _lists_beside(grid: Sequence[Sequence[Cell | None]]) -> list[Block] | None:
    """The columns of a table that only sets lists under their heads, such as "Do" and "Don't"; none for any other."""
    if len(grid) != 2:
        return None
    heads, lists = grid
    if len(lists) < 2 or any(cell is None or len(cell.items) < 2 for cell in lists) or len(heads) != len(lists):
        return None
    blocks = []
    for above, cell in zip(heads, lists, strict=True):
        if above is None or not above.text or cell is None:
            return None
        named = above.text if above.text.endswith((":", "?", ".", "!")) else f"{above.text}:"
        blocks += [Block("paragraph", named), Block("list", "\n".join(cell.items))]
    return blocks
