"""A sheet as it is shown, whatever kind of file it is from: its rows without what is hidden, and what was left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.loaders.blocks import Block, LoadRefused
from indexer.loaders.office.printed import marking_lines
from indexer.loaders.sheets.rows import Look, blocks_of_rows
from indexer.loaders.tables import Key

MOST_ROWS = 20_000
"""Rows of a sheet that are read at most."""
MOST_CELLS = 400_000
"""Filled cells of a sheet that are read at most."""
_MOST_PLACES = 10 * MOST_CELLS
"""Places of its rows and filled columns, filled or not."""
_OWN_NAME = re.compile(r"(?:work)?sheet\s?\d*|tabelle\s?\d*|table\s?\d*|feuil(?:le)?\s?\d*|hoja\s?\d*", re.IGNORECASE)
_ERROR = re.compile(r"#(?:REF|DIV/0|VALUE|NAME|NUM|NULL)[!?]?|Err:\d{3}")
_LONG = "Only the first {most:,} rows of the sheet {name!r} are read. Split it."
_WIDE = "The sheet {name!r} holds more cells than guidance should. Split it."
_HIDDEN_PARTS = "Of the sheet {name!r} {parts} hidden and not read. Show what is guidance and save the file."
_UNSAVED = (
    "Of the sheet {name!r} {parts} without a saved value and left out. Open it so that it calculates, and save it."
)
_ERRORS = "Of the sheet {name!r} {parts} an error such as #REF!. Mend it and save the file."

Place = tuple[int, int]
"""Row and column of a cell, both from 0."""


@dataclass(slots=True)
class Sheet:
    """The cells of a sheet by their places, and what of it a reader does not see."""

    name: str
    cells: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    """The first and the last cell of each group that is merged into one."""
    bold_rows: set[int] = field(default_factory=set)
    """Rows most of whose cells are set in bold type, where that was read."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)
    """Rows from which struck out text was taken; not those whose cells show nothing anyway, which divide tables."""
    goes_on: bool = False
    """Whether rows beyond the limit hold something, where they were not read."""
    unsaved: int = 0
    """Formulas whose value is not in the file."""
    around: list[str] = field(default_factory=list)
    """The marking that its first rows carry."""

    @property
    def is_named(self) -> bool:
        """Whether somebody gave it its name: "Sheet1" says nothing."""
        return not _OWN_NAME.fullmatch(self.name.strip())


def shown_part(sheet: Sheet) -> tuple[list[Block], list[str]]:
    """The blocks of what a sheet shows, and a sentence for each thing of it that is left out.

    Raises:
        LoadRefused: it is wider than guidance is.
    """
    errors = [place for place, text in sheet.cells.items() if _ERROR.fullmatch(text.strip())]
    for place in errors:
        del sheet.cells[place]
    filled = [place for place, text in sheet.cells.items() if text.strip() and place[0] < MOST_ROWS]
    goes_on = sheet.goes_on or any(row >= MOST_ROWS and text.strip() for (row, _), text in sheet.cells.items())
    height = max((row for row, _ in filled), default=-1) + 1
    columns = sorted({column for _, column in filled})
    if len(filled) > MOST_CELLS or height * len(columns) > _MOST_PLACES:
        raise LoadRefused(_WIDE.format(name=sheet.name))
    rows = [[sheet.cells.get((row, column), "") for column in columns] for row in range(height)]
    keys = _fill_merged(rows, columns, sheet.merged)
    gone_rows = {row for row in sheet.struck_rows if row < len(rows) and not any(rows[row])}
    hidden_rows = {row for row, _ in filled} & sheet.hidden_rows
    hidden_columns = {column for _, column in filled} & sheet.hidden_columns
    left = [row for row in range(height) if row not in hidden_rows and row not in gone_rows]
    places = [place for place, column in enumerate(columns) if column not in hidden_columns]
    kept = [[rows[row][place] for place in places] for row in left]
    merged = {number: [keys[row][place] for place in places] for number, row in enumerate(left) if row in keys}
    bold = {number for number, row in enumerate(left) if row in sheet.bold_rows}
    sheet.around = marking_lines(kept)
    notes = [_LONG.format(most=MOST_ROWS, name=sheet.name)] if goes_on else []
    return blocks_of_rows(kept, Look(merged, bold)), [
        *notes,
        *_left_out(sheet, len(hidden_rows), len(hidden_columns), len(errors)),
    ]


def _left_out(sheet: Sheet, rows: int, columns: int, errors: int) -> Iterable[str]:
    hidden = [said for said in (_counted(rows, "row"), _counted(columns, "column")) if said]
    if hidden:
        verb = "is" if rows + columns == 1 else "are"
        yield _HIDDEN_PARTS.format(name=sheet.name, parts=f"{' and '.join(hidden)} {verb}")
    if sheet.unsaved:
        verb = "is" if sheet.unsaved == 1 else "are"
        yield _UNSAVED.format(name=sheet.name, parts=f"{_counted(sheet.unsaved, 'formula')} {verb}")
    if errors:
        verb = "is left out, which shows" if errors == 1 else "are left out, which show"
        yield _ERRORS.format(name=sheet.name, parts=f"{_counted(errors, 'cell')} {verb}")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}" if count else ""


def _fill_merged(
    rows: list[list[str]], columns: list[int], merged: Iterable[tuple[Place, Place]]
) -> dict[int, list[Key]]:
    """Write a merged cell's value wherever the cell reaches, so that it stands in each of its rows and columns."""
    keys: dict[int, list[Key]] = {}
    for key, ((top, left), (bottom, right)) in enumerate(merged):
        first, last = bisect_left(columns, left), bisect_right(columns, right)
        if top >= len(rows) or first >= last:
            continue
        text = rows[top][first] if columns[first] == left else ""
        for number, row in enumerate(rows[top : bottom + 1], top):
            row[first:last] = [text] * (last - first)
            keys.setdefault(number, [None] * len(columns))[first:last] = [key] * (last - first)
    return keys
