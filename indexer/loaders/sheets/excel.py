"""XLSX to sheets, by openpyxl: which alone tells what is hidden, what is struck out, and each cell's format."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.loaders.sheets.formats import shown
from indexer.loaders.sheets.sheet import Sheet

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def read_excel(path: Path) -> tuple[list[Sheet], list[str]]:
    """The sheets that are shown, and the names of the hidden ones."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl could not write again, which nobody asks of it here
        book = _opened(path, data_only=True)
        sheets = {sheet.title: _sheet(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"}
        if _has_formulas(path):
            for name, count in _unsaved(book, _opened(path, data_only=False)):
                if name in sheets:
                    sheets[name].unsaved = count
    return list(sheets.values()), [sheet.title for sheet in book.worksheets if sheet.title not in sheets]


def _opened(path: Path, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path, data_only=data_only, rich_text=data_only, keep_links=False)


def _sheet(found: Any) -> Sheet:
    sheet = Sheet(found.title)
    # its own list of cells: asking for rows would make a cell for each place of a sheet that is styled to its end
    for (row, column), cell in found._cells.items():
        if cell.value is None:
            continue
        value = _unstruck(cell)
        text = shown(value, cell.number_format) if value is not None else ""
        sheet.cells[row - 1, column - 1] = text
        if not text.strip():
            sheet.struck_rows.add(row - 1)
    sheet.merged = [
        ((area.min_row - 1, area.min_col - 1), (area.max_row - 1, area.max_col - 1))
        for area in found.merged_cells.ranges
    ]
    sheet.hidden_rows = {number - 1 for number, row in found.row_dimensions.items() if row.hidden}
    sheet.hidden_columns = {
        number - 1
        for column in found.column_dimensions.values()
        if column.hidden
        for number in range(column.min or 0, (column.max or 0) + 1)
    }
    return sheet


def _unstruck(cell: Any) -> object:
    """A cell's value without what is struck out in it; nothing where that is all of it."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    struck = bool(cell.font and cell.font.strike)
    if not isinstance(cell.value, CellRichText):
        return None if struck else cell.value
    kept = [
        part.text if isinstance(part, TextBlock) else part
        for part in cell.value
        if not (part.font.strike if isinstance(part, TextBlock) and part.font else struck)
    ]
    return "".join(kept) or None


def _has_formulas(path: Path) -> bool:
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return any(_FORMULA.search(package.read(name)) for name in names)


def _unsaved(values: Any, formulas: Any) -> Iterator[tuple[str, int]]:
    """How many formulas of each sheet have no value in the file; one whose value is an empty text has one."""
    for sheet in formulas.worksheets:
        saved = values[sheet.title]._cells
        calculated = (place for place, cell in sheet._cells.items() if cell.data_type == "f")
        yield (
            sheet.title,
            sum(
                1
                for place in calculated
                if place in saved and saved[place].value is None and saved[place].data_type != "str"
            ),
        )
