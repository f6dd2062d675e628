"""The gathered lines of a PDF to blocks: which are headings, of which level, and what each says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.loaders.blocks import Block, BlockKind
from indexer.loaders.markings import marking_blocks
from indexer.loaders.notes import with_notes
from indexer.loaders.pdf.furniture import lines_at_edges, without_contents, without_furniture
from indexer.loaders.pdf.groups import Group, Type, gather
from indexer.loaders.pdf.notes import Noted, without_raised
from indexer.loaders.pdf.page import Line, Page, Table
from indexer.loaders.pdf.tables.ruled import filled
from indexer.loaders.pdf.words import Joiner
from indexer.loaders.symbols import SIGNS
from indexer.loaders.tables import line_of

_LONGEST_HEADING = 160
_LONGEST_PLAIN_HEADING = 60
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+[A-Z]")
_DATE = re.compile(
    r"^(?:(?:last )?updated:?\s*)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\s+\d{4}$",
    re.IGNORECASE,
)
_CHOICES = re.compile(r"^(?:yes|no|not sure|unknown|n/?a|[\W\d])+$", re.IGNORECASE)
_GENERIC_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)\b|untitled|document\d*$|slide \d|title$)|\btemplate\b"
    r"|\.(?:docx?|pdf|indd|pptx?)$",
    re.IGNORECASE,
)


class Layout:
    """One document's pages, read as a whole."""

    def __init__(self, pages: Sequence[Page]) -> None:
        pages = _with_titles(pages)
        edges = lines_at_edges(pages)
        self._running, pages = without_furniture(pages)
        marks = dict.fromkeys(mark for page in pages for mark in page.marks)
        self.around = tuple(dict.fromkeys([*self._running, *edges, *marks]))
        """Running lines, watermarks and stamps, each once."""
        self._pages = without_contents(pages)
        self._type = Type(self._pages)
        self._join = Joiner(line.text for page in self._pages for line in page.lines)

    def blocks(self) -> list[Block]:
        """The document's blocks in reading order, notes with what they note."""
        groups = gather(self._pages, self._type)
        noted = Noted(groups, self._joined)
        for group in groups:
            if isinstance(group, Group):
                group.text = noted.text(group, self._joined(group.lines))
            else:
                group.rows = [[noted.marked(cell, group.page) for cell in row] for row in group.rows]
        groups = [group for group in groups if id(group) not in noted.placed]
        blocks = [*marking_blocks(self._running), *_as_blocks(groups, self._levels(groups))]
        blocks = with_notes(blocks, noted.notes, labels=noted.labels)
        return [replace(block, text=without_raised(block.text)) for block in blocks]

    def title(self, named: str) -> str:
        """The title in the file's properties if it says something, else the largest type on the first pages."""
        named = " ".join(named.split())
        if len(named) > 3 and not _GENERIC_TITLE.search(named):
            return named
        lines = [line for page in self._pages[:2] for line in page.lines]
        largest = max((line.size for line in lines), default=0.0)
        if largest < 1.15 * self._type.body:
            return ""
        start = next(i for i, line in enumerate(lines) if line.size == largest)
        end = start
        while end < len(lines) and _goes_on(lines[max(start, end - 1)], lines[end], largest):
            end += 1
        return self._joined(lines[start:end])[:_LONGEST_HEADING]

    # which groups are headings

    def _levels(self, groups: Sequence[Group | Table]) -> dict[int, int]:
        """The level of each heading by its `id`: the larger the type, the higher."""
        headings = [group for group in groups if isinstance(group, Group) and self._is_heading(group)]
        styles = sorted({_style(group) for group in headings}, reverse=True)
        ranks = {style: rank for rank, style in enumerate(styles, 1)}
        levels = {id(group): ranks[_style(group)] for group in headings}
        for group, following in pairwise(groups):
            if isinstance(group, Group) and id(group) not in levels and _is_plain_heading(group, following):
                levels[id(group)] = len(styles) + 1
        return levels

    def _is_heading(self, group: Group) -> bool:
        text = _shown(group.first.mark, group.text)
        if group.notes or len(text) > _LONGEST_HEADING or not _says_something(text):
            return False
        if group.first.mark and not group.first.mark[0].isdigit():
            return False
        if text.endswith((".", ",", ";")) and not self._type.is_large(group.first):
            return False
        if self._type.stands_out(group):
            return group.first.size >= 0.9 * self._type.body and len(group.lines) <= 4
        if len(group.lines) > 1 or text.endswith((".", ":", ",", ";")):
            return False
        return bool(_NUMBERED.match(text)) or (text.isupper() and len(text.split()) > 1)

    # what a group says

    def _joined(self, lines: Sequence[Line]) -> str:
        return self._join([lines[0].text, *(f"{line.mark} {line.text}".strip() for line in lines[1:])] if lines else [])


