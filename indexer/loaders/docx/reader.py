"""DOCX to blocks: the body in document order, as a reader of the printed page sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx

from indexer.loaders.blocks import Block, Content
from indexer.loaders.docx.headings import Headings
from indexer.loaders.docx.lists import Numbering
from indexer.loaders.docx.package import opened
from indexer.loaders.docx.parts import chunk_of, custom_properties, diagram_texts, footnotes, left_out
from indexer.loaders.docx.styles import Styles, local, w
from indexer.loaders.docx.tables import AROUND, cells_of, read_table, rows_of
from indexer.loaders.docx.text import alternative_text, running_text, text_of
from indexer.loaders.docx.titles import title_of
from indexer.loaders.html.tables import inner_table
from indexer.loaders.markings import marking_blocks
from indexer.loaders.notes import with_notes, without_marks
from indexer.loaders.tables import table_blocks

_SHORTEST_BOX = 15
"""Words from which a text box in a drawing of several is taken for more than a label."""
_CONTENTS = re.compile(r"^(?:table of )?contents:?$", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"^(.{2,110}?)[\s.…]+(?:\d{1,3}|[ivx]{1,6})$", re.IGNORECASE)
_MARK_TYPED = re.compile(r"^(?:[•●▪◦‣·–—-]|\uf0b7)\s+(?=\S)")


def read_docx(path: Path) -> Content:
    """Blocks of a Word file.

    Raises:
        LoadRefused: it is encrypted, has macros, is not a DOCX, or unpacks to too much.
    """
    document = docx.Document(opened(path))
    walk = _Walk(document)
    around = tuple(_running_lines(document, Styles(document)))
    notes, labels = footnotes(document, Styles(document))
    blocks = [*marking_blocks(around), *with_notes(walk.blocks(), notes, labels=labels)]
    return Content(
        tuple(blocks),
        without_marks(title_of(document, walk.title, blocks)),
        around=(*around, *custom_properties(document)),
        notes=(*walk.notes, *left_out(document)),
    )


class _Walk:
    """One pass over a body; the items of a list are held until something else comes."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._body = document.element.body
        self._styles = Styles(document)
        self._numbering = Numbering(document, self._styles)
        self._headings = Headings(self._body, self._styles)
        self._items: list[str] = []
        self._listed: set[str] = set()
        """What a table of contents that is being read may name."""
        self.title = ""
        """Of the first paragraph in Word's style "Title"."""
        self.notes: list[str] = []
        """What could not be read."""

    def blocks(self) -> list[Block]:
        """The blocks of the body, in document order."""
        return [*self._children(self._body), *self._flush()]

    def _children(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            kind = local(child)
            if kind == "p":
                yield from self._paragraph(child)
            elif kind == "tbl":
                yield from self._flush()
                yield from self._table(child)
            elif kind == "altChunk":
                yield from self._flush()
                blocks, trouble = chunk_of(child, self._document)
                yield from blocks
                self.notes += trouble
            elif kind in AROUND and not _is_contents(child):
                yield from self._children(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        style = self._styles.of(paragraph)
        text = text_of(paragraph, self._styles)
        if style.is_contents or self._is_contents_line(text):
            return
        level = self._styles.heading_level(paragraph)
        item = self._numbering.mark_of(paragraph, shown=bool(text))
        if text and (style.is_title or self._is_own_title(style.name)) and not self.title:
            self.title = text
        if text and level:
            yield from self._flush()
            yield Block("heading", _numbered(item, text), level)
        elif text and item is not None:
            mark, depth = item
            self._items.append(f"{'  ' * depth}{mark} {text}")
        elif text:
            yield from self._plain(paragraph, text, style.name)
        yield from self._beside(paragraph)

    def _is_contents_line(self, text: str) -> bool:
        """Whether a line is of a table of contents; a typed one names below "Contents" what stands further down."""
        if _CONTENTS.match(text):
            self._listed = {_plain(text_of(found, self._styles)) for found in self._body.iter(w("p"))}
            return True
        found = _CONTENTS_LINE.match(text)
        is_one = bool(found and _plain(found.group(1)) in self._listed)
        if text and not is_one:
            self._listed = set()
        return is_one

    @staticmethod
    def _is_own_title(style: str) -> bool:
        return bool(re.search(r"\btitle$|^title\b", style)) and "sub" not in style

    def _plain(self, paragraph: Any, text: str, style: str) -> Iterator[Block]:
        typed = _MARK_TYPED.match(text)
        if typed:
            self._items.append(f"- {text[typed.end() :]}")
        elif self._items and style in {"list paragraph", "list continue"}:
            self._items.append(f"  {text}")
        else:
            yield from self._flush()
            level = self._headings.level(paragraph, without_marks(text))
            yield Block("heading", text, level) if level else Block("paragraph", text)

    def _beside(self, paragraph: Any) -> Iterator[Block]:
        """Text boxes and diagrams that hang on a paragraph."""
        boxes = [
            box
            for box in paragraph.iter(w("txbxContent"))
            if not any(local(above) in {"Fallback", "txbxContent"} for above in box.iterancestors())
        ]
        for box in boxes:
            text = " ".join(text_of(part, self._styles) for part in box.iter(w("p"))).strip()
            if _says_something(text, among=len(boxes)):
                yield from self._flush()
                yield from self._children(box)
        for texts in diagram_texts(paragraph, self._document):
            yield from self._flush()
            yield Block("list", "\n".join(f"- {text}" for text in texts))

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [cells_of(row) for row in rows_of(table)]
        if all(len(row) <= 1 for row in rows):  # a frame around text
            for row in rows:
                for cell in row:
                    yield from self._children(cell)
                    yield from self._flush()
            return
        cells, head = read_table(table, self._cell)
        yield from table_blocks(cells, head=head)

    def _cell(self, cell: Any) -> tuple[str, tuple[str, ...]]:
        """The words of a cell on one line, and its items if it is a list."""
        pieces: list[str] = []
        items: list[str] = []
        for part in _parts(cell):
            if local(part) == "tbl":
                pieces.append(inner_table(read_table(part, self._cell)[0]))
                continue
            text = text_of(part, self._styles)
            item = self._numbering.mark_of(part, shown=bool(text))
            if text and item is not None:
                items.append(f"{'  ' * item[1]}{item[0]} {text}")
                text = f"{'•' if item[0] == '-' else item[0]} {text}"
            pieces.append(text)
        words = " ".join(piece for piece in pieces if piece)
        only_items = len(items) == sum(bool(piece) for piece in pieces)
        return words or alternative_text(cell), tuple(items) if only_items else ()

    def _flush(self) -> Iterator[Block]:
        if self._items:
            yield Block("list", "\n".join(self._items))
            self._items = []


def _plain(text: str) -> str:
    """A heading as a table of contents may name it: without its number."""
    return re.sub(r"^[\d.]+\s+", "", without_marks(text)).strip().lower()


def _numbered(item: tuple[str, int] | None, text: str) -> str:
    """A heading with the number that Word gives it."""
    mark = item[0] if item is not None else "-"
    if mark == "-":
        return text
    return f"{mark.rstrip('.') if mark[:-1].isdigit() else mark} {text}"


def _parts(cell: Any) -> Iterator[Any]:
    """The paragraphs and tables of a cell, those in its text boxes too."""
    for child in cell:
        if local(child) in {"p", "tbl"}:
            yield child
            if local(child) == "p":
                yield from (part for box in child.iter(w("txbxContent")) for part in _parts(box))
        elif local(child) in AROUND:
            yield from _parts(child)


def _says_something(text: str, *, among: int) -> bool:
    """Whether a text box is more than the label of a drawing: of many boxes together only sentences are read."""
    words = len(text.split())
    if words >= _SHORTEST_BOX:
        return True
    return words >= 2 if among <= 2 else words >= 4 and text.endswith((".", "!"))


def _is_contents(element: Any) -> bool:
    """Whether a content control holds Word's own table of contents."""
    gallery = element.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and "contents" in str(gallery.get(w("val"), "")).lower()


def _running_lines(document: Any, styles: Styles) -> Iterator[str]:
    """The lines of headers and footers, those in their tables, text boxes and watermarks too."""
    yield from running_text(document.element.body)
    for section in document.sections:
        for name in ("header", "footer"):
            for part in (getattr(section, f"{pages}{name}") for pages in ("", "first_page_", "even_page_")):
                if not part.is_linked_to_previous:
                    yield from (text_of(paragraph, styles) for paragraph in part._element.iter(w("p")))
                    yield from running_text(part._element)
