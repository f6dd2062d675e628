"""The characters of a PDF's page that are its text, apart from watermarks, hidden and struck-out ones."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdfplumber.utils.text import extract_words

from indexer.loaders.symbols import shown, table_of

Char = dict[str, Any]
Word = dict[str, Any]
Box = tuple[float, float, float, float]

_SMALLEST = 3.0
"""Type smaller than this cannot be read by people."""
_SLANT = 0.06
"""How far, as a tangent, the type of a text may be turned by a scanner."""
_WATERMARK = 40.0
"""Points from which pale type across a page is a watermark."""
_PALE = 0.55
_THINNEST = 2.0
"""Points of height up to which a shape is a line."""
_SYMBOL_FONT = re.compile(r"wingdings|webdings|dingbats|symbol", re.IGNORECASE)


@dataclass(slots=True)
class Characters:
    """What stands on a page: level words, words turned by a quarter, and the texts of watermarks."""

    words: list[Word]
    turned: list[Word] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


def read_characters(page: Any) -> Characters:
    """The characters of one of pdfplumber's pages, as words."""
    level: list[Char] = []
    turned: dict[int, list[Char]] = defaultdict(list)
    slanted: list[Char] = []
    visible = _Visible(page)
    for char in page.chars:
        if not visible(char):
            continue
        quarter = _quarter(char["matrix"])
        if quarter is None:
            slanted.append(char)
        elif quarter == 0:
            level.append(char)
        elif quarter != 2 or char["matrix"][0] < 0 > char["matrix"][3]:  # else it is seen as in a mirror
            turned[quarter].append(char)
    level, turned = _upright(level, turned, float(page.width), float(page.height))
    level, large = _without_large(_in_letters(_once(level)))
    words = [
        word for chars in _by_size(level) for word in extract_words(chars, x_tolerance_ratio=0.15, return_chars=True)
    ]
    words, crossing = _without_crossing(words)
    marks = ["".join(char["text"] for char in chars).strip() for chars in (slanted, large) if chars]
    sideways = [word for quarter, chars in turned.items() for word in _turned_words(chars, quarter)]
    return Characters(words, sideways, [*marks, *crossing])


def _quarter(matrix: Sequence[float]) -> int | None:
    """How many quarters to the left a character is turned; none for one that slants across the page."""
    a, b, c, d = matrix[:4]
    if abs(b) <= _SLANT * abs(a):
        return 0 if a > 0 and d > 0 else 2
    if abs(a) <= _SLANT * abs(b) and abs(d) <= _SLANT * abs(c) + 1e-6:
        return 1 if b > 0 else 3
    return None


class _Visible:
    """Whether a reader of a page sees a character: on the page, large enough, not white on white, not struck out."""

    def __init__(self, page: Any) -> None:
        self._area = page.cropbox if page.rotation == 0 else page.bbox
        shapes = [*page.rects, *page.curves]
        dark = [shape for shape in shapes if shape.get("fill") and not is_white(shape.get("non_stroking_color"))]
        self._behind = [box_of(shape) for shape in [*dark, *page.images]]
        self._lines = _by_height([*_lines_of(page), *_struck_by_hand(page)])

    def __call__(self, char: Char) -> bool:
        if char["size"] < _SMALLEST and char["upright"]:
            return False
        x0, top, x1, bottom = self._area
        across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if not (x0 - 1 <= across <= x1 + 1 and top - 1 <= down <= bottom + 1):
            return False
        if is_white(char.get("non_stroking_color")) and not _covers(self._behind, across, down):
            return False
        return not self._is_struck(char, across)

    def _is_struck(self, char: Char, across: float) -> bool:
        """Whether a line runs through the middle of a letter, not below it or between two rows."""
        if not self._lines or not char["upright"]:
            return False
        height = char["bottom"] - char["top"]
        first, last = char["top"] + 0.4 * height, char["top"] + 0.72 * height
        near = (line for place in range(int(first), int(last) + 1) for line in self._lines.get(place, ()))
        return any(first <= y <= last and x0 - 0.5 <= across <= x1 + 0.5 for x0, y, x1 in near)


