"""One page of a PDF: its lines in reading order and its ruled tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from indexer.loaders.pdf.chars import Word, read_characters
from indexer.loaders.pdf.columns import (
    Box,
    box_lines,
    boxes_beside,
    find_gutter,
    in_columns,
    is_inside,
    without,
)
from indexer.loaders.pdf.filled_in import with_values
from indexer.loaders.pdf.forms import notes_of, values_of
from indexer.loaders.pdf.lines import Line, middle
from indexer.loaders.pdf.pictures.legible import is_garbled
from indexer.loaders.pdf.tables.aligned import aligned_tables
from indexer.loaders.pdf.tables.ruled import Cells, Table, in_cells, is_layout, read_table
from indexer.loaders.pdf.tables.standing_in import name_of, stand_in, stands_beside
from indexer.loaders.pdf.tables.wrapped import wrapped_tables
from indexer.loaders.pdf.written import number_characters, pairs

__all__ = ["Line", "Page", "Table", "read_page"]

Placed = tuple[Box, Table, Cells]
"""A table with where it stands, and with its cells where it is drawn with lines."""

_PICTURE = 0.4
"""The share of a page that a scan covers at least."""
_FEWEST_WORDS = 8
"""Words from which a page is more than a picture with a running line."""


@dataclass(slots=True)
class Page:
    """What a page holds; `is_picture` when it has pictures and no text of its own."""

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[Table]
    is_picture: bool
    marks: list[str] = field(default_factory=list)
    """The texts of watermarks, stamps, and of what stands on its side in the margin."""
    certainty: float | None = None
    """How sure the program was that read a picture of the page, 0 to 1; None for text of its own."""
    is_garbled: bool = False
    """Whether it had text whose letters are not those that it shows."""
    is_unseen: bool = False
    """Whether it has text, none of which is to be seen."""
    was_tried: bool = False
    """Whether OCR was tried and found too little, or was not sure enough."""


def page_of_picture(page: Page, words: Sequence[Word], certainty: float, width: float, height: float) -> Page:
    """A page that is a picture, with the words that were read from it, as large as it was when it was read."""
    lines = list(in_columns(words, page.number, 0, width))
    return replace(page, width=width, height=height, lines=lines, tables=[], is_picture=False, certainty=certainty)


def read_page(page: Any) -> Page:
    """Lines and tables of one of pdfplumber's pages."""
    number, width, height = page.page_number, float(page.width), float(page.height)
    number_characters(page)
    characters = read_characters(page)
    drawn = page.find_tables()
    tables_of_page = [table.bbox for table in drawn if len(table.cells) > 1]
    words = with_values(characters.words, values_of(page), tables_of_page)
    outside, turned = words, characters.turned
    ruled = _ruled(drawn, words, turned, number)
    boxes = boxes_beside(page, words, [bbox for bbox, _, _ in ruled])
    boxed = [word for word in words if any(is_inside(word, box) for box in boxes)]
    outside = without(outside, boxed)
    left = [word for word in outside if not any(is_inside(word, bbox) for bbox, _, _ in ruled)]
    wrapped = wrapped_tables(left, number)
    left = [word for word in left if not any(is_inside(word, box) for _, box in wrapped)]
    gutter = find_gutter(left, 0, width)
    aligned = [] if gutter is not None else aligned_tables(_without_pairs(left), number)
    across, beside = _apart([*ruled, *((box, table, []) for table, box in [*wrapped, *aligned])], left, gutter)
    outside = [word for word in outside if not any(is_inside(word, bbox) for bbox, _, _ in beside)]
    outside += [stand_in(bbox, words, name) for name, (bbox, _, _) in enumerate(beside)]
    lines: list[Line] = []
    tables: list[Table] = []
    for bbox, table, cells in across:
        outside = [word for word in outside if not is_inside(word, bbox)]
        above = in_columns([word for word in outside if middle(word) < bbox[1]], number, 0, width)
        _put(above, beside, lines, tables)
        outside = [word for word in outside if middle(word) >= bbox[1]]
        _put_table(table, cells, lines, tables)
    _put(in_columns(outside, number, 0, width), beside, lines, tables)
    turned = [word for word in turned if not any(is_inside(word, bbox) for bbox, _, _ in [*across, *beside])]
    lines.extend(box_lines(boxed, boxes, number))
    marks = [*characters.marks, *(note.text for note in notes_of(page) if note.kind != "StrikeOut")]
    marks += [word["text"] for word in turned]
    found = Page(number, width, height, lines, tables, _is_picture(page, words), [mark for mark in marks if mark])
    found.is_unseen = bool(page.chars) and not words and not turned and not page.images
    texts = [*(line.text for line in lines), *(cell for table in tables for row in table.rows for cell in row)]
    if is_garbled(texts):
        return replace(found, lines=[], tables=[], is_picture=True, is_garbled=True)
    return found


def _apart(tables: Sequence[Placed], words: Sequence[Word], gutter: float | None) -> tuple[list[Placed], list[Placed]]:
    """The tables that stand across the page, and those that stand in one of its columns, each from the top down."""
    edges = [gutter] if gutter is not None else [pair.edge for pair in pairs(words)]
    across: list[Placed] = []
    beside: list[Placed] = []
    for each in sorted(tables, key=lambda found: found[0][1]):
        (beside if any(stands_beside(each[0], words, edge) for edge in edges) else across).append(each)
    return across, beside


def _put(found: Iterable[Line], beside: Sequence[Placed], lines: list[Line], tables: list[Table]) -> None:
    """Lines put behind others; a table where the line stands that stood in for it."""
    for line in found:
        name = name_of(line)
        if name is None:
            lines.append(line)
        else:
            _put_table(*beside[name][1:], lines, tables)


def _put_table(table: Table, cells: Cells, lines: list[Line], tables: list[Table]) -> None:
    if cells and is_layout(cells):
        lines.extend(in_cells(cells))
    else:
        table.after = len(lines)
        tables.append(table)


def _ruled(drawn: Sequence[Any], words: Sequence[Word], turned: Sequence[Word], page: int) -> list[Placed]:
    """The tables of a page that are drawn with lines, each with its cells; a table inside another goes with it."""
    found: list[Placed] = []
    for each in sorted(drawn, key=lambda table: (table.bbox[1], table.bbox[0])):
        read = read_table(each, words, turned, page)
        if read is not None and not any(_is_in(each.bbox, other) for other, _, _ in found):
            found.append((each.bbox, *read))
    return found


def _is_in(box: Box, other: Box) -> bool:
    return box[0] >= other[0] - 1 and box[1] >= other[1] - 1 and box[2] <= other[2] + 1 and box[3] <= other[3] + 1


def _without_pairs(words: Sequence[Word]) -> list[Word]:
    """Words that are not in columns of text: the lines of such columns are no rows of a table."""
    return without(words, [word for pair in pairs(words) for word in pair.words])


def _is_picture(page: Any, words: Sequence[Word]) -> bool:
    """Whether a page is a scan: a picture over much of it, with no more text than a running line."""
    if len(words) >= _FEWEST_WORDS:
        return False
    if not words:
        return bool(page.images)
    area = float(page.width) * float(page.height)
    covered = sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    return bool(covered >= _PICTURE * area)
