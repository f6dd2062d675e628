"""The words of an element on one line."""

from __future__ import annotations

import re

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

BLOCKS = {
    *("p", "div", "section", "article", "main", "body", "html", "blockquote", "figure", "figcaption"),
    *("details", "summary", "fieldset", "address", "center", "hgroup", "search", "dd", "dt", "li"),
    *("caption", "thead", "tbody", "tfoot", "tr", "td", "th", "hr", "legend", "label"),
}
"""Elements that begin on a line of their own."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
_APART = BLOCKS | set(HEADINGS) | {"br", "table", "ul", "ol", "menu", "dl", "pre"}
_SPACE = re.compile(r"\s+")


def flat(tag: Tag, without: list[Tag] | None = None) -> str:
    """The words of an element on one line, without those of some elements in it."""
    pieces: list[str] = []
    _gather(tag, without or [], pieces)
    return one_line(pieces)


def one_line(pieces: list[str]) -> str:
    """Pieces of text as one line."""
    return _SPACE.sub(" ", "".join(pieces)).strip()


def string_of(node: PageElement) -> str:
    """The text of a string; comments, declarations and the like say nothing."""
    if isinstance(node, PreformattedString) or not isinstance(node, NavigableString):
        return ""
    return str(node)


def _gather(tag: Tag, without: list[Tag], pieces: list[str]) -> None:
    for child in tag.children:
        if not isinstance(child, Tag):
            pieces.append(string_of(child))
        elif any(child is other for other in without):
            pieces.append(" ")
        elif child.name in _APART:
            pieces.append(" ")
            _gather(child, without, pieces)
            pieces.append(" ")
        elif child.name == "q":
            pieces.append("“")
            _gather(child, without, pieces)
            pieces.append("”")
        elif child.name != "wbr":
            _gather(child, without, pieces)