Stroke = tuple[float, float, float]


def _lines_of(page: Any) -> Iterator[Stroke]:
    """Level lines that are no longer than a line of text, as x0, y, x1."""
    for shape in [*page.lines, *page.rects]:
        if shape["bottom"] - shape["top"] <= _THINNEST < shape["x1"] - shape["x0"]:
            yield shape["x0"], (shape["top"] + shape["bottom"]) / 2, shape["x1"]


def _struck_by_hand(page: Any) -> Iterator[Stroke]:
    """The lines of notes that a reviewer struck text out with."""
    from indexer.loaders.pdf.forms import notes_of

    for note in notes_of(page):
        if note.kind == "StrikeOut":
            for x0, top, x1, bottom in note.boxes:
                yield x0, top + 0.55 * (bottom - top), x1


def _by_height(lines: Sequence[Stroke]) -> dict[int, list[Stroke]]:
    places: dict[int, list[Stroke]] = defaultdict(list)
    for line in lines:
        places[int(line[1])].append(line)
    return places


def box_of(shape: dict[str, Any]) -> Box:
    """Where a shape stands."""
    return shape["x0"], shape["top"], shape["x1"], shape["bottom"]


def _covers(boxes: Sequence[Box], across: float, down: float) -> bool:
    return any(a <= across <= c and b <= down <= d for a, b, c, d in boxes)


def is_white(colour: Any) -> bool:
    """Whether a colour, as a PDF has it, is that of paper."""
    return _lightness(colour) >= 0.98


def _lightness(colour: Any) -> float:
    """0 for black to 1 for white; 0 for what is not known."""
    if isinstance(colour, (int, float)):
        colour = (colour,)
    if not isinstance(colour, (tuple, list)) or not all(isinstance(part, (int, float)) for part in colour):
        return 0.0
    if len(colour) == 4:
        return 1.0 - float(max(colour))
    return float(min(colour)) if len(colour) in (1, 3) else 0.0


def _once(chars: Sequence[Char]) -> list[Char]:
    """Each character once: some programs make bold type by printing it twice, a hair apart."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = defaultdict(list)
    kept = []
    for char in chars:
        x, y, text = char["x0"], char["top"], char["text"]
        near = (place for i in (-1, 0, 1) for j in (-1, 0, 1) for place in seen.get((text, int(x) + i, int(y) + j), ()))
        if text.strip() and any(abs(x - a) < 0.12 * char["size"] and abs(y - b) < 0.12 * char["size"] for a, b in near):
            continue
        seen[(text, int(x), int(y))].append((x, y))
        kept.append(char)
    return kept


def _in_letters(chars: Sequence[Char]) -> list[Char]:
    """Characters of symbol fonts as the signs that they show."""
    return [
        {**char, "text": shown(char["text"], char["fontname"] if _is_coded(char) else "")}
        if _SYMBOL_FONT.search(char["fontname"]) or "\uf000" <= char["text"] <= "\uf0ff"
        else char
        for char in chars
    ]


def _is_coded(char: Char) -> bool:
    """Whether a symbol font's character is given by its place in the font, and not already as the sign it shows."""
    return table_of(char["fontname"]) is not None and all(
        ord(c) < 256 or 0xF000 <= ord(c) <= 0xF0FF for c in char["text"]
    )


def _without_large(chars: list[Char]) -> tuple[list[Char], list[Char]]:
    """Text without pale type as large as a watermark's, and that type."""
    large = [
        char for char in chars if char["size"] >= _WATERMARK and _lightness(char.get("non_stroking_color")) >= _PALE
    ]
    if not large:
        return chars, []
    gone = {id(char) for char in large}
    return [char for char in chars if id(char) not in gone], large


