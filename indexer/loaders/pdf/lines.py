"""Words of a PDF's page to lines, with the mark of a list's item and raised figures told from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from indexer.loaders.notes import lowered, raised
from indexer.loaders.symbols import SIGNS

Word = dict[str, Any]

BULLETS = frozenset("•●○◦▪■□▫‣⁃∙·➢➤►▶❖❑❒❏◆★☆➔→☞–—*-") | SIGNS
_ENDS = re.compile(r"[.!?:;]$")
_NUMBER_MARK = re.compile(r"^\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)]$")
_EXPLAINS = frozenset("= means mean is shows stands indicates denotes".split())
"""What follows a tick or a cross that is explained, and is no item's mark."""
_BOLD = re.compile(r"bold|black|heavy|demi|semib", re.IGNORECASE)
_UNNAMED = re.compile(r"\(cid:\d+\)")
_SMALL = 0.8
"""The size of a raised figure, as a share of its line's type."""
LARGER = 1.12
"""How much larger than the body's type the type of a heading is."""
_FEWEST_LETTERS = 4
"""Letters of a line that is set with space between them."""
_WORD_SPACE = 1.6
"""The space between two such words, in spaces between two letters."""


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
    unspaced: str = ""
    """The text without the space between its letters, where each of them stands alone: "NIGHT" for "N I G H T"."""
    is_note: bool = False
    """Whether it begins with a small raised figure, as the notes at the foot of a page do."""


def lines_of(words: Iterable[Word], page: int) -> list[Line]:
    """Lines from the top down."""
    return [line for row in rows_of(words) if (line := _line(row, page)).text or line.mark]


def middle(word: Word) -> float:
    """The height at which a word stands."""
    return float(word["top"] + word["bottom"]) / 2


def ends_sentence(text: str) -> bool:
    """Whether a line that ends with this word ends a sentence, or a part of one."""
    return bool(_ENDS.search(text))


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand side by side, from the top down."""
    rows: list[list[Word]] = []
    top, bottom = 0.0, -1.0
    for word in sorted(words, key=middle):
        if rows and top <= middle(word) <= bottom and word["top"] <= (top + bottom) / 2 <= word["bottom"]:
            rows[-1].append(word)
        else:
            rows.append([word])
            top, bottom = word["top"], word["bottom"]
    return [sorted(row, key=lambda word: word["x0"]) for row in _with_small(rows)]


def _with_small(rows: list[list[Word]]) -> list[list[Word]]:
    """Rows with those that are only raised figures put into the row they stand in."""
    kept: list[list[Word]] = []
    for row in rows:
        near = kept[-1] if kept else None
        if near is not None and (_is_small_beside(row, near) or _is_small_beside(near, row)):
            near.extend(row)
        else:
            kept.append(row)
    return kept


def _is_small_beside(row: Sequence[Word], near: Sequence[Word]) -> bool:
    """Whether a row is a few small figures that reach into the height of another one, right beside its words."""
    if len(row) > 3 or len("".join(word["text"] for word in row)) > 6 or not all(_is_figure(word) for word in row):
        return False
    height = max(word["bottom"] - word["top"] for word in row)
    if len(row) == 1 and _begins_hanging(row[0], min(near, key=lambda word: float(word["x0"]))):
        return True
    return all(
        any(
            min(abs(word["x0"] - other["x1"]), abs(other["x0"] - word["x1"])) < 0.5 * height
            and height < _SMALL * (other["bottom"] - other["top"])
            and other["top"] - 0.4 * height < middle(word) < other["bottom"]
            for other in near
        )
        for word in row
    )


def _begins_hanging(figure: Word, first: Word) -> bool:
    """Whether a raised figure begins a line whose text stands a little further in, as a note's does."""
    height = first["bottom"] - first["top"]
    is_raised = first["top"] - 0.4 * height < middle(figure) and figure["bottom"] < first["bottom"] - 0.25 * height
    is_small = figure["bottom"] - figure["top"] < _SMALL * height
    return bool(is_raised and is_small and 0 <= first["x0"] - figure["x1"] < 1.5 * height)


def _is_figure(word: Word) -> bool:
    return all(char.isdecimal() or char in ",–-*†‡" for char in word["text"])


