"""ODT to blocks: headings with their levels, lists, tables, notes; what was deleted or struck out is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.loaders.blocks import Block, Content
from indexer.loaders.notes import with_notes, without_marks
from indexer.loaders.numerals import whole
from indexer.loaders.office.open_words import DEEPEST, Words
from indexer.loaders.office.package import check_package
from indexer.loaders.office.printed import opendocument_lines
from indexer.loaders.tables import Cell, table_blocks

_AROUND = {"text:section", "text:index-body", "office:text", "text:numbered-paragraph"}
"""Elements that only stand around what is read."""
_CONTENTS = {"text:table-of-content", "text:alphabetical-index", "text:illustration-index"}


def read_opendocument(path: Path) -> Content:
    """Blocks of an ODT file.

    Raises:
        LoadRefused: it is encrypted, is not an ODT, or unpacks to too much.
    """
    from odfdo import Document

    check_package(path, "ODT", "content.xml")
    document = Document(str(path))
    walk = _Walk(document)
    blocks = with_notes(list(walk.children(document.body, 0)), walk.notes)
    title = without_marks(walk.title or str(document.meta.title or "").strip())
    return Content(tuple(blocks), title, around=tuple(opendocument_lines(path)))


class _Walk(Words):
    """One pass over a body."""

    def __init__(self, document: Any) -> None:
        super().__init__(document)
        self.title = ""
        """Of the first paragraph in the style "Title"."""

    def children(self, parent: Any, depth: int) -> Iterator[Block]:
        for child in parent.children if depth < DEEPEST else ():
            if child.tag == "text:h":
                yield from self._said("heading", child, whole(child.get_attribute("text:outline-level"), 1))
            elif child.tag == "text:p":
                yield from self._paragraph(child)
            elif child.tag == "text:list":
                items = list(self._items(child, 0, self._is_numbered(child)))
                if items:
                    yield Block("list", "\n".join(items))
            elif child.tag == "table:table":
                yield from table_blocks(*_grid(child, self.words))
            elif child.tag in _AROUND:
                yield from self.children(child, depth + 1)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        if not self.title and str(element.get_attribute("text:style-name") or "") == "Title":
            self.title = self.words(element)
        yield from self._said("paragraph", element)
        for box in element.get_elements("descendant::draw:text-box"):
            yield from self.children(box, 1)

    def _said(self, kind: Any, element: Any, level: int = 0) -> Iterator[Block]:
        text = self.words(element)
        if text:
            yield Block(kind, text, level)

    def _items(self, list_: Any, depth: int, numbered: bool) -> Iterator[str]:
        number = 0
        for item in list_.children:
            if item.tag not in {"text:list-item", "text:list-header"} or depth > DEEPEST:
                continue
            number += 1
            mark = f"{number}." if numbered else "-"
            for part in item.children:
                if part.tag == "text:list":
                    yield from self._items(part, depth + 1, self._is_numbered(part) or numbered)
                elif text := self.words(part):
                    yield f"{'  ' * depth}{mark} {text}"

    def _is_numbered(self, list_: Any) -> bool:
        name = list_.get_attribute("text:style-name")
        style = self.document.get_style("list", str(name)) if name else None
        return style is not None and bool(style.get_elements("text:list-level-style-number"))


def _grid(table: Any, words: Any) -> tuple[list[list[Cell]]]:
    """The rows of a table, with how far each cell reaches."""
    rows = []
    for row in table.get_elements("descendant::table:table-row"):
        cells = [cell for cell in row.children if cell.tag == "table:table-cell"]
        rows.append([_cell(cell, words) for cell in cells])
    return (rows,)


def _cell(cell: Any, words: Any) -> Cell:
    lines = tuple(text for part in cell.get_elements("descendant::text:p") if (text := words(part)))
    return Cell(
        " ".join(lines),
        max(1, whole(cell.get_attribute("table:number-columns-spanned"), 1)),
        max(1, whole(cell.get_attribute("table:number-rows-spanned"), 1)),
    )
