"""The cells of an XLSX file's sheet, as they pass in its XML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from indexer.loaders.sheets.excel_parts import Style, Words, words_of
from indexer.loaders.sheets.formats import shown
from indexer.loaders.sheets.sheet import MOST_ROWS, Sheet

_PLAIN = Style()
_ON = {"1", "true", "on"}


@dataclass(frozen=True, slots=True)
class Meanings:
    """What the numbers in cells stand for."""

    texts: list[Words]
    styles: list[Style]
    epoch: datetime

    def style(self, number: str | None) -> Style:
        """The style of a number; a plain one where the file has none."""
        place = int(number) if number else 0
        return self.styles[place] if 0 <= place < len(self.styles) else _PLAIN


class Cells:
    """Rows of one sheet, read one after another."""

    def __init__(self, sheet: Sheet, meanings: Meanings) -> None:
        self._sheet = sheet
        self._meanings = meanings
        self._row = -1
        self._bold = 0
        """How many more of a row's cells are bold than are not."""

    def read(self, row: Any) -> None:
        """Take a row's cells into the sheet; of one beyond the limit only whether it holds anything."""
        said = row.get("r")
        self._row = int(float(said)) - 1 if said else self._row + 1
        if self._row >= MOST_ROWS:
            self._sheet.goes_on = self._sheet.goes_on or any(_has_value(cell) for cell in row)
            return
        if row.get("hidden") in _ON:
            self._sheet.hidden_rows.add(self._row)
        column, self._bold = -1, 0
        for cell in row:
            place = cell.get("r")
            column = _column(place) if place else column + 1
            self._cell(cell, column)
        if self._bold > 0:
            self._sheet.bold_rows.add(self._row)

    def _cell(self, cell: Any, column: int) -> None:
        style = self._meanings.style(cell.get("s"))
        parts = {child.tag.rpartition("}")[2]: child for child in cell}
        value = self._value(cell.get("t", "n"), parts, style)
        if value is None:
            self._sheet.unsaved += "f" in parts and cell.get("t") != "str"
            return
        kept, struck = _parted(value, style)
        text = shown(kept, style.code)
        if text.strip():
            self._sheet.cells[self._row, column] = text
            self._bold += 1 if style.is_bold else -1
        elif struck is not None and shown(struck, style.code).strip():
            self._sheet.struck_rows.add(self._row)

    def _value(self, kind: str, parts: dict[str, Any], style: Style) -> object:
        """What is saved in a cell: words, a number, a moment, or nothing."""
        if kind == "inlineStr":
            return words_of(parts["is"]) if "is" in parts else None
        saved = parts["v"].text if "v" in parts else None
        if not saved:
            return None
        if kind == "s":
            return self._meanings.texts[int(saved)]
        if kind == "b":
            return saved.strip() in _ON
        if kind == "d":
            return _iso_moment(saved)
        return self._number(saved, style) if kind == "n" else saved

    def _number(self, saved: str, style: Style) -> object:
        from openpyxl.utils.datetime import from_excel

        number = float(saved) if any(sign in saved for sign in ".eE") else int(saved)
        if not style.is_date:
            return number
        try:
            return from_excel(number, self._meanings.epoch, timedelta=style.is_duration)
        except (OverflowError, ValueError):
            return "#VALUE!"  # as Excel shows a date before its first or after its last


def _parted(value: object, style: Style) -> tuple[object, object]:
    """A cell's value without what is struck out in it, and what is; None for nothing."""
    if not isinstance(value, list):
        return (None, value) if style.is_struck else (value, None)
    runs = [(text, style.is_struck if struck is None else struck) for text, struck in value]
    kept, gone = ("".join(text for text, struck in runs if struck is wanted) for wanted in (False, True))
    return kept or None, gone or None


def _has_value(cell: Any) -> bool:
    return bool((cell.findtext("{*}v") or "").strip()) or cell.find("{*}is") is not None


def _column(place: str) -> int:
    return _column_of(place.rstrip("0123456789").replace("$", ""))


@lru_cache(maxsize=2048)
def _column_of(letters: str) -> int:
    from openpyxl.utils import column_index_from_string

    return int(column_index_from_string(letters)) - 1  # which refuses what is none


def _iso_moment(saved: str) -> object:
    from openpyxl.utils.datetime import from_ISO8601

    return from_ISO8601(saved)
