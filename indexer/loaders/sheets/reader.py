"""Spreadsheets to blocks: XLSX, XLS, ODS."""

from __future__ import annotations

import zipfile
from pathlib import Path

from indexer.loaders import limits
from indexer.loaders.blocks import Block, Content, LoadRefused
from indexer.loaders.office.package import LARGEST_SHEETS, check_package
from indexer.loaders.office.printed import printed_lines
from indexer.loaders.sheets.excel import read_excel
from indexer.loaders.sheets.old_excel import read_old_excel
from indexer.loaders.sheets.open_sheets import read_open_sheets
from indexer.loaders.sheets.sheet import Sheet, shown_part

SECONDS_A_MEGABYTE = 2
"""Processor time that a file may take beside what every file may, for each megabyte that it unpacks to."""
_MEGABYTE = 1024 * 1024
_HIDDEN = "The sheet {name!r} is hidden and not read. Show it and save the file, if it is guidance."
_NO_SHEETS = "It has no sheet with text that can be read. Show its sheets and save it again."


def read_sheets(path: Path) -> Content:
    """Blocks of an XLSX, XLS or ODS file: a heading for each sheet that is shown, the heads with each row.

    Figures are the values last saved, as the sheet shows them; a date is written as 2 January 2026.

    Raises:
        LoadRefused: it is protected, has macros, holds too much, or is not what its name says.
    """
    sheets, hidden = _sheets(path)
    read = [(sheet, *shown_part(sheet)) for sheet in sheets]
    filled = [(sheet, blocks) for sheet, blocks, _ in read if blocks]
    if not filled:
        raise LoadRefused(_NO_SHEETS)
    notes = [_HIDDEN.format(name=name) for name in hidden] + [note for *_, said in read for note in said]
    blocks = [block for sheet, below in filled for block in (*_heading(sheet, len(filled)), *below)]
    around = [*printed_lines(path), *(line for sheet, _ in filled for line in sheet.around)]
    return Content(tuple(blocks), around=tuple(around), notes=tuple(notes))


def _sheets(path: Path) -> tuple[list[Sheet], list[str]]:
    kind = path.suffix.lower()
    if kind == ".xls":
        limits.allow(SECONDS_A_MEGABYTE * path.stat().st_size / _MEGABYTE)
        return read_old_excel(path)
    if kind == ".xlsx":
        check_package(path, "XLSX", "xl/", largest_part=LARGEST_SHEETS)
        _allow(path)
        return read_excel(path)
    check_package(path, "ODS", "content.xml", largest_part=LARGEST_SHEETS)
    _allow(path)
    return read_open_sheets(path)


def _allow(path: Path) -> None:
    """More processor time for a long file, by what it unpacks to."""
    with zipfile.ZipFile(path) as package:
        unpacked = sum(part.file_size for part in package.infolist())
    limits.allow(SECONDS_A_MEGABYTE * unpacked / _MEGABYTE)


def _heading(sheet: Sheet, count: int) -> list[Block]:
    """The name of a sheet above it; one that the program gave says something only where there are several."""
    return [Block("heading", sheet.name, 2)] if sheet.is_named or count > 1 else []
