"""HTML to blocks: what a reader of the page sees, without what surrounds the page's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from indexer.loaders.blocks import Block, BlockKind, Content, LoadRefused
from indexer.loaders.html_unseen import drop_unseen
from indexer.loaders.markings import marking_blocks

LARGEST = 5 * 1024 * 1024
"""Bytes of a page."""
LARGEST_FRAGMENT = 256 * 1024
"""Characters of HTML inside another kind of text."""
DEEPEST = 150
"""Elements inside one another."""
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    *("p", "div", "section", "article", "main", "body", "html", "blockquote", "figure", "figcaption"),
    *("details", "summary", "fieldset", "address", "center", "hgroup", "search", "dd", "dt", "li"),
    *("caption", "thead", "tbody", "tfoot", "tr", "td", "th", "hr"),
}
_SPACE = re.compile(r"\s+")


def read_html(data: bytes) -> Content:
    """Blocks of an HTML page: its main part if it has one, without navigation and hidden text.

    Raises:
        LoadRefused: it is another kind of file, too large, or nested too deeply.
    """
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise LoadRefused("It is not HTML, whatever its name says. Give it the right ending.")
    if len(data) > LARGEST:
        raise LoadRefused(f"It is larger than {LARGEST // (1024 * 1024)} MB, which is much for a page. Split it.")
    soup = BeautifulSoup(data, "lxml")
    _refuse_deep(soup)
    title = _title(soup)
    running = marking_blocks(_running_lines(soup))
    drop_unseen(soup)
    blocks = (*running, *_Walk().blocks(_root(soup)))
    if not title:
        title = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    return Content(blocks, title)


def read_fragment(html: str) -> list[Block]:
    """Blocks of a piece of HTML inside another kind of text, by Python's own parser.

    Raises:
        LoadRefused: it is too large, or nested too deeply.
    """
    if len(html) > LARGEST_FRAGMENT:
        raise LoadRefused("It holds more HTML than a Markdown file should. Save it as HTML.")
    soup = BeautifulSoup(html, "html.parser")
    _refuse_deep(soup)
    drop_unseen(soup)
    return list(_Walk().blocks(soup))


def _refuse_deep(soup: BeautifulSoup) -> None:
    """Refuse nesting that no page needs: every step below would take long on it."""
    depths = {id(soup): 0}
    for tag in soup.find_all(True):
        depth = depths[id(tag.parent)] + 1
        if depth > DEEPEST:
            raise LoadRefused("Its parts are nested too deeply. Save it again as a simple PDF or as text.")
        depths[id(tag)] = depth


def _running_lines(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(["header", "footer", "aside"]):
        yield from tag.stripped_strings


def _title(soup: BeautifulSoup) -> str:
    """The title without the site's name behind it, as long as the heading confirms it."""
    title = _flat(soup.title) if soup.title else ""
    first = soup.find("h1")
    heading = _flat(first) if isinstance(first, Tag) else ""
    return heading if heading and (not title or title.lower().startswith(heading.lower())) else title


def _root(soup: BeautifulSoup) -> Tag:
    for found in (soup.select("main, [role=main]"), soup.find_all("article")):
        with_text = [tag for tag in found if tag.get_text(strip=True)]
        if len(with_text) == 1 or (with_text and with_text[0].name == "main"):
            return with_text[0]
    return soup.body or soup


class _Walk:
    """One pass over a page: inline text is gathered until a block begins or ends."""

    def __init__(self) -> None:
        self._gathered: list[str] = []

    def blocks(self, root: Tag) -> Iterator[Block]:
        """The blocks below an element, in reading order."""
        yield from self._inside(root)
        yield from self._flush()

    def _inside(self, parent: Tag) -> Iterator[Block]:
        for child in parent.children:
            if isinstance(child, Tag):
                yield from self._element(child)
            else:
                self._gathered.append(_string(child))

    def _element(self, tag: Tag) -> Iterator[Block]:
        whole = _whole(tag)
        if whole is not None or tag.name in _BLOCKS:
            yield from self._flush()
        if whole is not None:
            yield from whole
        elif tag.name in _BLOCKS:
            yield from self._inside(tag)
            yield from self._flush()
        elif tag.name == "br":
            yield from self._break(tag)
        else:
            yield from self._inside(tag)

    def _break(self, tag: Tag) -> Iterator[Block]:
        """A line break is a space; two are the end of a paragraph."""
        self._gathered.append(" ")
        before = tag.previous_sibling
        while isinstance(before, NavigableString) and not before.strip():
            before = before.previous_sibling
        if isinstance(before, Tag) and before.name == "br":
            yield from self._flush()

    def _flush(self) -> Iterator[Block]:
        text = _SPACE.sub(" ", "".join(self._gathered)).strip()
        self._gathered = []
        if text:
            yield Block("paragraph", text)


