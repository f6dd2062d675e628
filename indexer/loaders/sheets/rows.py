"""Rows of a sheet to blocks: each row says under which heads its cells stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress, groupby

from indexer.loaders.blocks import Block
from indexer.loaders.tables import BETWEEN, FIGURE, LONGEST_HEAD, Key, has_groups, head_rows, one_head

_OF_A_DOCUMENT = re.compile(
    r"(?:protective |security |government )*(?:marking|classification)|handling(?: instructions?)?"
    r"|title|document(?: title)?"
    r"|(?:document |policy |sop )*(?:owner|author|approver|lead)|(?:approved|authorised|written|prepared|issued) by"
    r"|department|version(?: (?:number|no\.?))?|status|reference(?: (?:number|no\.?))?|audience"
    r"|(?:next |last |date of )*(?:review(?:ed)?|issued?|publication|published|updated|approval|effective)"
    r"(?: date| by| on| from| due)?|date",
    re.IGNORECASE,
)
"""What the cover of a document says of it, a label beside its value."""

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Look:
    """How a sheet sets its rows, by their numbers."""

    merged: Mapping[int, Sequence[Key]] = field(default_factory=dict)
    """Which places of a row are of one merged cell; rows without any are left out."""
    bold: Collection[int] = ()
    """Rows that are set in bold type."""


def blocks_of_rows(rows: Sequence[Row], look: Look | None = None) -> list[Block]:
    """The tables of a sheet, which empty rows divide, and the texts that stand alone in a row between them."""
    blocks: list[Block] = []
    lines, held = _clean(rows)
    look = look or Look()
    look = replace(look, merged={number: list(compress(keys, held)) for number, keys in look.merged.items()})
    end = 0
    for filled, group in groupby(lines, key=any):
        table = list(group)
        end += len(table)
        if filled:
            blocks += _blocks(table, end, look)
    return blocks


def _clean(rows: Sequence[Row]) -> tuple[list[list[str]], list[bool]]:
    """Each cell on one line, without columns that are empty throughout; and for each column whether it was kept."""
    lines = [[" ".join(cell.split()) for cell in row] for row in rows]
    wide = max(map(len, lines), default=0)
    lines = [line + [""] * (wide - len(line)) for line in lines]
    held = [any(line[column] for line in lines) for column in range(wide)]
    return [list(compress(line, held)) for line in lines], held


def _blocks(rows: list[list[str]], end: int, look: Look) -> Iterator[Block]:
    """One table, whose rows end before the row `end`: texts above it, its head, its rows as a list."""
    while rows and len(_distinct(rows[0])) == 1:
        text = _distinct(rows.pop(0))[0]
        short = len(text) <= LONGEST_HEAD and not text.endswith((".", ";", ":"))
        yield Block("heading", text, 3) if short and rows else Block("paragraph", text)
    if not rows:
        return
    heads = heads_of(rows, end - len(rows), look)
    body = rows[len(heads) :]
    if not heads or not body:
        yield Block("table", "\n".join(BETWEEN.join(row).rstrip(" |") for row in rows), 0)
        return
    names = one_head(heads)
    items = (_item(names, row) for row in body)
    yield Block("list", "\n".join(f"- {item}" for item in items if item))


def heads_of(rows: Sequence[Row], first: int, look: Look) -> list[Row]:
    """The first rows that name columns: one, or two where the first names groups of them; none if nothing does.

    `first` is the number of the first row in the sheet.
    """
    if len(rows) < 2 or not _names(rows[0]):
        return []
    keys = [look.merged.get(number, [None] * len(rows[0])) for number in (first, first + 1)]
    is_bold = [number in look.bold for number in (first, first + 1, first + 2)]
    is_declared = is_bold == [True, True, False] and len(rows) > 2 and _names(rows[1])
    if head_rows(rows, keys) == 2 or (is_declared and has_groups(keys[0], rows[0])):
        return list(rows[:2])
    return [] if _is_label_and_value(rows) else [rows[0]]


def _names(row: Row) -> bool:
    """Whether a row's cells may be heads: several short texts, none of them a figure."""
    cells = [cell for cell in row if cell]
    return len(cells) > 1 and not any(FIGURE.match(cell) or len(cell) > LONGEST_HEAD for cell in cells)


def _is_label_and_value(rows: Sequence[Row]) -> bool:
    """Whether two columns are a label and its value in each row, the first one too: "Owner | Prevention hub"."""
    if len(rows[0]) != 2:
        return False
    labels = sum(row[0].endswith(":") or bool(_OF_A_DOCUMENT.fullmatch(row[0])) for row in rows)
    # a head "Title | Owner" stands above titles, which are no labels
    return labels > len(rows) // 2


def _item(names: Sequence[str], row: Row) -> str:
    """ "Risk: Fire; Owner: Estates"; a cell that was merged over several columns is said once."""
    said: list[str] = []
    for column, (name, cell) in enumerate(zip(names, row, strict=True)):
        if cell and not (column and cell == row[column - 1] and names[column - 1] == name):
            said.append(f"{name}: {cell}" if name and name != cell else cell)
    return "; ".join(said)


def _distinct(row: Row) -> list[str]:
    return list(dict.fromkeys(cell for cell in row if cell))
