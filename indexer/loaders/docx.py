"""DOCX to blocks: the body in document order, as a reader of the printed page sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.parser import parse_xml

from indexer.loaders.blocks import Block, Content
from indexer.loaders.docx_lists import Numbering
from indexer.loaders.docx_package import check_package
from indexer.loaders.docx_text import Styles, is_on, local, text_of, w
from indexer.loaders.markings import marking_blocks

_LONGEST_HEADING = 120
_FALSE_LEVEL = 7
"""Of a short bold line that stands for a heading: below every real one."""
_SHORTEST_BOX = 15
"""Words of a text box below which it is taken for a label in a drawing."""
_AROUND = {"sdt", "sdtContent", "customXml", "ins", "smartTag", "moveTo"}
_CONTENTS = re.compile(r"^(?:table of )?contents:?$", re.IGNORECASE)
_MARK_TYPED = re.compile(r"^(?:[•●▪◦‣·–—-]|\uf0b7)\s+(?=\S)")
_GENERIC_TITLE = re.compile(
    r"^(?:microsoft word\b|untitled|document\d*$|title$|\[)|\btemplate\b|\.(?:docx?|dotx?|pdf)$", re.IGNORECASE
)


def read_docx(path: Path) -> Content:
    """Blocks of a Word file.

    Raises:
        LoadRefused: it is encrypted, has macros, is not a DOCX, or unpacks to too much.
    """
    check_package(path)
    document = docx.Document(str(path))
    walk = _Walk(document)
    blocks = [*marking_blocks(_running_lines(document, Styles(document))), *walk.blocks()]
    return Content(tuple(blocks), _title(document, walk.title, blocks))


class _Walk:
    """One pass over a body; the items of a list are held until something else comes."""

    def __init__(self, document: Any) -> None:
        self._body = document.element.body
        self._styles = Styles(document)
        self._numbering = Numbering(document, self._styles)
        self._notes = _footnotes(document)
        self._items: list[str] = []
        self.title = ""
        """Of the first paragraph in Word's style "Title"."""

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
            elif kind in _AROUND and not _is_contents(child):
                yield from self._children(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        style = self._styles.of(paragraph)
        text = text_of(paragraph, self._styles)
        if style.is_contents or _CONTENTS.match(text):
            return
        level = self._styles.heading_level(paragraph)
        item = self._numbering.mark_of(paragraph, shown=bool(text))
        if text and style.is_title and not self.title:
            self.title = text
        if text and level:
            yield from self._flush()
            yield Block("heading", text, level)
        elif text and item is not None:
            mark, depth = item
            self._items.append(f"{'  ' * depth}{mark} {text}")
        elif text:
            yield from self._plain(paragraph, text, style.name)
        yield from self._beside(paragraph)

    def _plain(self, paragraph: Any, text: str, style: str) -> Iterator[Block]:
        typed = _MARK_TYPED.match(text)
        if typed:
            self._items.append(f"- {text[typed.end() :]}")
        elif self._items and style in {"list paragraph", "list continue"}:
            self._items.append(f"  {text}")
        else:
            yield from self._flush()
            heading = len(text) <= _LONGEST_HEADING and not text.endswith((".", ",", ";"))
            if heading and self._styles.all_bold(paragraph):
                yield Block("heading", text, _FALSE_LEVEL)
            else:
                yield Block("paragraph", text)

    def _beside(self, paragraph: Any) -> Iterator[Block]:
        """Text boxes that hang on a paragraph, and the notes it refers to."""
        for box in paragraph.iter(w("txbxContent")):
            if not any(local(above) in {"Fallback", "txbxContent"} for above in box.iterancestors()):
                text = " ".join(text_of(part, self._styles) for part in box.iter(w("p")))
                if len(text.split()) >= _SHORTEST_BOX:
                    yield from self._flush()
                    yield from self._children(box)
        for reference in paragraph.iter(w("footnoteReference"), w("endnoteReference")):
            note = self._notes.get((local(reference)[:3], reference.get(w("id"))))
            text = " ".join(text_of(part, self._styles) for part in note.iter(w("p"))) if note is not None else ""
            if text.strip():
                yield from self._flush()
                yield Block("paragraph", text.strip())

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [list(_cells(row)) for row in _rows(table)]
        if all(len(row) <= 1 for row in rows):  # a frame around text
            for row in rows:
                for cell in row:
                    yield from self._children(cell)
                    yield from self._flush()
            return
        lines = [" | ".join(self._cell(cell) for cell in row) for row in rows]
        text = "\n".join(line.strip(" |") for line in lines if line.strip(" |"))
        if text:
            yield Block("table", text)

    def _cell(self, cell: Any) -> str:
        """A cell on one line; one that goes on with the cell above says nothing."""
        merge = cell.find(f"{w('tcPr')}/{w('vMerge')}")
        if merge is not None and merge.get(w("val"), "continue") == "continue":
            return ""
        texts = (text_of(paragraph, self._styles) for paragraph in cell.iter(w("p")))
        return " ".join(text for text in texts if text)

    def _flush(self) -> Iterator[Block]:
        if self._items:
            yield Block("list", "\n".join(self._items))
            self._items = []


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if local(child) == "tr":
            if not is_on(child.find(f"{w('trPr')}/{w('hidden')}")):
                yield child
        elif local(child) in _AROUND:
            yield from _rows(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in _AROUND:
            yield from _cells(child)


def _is_contents(element: Any) -> bool:
    """Whether a content control holds Word's own table of contents."""
    gallery = element.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and "contents" in str(gallery.get(w("val"), "")).lower()


def _footnotes(document: Any) -> dict[tuple[str, str], Any]:
    found = {}
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype not in {RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES}:
            continue
        for note in parse_xml(relation.target_part.blob):
            if note.get(w("type")) is None:
                found[(local(note)[:3], note.get(w("id")))] = note
    return found


def _running_lines(document: Any, styles: Styles) -> Iterator[str]:
    """The lines of headers and footers, those in their tables and text boxes too."""
    for section in document.sections:
        for name in ("header", "footer"):
            for part in (getattr(section, f"{pages}{name}") for pages in ("", "first_page_", "even_page_")):
                if not part.is_linked_to_previous:
                    yield from (text_of(paragraph, styles) for paragraph in part._element.iter(w("p")))


def _title(document: Any, shown: str, blocks: list[Block]) -> str:
    named = " ".join((document.core_properties.title or "").split())
    if shown:
        return shown
    if len(named) > 3 and not _GENERIC_TITLE.search(named):
        return named
    return next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
