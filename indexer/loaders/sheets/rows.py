"""Rows of a sheet to blocks: each row says under which heads its cells stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from indexer.loaders.blocks import Block
from indexer.loaders.tables import BETWEEN, FIGURE, LONGEST_HEAD, head_rows, one_head

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


def blocks_of_rows(rows: Sequence[Row]) -> list[Block]:
    """The tables of a sheet, which empty rows divide, and the texts that stand alone in a row between them."""
    blocks: list[Block] = []
    for filled, group in groupby(_clean(rows), key=any):
        if filled:
            blocks += _blocks(list(group))
    return blocks


def _clean(rows: Sequence[Row]) -> list[list[str]]:
    """Each cell on one line, without columns that are empty throughout."""
    lines = [[" ".join(cell.split()) for cell in row] for row in rows]
    wide = max(map(len, lines), default=0)
    lines = [line + [""] * (wide - len(line)) for line in lines]
    held = [any(line[column] for line in lines) for column in range(wide)]
    return [[cell for cell, kept in zip(line, held, strict=True) if kept] for line in lines]


def _blocks(rows: list[list[str]]) -> Iterator[Block]:
    """One table: texts above it, its head, its rows as a list."""
    while rows and len(_distinct(rows[0])) == 1:
        text = _distinct(rows.pop(0))[0]
        short = len(text) <= LONGEST_HEAD and not text.endswith((".", ";", ":"))
        yield Block("heading", text, 3) if short and rows else Block("paragraph", text)
    if not rows:
        return
    heads = heads_of(rows)
    body = rows[len(heads) :]
    if not heads or not body:
        yield Block("table", "\n".join(BETWEEN.join(row).rstrip(" |") for row in rows), 0)
        return
    names = one_head(heads)
    items = (_item(names, row) for row in body)
    yield Block("list", "\n".join(f"- {item}" for item in items if item))


def heads_of(rows: Sequence[Row]) -> list[Row]:
    """The first rows that name columns: one, or two where the first names groups of them; none if nothing does."""
    if len(rows) < 2 or not _names(rows[0]):
        return []
    groups = any(cell and cell == beside for cell, beside in zip(rows[0], rows[0][1:], strict=False))
    if groups and len(rows) > 2 and (_names(rows[1]) or head_rows(rows) == 2):
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
