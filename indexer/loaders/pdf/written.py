"""The order in which a page's words were written into its file: what tells columns of text from cells of a table.

Programs write a column to its end and then go up to the top of the next one; they write a table row by row. Where
two short columns stand beside each other this is the only sure sign that their lines are not the rows of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from indexer.loaders.pdf.lines import Word, ends_sentence, middle, rows_of

_GAP = 8.0
"""Points between two columns at least."""
_FARTHEST = 4.0
"""Heights of the type that two lines of one column may be apart."""
_FEWEST_WORDS = 2.4
"""Words in a line of running text, on average."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of two columns beside each other."""

    left: list[Word]
    right: list[Word]

    @property
    def words(self) -> list[Word]:
        """Those of both."""
        return [*self.left, *self.right]

    @property
    def top(self) -> float:
        """Where the higher of both begins."""
        return min(float(word["top"]) for word in self.words)

    @property
    def edge(self) -> float:
        """Where the gap between both is."""
        return (max(float(word["x1"]) for word in self.left) + min(float(word["x0"]) for word in self.right)) / 2


def number_characters(page: Any) -> None:
    """Note with each character of one of pdfplumber's pages in which place it was written."""
    for number, char in enumerate(page.chars):
        char["order"] = number


def in_order(words: Sequence[Word]) -> list[Word]:
    """The words as they were written; those of which this is not known (read by OCR, typed into forms) are left out."""
    return sorted((word for word in words if "order" in word["chars"][0]), key=lambda word: word["chars"][0]["order"])


def pairs(words: Sequence[Word]) -> list[Pair]:
    """Columns of running text that were written one after the other and stand beside each other, from the top down."""
    written = in_order(words)
    found: list[Pair] = []
    taken: set[int] = set()
    for number, (before, word) in enumerate(pairwise(written), 1):
        if not _goes_up(before, word) or id(word) in taken:
            continue
        pair = _pair(written, number)
        if _is_prose(pair) and not _others_inside(pair, words) and taken.isdisjoint(map(id, pair.words)):
            found.append(pair)
            taken.update(map(id, pair.words))
    return sorted(found, key=lambda pair: pair.top)


def _goes_up(before: Word, word: Word) -> bool:
    """Whether a word begins higher on the page than the one before it ended, and to the right of it."""
    return bool(middle(word) < before["top"] and word["x0"] > before["x0"])


def _pair(written: Sequence[Word], number: int) -> Pair:
    """The column that ends before a word, and the one that begins with it."""
    edge = written[number]["x0"]
    left: list[Word] = []
    for word in reversed(written[:number]):
        if word["x1"] > edge - _GAP or (left and _is_far(word, left[-1])):
            break
        left.append(word)
    right = [written[number]]
    reach = max((word["x1"] for word in left), default=edge)
    for word in written[number + 1 :]:
        if word["x0"] < reach + _GAP or _is_far(right[-1], word):
            break
        right.append(word)
    top = min(word["top"] for word in right)
    return Pair([word for word in reversed(left) if middle(word) >= top], right)


def _is_far(above: Word, below: Word) -> bool:
    """Whether a word stands much lower than the one written before it."""
    return bool(below["top"] - above["bottom"] > (_FARTHEST - 1) * (below["bottom"] - below["top"]))


def _is_prose(pair: Pair) -> bool:
    """Whether both columns are lines of text, some of which go on from one to the next, with two beside each other."""
    sides = [rows_of(pair.left), rows_of(pair.right)]
    if any(len(side) < 2 or sum(map(len, side)) < _FEWEST_WORDS * len(side) for side in sides):
        return False
    high = [(side[0][0]["top"], side[-1][0]["bottom"]) for side in sides]
    shared = min(high[0][1], high[1][1]) - max(high[0][0], high[1][0])
    tall = max(word["bottom"] - word["top"] for word in pair.words)
    return bool(shared > 1.5 * tall and any(any(_going_on(side)) for side in sides))


def _going_on(side: Sequence[Sequence[Word]]) -> Iterator[bool]:
    for above, below in pairwise(side):
        yield below[0]["text"][:1].islower() and not ends_sentence(above[-1]["text"])


def _others_inside(pair: Pair, words: Sequence[Word]) -> bool:
    """Whether other words stand between those of two columns, so that they are not only two."""
    own = set(map(id, pair.words))
    top = max(min(word["top"] for word in side) for side in (pair.left, pair.right))
    bottom = min(max(word["bottom"] for word in side) for side in (pair.left, pair.right))
    return any(id(word) not in own and top < middle(word) < bottom for word in words)
