"""Tables of a Word document as rows of cells, whatever was merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from indexer.loaders.docx.styles import is_on, local, w
from indexer.loaders.numerals import whole
from indexer.loaders.tables import Cell

AROUND = {"sdt", "sdtContent", "customXml", "ins", "smartTag", "moveTo"}
"""Elements that only stand around what is read."""
Reader = Callable[[Any], tuple[str, tuple[str, ...]]]
"""Reads a cell: its words on one line, and its items if it is a list."""


@dataclass(slots=True)
class _Growing:
    """A cell that cells to its right and below it may turn out to be merged with."""

    element: Any
    columns: int
    rows: int = 1
    text: str = ""
    items: tuple[str, ...] = field(default=())


def rows_of(table: Any) -> list[Any]:
    """The rows that are shown, those that somebody deleted left out."""
    return list(_rows(table))


def cells_of(row: Any) -> list[Any]:
    """The cells of a row."""
    return list(_cells(row))


def read_table(table: Any, read: Reader) -> tuple[list[list[Cell]], int]:
    """The rows of a table, and how many of the first ones Word repeats on every page."""
    above: dict[int, _Growing] = {}
    rows = []
    head, in_head = 0, True
    for row in _rows(table):
        in_head = in_head and is_on(row.find(f"{w('trPr')}/{w('tblHeader')}"))
        head += in_head
        rows.append(_read_row(row, above, read))
    return [[Cell(cell.text, cell.columns, cell.rows, cell.items) for cell in row] for row in rows], head


def _read_row(row: Any, above: dict[int, _Growing], read: Reader) -> list[_Growing]:
    """The cells that begin in a row; `above` holds by column what reaches down from the rows over it."""
    before = whole(_value(row.find(f"{w('trPr')}/{w('gridBefore')}")), 0)
    cells = [_Growing(None, before)] if before > 0 else []
    column = max(before, 0)
    here: dict[int, _Growing] = {}
    for element in _cells(row):
        columns = max(1, whole(_value(element.find(f"{w('tcPr')}/{w('gridSpan')}")), 1))
        beside, below = _merge(element, "hMerge"), _merge(element, "vMerge")
        if beside == "continue" and cells:
            cells[-1].columns += columns
        elif below == "continue" and column in above:
            here[column] = above[column]
            above[column].rows += 1
        else:
            cell = _Growing(element, columns)
            if below != "continue":
                cell.text, cell.items = read(element)
            cells.append(cell)
            if below == "restart":
                here[column] = cell
        column += columns
    above.clear()
    above.update(here)
    return cells


def _merge(cell: Any, name: str) -> str:
    """ "restart", "continue", or empty."""
    found = cell.find(f"{w('tcPr')}/{w(name)}")
    return "" if found is None else str(found.get(w("val"), "continue"))


def _value(found: Any) -> object:
    return found.get(w("val")) if found is not None else ""


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if local(child) == "tr":
            gone = child.find(f"{w('trPr')}/{w('del')}") is not None
            if not gone and not is_on(child.find(f"{w('trPr')}/{w('hidden')}")):
                yield child
        elif local(child) in AROUND:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in AROUND:
            yield from _cells(child)
