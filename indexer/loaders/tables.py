"""Tables to text: a line for each row, each cell in its column whatever was merged."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.loaders.blocks import Block

BETWEEN = " | "
_WIDEST = 200
_MOST_CELLS = 200_000
_LABEL = 10
"""Words of a merged label that each further row of it repeats at most."""
_MOST_HEADS = 3
"""Rows of a head that are put into one."""
LONGEST_HEAD = 80
"""Characters of a cell that may be the head of a column."""
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?(?:(?:19|20)\d\d|\d\d))?")
FIGURE = re.compile(r"^[\s£$€%+(-]*\d[\d\s,./:%)-]*$")
"""A cell that holds no words."""

Key = Hashable | None
"""What is the same in all places of a merged cell; none for a cell that has one place."""


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
    above, below, head = _headed(grid, head)
    seen = {id(cell) for row in grid[: len(grid) - len(below)] for cell in row if cell is not None}
    lines = [*above, *(line for row in below if (line := _line(row, seen)))]
    return [Block("table", "\n".join(lines), max(1, min(head, len(lines))), page)] if lines else []


def head_rows(rows: Sequence[Sequence[str]], cells: Sequence[Sequence[Key]]) -> int:
    """How many of the first rows name columns: two where the first names groups and the second what each holds.

    A text that was merged over several places stands in each of them; `cells` tells by place which are of one cell.
    The second row is one of data unless it can be none: a row of data that is taken for a head is lost as a row.
    """
    if len(rows) < 3 or len({len(row) for row in rows[:3]}) > 1:
        return 1
    top, under, data = rows[:3]
    groups = _groups(cells[0], top)
    held = [under[start:end] for start, end in groups]
    if not groups or any(
        "" in part or len(set(part)) < len(part) or max(map(len, part)) > LONGEST_HEAD for part in held
    ):
        return 1
    inside = {column for start, end in groups for column in range(start, end)}
    named = [column for column in range(len(top)) if column not in inside and top[column]]
    spanning = [column for column in named if _is_one(cells[0][column], cells[1][column])]
    if any(under[column] and column not in spanning for column in named):
        return 1  # it has a label of its own, as rows of data have
    if any(data[column] in {"", top[column]} for column in named):
        return 1
    below = [data[start:end] for start, end in groups]
    return 2 if spanning or any(says(held) and not says(below) for says in (_are_years, _repeat)) else 1


def keys_of(grid: Sequence[Sequence[Cell | None]]) -> list[list[Key]]:
    """Which places of a table are of one cell."""
    return [[None if cell is None else id(cell) for cell in row] for row in grid]


def has_groups(keys: Sequence[Key], texts: Sequence[str]) -> bool:
    """Whether a row names groups of columns: a cell of it is merged over several, but not over all."""
    return bool(_groups(keys, texts))


def _is_one(key: Key, other: Key) -> bool:
    return key is not None and key == other


def _groups(keys: Sequence[Key], texts: Sequence[str]) -> list[tuple[int, int]]:
    """Where a row's cells are merged over several columns, but not over all."""
    found = []
    end = 0
    for key, places in groupby(keys):
        start, end = end, end + len(list(places))
        if key is not None and texts[start] and 1 < end - start < len(keys):
            found.append((start, end))
    return found


def _are_years(parts: Sequence[Sequence[str]]) -> bool:
    return all(_YEAR.fullmatch(cell) for part in parts for cell in part)


def _repeat(parts: Sequence[Sequence[str]]) -> bool:
    """Whether the cells below each of several groups are the same."""
    return len(parts) > 1 and all(list(part) == list(parts[0]) for part in parts)


def one_head(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of a head as one: "Stops 2024" for 2024 below "Stops", "Stops, planned" for words below it."""
    return [_named([row[column] for row in rows if column < len(row)]) for column in range(max(map(len, rows)))]


def _named(parts: Sequence[str]) -> str:
    name = ""
    for part in dict.fromkeys(filter(None, parts)):
        name = f"{name} {part}" if FIGURE.match(part) else f"{name}, {part}" if name else part
    return name.strip()


def _headed(grid: Sequence[Sequence[Cell | None]], head: int) -> tuple[list[str], Sequence[Sequence[Cell | None]], int]:
    """The lines above the data of a table whose head is of several rows, what is below them, and how many they are."""
    labels = next((i for i, row in enumerate(grid) if not _is_label(row)), len(grid))
    texts = [["" if cell is None else cell.text for cell in row] for row in grid[labels:]]
    count = max(head - labels, head_rows(texts, keys_of(grid[labels : labels + 3])))
    if not 1 < count <= min(_MOST_HEADS, len(texts) - 1):
        return [], grid, head
    heads = grid[labels : labels + count]
    if any(map(_is_label, heads)) or any(len(text) > LONGEST_HEAD for row in texts[:count] for text in row):
        return [], grid, head
    lines = [_line(row, set()) for row in grid[:labels]]
    return [*lines, line_of(one_head(texts[:count]))], grid[labels + count :], labels + 1


def _is_label(row: Sequence[Cell | None]) -> bool:
    """Whether a cell reaches over the whole width."""
    return len(row) > 1 and all(cell is row[0] for cell in row)


def shortened(text: str) -> str:
    """The beginning of a long label that was written out in a row above."""
    words = text.split()
    return text if len(words) <= _LABEL else f"{' '.join(words[:_LABEL])} …"


def _line(row: Sequence[Cell | None], seen: set[int]) -> str:
    if _is_label(row):
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
