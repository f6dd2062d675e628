"""Tables of a page as rows of cells."""

from __future__ import annotations

from collections.abc import Iterator

from bs4.element import Tag

from indexer.loaders.html.lists import list_lines, topmost
from indexer.loaders.html.text import HEADINGS, flat
from indexer.loaders.numerals import whole
from indexer.loaders.tables import Cell, grid_of

_TO_THE_END = 10_000


def rows_of(table: Tag) -> tuple[list[list[tuple[Tag, Cell]]], int]:
    """The rows of a table, each cell with its element, and how many of the first ones are its head."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
    head = 0
    for row, found in zip(rows, cells, strict=True):
        if row.find_parent("thead") is None and not (found and all(cell.name == "th" for cell in found)):
            break
        head += 1
    return [[(cell, _cell(cell)) for cell in found] for found in cells if found], head


def is_layout(table: Tag) -> bool:
    """Whether a table only sets parts of the page beside each other."""
    if table.get("role") in {"presentation", "none"} or bool(table.find(list(HEADINGS))):
        return True
    has_heads = any(tag.find_parent("table") is table for tag in table.find_all(["th", "thead", "caption"]))
    return table.find("table") is not None and not has_heads


def _cell(tag: Tag) -> Cell:
    columns = whole(tag.get("colspan", ""), 1)
    rows = whole(tag.get("rowspan", ""), 1)
    lists = topmost(tag, ("ul", "ol", "menu"))
    items = tuple(line for found in lists for line in list_lines(found))
    only_lists = bool(items) and not flat(tag, without=lists)
    return Cell(" ".join(_pieces(tag)), columns, rows or _TO_THE_END, items if only_lists else ())


def _pieces(tag: Tag) -> Iterator[str]:
    """The words of a cell; lists in it keep their marks, and tables in it their rows."""
    parts = [*topmost(tag, ("ul", "ol", "menu")), *(t for t in tag.find_all("table") if t.find_parent("td") is tag)]
    own = flat(tag, without=parts)
    if own:
        yield own
    for part in parts:
        if part.name == "table":
            yield inner_table([[cell for _, cell in row] for row in rows_of(part)[0]])
        else:
            yield " ".join(
                f"•{line.strip()[1:]}" if line.strip().startswith("- ") else line.strip() for line in list_lines(part)
            )


def inner_table(rows: list[list[Cell]]) -> str:
    """A table inside a cell on one line: "Small: 4 hours; Large: 2 hours"."""
    lines = []
    for row in grid_of(rows):
        texts = [cell.text for cell in row if cell is not None and cell.text]
        if texts:
            lines.append(f"{texts[0]}: {', '.join(texts[1:])}" if len(texts) > 1 else texts[0])
    return "; ".join(lines)
