"""Spreadsheets and tables of data to blocks: XLSX, XLS, ODS, CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from indexer.loaders.blocks import Block, Content, LoadRefused
from indexer.loaders.office.package import LARGEST_SHEETS, check_package
from indexer.loaders.office.printed import marking_lines, printed_lines
from indexer.loaders.office.rows import MOST_ROWS, blocks_of_rows

_MOST_CELLS = 400_000
_DELIMITERS = ",;\t|"
_HIDDEN = "The sheet {name!r} is hidden and not read. Show it and save the file, if it is guidance."
_LONG = "Only the first {most:,} rows of the sheet {name!r} are read. Split it."
_PROTECTED = "It is protected by a password. Save it again without protection."
_NO_SHEETS = "It has no sheet with text that can be read. Show its sheets and save it again."


def read_sheets(path: Path) -> Content:
    """Blocks of an XLSX, XLS or ODS file: a heading for each sheet that is shown, the heads with each row.

    Figures are the values last saved; a date is written as 2 January 2026.

    Raises:
        LoadRefused: it is protected, has macros, holds too much, or is not what its name says.
    """
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    kind = path.suffix.lower()
    if kind == ".xlsx":
        check_package(path, "XLSX", "xl/", largest_part=LARGEST_SHEETS)
    elif kind == ".ods":
        check_package(path, "ODS", "content.xml", largest_part=LARGEST_SHEETS)
    try:
        book = CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise LoadRefused(_PROTECTED) from error
    blocks: list[Block] = []
    notes: list[str] = []
    around = printed_lines(path)
    for found in book.sheets_metadata:
        if found.visible is not SheetVisibleEnum.Visible:
            notes.append(_HIDDEN.format(name=found.name))
            continue
        below, more = _sheet(book, found.name, around)
        blocks += [Block("heading", found.name, 2), *below] if below else []
        notes += more
    if not blocks:
        raise LoadRefused(_NO_SHEETS)
    return Content(tuple(blocks), around=tuple(around), notes=tuple(notes))


def _sheet(book: Any, name: str, around: list[str]) -> tuple[list[Block], list[str]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.height * sheet.width > _MOST_CELLS and sheet.width > _MOST_CELLS // MOST_ROWS:
        raise LoadRefused(f"The sheet {name!r} holds more cells than guidance should. Split it.")
    grid = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS)
    rows = [[shown_value(value) for value in row] for row in grid]
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    around += marking_lines(rows)
    notes = [_LONG.format(most=MOST_ROWS, name=name)] if sheet.height > MOST_ROWS else []
    return blocks_of_rows(rows), notes


def _fill_merged(rows: list[list[str]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Write a merged cell's value wherever the cell reaches, so that it stands in each of its rows and columns."""
    for (top, left), (bottom, right) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = rows[top][left]


def shown_value(value: object) -> str:
    """A cell's value as a person writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    if isinstance(value, datetime):
        day = f"{value.day} {value:%B %Y}"
        return day if value.time() == time() else f"{day}, {value:%H:%M}"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def read_csv(text: str) -> Content:
    """Blocks of a table in a text file, whatever divides its cells.

    Raises:
        LoadRefused: its quotes do not match, or a cell is longer than a table's should be.
    """
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise LoadRefused("It cannot be read as CSV: its quotes do not match. Save it again as CSV or XLSX.") from error
    notes = () if len(rows) <= MOST_ROWS else (f"Only its first {MOST_ROWS:,} rows are read. Split it.",)
    return Content(tuple(blocks_of_rows(rows[:MOST_ROWS])), around=tuple(marking_lines(rows)), notes=notes)


def _delimiter(text: str) -> str:
    """The sign that stands equally often, and most often, in the first lines."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]

    def worth(sign: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
        common = max(set(counts), key=counts.count, default=1)
        return (counts.count(common) if common > 1 else 0, common)

    return max(_DELIMITERS, key=worth)
