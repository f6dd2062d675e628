"""Ruled tables of a PDF's page: the words of each cell in its column, whatever was merged or turned on its side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.loaders.pdf.columns import is_inside
from indexer.loaders.pdf.lines import Line, Word, lines_of
from indexer.loaders.tables import Key, head_rows, one_head, shortened

Box = tuple[float, float, float, float]
Cells = list[list[list[Line]]]
"""The lines of each cell of each row."""

_FEWEST_WORDS = 3
"""Words of a card below its heading."""


@dataclass(slots=True)
class Table:
    """A ruled table as rows of cells."""

    rows: list[list[str]]
    page: int
    after: int = 0
    """How many of the page's lines stand before it."""
    edges: tuple[int, ...] = ()
    """Where its columns begin, in points."""


def read_table(found: Any, words: Sequence[Word], turned: Sequence[Word], page: int) -> tuple[Table, Cells] | None:
    """One of pdfplumber's tables; none for a frame around text."""
    boxes = [list(row.cells) for row in found.rows]
    inside = [word for word in words if is_inside(word, found.bbox)]
    cells = [[_lines_in(box, inside, page) for box in row] for row in boxes]
    texts = [
        [_turned_in(box, turned) or one_line(lines) for box, lines in zip(row, line, strict=True)]
        for row, line in zip(boxes, cells, strict=True)
    ]
    if not _is_table(filled(texts)) and not _is_cards(cells):
        return None
    edges = sorted({round(box[0]) for row in boxes for box in row if box})
    return Table(_with_one_head(_spread(boxes, texts), _begins(boxes)), page, edges=tuple(edges)), cells


def _with_one_head(spread: Sequence[Sequence[str]], begins: Sequence[Sequence[Key]]) -> list[list[str]]:
    """Rows whose first one says both where one head stands above others: "Stops 2024"."""
    rows = filled(spread, from_column=1)
    used = _used([row for row in spread if any(row)], 1)
    keys = [[line[i] for i in used if i < len(line)] for line, row in zip(begins, spread, strict=True) if any(row)]
    count = head_rows(rows, keys)
    return [one_head(rows[:count]), *rows[count:]] if count > 1 else rows


def is_layout(cells: Cells) -> bool:
    """Whether a table only sets lists, or cards with a heading each, beside each other."""
    if _is_cards(cells):
        return True
    items = [sum(bool(line.mark) for line in lines) for row in cells for lines in row]
    return max(items) >= 4 and len(cells) <= 4


def _is_cards(cells: Cells) -> bool:
    """Whether each cell that holds something is a bold heading with text below it, not a label with its value."""
    held = [lines for row in cells for lines in row if lines]
    return len(held) > 1 and all(
        lines[0].bold
        and not any(line.bold for line in lines[1:])
        and sum(len(line.text.split()) for line in lines[1:]) >= _FEWEST_WORDS
        for lines in held
    )


def in_cells(cells: Cells) -> Iterator[Line]:
    """The lines of a table's cells, one cell after the other; those under a head one column after the other."""
    for column, lines in enumerate(_in_order(cells), 10):
        for line in lines:
            line.column = column
            yield line


def _in_order(cells: Cells) -> list[list[Line]]:
    heads_over_lists = len(cells) == 2 and len(cells[0]) == len(cells[1]) and all(_is_list(lines) for lines in cells[1])
    if heads_over_lists and len(cells[0]) > 1:
        return [lines for column in zip(*cells, strict=True) for lines in column]
    return [lines for row in cells for lines in row]


def _is_list(lines: Sequence[Line]) -> bool:
    return sum(bool(line.mark) for line in lines) >= 2


def _lines_in(box: Box | None, words: Sequence[Word], page: int) -> list[Line]:
    return lines_of([word for word in words if is_inside(word, box)], page) if box else []


def _turned_in(box: Box | None, turned: Sequence[Word]) -> str:
    """The words of a cell that is set on its side."""
    return " ".join(word["text"] for word in turned if is_inside(word, box)) if box else ""


def _spread(boxes: Sequence[Sequence[Box | None]], texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """The texts with those of merged cells in every place that the cell covers."""
    return [
        [texts[k][m] if k == i else shortened(texts[k][m]) for k, m in line] for i, line in enumerate(_begins(boxes))
    ]


def _begins(boxes: Sequence[Sequence[Box | None]]) -> list[list[tuple[int, int]]]:
    """For each place the row and the column where the cell begins that covers it."""
    rows = []
    for i, row in enumerate(boxes):
        top = min((box[1] for box in row if box), default=0.0)
        whole = sum(box is not None for box in row) == 1 and len(row) > 1
        begins = []
        for j, box in enumerate(row):
            place = (i, j)
            if box is None:
                above = next((k for k in range(i - 1, -1, -1) if j < len(boxes[k]) and boxes[k][j] is not None), None)
                reach = boxes[above][j] if above is not None else None
                left = next((k for k in range(j - 1, -1, -1) if row[k] is not None), None)
                beside = row[left] if left is not None else None
                if above is not None and reach is not None and reach[3] > top + 2:
                    place = (above, j)
                elif not whole and left is not None and beside is not None and _covers(beside, boxes, j):
                    place = (i, left)
            begins.append(place)
        rows.append(begins)
    return rows


def _covers(box: Box, boxes: Sequence[Sequence[Box | None]], column: int) -> bool:
    """Whether a cell reaches over a column further to the right."""
    starts = [other[0] for row in boxes if column < len(row) and (other := row[column]) is not None]
    return bool(starts) and box[2] > min(starts) + 2


def filled(rows: Sequence[Sequence[str]], *, from_column: int = 0) -> list[list[str]]:
    """Rows without those, and from a column on without columns, that say nothing.

    The first column of a table that goes on from the page before is empty where its label reaches over.
    """
    kept = [list(row) for row in rows if any(row)]
    used = _used(kept, from_column)
    return [[row[i] for i in used if i < len(row)] for row in kept]


def _used(rows: Sequence[Sequence[str]], from_column: int) -> list[int]:
    """The columns that say something, and those before `from_column`."""
    wide = max(map(len, rows), default=0)
    return [i for i in range(wide) if i < from_column or any(i < len(row) and row[i] for row in rows)]


def one_line(lines: Sequence[Line]) -> str:
    """Lines as one; a word that is divided at a line's end is put together."""
    text = ""
    for line in lines:
        piece = f"{line.mark} {line.text}".strip()
        text = f"{text}{piece}" if text.endswith("-") and text[-2:-1].isalpha() else f"{text} {piece}".strip()
    return text


def _is_table(rows: list[list[str]]) -> bool:
    """A frame around text and the boxes of a form are no tables."""
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    filled = sum(bool(cell) for row in rows for cell in row)
    in_two = sum(sum(bool(cell) for cell in row) > 1 for row in rows)
    return (in_two * 2 >= len(rows) or all(rows[0])) and filled * 3 >= sum(len(row) for row in rows)
