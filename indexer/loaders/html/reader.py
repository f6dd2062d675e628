"""HTML to blocks: what a reader of the page sees, without what surrounds the page's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from indexer.loaders.blocks import Block, BlockKind, Content, LoadRefused
from indexer.loaders.decoding import decoded_page
from indexer.loaders.html.contents import drop_contents
from indexer.loaders.html.lists import NAMED, definitions, list_lines
from indexer.loaders.html.notes import take_notes
from indexer.loaders.html.signs import raise_figures, write_signs
from indexer.loaders.html.tables import is_layout, rows_of
from indexer.loaders.html.text import BLOCKS, HEADINGS, flat, one_line, string_of
from indexer.loaders.html.unseen import drop_unseen, style_rules
from indexer.loaders.markings import labelled_marking, marking_blocks, marking_of
from indexer.loaders.notes import with_notes
from indexer.loaders.tables import table_blocks

LARGEST = 5 * 1024 * 1024
"""Bytes of a page."""
LARGEST_FRAGMENT = 256 * 1024
"""Characters of HTML inside another kind of text."""
DEEPEST = 150
"""Elements inside one another."""
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*[^;}]+")
_LIST_SELECTOR = re.compile(r"^[\w.# >-]+$")
_LONGEST_BANNER = 200
_NO_TITLE = re.compile(
    r"(?:microsoft word - )?document\s?\d*|untitled(?: (?:document|page))?|new page\s?\d*", re.IGNORECASE
)
"""What programs write as the title of a page that nobody named."""
_STANDING = re.compile(r"withdrawn|superseded|archived|obsolete", re.IGNORECASE)


def read_html(data: bytes) -> Content:
    """Blocks of an HTML page: its main part if it has one, without navigation and hidden text.

    Raises:
        LoadRefused: it is another kind of file, too large, or nested too deeply.
    """
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise LoadRefused("It is not HTML, whatever its name says. Give it the right ending.")
    if len(data) > LARGEST:
        raise LoadRefused(f"It is larger than {LARGEST // (1024 * 1024)} MB, which is much for a page. Split it.")
    soup = BeautifulSoup(decoded_page(data), "lxml")
    _refuse_deep(soup)
    title = _title(soup)
    around = tuple(_running_lines(soup))
    blocks = [*marking_blocks(around), *_read(soup)]
    if not title:
        title = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    return Content(tuple(blocks), title, around=around)


def read_fragment(html: str) -> list[Block]:
    """Blocks of a piece of HTML inside another kind of text, by Python's own parser.

    Raises:
        LoadRefused: it is too large, or nested too deeply.
    """
    if len(html) > LARGEST_FRAGMENT:
        raise LoadRefused("It holds more HTML than a Markdown file should. Save it as HTML.")
    soup = BeautifulSoup(html, "html.parser")
    _refuse_deep(soup)
    return _read(soup)


def _read(soup: BeautifulSoup) -> list[Block]:
    write_signs(soup)
    _note_list_styles(soup)
    drop_unseen(soup)
    drop_contents(soup)
    notes, labels = take_notes(soup)
    raise_figures(soup)
    return with_notes(list(_Walk().blocks(_root(soup))), notes, labels=labels)


def _note_list_styles(soup: BeautifulSoup) -> None:
    """Note on each list which marks the page's style sheet gives it."""
    for selector, rules in list(style_rules(soup)):
        style = _LIST_STYLE.search(rules)
        if style and _LIST_SELECTOR.match(selector):
            for tag in soup.select(selector):
                tag[NAMED] = style.group()


def _refuse_deep(soup: BeautifulSoup) -> None:
    """Refuse nesting that no page needs: every step below would take long on it."""
    depths = {id(soup): 0}
    for tag in soup.find_all(True):
        depth = depths[id(tag.parent)] + 1
        if depth > DEEPEST:
            raise LoadRefused("Its parts are nested too deeply. Save it again as a simple PDF or as text.")
        depths[id(tag)] = depth


