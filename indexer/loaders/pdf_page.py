"""One page of a PDF: its lines in reading order and its ruled tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Word = dict[str, Any]
Box = tuple[float, float, float, float]

BULLETS = "•●○◦▪■□▫‣⁃∙·➢➤►❖✓✔☐☑❑–—*-\uf0b7\uf0a7\uf06f\uf0d8\uf0fc\uf076\uf0a8\uf071\uf072"
_SMALLEST = 3.0
"""Type smaller than this cannot be read by people."""
_NUMBER_MARK = re.compile(r"^\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)]$")
_BOLD = re.compile(r"bold|black|heavy|demi|semib", re.IGNORECASE)
_GUTTER = 10.0
"""Points between two columns of text."""


@dataclass(slots=True)
class Line:
    """A line of text with where it stands and how it is set."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    page: int
    first_word: float
    """Width of the first word."""
    mark: str = ""
    """The bullet or number of a list item; the text then is without it."""
    column: int = 0


Cells = list[list[list[Line]]]
"""The lines of each cell of each row."""


@dataclass(slots=True)
class Table:
    """A ruled table as rows of cells."""

    rows: list[list[str]]
    page: int
    after: int = 0
    """How many of the page's lines stand before it."""


@dataclass(slots=True)
class Page:
    """What a page holds; `is_picture` when it has pictures and no text."""

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[Table]
    is_picture: bool


def read_page(page: Any) -> Page:
    """Lines and tables of one of pdfplumber's pages."""
    number, width, height = page.page_number, float(page.width), float(page.height)
    words = page.filter(_visible(page)).extract_words(x_tolerance_ratio=0.15, return_chars=True)
    lines: list[Line] = []
    tables: list[Table] = []
    outside = words
    for found in sorted(page.find_tables(), key=lambda table: (table.bbox[1], table.bbox[0])):
        cells = [[_lines_in(cell, words, number) for cell in row.cells] for row in found.rows]
        table = Table(_rows(cells), number)
        if not _is_table(table.rows):
            continue
        inside = [word for word in outside if _inside(word, found.bbox)]
        outside = [word for word in outside if not _inside(word, found.bbox)]
        lines.extend(_in_columns([word for word in outside if _middle(word) < found.bbox[1]], number, width))
        outside = [word for word in outside if _middle(word) >= found.bbox[1]]
        if _is_layout(cells):
            lines.extend(_in_cells(cells))
        elif inside:
            table.after = len(lines)
            tables.append(table)
    lines.extend(_in_columns(outside, number, width))
    return Page(number, width, height, lines, tables, not words and bool(page.images))


def _visible(page: Any) -> Any:
    """Whether a reader of the page sees a character: upright, on the page, not white on white."""
    x0, top, x1, bottom = page.cropbox if page.rotation == 0 else page.bbox
    shapes = [*page.rects, *page.curves]
    dark = [shape for shape in shapes if shape.get("fill") and not _is_white(shape.get("non_stroking_color"))]
    behind = [(shape["x0"], shape["top"], shape["x1"], shape["bottom"]) for shape in [*dark, *page.images]]

    def test(thing: dict[str, Any]) -> bool:
        if thing["object_type"] != "char":
            return True
        if not thing["upright"] or thing["size"] < _SMALLEST:
            return False
        across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        if not (x0 - 1 <= across <= x1 + 1 and top - 1 <= down <= bottom + 1):
            return False
        if not _is_white(thing.get("non_stroking_color")):
            return True
        return any(a <= across <= c and b <= down <= d for a, b, c, d in behind)

    return test


def _is_white(colour: Any) -> bool:
    if isinstance(colour, (int, float)):
        colour = (colour,)
    if not isinstance(colour, (tuple, list)) or not all(isinstance(part, (int, float)) for part in colour):
        return False
    if len(colour) == 4:
        return all(part <= 0.02 for part in colour)
    return len(colour) in (1, 3) and all(part >= 0.98 for part in colour)


def _lines_in(box: Box | None, words: Sequence[Word], page: int) -> list[Line]:
    return _lines([word for word in words if _inside(word, box)], page) if box else []


def _rows(cells: Cells) -> list[list[str]]:
    """The words of each cell, without rows and columns that say nothing."""
    rows = [[_one_line(lines) for lines in row] for row in cells]
    rows = [row for row in rows if any(row)]
    used = [i for i in range(max(map(len, rows), default=0)) if any(i < len(row) and row[i] for row in rows)]
    return [[row[i] for i in used if i < len(row)] for row in rows]


