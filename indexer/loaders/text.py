"""Markdown and plain text to blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from indexer.loaders.blocks import Block, Content

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TEMPLATE_TAG = re.compile(r"<%.*?%>|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def split_front_matter(text: str) -> tuple[str, str]:
    """The YAML between the first two `---` lines (empty if there is none), and the rest."""
    match = _FRONT_MATTER.match(text)
    return (match.group(1), text[match.end() :]) if match else ("", text)


def read_markdown(text: str) -> Content:
    """Blocks of a Markdown file: inline marks stripped, lists and tables whole."""
    front_matter, body = split_front_matter(text)
    body = _COMMENT.sub("", _TEMPLATE_TAG.sub("", body))
    parser = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    root = SyntaxTreeNode(parser.parse(body))
    blocks = [block for node in root.children for block in _blocks(node)]
    title = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    return Content(tuple(blocks), title, front_matter)


def read_plain(text: str) -> Content:
    """Blocks of a plain text file, whose paragraphs and lists are written as Markdown's are."""
    front_matter, body = split_front_matter(text)
    blocks: list[Block] = []
    for part in re.split(r"\n\s*\n", body):
        lines = [line.rstrip() for line in part.splitlines() if line.strip()]
        if lines:
            blocks.extend(_plain_blocks(lines))
    title = blocks[0].text if blocks and blocks[0].kind == "heading" else ""
    return Content(tuple(blocks), title, front_matter)


_ITEM = re.compile(r"^\s*(?:[-*•–]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
_UNDERLINE = re.compile(r"^\s*(?:=+|-{3,}|~+)\s*$")
_NUMBERED_HEADING = re.compile(r"^(\d+(?:\.\d+)*)\.?\s+[A-Z]")
_LONGEST_HEADING = 80


def _plain_blocks(lines: Sequence[str]) -> Iterator[Block]:
    if len(lines) >= 2 and _UNDERLINE.match(lines[1]):
        yield Block("heading", lines[0].strip(), 1 if "=" in lines[1] else 2)
        lines = lines[2:]
    elif len(lines) == 1 and _is_plain_heading(lines[0]):
        yield Block("heading", lines[0].strip().lstrip("#").strip(), _plain_level(lines[0]))
        return
    first_item = next((i for i, line in enumerate(lines) if _ITEM.match(line)), len(lines))
    if lines[:first_item]:
        yield Block("paragraph", " ".join(line.strip() for line in lines[:first_item]))
    if lines[first_item:]:
        yield Block("list", "\n".join(_items(lines[first_item:])))


def _is_plain_heading(line: str) -> bool:
    """A short line that stands alone: marked, numbered, in capitals, a question, or without a full stop."""
    text = line.strip()
    if len(text) > _LONGEST_HEADING or (_ITEM.match(line) and not _NUMBERED_HEADING.match(text)):
        return False
    if text.startswith("#"):
        return True
    return (not text.endswith((".", ",", ";", ":", "!")) and text[:1].isupper()) or bool(_NUMBERED_HEADING.match(text))


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
        yield Block("paragraph", " ".join(_TAG.sub(" ", node.content).split()))
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
    pieces: list[str] = []
    for child in node.walk():
        if child.type in {"text", "code_inline"}:
            pieces.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            pieces.append(" ")
        elif child.type == "html_inline":
            pieces.append(" " if child.content.lower().startswith("<br") else "")
    return " ".join("".join(pieces).split())