def _running_lines(soup: BeautifulSoup) -> Iterator[str]:
    """The page's name and the lines of what stands around its text, each once."""
    lines = [flat(soup.title)] if soup.title else []
    for tag in soup.find_all("meta", attrs={"name": True, "content": True}):
        named = f"{tag['name']} {tag['content']}"
        if _STANDING.search(str(tag["name"])) and str(tag["content"]).lower() not in {"", "false", "no", "0"}:
            lines.append("WITHDRAWN" if "withdrawn" in named.lower() else "SUPERSEDED")
    for tag in soup.find_all(["header", "footer", "aside"]):
        lines.extend(tag.stripped_strings)
    lines += _marking_lines(soup)
    yield from dict.fromkeys(" ".join(line.split()) for line in lines)


def _marking_lines(soup: BeautifulSoup) -> Iterator[str]:
    """What a page says of its marking outside its main part: in a banner, or in a field for machines."""
    root = _root(soup)
    # by identity: two elements are compared part by part otherwise, which takes long on a large page
    of_root = {id(tag) for tag in (root, *root.parents, *root.find_all(True))}
    for tag in soup.find_all(["p", "div", "span", "strong", "section", "b"]):
        if id(tag) in of_root or len(tag.get_text()) > _LONGEST_BANNER:
            continue
        if marking_of(text := flat(tag)):
            yield text
    for tag in soup.find_all("meta", attrs={"name": True, "content": True}):
        if labelled_marking(line := f"{str(tag['name']).replace('-', ' ')}: {tag['content']}"):
            yield line


def _title(soup: BeautifulSoup) -> str:
    """The title without what the site writes around it, as long as the heading confirms it."""
    title = flat(soup.title) if soup.title else ""
    first = soup.find("h1")
    heading = flat(first) if isinstance(first, Tag) else ""
    if _NO_TITLE.fullmatch(title):
        of_word = soup.find(class_="MsoTitle")
        title = flat(of_word) if isinstance(of_word, Tag) else ""
    return heading if heading and (not title or heading.lower() in title.lower()) else title


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
                self._gathered.append(string_of(child))

    def _element(self, tag: Tag) -> Iterator[Block]:
        whole = _whole(tag)
        if whole is not None or tag.name in BLOCKS:
            yield from self._flush()
        if whole is not None:
            yield from whole
        elif tag.name in BLOCKS:
            yield from self._inside(tag)
            yield from self._flush()
        elif tag.name == "br":
            yield from self._break(tag)
        elif tag.name == "q":
            self._gathered.append(f"“{flat(tag)}”")
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
        text = one_line(self._gathered)
        self._gathered = []
        if text:
            yield Block("paragraph", text)


def _whole(tag: Tag) -> list[Block] | None:
    """The blocks of an element that is read as one thing; none for any other element."""
    if tag.name in HEADINGS:
        return _block("heading", flat(tag), HEADINGS[tag.name])
    if tag.name in {"ul", "ol", "menu"}:
        return _block("list", "\n".join(list_lines(tag)))
    if tag.name == "dl":
        return _block("list", "\n".join(definitions(tag)))
    if tag.name == "table":
        return _table(tag)
    if tag.name == "pre":
        return _block("code", tag.get_text().strip("\n"))
    return None


def _block(kind: BlockKind, text: str, level: int = 0) -> list[Block]:
    return [Block(kind, text, level)] if text.strip() else []


def _table(table: Tag) -> list[Block]:
    """A table with rows "cell | cell"; one that has a single column is a box around other blocks."""
    rows, head = rows_of(table)
    if any(len(row) > 1 for row in rows) and not is_layout(table):
        caption = table.find("caption", recursive=False)
        above = _block("paragraph", flat(caption)) if isinstance(caption, Tag) else []
        return above + table_blocks([[cell for _, cell in row] for row in rows], head=head)
    return [block for row in rows for tag, _ in row for block in _Walk().blocks(tag)]
