"""Markdown and plain text to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from indexer.loaders.blocks import Block, Content, LoadRefused
from indexer.loaders.html import read_fragment
from indexer.loaders.markings import marking_blocks

_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_MATTER_BEGUN = re.compile(r"\A\s*---[ \t]*\n\s*[A-Za-z_][\w -]*:(?:\s|\Z)")
# a tag is short: two pairs of braces far apart are text
_TEMPLATE_TAG = re.compile(r"<%.{0,300}?%>|\{%.{0,300}?%\}|\{\{.{0,300}?\}\}", re.DOTALL)
_FIRST_LINES = 6


def split_front_matter(text: str) -> tuple[str, str]:
    """The YAML between the first two `---` lines (empty if there is none), and the rest.

    Raises:
        LoadRefused: the front matter does not end.
    """
    match = _FRONT_MATTER.match(text)
    if match:
        return match.group(1), text[match.end() :]
    if _FRONT_MATTER_BEGUN.match(text):
        raise LoadRefused("Its front matter does not end. Write --- on a line of its own below the last field.")
    return "", text


def read_markdown(text: str) -> Content:
    """Blocks of a Markdown file: inline marks stripped, lists and tables whole."""
    front_matter, body = split_front_matter(text)
    body = _without_comments(_TEMPLATE_TAG.sub("", body))
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    root = SyntaxTreeNode(parser.parse(body))
    blocks = [block for node in root.children for block in _blocks(node)]
    title = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    return Content((*_marking(body), *blocks), title, front_matter)


def _without_comments(text: str) -> str:
    """By hand: a pattern would read the rest of the text anew for every comment that does not end."""
    kept = []
    start = 0
    while (begin := text.find("<!--", start)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        kept.append(text[start:begin])
        start = end + 3
    return "".join([*kept, text[start:]])


def read_plain(text: str) -> Content:
    """Blocks of a plain text file, whose paragraphs and lists are written as Markdown's are."""
    front_matter, body = split_front_matter(text)
    parts = [lines for part in re.split(r"\n\s*\n", body) if (lines := _filled_lines(part))]
    blocks: list[Block] = []
    for lines, following in zip_longest(parts, parts[1:]):
        blocks.extend(_plain_blocks(lines, following))
    title = blocks[0].text if blocks and blocks[0].kind == "heading" else ""
    return Content((*_marking(body), *blocks), title, front_matter)


def _filled_lines(part: str) -> list[str]:
    return [line.rstrip() for line in part.splitlines() if line.strip()]


def _marking(body: str) -> list[Block]:
    """The protective marking in the first lines, which may be one paragraph with the text below them."""
    lines = _filled_lines(body[:2000])[:_FIRST_LINES]
    return marking_blocks(line for line in lines if not _ITEM.match(line))


_ITEM = re.compile(r"^\s*(?:[-*•–]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
_UNDERLINE = re.compile(r"^\s*(?:=+|-{3,}|~+)\s*$")
_NUMBERED_HEADING = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+[A-Z]")
_NO_HEADING = re.compile(r"[.;!]\s|: |\d{3}\s?\d{3}|@|://")
"""Two sentences, a label with its value, a telephone number or an address."""
_LONGEST_HEADING = 80


def _plain_blocks(lines: Sequence[str], following: Sequence[str] | None) -> Iterator[Block]:
    if len(lines) >= 2 and _UNDERLINE.match(lines[1]):
        yield Block("heading", lines[0].strip(), 1 if "=" in lines[1] else 2)
        lines = lines[2:]
    elif len(lines) == 1 and following and _is_plain_heading(lines[0]):
        yield Block("heading", lines[0].strip().lstrip("#").strip(), _plain_level(lines[0]))
        return
    first_item = next((i for i, line in enumerate(lines) if _ITEM.match(line)), len(lines))
    if lines[:first_item]:
        yield Block("paragraph", " ".join(line.strip() for line in lines[:first_item]))
    if lines[first_item:]:
        yield Block("list", "\n".join(_items(lines[first_item:])))


def _is_plain_heading(line: str) -> bool:
    """A short line that stands alone above a text: marked, numbered, or without a sentence's or a label's marks."""
    text = line.strip()
    numbered = _NUMBERED_HEADING.match(text)
    if len(text) > _LONGEST_HEADING or (_ITEM.match(line) and not numbered):
        return False
    if text.startswith("#") or numbered:
        return True
    return text[:1].isupper() and not text.endswith((".", ",", ";", ":", "!")) and not _NO_HEADING.search(text)


def _plain_level(line: str) -> int:
    text = line.strip()
    if text.startswith("#"):
        return len(text) - len(text.lstrip("#"))
    numbered = _NUMBERED_HEADING.match(text)
    return 1 + len(numbered.group(1).split(".")) if numbered else 2


def _items(lines: Sequence[str]) -> list[str]:
    """Each item on one line; a line that is not an item goes on with the one above."""
    items: list[str] = []
    for line in lines:
        if _ITEM.match(line) or not items:
            items.append(line.rstrip())
        else:
            items[-1] += f" {line.strip()}"
    return items


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    """The blocks of one top-level node; those without words are dropped later."""
    if node.type == "heading":
        yield Block("heading", _inline(node), int(node.tag[1]))
    elif node.type == "paragraph":
        yield Block("paragraph", _inline(node))
    elif node.type in {"bullet_list", "ordered_list"}:
        yield Block("list", "\n".join(_list_lines(node, 0)))
    elif node.type == "table":
        yield Block("table", "\n".join(_table_rows(node)))
    elif node.type in {"fence", "code_block"}:
        yield Block("code", node.content.strip("\n"))
    elif node.type == "html_block":
        yield from read_fragment(node.content)
    else:
        for child in node.children:
            yield from _blocks(child)


def _list_lines(node: SyntaxTreeNode, depth: int) -> Iterator[str]:
    number = int(node.attrs.get("start", 1) or 1)
    for item in node.children:
        mark = f"{number}." if node.type == "ordered_list" else "-"
        number += 1
        indent, first = "  " * depth, True
        for child in item.children:
            if child.type in {"bullet_list", "ordered_list"}:
                yield from _list_lines(child, depth + 1)
                continue
            text = " ".join(block.text for block in _blocks(child))
            if text:
                yield f"{indent}{mark} {text}" if first else f"{indent}  {text}"
                first = False


def _table_rows(node: SyntaxTreeNode) -> Iterator[str]:
    for row in node.walk():
        if row.type == "tr":
            yield " | ".join(_inline(cell) for cell in row.children)


def _inline(node: SyntaxTreeNode) -> str:
    """The words of a node, without marks; pictures say nothing."""
    return " ".join("".join(_pieces(node)).split())


def _pieces(node: SyntaxTreeNode) -> Iterator[str]:
    for child in node.children:
        if child.type in {"text", "code_inline"}:
            yield child.content
        elif child.type in {"softbreak", "hardbreak"}:
            yield " "
        elif child.type == "html_inline":
            yield " " if child.content.lower().startswith("<br") else ""
        elif child.type != "image":
            yield from _pieces(child)