def _whole(tag: Tag) -> list[Block] | None:
    """The blocks of an element that is read as one thing; none for any other element."""
    if tag.name in _HEADINGS:
        return _block("heading", _flat(tag), _HEADINGS[tag.name])
    if tag.name in {"ul", "ol", "menu"}:
        return _block("list", "\n".join(_list_lines(tag, 0)))
    if tag.name == "dl":
        return _block("list", "\n".join(_definitions(tag)))
    if tag.name == "table":
        return _table(tag)
    if tag.name == "pre":
        return _block("code", tag.get_text().strip("\n"))
    return None


def _block(kind: BlockKind, text: str, level: int = 0) -> list[Block]:
    return [Block(kind, text, level)] if text.strip() else []


def _list_lines(tag: Tag, depth: int) -> Iterator[str]:
    start = str(tag.get("start", "1"))
    number = int(start) if start.isdigit() else 1
    for item in tag.find_all(["li", "ul", "ol"], recursive=False):
        if item.name != "li":  # a nested list directly in a list
            yield from _list_lines(item, depth + 1)
            continue
        mark = f"{number}." if tag.name == "ol" else "-"
        number += 1
        nested = _topmost(item, ("ul", "ol"))
        text = _flat(item, without=nested)
        if text:
            yield f"{'  ' * depth}{mark} {text}"
        for inner in nested:
            yield from _list_lines(inner, depth + 1)


def _definitions(tag: Tag) -> Iterator[str]:
    """A line for each term with what is said about it."""
    term: list[str] = []
    for part in tag.find_all(["dt", "dd"]):
        if part.name == "dt":
            term.append(_flat(part))
        else:
            text = _flat(part)
            yield f"- {', '.join(term)}: {text}" if term else f"  {text}"
            term = []
    if term:
        yield f"- {', '.join(term)}"


def _table(table: Tag) -> list[Block]:
    """A table with rows "cell | cell"; one that has a single column is a box around other blocks."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
    if any(len(row) > 1 for row in cells) and not _is_layout(table):
        caption = table.find("caption", recursive=False)
        above = _block("paragraph", _flat(caption)) if isinstance(caption, Tag) else []
        lines = [" | ".join(_flat(cell) for cell in row) for row in cells]
        return above + _block("table", "\n".join(line.strip(" |") for line in lines if line.strip(" |")))
    return [block for row in cells for cell in row for block in _Walk().blocks(cell)]


def _is_layout(table: Tag) -> bool:
    return table.get("role") == "presentation" or table.find("table") is not None or bool(table.find(_HEADINGS))


def _topmost(item: Tag, names: tuple[str, ...]) -> list[Tag]:
    """Elements of these names below an item that are in no other one of them."""
    found = []
    for tag in item.find_all(names):
        parent = tag.find_parent([*names, "li"])
        if parent is item:
            found.append(tag)
    return found


def _flat(tag: Tag, without: list[Tag] | None = None) -> str:
    """The words of an element on one line."""
    pieces: list[str] = []
    _gather(tag, without or [], pieces)
    return _SPACE.sub(" ", "".join(pieces)).strip()


def _gather(tag: Tag, without: list[Tag], pieces: list[str]) -> None:
    for child in tag.children:
        if not isinstance(child, Tag):
            pieces.append(_string(child))
        elif any(child is other for other in without):
            pieces.append(" ")
        elif child.name in _BLOCKS or child.name in {"br", "table", "ul", "ol", "dl", "pre"}:
            pieces.append(" ")
            _gather(child, without, pieces)
            pieces.append(" ")
        else:
            _gather(child, without, pieces)


def _string(node: PageElement) -> str:
    """The text of a string; comments, declarations and the like say nothing."""
    if isinstance(node, PreformattedString) or not isinstance(node, NavigableString):
        return ""
    return str(node)
