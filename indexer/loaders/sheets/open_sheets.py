"""ODS to sheets: the text that stands in each cell is what the sheet shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from indexer.loaders.numerals import whole
from indexer.loaders.office.open_words import Words
from indexer.loaders.sheets.formats import shown
from indexer.loaders.sheets.sheet import MOST_CELLS, MOST_ROWS, Sheet

_AROUND_ROWS = {"table:table-rows", "table:table-header-rows", "table:table-row-group"}
_AROUND_COLUMNS = {"table:table-columns", "table:table-header-columns", "table:table-column-group"}
_CELLS = {"table:table-cell", "table:covered-table-cell"}
_NOT_SHOWN = {"collapse", "filter"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "$"}


def read_open_sheets(path: Path) -> tuple[list[Sheet], list[str]]:
    """The sheets that are shown, and the names of the hidden ones."""
    from odfdo import Document

    document = Document(str(path))
    tables = [table for table in document.body.children if table.tag == "table:table"]
    hidden = [table for table in tables if _is_hidden(document, table)]
    read = [_Reading(document, table).sheet for table in tables if table not in hidden]
    return read, [_name(table) for table in hidden]


def _name(table: Any) -> str:
    return str(table.get_attribute("table:name") or "")


def _is_hidden(document: Any, table: Any) -> bool:
    name = str(table.get_attribute("table:style-name") or "")
    style = document.get_style("table", name) if name else None
    said = (style.get_properties(area="table") if style is not None else None) or {}
    return str(said.get("table:display", "true")) == "false"


class _Reading:
    """One pass over a table."""

    def __init__(self, document: Any, table: Any) -> None:
        self._words = Words(document)
        self.sheet = Sheet(_name(table))
        at = 0
        for column in _inside(table, "table:table-column", _AROUND_COLUMNS):
            wide = min(whole(column.get_attribute("table:number-columns-repeated"), 1), MOST_CELLS)
            if column.get_attribute("table:visibility") in _NOT_SHOWN:
                self.sheet.hidden_columns.update(range(at, at + wide))
            at += wide
        self._rows(table)

    def _rows(self, table: Any) -> None:
        at = 0
        for row in _inside(table, "table:table-row", _AROUND_ROWS):
            times = max(1, whole(row.get_attribute("table:number-rows-repeated"), 1))
            cells = list(self._row(row, at))
            # an empty row that is repeated to the end of the sheet only moves what comes below it
            for number in range(at, at + min(times, MOST_ROWS + 1 - at)) if cells else ():
                self.sheet.cells.update({(number, column): text for column, text in cells})
                if row.get_attribute("table:visibility") in _NOT_SHOWN:
                    self.sheet.hidden_rows.add(number)
            at += times
            if at > MOST_ROWS:
                return

    def _row(self, row: Any, number: int) -> Iterator[tuple[int, str]]:
        at = 0
        for cell in row.children:
            if cell.tag not in _CELLS:
                continue
            times = max(1, whole(cell.get_attribute("table:number-columns-repeated"), 1))
            text = self._text(cell, number) if cell.tag == "table:table-cell" else ""
            wide = whole(cell.get_attribute("table:number-columns-spanned"), 1)
            high = whole(cell.get_attribute("table:number-rows-spanned"), 1)
            if wide > 1 or high > 1:
                self.sheet.merged.append(((number, at), (number + high - 1, at + wide - 1)))
            for column in range(at, at + min(times, MOST_CELLS // MOST_ROWS)) if text else ():
                yield column, text
            at += times

    def _text(self, cell: Any, row: int) -> str:
        """What a cell shows; its value, where a program wrote no text into it."""
        lines = [part for part in cell.children if part.tag in {"text:p", "text:list"}]
        text = "\n".join(self._words.words(part) for part in lines).strip()
        struck = self._words.is_struck_cell(cell)
        if (text and struck) or (not text and any(self._words.strikes_out(part) for part in lines)):
            self.sheet.struck_rows.add(row)
        # an empty line is what a format shows that shows nothing
        if struck or (lines and not text):
            return ""
        value = _value(cell)
        if cell.get_attribute("table:formula") and not text and value == "" and not _has_text(cell):
            self.sheet.unsaved += 1
        day = str(cell.get_attribute("office:date-value") or "")
        return value if _DAY.fullmatch(day) and re.search(r"\d.*\d{4}|\d/\d", text) else text or value


def _has_text(cell: Any) -> bool:
    return str(cell.get_attribute("office:value-type") or "") == "string"


def _value(cell: Any) -> str:
    """A cell's value in our words."""
    kind = str(cell.get_attribute("office:value-type") or "")
    value = str(cell.get_attribute("office:value") or "")
    if kind == "date":
        day = str(cell.get_attribute("office:date-value") or "")[:10]
        return shown(date.fromisoformat(day)) if _DAY.fullmatch(day) else day
    if kind == "boolean":
        return shown(cell.get_attribute("office:boolean-value") in {"true", True})
    if kind in {"string", "time"}:
        return str(cell.get_attribute(f"office:{kind}-value") or "")
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    sign = _CURRENCIES.get(str(cell.get_attribute("office:currency") or ""), "")
    return shown(number, {"percentage": "0.##%", "currency": f'"{sign}"#,##0.00'}.get(kind, "General"))


def _inside(parent: Any, wanted: str, around: set[str]) -> Iterator[Any]:
    """The children of one kind, also where others stand around them."""
    for child in parent.children:
        if child.tag == wanted:
            yield child
        elif child.tag in around:
            yield from _inside(child, wanted, around)