def _with_titles(pages: Sequence[Page]) -> list[Page]:
    """Pages whose titles and headings have no space between their letters."""
    kind = Type(pages)
    return [replace(page, lines=[_closed_up(line, kind) for line in page.lines]) for page in pages]


def _closed_up(line: Line, kind: Type) -> Line:
    is_heading = line.unspaced and (line.bold or kind.is_large(line))
    return replace(line, text=line.unspaced) if is_heading else line


def _goes_on(last: Line, line: Line, size: float) -> bool:
    """Whether a title goes on in a line: in the same type, right below."""
    below = last is line or 0 < line.top - last.top < 2 * size
    return below and line.size == size and (line.page, line.column) == (last.page, last.column)


def _is_plain_heading(group: Group, following: Group | Table) -> bool:
    """A line in Title Case above a paragraph, in a document that sets its headings like its text."""
    if isinstance(following, Table) or len(group.lines) > 1 or len(following.lines) < 2:
        return False
    if group.notes or following.notes or group.first.mark or following.first.mark:
        return False
    words = group.text.rstrip(":").split()
    return (
        group.first.page == following.first.page
        and 4 <= len(group.text) <= _LONGEST_PLAIN_HEADING
        and all(word.replace("'", "").replace("’", "").isalpha() for word in words)
        and all(word[0].isupper() for i, word in enumerate(words) if i == 0 or len(word) > 3)
    )


def _says_something(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and not _DATE.match(text) and not _CHOICES.match(text)


def _style(group: Group) -> tuple[float, bool]:
    return group.first.size, group.bold


# groups to blocks


def _as_blocks(groups: Sequence[Group | Table], levels: dict[int, int]) -> Iterator[Block]:
    items: list[Group] = []
    for group in groups:
        item = group if isinstance(group, Group) and group.first.mark and id(group) not in levels else None
        if items and (item is None or _place(item) != _place(items[0])):
            yield _list(items)
            items = []
        if isinstance(group, Table):
            yield Block("table", "\n".join(line for row in filled(group.rows) if (line := line_of(row))), 1, group.page)
        elif item is not None:
            items.append(item)
        else:
            kind: BlockKind = "heading" if id(group) in levels else "paragraph"
            yield Block(kind, _shown(group.first.mark, group.text), levels.get(id(group), 0), group.page)
    if items:
        yield _list(items)


def _place(group: Group) -> tuple[int, int]:
    """A list ends with its page, so that a passage is cited from the page it stands on."""
    return group.first.page, group.first.column


def _list(items: Sequence[Group]) -> Block:
    """Items with their marks, indented by how far in they stand."""
    lines = []
    stack: list[float] = []
    for item in items:
        while stack and item.first.x0 < stack[-1] - 4:
            stack.pop()
        if not stack or item.first.x0 > stack[-1] + 4:
            stack.append(item.first.x0)
        lines.append("  " * (len(stack) - 1) + _shown(item.first.mark, item.text))
    return Block("list", "\n".join(lines), page=items[0].first.page)


def _shown(mark: str, text: str) -> str:
    """A text with its mark: numbers as they are printed, any bullet as a dash, a tick or a cross behind the dash."""
    if not mark:
        return text
    if mark in SIGNS:
        return f"- {mark} {text}"
    return f"{mark if mark[-1] in '.)' else '-'} {text}"
