"""The lines of a PDF's pages gathered into headings, paragraphs, items of lists and footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from indexer.loaders.notes import raised
from indexer.loaders.pdf.furniture import without_lines
from indexer.loaders.pdf.lines import LARGER
from indexer.loaders.pdf.page import Line, Page, Table
from indexer.loaders.tables import shortened

ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_FOOTNOTE = re.compile(r"^(?:\d{1,3}|[*†‡§])(?=\s|[A-Z])")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_SMALL = 0.86
"""The size of the type of notes at most, as a share of the body's."""
_COLUMNS = frozenset(range(1, 9))
"""The numbers of columns of text; boxes and cells have higher ones."""


@dataclass(slots=True)
class Group:
    """Lines that belong together: a heading, a paragraph, or one item of a list."""

    lines: list[Line]
    notes: bool = False
    """Whether it stands at the foot of a page."""
    text: str = field(default="", init=False)

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def page(self) -> int:
        """The page on which most of it stands."""
        letters: Counter[int] = Counter()
        for line in self.lines:
            letters[line.page] += len(line.text)
        return letters.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


class Type:
    """How one document is set: the size of its body type, and how far its lines stand apart."""

    def __init__(self, pages: Sequence[Page]) -> None:
        sizes: Counter[float] = Counter()
        for page in pages:
            for line in page.lines:
                sizes[line.size] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 11.0
        self._pitch = self._most_usual([page.lines for page in pages]) or 1.2

    def is_large(self, line: Line) -> bool:
        """Whether a line is set larger than the body."""
        return line.size >= LARGER * self.body

    def stands_out(self, group: Group) -> bool:
        """Whether a group is set as a heading would be."""
        return self.is_large(group.first) or group.bold

    def pitch(self, lines: Sequence[Line]) -> float:
        """The distance from one line of a page to the next, in sizes of its type."""
        return self._most_usual([lines]) or self._pitch

    def _most_usual(self, pages: Sequence[Sequence[Line]]) -> float | None:
        found: Counter[float] = Counter()
        for above, below in (pair for lines in pages for pair in pairwise(lines)):
            ratio = (below.top - above.top) / below.size
            if above.size == below.size and abs(below.size - self.body) < 0.6 and 0.9 < ratio < 2.4:
                found[round(ratio * 20) / 20] += 1
        best = found.most_common(1)
        return best[0][0] if best and best[0][1] >= 3 else None


def gather(pages: Sequence[Page], kind: Type) -> list[Group | Table]:
    """The groups and tables of all pages in reading order; a page's footnotes come after its text."""
    groups: list[Group | Table] = []
    for page in pages:
        page, low = _without_low_notes(page, kind)
        body, notes = _split_notes(page, kind)
        found = _gather_page(body, page.tables, kind)
        _join_over_break(groups, found, kind)
        groups.extend(group for group in found if isinstance(group, Group) or group.rows)
        groups.extend(_note_groups([*low, *notes]))
    return groups


def _gather_page(body: Sequence[Line], tables: Sequence[Table], kind: Type) -> list[Group | Table]:
    pitch = kind.pitch(body)
    right = {column: max(line.x1 for line in body if line.column == column) for column in {n.column for n in body}}
    found: list[Group | Table] = []
    waiting = list(tables)
    for i, line in enumerate(body):
        while waiting and waiting[0].after <= i:
            found.append(waiting.pop(0))
        last = found[-1] if found else None
        if isinstance(last, Group) and (
            _goes_on(last, line, pitch, right[line.column], kind) or _goes_on_beside(last, line, kind)
        ):
            last.lines.append(line)
        else:
            found.append(Group([line]))
    return [*found, *waiting]


def _split_notes(page: Page, kind: Type) -> tuple[list[Line], list[Line]]:
    """The body of a page and the small type at its foot."""
    start = len(page.lines)
    while start and _is_small(page.lines[start - 1], kind):
        start -= 1
    notes = page.lines[start:]
    if not notes or start == 0 or notes[0].top < page.lines[start - 1].top or notes[0].top < page.height * 0.4:
        return page.lines, []
    return page.lines[:start], notes


def _without_low_notes(page: Page, kind: Type) -> tuple[Page, list[Line]]:
    """A page without the notes at the foot of its columns, whatever their type, and their lines.

    They begin with a figure that stands raised in the text: a sentence may go on in the next column.
    """
    referred = {figure for line in page.lines for figure in _RAISED.findall(line.text)}
    columns = [list(lines) for _, lines in groupby(page.lines, key=lambda line: line.column)] if referred else []
    notes: list[Line] = []
    for number, lines in enumerate(columns):
        goes_on = any(other[0].column == lines[0].column for other in columns[number + 1 :])
        first = next((line for above, line in pairwise([None, *lines]) if _figure(above, line, kind) in referred), None)
        if first is None or goes_on or first.top < page.height * 0.4 or lines[0].column not in {0, *_COLUMNS}:
            continue
        found = lines[lines.index(first) :]
        if _is_one_piece(found) and not any(line.bold or kind.is_large(line) for line in found):
            notes += found
    return without_lines(page, notes), notes


def _is_one_piece(lines: Sequence[Line]) -> bool:
    """Whether lines stand right below each other in one type."""
    return all(
        0 < below.top - above.top < 2 * above.size and abs(below.size - above.size) < 1
        for above, below in pairwise(lines)
    )


