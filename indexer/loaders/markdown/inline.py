"""The words inside a Markdown block, without its marks and without what is struck out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.tree import SyntaxTreeNode

from indexer.loaders.notes import lowered, raised, reference

_TAG = re.compile(r"<\s*(/?)\s*([a-z][\w-]*)", re.IGNORECASE)
_STRUCK = {"del", "s", "strike"}


def inline(node: SyntaxTreeNode, *, by_line: bool = False) -> str:
    """The words of a node on one line, or on the lines of its source; pictures say nothing."""
    text = "".join(_pieces(node, "\n" if by_line else " "))
    lines = [" ".join(line.split()) for line in text.split("\n")] if by_line else [" ".join(text.split())]
    return "\n".join(line for line in lines if line) if by_line else lines[0]


def _pieces(node: SyntaxTreeNode, line_end: str) -> Iterator[str]:
    struck = height = ""
    for child in node.children:
        if child.type == "html_inline":
            tag = _TAG.match(child.content)
            name, ends = (tag.group(2).lower(), bool(tag.group(1))) if tag else ("", False)
            if name == "br":
                yield " "
            elif name in _STRUCK:
                struck = "" if ends else name
            elif name in {"sup", "sub"}:
                height = "" if ends else name
            continue
        if struck:
            continue
        for piece in _of_child(child, line_end):
            yield _moved(piece, height)


def _of_child(child: SyntaxTreeNode, line_end: str) -> Iterator[str]:
    if child.type in {"text", "code_inline", "text_special"}:
        yield child.content
    elif child.type in {"softbreak", "hardbreak"}:
        yield line_end
    elif child.type == "footnote_ref":
        yield reference(str(child.meta["id"]))
    elif child.type not in {"image", "s", "footnote_anchor"}:
        yield from _pieces(child, line_end)


def _moved(text: str, height: str) -> str:
    """Figures that are raised or lowered, as such."""
    if not height or any(char.isalpha() for char in text):
        return text
    return raised(text) if height == "sup" else lowered(text)