def _by_size(chars: list[Char]) -> list[list[Char]]:
    """Text, and type as large as a watermark's by itself: words are not made of both."""
    usual = Counter(round(char["size"]) for char in chars).most_common(1)
    large = max(_WATERMARK, 2.5 * usual[0][0]) if usual else _WATERMARK
    return [
        found
        for found in (
            [char for char in chars if char["size"] < large],
            [char for char in chars if char["size"] >= large],
        )
        if found
    ]


def _without_crossing(words: list[Word]) -> tuple[list[Word], list[str]]:
    """Words without large ones that lie over at least three others, and those."""
    large = [word for word in words if word["bottom"] - word["top"] >= _WATERMARK]
    crossing = []
    for word in large:
        inside = (
            other is not word
            and word["x0"] <= (other["x0"] + other["x1"]) / 2 <= word["x1"]
            and word["top"] <= (other["top"] + other["bottom"]) / 2 <= word["bottom"]
            for other in words
        )
        if sum(inside) >= 3:
            crossing.append(word)
    gone = {id(word) for word in crossing}
    return [word for word in words if id(word) not in gone], [word["text"] for word in crossing]


def _upright(
    level: list[Char], turned: dict[int, list[Char]], width: float, height: float
) -> tuple[list[Char], dict[int, list[Char]]]:
    """A page that is printed on its side or on its head is read as if it were turned upright."""
    quarter, chars = max(turned.items(), key=lambda item: len(item[1]), default=(0, []))
    if len(chars) < 100 or len(chars) < 4 * len(level):
        return level, {side: chars for side, chars in turned.items() if side != 2}
    return [_turned_up(char, quarter, width, height) for char in chars], {}


def _turned_up(char: Char, quarter: int, width: float, height: float) -> Char:
    if quarter == 1:
        x0, x1, top, bottom = height - char["bottom"], height - char["top"], char["x0"], char["x1"]
    elif quarter == 2:
        x0, x1, top, bottom = width - char["x1"], width - char["x0"], height - char["bottom"], height - char["top"]
    else:
        x0, x1, top, bottom = char["top"], char["bottom"], width - char["x1"], width - char["x0"]
    return {
        **char, "x0": x0, "x1": x1, "top": top, "bottom": bottom, "doctop": top, "size": bottom - top, "upright": True,
        "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip


def _turned_words(chars: Sequence[Char], quarter: int) -> Iterator[Word]:
    """The lines of text that runs up or down, as a word each, the first line first."""
    columns: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (char["x0"] + char["x1"]) / 2, reverse=quarter == 3):
        middle = (char["x0"] + char["x1"]) / 2
        if columns and columns[-1][0]["x0"] - 1 <= middle <= columns[-1][0]["x1"] + 1:
            columns[-1].append(char)
        else:
            columns.append([char])
    for column in columns:
        column.sort(key=lambda char: char["top"], reverse=quarter == 1)
        yield from _runs(column, quarter)


def _runs(column: list[Char], quarter: int) -> Iterator[Word]:
    held: list[Char] = []
    text = ""
    for char in column:
        size = char["x1"] - char["x0"]
        gap = (
            0.0
            if not held
            else (held[-1]["top"] - char["bottom"] if quarter == 1 else char["top"] - held[-1]["bottom"])
        )
        if held and gap > 1.5 * size:
            yield _word(held, text)
            held, text = [], ""
        elif held and gap > 0.15 * size and not text.endswith(" "):
            text += " "
        held.append(char)
        text += char["text"]
    if held:
        yield _word(held, text)


def _word(chars: Sequence[Char], text: str) -> Word:
    sizes = Counter(round(char["x1"] - char["x0"], 1) for char in chars)
    return {
        "text": " ".join(text.split()),
        "x0": min(char["x0"] for char in chars),
        "x1": max(char["x1"] for char in chars),
        "top": min(char["top"] for char in chars),
        "bottom": max(char["bottom"] for char in chars),
        "size": sizes.most_common(1)[0][0],
    }