def _figure(above: Line | None, line: Line | None, kind: Type) -> str:
    """The figure that a note begins with, as it stands in the text: a raised one, or any in small type below text."""
    if line is None or not (line.is_note or (above and _is_small(line, kind) and not _is_small(above, kind))):
        return ""
    begins = re.match(r"\d{1,3}(?!\d)", line.text)
    return raised(begins.group()) if begins else ""


def _is_small(line: Line, kind: Type) -> bool:
    return line.size <= _SMALL * kind.body and not line.bold


def _note_groups(notes: Sequence[Line]) -> Iterator[Group]:
    held: list[Line] = []
    for line in notes:
        if held and (line.is_note or _FOOTNOTE.match(f"{line.mark} {line.text}".strip())):
            yield Group(held, notes=True)
            held = []
        held.append(line)
    if held:
        yield Group(held, notes=True)


def _goes_on(group: Group, line: Line, pitch: float, right: float, kind: Type) -> bool:
    """Whether a line is the next one of a group."""
    last = group.last
    gap = line.top - last.top
    if last.column != line.column or not 0 < gap <= 1.3 * max(pitch, 1.0) * line.size:
        return False
    if re.search(r"\w[-\u2010\u00ad]$", last.text) and not line.mark and abs(last.size - line.size) < 0.1:
        return True  # a word, a range of years or a number goes on
    # whether the line above had room for the first word of this one, so that it was ended on purpose
    room = last.x1 + line.first_word + 0.3 * line.size < right - 0.03 * (right - last.x0)
    in_sentence = not room and not ENDS_SENTENCE.search(last.text) and line.text[:1].islower()
    if abs(last.size - line.size) > (0.4 if in_sentence else 0.08) * line.size:
        return False
    if line.mark and _begins_item(group, line, room):
        return False
    if last.bold != line.bold and len(group.lines) == 1 and (room or line.text[:1].isupper()):
        return False
    return not room or kind.is_large(last) or not _is_break(last, line)


def _goes_on_beside(group: Group, line: Line, kind: Type) -> bool:
    """Whether a line at the top of a column goes on with the sentence at the foot of the column to its left."""
    last = group.last
    if not {last.column, line.column} <= _COLUMNS or line.mark or kind.stands_out(group):
        return False
    if last.column == line.column or not (line.top < last.top and line.x0 > last.x0):
        return False
    is_middle = not ENDS_SENTENCE.search(last.text) and line.text.lstrip("(“‘\"'")[:1].islower()
    return is_middle and abs(last.size - line.size) < 0.1 and last.bold == line.bold


def _begins_item(group: Group, line: Line, room: bool) -> bool:
    """A dash or a number at the beginning of a line can also be the middle of a sentence."""
    sure = line.mark not in "–—-*" and line.mark[-1] not in ".)"
    return sure or bool(group.first.mark) or room or bool(ENDS_SENTENCE.search(group.last.text))


def _is_break(last: Line, line: Line) -> bool:
    """Whether a line that could have taken another word was ended on purpose."""
    return bool(ENDS_SENTENCE.search(last.text)) or not line.text[:1].islower()


def _join_over_break(groups: list[Group | Table], found: list[Group | Table], kind: Type) -> None:
    """Put the rest of a sentence at the top of a page to its beginning on the page before."""
    before = next((group for group in reversed(groups) if not (isinstance(group, Group) and group.notes)), None)
    after = found[0] if found else None
    if isinstance(before, Table) and isinstance(after, Table) and before.page == after.page - 1:
        _join_rows(before, after)
    elif isinstance(before, Group) and isinstance(after, Group) and _is_rest(before, after, kind):
        before.lines.extend(after.lines)
        found.pop(0)


def _is_rest(before: Group, after: Group, kind: Type) -> bool:
    if before.last.page != after.first.page - 1 or after.first.mark or kind.stands_out(before):
        return False
    if abs(before.last.size - after.first.size) >= 0.6 or ENDS_SENTENCE.search(before.last.text):
        return False
    if after.first.text.lstrip("(“‘\"'")[:1].islower():
        return True
    return len(before.lines) > 1 and _is_full(before) and not kind.stands_out(after)


def _is_full(group: Group) -> bool:
    """Whether the last line is about as long as those above it."""
    widest = max(line.x1 for line in group.lines)
    return group.last.x1 > widest - 0.12 * (widest - group.last.x0)


def _join_rows(before: Table, after: Table) -> None:
    """Put the rest of a row at the top of a page to its beginning on the page before, and the head above the rest."""
    start = 1 if after.rows[0] == before.rows[0] else 0
    rest = after.rows[start] if len(after.rows) > start else []
    if len(rest) == len(before.rows[-1]) and any(rest) and all(cell[:1].islower() for cell in rest if cell):
        before.rows[-1] = [f"{cell} {more}".strip() for cell, more in zip(before.rows[-1], rest, strict=True)]
        del after.rows[start]
        if len(after.rows) == start:
            after.rows.clear()
    if not after.rows or not _same_columns(before, after):
        return
    for row in after.rows[start:]:  # rows of a label that reaches over the page's end
        if row[0] or not before.rows[-1][0] or len(before.rows) < 2:
            break
        row[0] = shortened(before.rows[-1][0])
    if start == 0:
        after.rows.insert(0, list(before.rows[0]))


def _same_columns(before: Table, after: Table) -> bool:
    """Whether a table goes on from the page before: its columns begin where those of the other do."""
    if len(before.edges) != len(after.edges) or len(before.rows[0]) != max(map(len, after.rows)):
        return False
    return all(abs(a - b) <= 3 for a, b in zip(before.edges, after.edges, strict=True))
