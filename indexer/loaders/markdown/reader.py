"""Markdown to blocks, with what its dialects add: notes, definitions, call-outs, boxes to tick."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from indexer.loaders.blocks import Block, Content
from indexer.loaders.html.contents import CONTENTS
from indexer.loaders.html.reader import read_fragment
from indexer.loaders.markdown.dialects import in_common_words, included_files
from indexer.loaders.markdown.inline import inline
from indexer.loaders.notes import with_notes
from indexer.loaders.tables import line_of
from indexer.loaders.text import first_marking, split_front_matter

_LISTS = {"bullet_list", "ordered_list"}
_BOX = re.compile(r"^\[([ xX])\]\s+")
_ATTRIBUTES = re.compile(r"\s*\{[:#.][^{}]*\}\s*$")
_ALERT = re.compile(r"^\[!(\w+)\]\s*", re.IGNORECASE)
_BY_LETTER = re.compile(r"^\s*(?:\(?[a-z]\)|[a-z]\.|\(?[ivx]{1,4}\)|[ivx]{1,4}\.|[•▪–])\s+\S")
_OPENING = re.compile(r"<([a-z][\w-]*)\b[^>]*>", re.IGNORECASE)
_HIDING = re.compile(r"\s(?:hidden|style|aria-hidden)\b", re.IGNORECASE)
_INCLUDES = "It takes in other files ({names}), which are not read in its place. Save the page as it is published."


def read_markdown(text: str) -> Content:
    """Blocks of a Markdown file: inline marks stripped, lists and tables whole.

    Raises:
        LoadRefused: its front matter does not end, or it holds too much HTML.
    """
    front_matter, body = split_front_matter(text)
    included = included_files(body)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    parser.use(footnote_plugin).use(deflist_plugin).use(admon_plugin)
    root = SyntaxTreeNode(parser.parse(in_common_words(body)))
    nodes = list(_shown(_without_contents(root.children)))
    notes = _notes(root)
    blocks = with_notes([block for node in nodes for block in _blocks(node)], notes, labels=_labels(notes))
    title = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    trouble = (_INCLUDES.format(names=", ".join(included[:5])),) if included else ()
    return Content((*first_marking(body), *blocks), title, front_matter, notes=trouble)


def _notes(root: SyntaxTreeNode) -> dict[str, str]:
    """The texts of the notes by their number in the parser's count."""
    found = (node for block in root.children if block.type == "footnote_block" for node in block.children)
    return {
        str(node.meta["id"]): " ".join(block.text for child in node.children for block in _blocks(child))
        for node in found
    }


def _labels(notes: dict[str, str]) -> dict[str, str]:
    return {key: str(int(key) + 1) for key in notes}


def _without_contents(nodes: Sequence[SyntaxTreeNode]) -> list[SyntaxTreeNode]:
    """Nodes without lists of links to the page's own parts, and the heading above such a list."""
    headings = {_bare(inline(node)) for node in nodes if node.type == "heading"}
    kept: list[SyntaxTreeNode] = []
    for node in nodes:
        titles = _linked(node) if node.type in _LISTS else []
        if titles and kept and CONTENTS.match(inline(kept[-1])):
            kept.pop()
        elif not titles or sum(title in headings for title in titles) * 2 <= len(titles) or len(titles) < 2:
            kept.append(node)
    return kept


def _linked(node: SyntaxTreeNode) -> list[str]:
    """The texts of a list's items if each is one link to a place in the same page; empty for any other list."""
    titles: list[str] = []
    for item in (found for found in node.walk() if found.type == "list_item"):
        own = [child for child in item.children if child.type not in _LISTS]
        links = [found for child in own for found in child.walk() if found.type == "link"]
        if len(links) != 1 or not str(links[0].attrs.get("href", "")).startswith("#"):
            return []
        if _bare(" ".join(inline(child) for child in own)) != _bare(inline(links[0])):
            return []
        titles.append(_bare(inline(links[0])))
    return titles


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def _shown(nodes: Sequence[SyntaxTreeNode]) -> Iterator[SyntaxTreeNode]:
    """Nodes without those between the two tags of a hidden part of the page."""
    until = ""
    for node in nodes:
        if node.type == "html_block":
            if until and f"</{until}" in node.content.lower():
                until = ""
                continue
            until = until or _left_open(node.content)
        if not until:
            yield node