def _line(words: list[Word], page: int) -> Line:
    chars = [char for word in words for char in word["chars"]]
    size = _main_size(chars)
    words = [_with_raised(word, words[i - 1] if i else None, size) for i, word in enumerate(words)]
    mark = mark_of(words)
    rest = words[1:] if mark else words
    inked = [char for word in rest for char in word["chars"] if char["text"].isalnum()]
    bold = bool(inked) and sum(bool(_BOLD.search(char["fontname"])) for char in inked) >= 0.85 * len(inked)
    first = rest[0] if rest else words[0]
    return Line(
        text=_joined(rest),
        x0=words[0]["x0"],
        x1=words[-1]["x1"],
        top=min(word["top"] for word in words),
        bottom=max(word["bottom"] for word in words),
        size=size,
        bold=bold,
        page=page,
        first_word=first["x1"] - first["x0"],
        mark=mark,
        unspaced=_unspaced(rest),
        is_note=_begins_note(chars, size),
    )


def _begins_note(chars: Sequence[dict[str, Any]], size: float) -> bool:
    first, large = chars[0], next((char for char in chars if char["size"] > 0.9 * size), None)
    is_small = first["text"].isdecimal() and first["size"] < _SMALL * size
    return bool(is_small and large is not None and first["bottom"] < large["bottom"] - 0.5)


def _unspaced(letters: Sequence[Word]) -> str:
    """The words of a line whose letters were set apart; empty for any other line, and for a row of the alphabet."""
    texts = [letter["text"] for letter in letters]
    if any(len(text) > 1 for text in texts) or sum(text.isalpha() for text in texts) < _FEWEST_LETTERS:
        return ""
    steps = [ord(b) - ord(a) for a, b in pairwise(texts)]
    if len(set(texts)) < 3 or (min(steps) > 0 and 2 * steps.count(1) >= len(steps)):
        return ""
    gaps = [b["x0"] - a["x1"] for a, b in pairwise(letters)]
    usual = sorted(gaps)[(len(gaps) - 1) // 2]
    words = texts[0] + "".join(
        f" {t}" if gap > _WORD_SPACE * usual else t for t, gap in zip(texts[1:], gaps, strict=True)
    )
    return words if all(word.isalpha() or not any(map(str.isalpha, word)) for word in words.split()) else ""


def _joined(words: Sequence[Word]) -> str:
    """Words with spaces between them; a raised figure stands right behind its word."""
    return "".join(
        word["text"] if i == 0 or word.get("is_raised") else f" {word['text']}" for i, word in enumerate(words)
    )


def _main_size(chars: Sequence[dict[str, Any]]) -> float:
    sizes = Counter(round(char["size"] * 2) / 2 for char in chars)
    return float(sizes.most_common(1)[0][0])


def _with_raised(word: Word, before: Word | None, size: float) -> Word:
    """The word with its small figures as raised or lowered ones: 14 with a raised 2 must not become 142."""
    chars = word["chars"]
    pieces: list[str] = []
    for i, char in enumerate(chars):
        large = next((c for c in reversed(chars[:i]) if c["size"] >= 1.2 * char["size"]), None)
        if large is None and before is not None:
            large = before["chars"][-1]
        is_small = char["text"].isdecimal() and char["size"] < _SMALL * size and large is not None
        pieces.append(_moved(char, large) if is_small and large is not None else char["text"])
    text = "".join(pieces)
    if all(piece == char["text"] for piece, char in zip(pieces, chars, strict=True)):
        return word
    return {**word, "text": text, "is_raised": not any(char.isalnum() and char.isascii() for char in text)}


def _moved(char: dict[str, Any], large: dict[str, Any]) -> str:
    if char["bottom"] < large["bottom"] - 0.5:
        return raised(str(char["text"]))
    return lowered(str(char["text"])) if large["text"].isdecimal() else str(char["text"])


def mark_of(words: Sequence[Word]) -> str:
    """The bullet or number a line begins with, if text follows."""
    if len(words) < 2:
        return ""
    text = words[0]["text"]
    if text in SIGNS and words[1]["text"] in _EXPLAINS:
        return ""
    if text in BULLETS:
        return str(text)
    if _UNNAMED.fullmatch(text):  # a bullet of a font that does not say what its shapes are
        return "•"
    if text == "o" and any(name in words[0]["chars"][0]["fontname"] for name in ("Courier", "Wingdings", "Symbol")):
        return "•"
    return str(text) if _NUMBER_MARK.match(text) else ""