def _one_line(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        piece = f"{line.mark} {line.text}".strip()
        text = f"{text}{piece}" if text.endswith("-") and text[-2:-1].isalpha() else f"{text} {piece}".strip()
    return text


def _is_table(rows: list[list[str]]) -> bool:
    """A frame around text and the boxes of a form are no tables."""
    if len(rows) < 2 or max(len(row) for row in rows) < 2:
        return False
    filled = sum(bool(cell) for row in rows for cell in row)
    in_two = sum(sum(bool(cell) for cell in row) > 1 for row in rows)
    return (in_two * 2 >= len(rows) or all(rows[0])) and filled * 3 >= sum(len(row) for row in rows)


def _is_layout(cells: Cells) -> bool:
    """Whether a table only sets lists beside each other."""
    items = [sum(bool(line.mark) for line in lines) for row in cells for lines in row]
    return max(items) >= 4 and len(cells) <= 4


def _in_cells(cells: Cells) -> Iterator[Line]:
    for column, lines in enumerate((lines for row in cells for lines in row), 10):
        for line in lines:
            line.column = column
            yield line


def _inside(word: Word, box: Box) -> bool:
    across = (word["x0"] + word["x1"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= _middle(word) <= box[3])


def _middle(word: Word) -> float:
    return float(word["top"] + word["bottom"]) / 2


def _in_columns(words: list[Word], page: int, width: float) -> Iterator[Line]:
    """Lines in reading order, the left column before the right one."""
    gutter = _gutter(words, width)
    if gutter is None:
        yield from _lines(words, page)
        return
    crossing = sorted(_middle(word) for word in words if word["x0"] < gutter - 1 and word["x1"] > gutter + 1)
    whole = [line for line in _lines(words, page) if any(line.top <= y <= line.bottom for y in crossing)]
    spans = [(line.top, line.bottom) for line in whole]
    beside = [word for word in words if not any(top <= _middle(word) <= bottom for top, bottom in spans)]
    edges = [0.0, *(top for top, _ in spans), float("inf")]
    for index, (above, below) in enumerate(pairwise(edges)):
        if index:
            yield whole[index - 1]
        band = [word for word in beside if above <= _middle(word) < below]
        for column, side in enumerate((True, False), 1):
            for line in _lines([word for word in band if (word["x1"] <= gutter + 1) == side], page):
                line.column = column
                yield line


def _gutter(words: Sequence[Word], width: float) -> float | None:
    """Where a page of two columns has its gap; none for a page of one."""
    best: tuple[int, float] | None = None
    rows = _clusters(words)
    for step in range(int(width * 0.35), int(width * 0.65), 3):
        beside = crossing = 0
        for row in rows:
            if any(word["x0"] < step + _GUTTER / 2 and word["x1"] > step - _GUTTER / 2 for word in row):
                crossing += 1
            elif _reaches(row, step, width):
                beside += 1
        if beside >= 8 and beside > crossing and (best is None or beside > best[0]):
            best = (beside, float(step))
    return best[1] if best else None


def _reaches(row: Sequence[Word], step: float, width: float) -> bool:
    """Whether a line has running text on both sides of a gap, not a label and its value."""
    left = [word for word in row if word["x1"] <= step]
    right = [word for word in row if word["x0"] >= step]
    return len(left) > 2 and len(right) > 2 and min(map(_span, (left, right))) > width * 0.2


def _span(words: Sequence[Word]) -> float:
    return float(max(word["x1"] for word in words) - min(word["x0"] for word in words))


def _clusters(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand side by side, from the top down."""
    rows: list[list[Word]] = []
    top, bottom = 0.0, -1.0
    for word in sorted(words, key=_middle):
        if rows and top <= _middle(word) <= bottom and word["top"] <= (top + bottom) / 2 <= word["bottom"]:
            rows[-1].append(word)
        else:
            rows.append([word])
            top, bottom = word["top"], word["bottom"]
    return [sorted(row, key=lambda word: word["x0"]) for row in rows]


def _lines(words: Iterable[Word], page: int) -> list[Line]:
    return [line for row in _clusters(words) if (line := _line(row, page)).text or line.mark]


def _line(words: list[Word], page: int) -> Line:
    chars = [char for word in words for char in word["chars"]]
    size = _main_size(chars)
    words = [word for word in (_without_reference(word, size, i) for i, word in enumerate(words)) if word]
    mark = _mark(words)
    rest = words[1:] if mark else words
    inked = [char for word in rest for char in word["chars"] if char["text"].isalnum()]
    bold = bool(inked) and sum(bool(_BOLD.search(char["fontname"])) for char in inked) >= 0.85 * len(inked)
    first = rest[0] if rest else words[0]
    return Line(
        text=" ".join(word["text"] for word in rest),
        x0=words[0]["x0"],
        x1=words[-1]["x1"],
        top=min(word["top"] for word in words),
        bottom=max(word["bottom"] for word in words),
        size=size,
        bold=bold,
        page=page,
        first_word=first["x1"] - first["x0"],
        mark=mark,
    )


def _main_size(chars: Sequence[dict[str, Any]]) -> float:
    sizes = Counter(round(char["size"] * 2) / 2 for char in chars)
    return float(sizes.most_common(1)[0][0])


def _without_reference(word: Word, size: float, index: int) -> Word | None:
    """The word without the raised figures that point to a footnote."""
    chars = word["chars"]
    kept = [
        char
        for i, char in enumerate(chars)
        if not (char["text"].isdigit() and char["size"] < 0.8 * size and (i or index) and _after_word(chars, i))
    ]
    if len(kept) == len(chars):
        return word
    return {**word, "text": "".join(char["text"] for char in kept), "chars": kept} if kept else None


def _after_word(chars: Sequence[dict[str, Any]], index: int) -> bool:
    """Not in "10²" or "H₂O", where the small figure is part of the text."""
    before = next((char for char in reversed(chars[:index]) if char["size"] >= 1.2 * chars[index]["size"]), None)
    raised = before is None or chars[index]["bottom"] < before["bottom"] - 0.5
    return raised and (before is None or not before["text"].isdigit())


def _mark(words: Sequence[Word]) -> str:
    """The bullet or number a line begins with, if text follows."""
    if len(words) < 2:
        return ""
    text = words[0]["text"]
    if text in BULLETS and len(text) == 1:
        return str(text)
    if text == "o" and any(name in words[0]["chars"][0]["fontname"] for name in ("Courier", "Wingdings", "Symbol")):
        return "•"
    return str(text) if _NUMBER_MARK.match(text) else ""
