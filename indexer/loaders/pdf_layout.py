"""The lines of a PDF's pages to blocks: headings, paragraphs, lists, tables, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.loaders.blocks import Block, BlockKind
from indexer.loaders.markings import marking_blocks
from indexer.loaders.pdf_furniture import without_contents, without_furniture
from indexer.loaders.pdf_page import Line, Page, Table

_LONGEST_HEADING = 160
_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+[A-Z]")
_FOOTNOTE = re.compile(r"^(?:\d{1,3}|[*†‡§])(?=\s|[A-Z])")
_DATE = re.compile(
    r"^(?:(?:last )?updated:?\s*)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\s+\d{4}$",
    re.IGNORECASE,
)
_GENERIC_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)\b|untitled|document\d*$|slide \d|title$)|\btemplate\b|\.(?:docx?|pdf|indd|pptx?)$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Group:
    """Lines that belong together: a heading, a paragraph, or one item of a list."""

    lines: list[Line]
    notes: bool = False
    text: str = field(default="", init=False)

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]


class Layout:
    """How one document is set: its body type, its margins, its headings."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._marking, pages = without_furniture(pages)
        self._pages = without_contents(pages)
        lines = [line for page in self._pages for line in page.lines]
        self._body = _most(Counter(_sizes(lines)), 11.0)
        self._words = Counter(word for line in lines for word in re.findall(r"[a-z]+(?:-[a-z]+)*", line.text.lower()))
        self._pitch = _pitch([page.lines for page in self._pages], self._body, 1.2)

    def blocks(self) -> list[Block]:
        """The document's blocks in reading order."""
        groups: list[Group | Table] = []
        for page in self._pages:
            self._append_page(groups, page)
        for group in groups:
            if isinstance(group, Group):
                group.text = self._joined(group.lines)
        levels = self._levels([group for group in groups if isinstance(group, Group)])
        return marking_blocks(self._marking) + list(_as_blocks(groups, levels))

    def title(self, named: str) -> str:
        """The title in the file's properties if it says something, else the largest type on the first pages."""
        named = " ".join(named.split())
        if len(named) > 3 and not _GENERIC_TITLE.search(named):
            return named
        lines = [line for page in self._pages[:2] for line in page.lines if line.page <= 2]
        largest = max((line.size for line in lines), default=0.0)
        if largest < 1.15 * self._body:
            return ""
        start = next(i for i, line in enumerate(lines) if line.size == largest)
        end = start
        while end < len(lines) and lines[end].size == largest and lines[end].page == lines[start].page:
            end += 1
        return self._joined(lines[start:end])[:_LONGEST_HEADING]

    # lines to groups

    def _append_page(self, groups: list[Group | Table], page: Page) -> None:
        body, notes = self._split_notes(page)
        pitch = _pitch([body], self._body, self._pitch)
        right = {column: _right_edge(body, column) for column in {line.column for line in body}}
        found: list[Group | Table] = []
        tables = list(page.tables)
        for i, line in enumerate(body):
            while tables and tables[0].after <= i:
                found.append(tables.pop(0))
            last = found[-1] if found else None
            if isinstance(last, Group) and self._goes_on(last, line, pitch, right[line.column]):
                last.lines.append(line)
            else:
                found.append(Group([line]))
        found.extend(tables)
        self._join_over_break(groups, found)
        groups.extend(found)
        groups.extend(self._note_groups(notes))

    def _split_notes(self, page: Page) -> tuple[list[Line], list[Line]]:
        """The body of a page and the small type at its foot."""
        start = len(page.lines)
        while start and page.lines[start - 1].size <= 0.86 * self._body and not page.lines[start - 1].bold:
            start -= 1
        notes = page.lines[start:]
        if not notes or start == 0 or notes[0].top < page.lines[start - 1].top or notes[0].top < page.height * 0.4:
            return page.lines, []
        return page.lines[:start], notes

    def _note_groups(self, notes: Sequence[Line]) -> Iterator[Group]:
        held: list[Line] = []
        for line in notes:
            if held and _FOOTNOTE.match(f"{line.mark} {line.text}".strip()):
                yield Group(held, notes=True)
                held = []
            held.append(line)
        if held:
            yield Group(held, notes=True)

    def _goes_on(self, group: Group, line: Line, pitch: float, right: float) -> bool:
        """Whether a line is the next one of a group."""
        last = group.last
        if last.column != line.column or abs(last.size - line.size) > 0.08 * line.size:
            return False
        gap = line.top - last.top
        if gap <= 0 or gap > 1.3 * max(pitch, 1.0) * line.size:
            return False
        fitted = last.x1 + line.first_word + 0.3 * line.size < right - 0.03 * (right - last.x0)
        if line.mark and self._begins_item(group, line, fitted):
            return False
        if last.bold != line.bold and len(group.lines) == 1 and fitted:
            return False
        if self._is_large(last):
            return True
        return not fitted or not _is_break(last, line)

    def _begins_item(self, group: Group, line: Line, fitted: bool) -> bool:
        """A dash or a number at the beginning of a line can also be the middle of a sentence."""
        sure = line.mark not in "–—-*" and not line.mark[-1] in ".)"
        return sure or bool(group.first.mark) or fitted or bool(_END.search(group.last.text))

    def _join_over_break(self, groups: list[Group | Table], found: list[Group | Table]) -> None:
        """Put the rest of a sentence at the top of a page to its beginning on the page before."""
        before = next((group for group in reversed(groups) if not (isinstance(group, Group) and group.notes)), None)
        after = found[0] if found else None
        if not isinstance(before, Group) or not isinstance(after, Group):
            return
        if before.last.page != after.first.page - 1 or after.first.mark or self._stands_out(before):
            return
        same = abs(before.last.size - after.first.size) < 0.6 and before.last.bold == after.first.bold
        text = after.first.text
        lower = text[:1].islower() or (text[:1] in "(“‘" and text[1:2].islower())
        open_end = not _END.search(before.last.text)
        if same and open_end and (lower or (len(before.lines) > 1 and self._is_full(before) and not self._stands_out(after))):
            before.lines.extend(after.lines)
            found.pop(0)

    def _is_full(self, group: Group) -> bool:
        """Whether the last line is about as long as those above it."""
        widest = max(line.x1 for line in group.lines)
        return group.last.x1 > widest - 0.12 * (widest - group.last.x0)

    # what a group is

    def _is_large(self, line: Line) -> bool:
        return line.size >= 1.12 * self._body

    def _stands_out(self, group: Group) -> bool:
        return self._is_large(group.first) or all(line.bold for line in group.lines)

    def _is_heading(self, group: Group) -> bool:
        text = _shown(group.first.mark, group.text)
        if group.notes or len(text) > _LONGEST_HEADING or not _says_something(text):
            return False
        if group.first.mark and not group.first.mark[0].isdigit():
            return False
        if text.endswith((".", ",", ";")) and not self._is_large(group.first):
            return False
        if self._stands_out(group):
            return group.first.size >= 0.9 * self._body and len(group.lines) <= 4
        if len(group.lines) > 1 or text.endswith((".", ":", ",", ";")):
            return False
        return bool(_NUMBERED.match(text)) or (text.isupper() and len(text.split()) > 1)

    def _levels(self, groups: Sequence[Group]) -> dict[int, int]:
        """The level of each heading, by its place in `groups`: the larger the type, the higher."""
        headings = [group for group in groups if self._is_heading(group)]
        styles = sorted({_style(group) for group in headings}, reverse=True)
        ranks = {style: rank for rank, style in enumerate(styles, 1)}
        return {id(group): min(ranks[_style(group)], 9) for group in headings}

    # words

    def _joined(self, lines: Sequence[Line]) -> str:
        text = ""
        for line in lines:
            piece = line.text if not text else _shown(line.mark, line.text, plain=True)
            text = self._with(text, piece) if text else piece
        return text

    def _with(self, text: str, piece: str) -> str:
        """Two lines as one; a hyphen at the line's end is dropped only where the document shows the word without it."""
        if text.endswith("\u00ad"):
            return text[:-1] + piece
        broken = re.search(r"([A-Za-z]+)[-\u2010]$", text)
        if broken is None or not piece[:1].isalpha():
            return f"{text} {piece}"
        following = re.match(r"[A-Za-z]+", piece)
        tail = following.group(0).lower() if following else ""
        head = broken.group(1).lower()
        if piece[0].islower() and self._words[head + tail] and not self._words[f"{head}-{tail}"]:
            return text[:-1] + piece
        return text + piece


