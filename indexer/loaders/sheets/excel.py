"""XLSX to sheets: what openpyxl finds in the workbook, and the cells of each sheet as they pass in its XML.

openpyxl reads a cell's fonts only with the whole workbook in memory, which takes ten times as long.
"""

from __future__ import annotations

import warnings
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from indexer.loaders.blocks import LoadRefused
from indexer.loaders.numerals import whole
from indexer.loaders.sheets.excel_cells import Cells, Meanings
from indexer.loaders.sheets.excel_parts import elements, local, styles_of, texts_of
from indexer.loaders.sheets.sheet import MOST_ROWS, Sheet

_MOST_COLUMNS = 16_384
"""Columns that a sheet of Excel has."""
_STRICT = "It is saved as Strict Open XML. In Excel choose Save As, Excel Workbook (.xlsx)."
_STRICT_NAMES = (
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument",
)


def read_excel(path: Path) -> tuple[list[Sheet], list[str]]:
    """The sheets that are shown, and the names of the hidden ones.

    Raises:
        LoadRefused: it is saved in a form that few programs read.
    """
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.xml.constants import SHARED_STRINGS

    with warnings.catch_warnings(), zipfile.ZipFile(path) as package:
        warnings.simplefilter("ignore")  # of what openpyxl could not write again, which nobody asks of it here
        _refuse_strict(package)
        book = ExcelReader(path, data_only=True, keep_links=False)
        with closing(book.archive):
            # no more of it: its properties, its look and its drawings say nothing, and may be as no standard has them
            book.read_manifest()
            book.read_workbook()
            found = [(sheet, rel.target) for sheet, rel in book.parser.find_sheets() if "chartsheet" not in rel.Type]
        texts = book.package.find(SHARED_STRINGS)
        shared = texts_of(package, texts.PartName[1:]) if texts is not None else []
        meanings = Meanings(shared, styles_of(package), book.wb.epoch)
        parts = [(sheet, part) for sheet, part in found if part in package.namelist()]
        read = [_sheet(package, part, sheet.name, meanings) for sheet, part in parts if sheet.state == "visible"]
    return read, [sheet.name for sheet, _ in parts if sheet.state != "visible"]


def _refuse_strict(package: zipfile.ZipFile) -> None:
    for name in {"_rels/.rels", "xl/workbook.xml"} & set(package.namelist()):
        with package.open(name) as part:
            begun = part.read(1 << 16)
        if any(strict in begun for strict in _STRICT_NAMES):
            raise LoadRefused(_STRICT)


def _sheet(package: zipfile.ZipFile, part: str, name: str, meanings: Meanings) -> Sheet:
    sheet = Sheet(name)
    cells = Cells(sheet, meanings)
    for found in elements(package, part, "row", "col", "mergeCell"):
        kind = local(found)
        if kind == "row":
            cells.read(found)
        elif kind == "mergeCell":
            _merge(sheet, found.get("ref", ""))
        elif _is_hidden(found):
            last = min(whole(found.get("max"), _MOST_COLUMNS), _MOST_COLUMNS)
            sheet.hidden_columns.update(range(max(0, whole(found.get("min"), 1) - 1), last))
    return sheet


def _merge(sheet: Sheet, area: str) -> None:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(area)
    if None not in (left, top, right, bottom) and top <= MOST_ROWS:
        sheet.merged.append(((top - 1, left - 1), (bottom - 1, right - 1)))


def _is_hidden(found: Any) -> bool:
    return found.get("hidden", "0") in {"1", "true", "on"}