def _left_open(html: str) -> str:
    """The name of an element that hides what follows it by its attributes; empty if none is left open."""
    opening = _OPENING.match(html.strip())
    if opening is None or not _HIDING.search(opening.group()) or f"</{opening.group(1).lower()}" in html.lower():
        return ""
    name = opening.group(1)
    as_part = f"<div{opening.group()[1 + len(name) :]}"
    return "" if read_fragment(f"{as_part}x</div>") else name.lower()


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    """The blocks of one top-level node; those without words are dropped later."""
    read = _READERS.get(node.type)
    if read is not None:
        yield from read(node)
    elif node.type not in {"footnote_block", "footnote_anchor"}:
        for child in node.children:
            yield from _blocks(child)


def _heading(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Block("heading", _ATTRIBUTES.sub("", inline(node)), int(node.tag[1]))


def _list(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Block("list", "\n".join(_definitions(node) if node.type == "dl" else _list_lines(node, 0)))


def _table(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Block("table", "\n".join(line for line in _table_rows(node) if line), 1)


def _code(node: SyntaxTreeNode) -> Iterator[Block]:
    yield Block("code", node.content.strip("\n"))


def _html(node: SyntaxTreeNode) -> Iterator[Block]:
    yield from read_fragment(node.content)


def _paragraph(node: SyntaxTreeNode) -> Iterator[Block]:
    """A paragraph; one whose every line begins with a mark is a list that Markdown does not know."""
    lines = [line for line in node.children[0].content.split("\n") if line.strip()] if node.children else []
    if len(lines) > 1 and all(_BY_LETTER.match(line) for line in lines):
        yield Block("list", "\n".join(inline(node, by_line=True).split("\n")))
    else:
        yield Block("paragraph", inline(node))


def _called_out(node: SyntaxTreeNode) -> Iterator[Block]:
    """A quotation or a call-out; what kind of one it is stands before its first paragraph: "Warning: …"."""
    blocks = [block for child in node.children if child.type != "admonition_title" for block in _blocks(child)]
    alert = _ALERT.match(blocks[0].text) if blocks and blocks[0].kind == "paragraph" else None
    kind = ""
    if node.type == "admonition":
        title = next((inline(child) for child in node.children if child.type == "admonition_title"), "")
        kind = title or str(node.meta.get("tag", "")).capitalize()
    elif alert:
        blocks[0] = replace(blocks[0], text=blocks[0].text[alert.end() :])
        kind = alert.group(1).capitalize()
    if kind and blocks and blocks[0].kind == "paragraph":
        blocks[0] = replace(blocks[0], text=f"{kind}: {blocks[0].text}".removesuffix(": "))
    elif kind:
        blocks.insert(0, Block("paragraph", f"{kind}:"))
    yield from blocks


def _list_lines(node: SyntaxTreeNode, depth: int) -> Iterator[str]:
    start = str(node.attrs.get("start", "1"))
    number = int(start) if start.isascii() and start.isdecimal() else 1
    for item in node.children:
        mark = f"{number}." if node.type == "ordered_list" else "-"
        number += 1
        indent, first = "  " * depth, True
        for child in item.children:
            if child.type in _LISTS:
                yield from _list_lines(child, depth + 1)
                continue
            text = " ".join(block.text for block in _blocks(child))
            box = _BOX.match(text) if first else None
            if box:
                text = f"{'☐' if box.group(1) == ' ' else '☑'} {text[box.end() :]}"
            if text:
                yield f"{indent}{mark} {text}" if first else f"{indent}  {text}"
                first = False


def _definitions(node: SyntaxTreeNode) -> Iterator[str]:
    """A line for each term with what is said about it."""
    terms: list[str] = []
    for child in node.children:
        if child.type == "dt":
            terms.append(inline(child))
            continue
        text = " ".join(block.text for part in child.children for block in _blocks(part))
        yield f"- {', '.join(terms)}: {text}" if terms else f"  {text}"
        terms = []
    if terms:
        yield f"- {', '.join(terms)}"


def _table_rows(node: SyntaxTreeNode) -> Iterator[str]:
    for row in node.walk():
        if row.type == "tr":
            yield line_of([inline(cell) for cell in row.children])


_READERS: dict[str, Callable[[SyntaxTreeNode], Iterator[Block]]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "bullet_list": _list,
    "ordered_list": _list,
    "dl": _list,
    "table": _table,
    "fence": _code,
    "code_block": _code,
    "html_block": _html,
    "blockquote": _called_out,
    "admonition": _called_out,
}
"""What reads each kind of node."""