def _as_blocks(groups: Sequence[Group | Table], levels: dict[int, int]) -> Iterator[Block]:
    items: list[Group] = []
    for group in groups:
        is_item = isinstance(group, Group) and bool(group.first.mark) and id(group) not in levels
        if items and not (is_item and isinstance(group, Group) and group.first.page == items[0].first.page):
            yield _list(items)
            items = []
        if isinstance(group, Table):
            yield Block("table", "\n".join(" | ".join(row) for row in group.rows), page=group.page)
        elif is_item:
            items.append(group)
        else:
            kind: BlockKind = "heading" if id(group) in levels else "paragraph"
            yield Block(kind, _shown(group.first.mark, group.text), levels.get(id(group), 0), group.first.page)
    if items:
        yield _list(items)


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


def _shown(mark: str, text: str, *, plain: bool = False) -> str:
    if not mark:
        return text
    return f"{mark if plain or mark[-1] in '.)' else '-'} {text}"


def _is_break(last: Line, line: Line) -> bool:
    """Whether a line that could have taken another word was ended on purpose."""
    return bool(_END.search(last.text)) or not line.text[:1].islower()


def _says_something(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and not _DATE.match(text)


def _style(group: Group) -> tuple[float, bool]:
    return (group.first.size, all(line.bold for line in group.lines))


def _sizes(lines: Sequence[Line]) -> dict[float, int]:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes


def _pitch(pages: Sequence[Sequence[Line]], body: float, otherwise: float) -> float:
    """The usual distance from one line of body text to the next, in sizes of its type."""
    gaps: Counter[float] = Counter()
    for lines in pages:
        for above, below in zip(lines, lines[1:], strict=False):
            ratio = (below.top - above.top) / below.size
            if above.size == below.size and abs(below.size - body) < 0.6 and 0.9 < ratio < 2.4:
                gaps[round(ratio * 20) / 20] += 1
    best = gaps.most_common(1)
    return best[0][0] if best and best[0][1] >= 3 else otherwise


def _most(counts: Counter[float], otherwise: float) -> float:
    return counts.most_common(1)[0][0] if counts else otherwise


def _right_edge(lines: Sequence[Line], column: int) -> float:
    return max(line.x1 for line in lines if line.column == column)
