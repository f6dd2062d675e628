"""XLS to sheets, by xlrd."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from indexer.loaders.blocks import LoadRefused
from indexer.loaders.sheets.formats import is_elapsed, shown
from indexer.loaders.sheets.sheet import Sheet

_PROTECTED = "It is protected by a password. Save it again without protection."


def read_old_excel(path: Path) -> tuple[list[Sheet], list[str]]:
    """The sheets that are shown, and the names of the hidden ones.

    Raises:
        LoadRefused: it is protected.
    """
    import xlrd

    with path.open("rb") as file, Path(os.devnull).open("w") as nowhere:
        try:
            book = xlrd.open_workbook(file_contents=file.read(), formatting_info=True, logfile=nowhere)
        except xlrd.XLRDError as error:
            if "encrypted" in str(error).lower():
                raise LoadRefused(_PROTECTED) from error
            raise
        sheets = book.sheets()
    read = [_sheet(book, sheet) for sheet in sheets if sheet.visibility == 0]
    return read, [sheet.name for sheet in sheets if sheet.visibility != 0]


def _sheet(book: Any, found: Any) -> Sheet:
    sheet = Sheet(found.name)
    for row in range(found.nrows):
        for column, cell in enumerate(found.row(row)):
            text, gone = _text(book, found, row, column, cell)
            if text.strip():
                sheet.cells[row, column] = text
            elif gone.strip():
                sheet.struck_rows.add(row)
    sheet.merged = [((top, left), (bottom - 1, right - 1)) for top, bottom, left, right in found.merged_cells]
    sheet.hidden_rows = {row for row, how in found.rowinfo_map.items() if how.hidden}
    sheet.hidden_columns = {column for column, how in found.colinfo_map.items() if how.hidden}
    return sheet


def _text(book: Any, sheet: Any, row: int, column: int, cell: Any) -> tuple[str, str]:
    """A cell as it is shown, without what is struck out in it; and what is."""
    import xlrd

    style = book.xf_list[cell.xf_index]
    code = book.format_map[style.format_key].format_str
    struck = bool(book.font_list[style.font_index].struck_out)
    if cell.ctype != xlrd.XL_CELL_TEXT:
        text = _figure(book, cell, code)
        return ("", text) if struck else (text, "")
    runs = sheet.rich_text_runlist_map.get((row, column), [])
    kept, gone = _parted(cell.value, [(0, struck), *((at, _is_struck(book, font)) for at, font in runs)])
    return shown(kept or None, code), gone


def _figure(book: Any, cell: Any, code: str) -> str:
    """A cell that holds no words, as it is shown."""
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return shown(_moment(cell.value, code, book.datemode), code)
    return shown(cell.value, code) if cell.ctype == xlrd.XL_CELL_NUMBER else ""


def _moment(value: float, code: str, datemode: int) -> object:
    import xlrd

    if is_elapsed(code):
        return timedelta(days=value)
    moment = xlrd.xldate.xldate_as_datetime(value, datemode)
    return moment.time() if value < 1 else moment


def _is_struck(book: Any, font: int) -> bool:
    return bool(book.font_list[font].struck_out)


def _parted(text: str, runs: list[tuple[int, bool]]) -> tuple[str, str]:
    """Text without the runs that are struck out, and those; each run is where it begins and whether it is struck."""
    ends = [at for at, _ in runs[1:]] + [len(text)]
    parts = [(text[at:end], struck) for (at, struck), end in zip(runs, ends, strict=True)]
    kept, gone = ("".join(part for part, struck in parts if struck is wanted) for wanted in (False, True))
    return kept, gone
