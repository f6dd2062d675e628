"""The words of OpenDocument files as a reader sees them, without what was deleted, hidden or struck out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.loaders.notes import reference

DEEPEST = 60
"""Elements inside each other that are followed at most."""
_NOT_SHOWN = {"text:tracked-changes", "office:annotation", "office:annotation-end", "text:change", "text:hidden-text"}
_SPACES = {"text:s", "text:tab", "text:line-break"}


class Words:
    """Words of elements of one document, and the notes that they refer to."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._gone: dict[tuple[str, str], bool] = {}
        self.notes: dict[str, str] = {}

    def words(self, element: Any) -> str:
        """The words that a reader sees, on one line; a mark stands where a note is referred to."""
        return " ".join("".join(self._pieces(element, 0)).split())

    def _pieces(self, element: Any, depth: int) -> Iterator[str]:
        yield element.text or ""
        for child in element.children if depth < DEEPEST else ():
            if child.tag == "text:note":
                yield self._note(child)
            elif child.tag in _SPACES:
                yield " "
            elif child.tag not in _NOT_SHOWN and child.tag != "draw:text-box" and not self._is_struck(child):
                yield from self._pieces(child, depth + 1)
            yield child.tail or ""

    def _note(self, note: Any) -> str:
        figure = next(iter(note.get_elements("text:note-citation")), None)
        body = next(iter(note.get_elements("text:note-body")), None)
        if figure is None or body is None:
            return ""
        key = str(figure.text or "").strip()
        self.notes[key] = " ".join(self.words(part) for part in body.children)
        return reference(key)

    def is_struck_cell(self, cell: Any) -> bool:
        """Whether the whole text of a sheet's cell is struck out."""
        return self._is_gone("table-cell", str(cell.get_attribute("table:style-name") or ""))

    def strikes_out(self, element: Any) -> bool:
        """Whether words inside an element are struck out."""
        spans = element.get_elements("descendant::text:span")
        return any(self._is_struck(span) and str(span.text_recursive).strip() for span in spans)

    def _is_struck(self, element: Any) -> bool:
        return element.tag == "text:span" and self._is_gone("text", str(element.get_attribute("text:style-name") or ""))

    def _is_gone(self, family: str, name: str) -> bool:
        """Whether a style strikes its text out or hides it."""
        if not name:
            return False
        if (family, name) not in self._gone:
            style = self.document.get_style(family, name)
            said = (style.get_properties(area="text") if style is not None else None) or {}
            line = said.get("style:text-line-through-style", said.get("style:text-line-through-type", "none"))
            self._gone[family, name] = line != "none" or str(said.get("text:display")) == "none"
        return self._gone[family, name]
