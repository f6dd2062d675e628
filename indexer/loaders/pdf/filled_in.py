"""What was typed into the fields of a PDF's form, as words of its page, each value with the label of its field."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.loaders.pdf.chars import Char, Word
from indexer.loaders.pdf.columns import is_inside
from indexer.loaders.pdf.forms import Box, Value
from indexer.loaders.pdf.lines import LARGER, lines_of, middle, rows_of

_GAP = 1.1
"""The space between two words of a label at most, in heights of the type."""
_NEAR = 1.5
"""The space between a field and its label at most, in heights of the type."""


def with_values(words: Sequence[Word], values: Sequence[Value], tables: Sequence[Box]) -> list[Word]:
    """The words of a page with the values of form fields where the fields are, in the type of the page.

    A value stands behind its label. Where the label is printed above a field or behind it, it is put before the
    value, if the field is named as it says. A label inside a table stays, for it is the head of others too; so does a
    heading, for what follows it is a section.
    """
    if not values:
        return list(words)
    sizes = Counter(round(char["size"], 1) for word in words for char in word["chars"])
    size = float(sizes.most_common(1)[0][0]) if sizes else 10.0
    outside = [word for word in words if not any(is_inside(word, table) for table in tables)]
    rows = [list(_labels(row)) for row in rows_of(outside)]
    labels = [label for row in rows for label in row]
    headings = {id(label[0]) for row in rows for label in row if _is_heading(label, size, alone=len(row) == 1)}
    added: list[Word] = []
    moved: set[int] = set()
    for value in values:
        label = _label_of(value, [label for label in labels if id(label[0]) not in moved])
        if label and id(label[0]) in headings and _is_above(label, value.box):
            label = []
        moved.update(map(id, label))
        said = " ".join(word["text"] for word in label).rstrip(" :*")
        added += _words_of(f"{said}: {value.text}" if label else value.text, value.box, size)
    return [*(word for word in words if id(word) not in moved), *added]


def _labels(row: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of a row, divided where much space is between them."""
    held = list(row[:1])
    for before, word in pairwise(row):
        if word["x0"] - before["x1"] > _GAP * (word["bottom"] - word["top"]):
            yield held
            held = []
        held.append(word)
    yield held


def _label_of(value: Value, labels: Sequence[list[Word]]) -> list[Word]:
    """The label that is printed behind a field or above it; empty if there is none, or one stands before it."""
    top, bottom = value.box[1], value.box[3]
    before = [label for label in labels if top <= middle(label[0]) <= bottom and label[-1]["x1"] <= value.box[0] + 2]
    near = [label for label in labels if _is_behind(label, value.box) or _is_above(label, value.box)]
    if not near or any(_is_named(label, value.names) for label in before):
        return []
    return next((label for label in near if _is_named(label, value.names)), [])


def _is_heading(label: Sequence[Word], size: float, *, alone: bool) -> bool:
    """Whether a label is set larger than the body, or in bold type on a line of its own."""
    return any(line.size >= LARGER * size or (line.bold and alone) for line in lines_of(label, 0))


def _is_named(label: Sequence[Word], names: Sequence[str]) -> bool:
    """Whether a printed label is the name of a field, or one of them begins as the other says."""
    printed = _plain(" ".join(word["text"] for word in label))
    for said in filter(None, map(_plain, names)):
        shared = min(len(printed), len(said))
        if printed == said or (shared > 1 and printed[:shared] == said[:shared]):
            return True
    return False


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _is_behind(label: Sequence[Word], box: Box) -> bool:
    height = label[0]["bottom"] - label[0]["top"]
    return bool(box[1] <= middle(label[0]) <= box[3] and -2 <= label[0]["x0"] - box[2] <= _NEAR * height)


def _is_above(label: Sequence[Word], box: Box) -> bool:
    height = label[0]["bottom"] - label[0]["top"]
    return bool(-2 <= box[1] - label[0]["bottom"] <= _NEAR * height and abs(label[0]["x0"] - box[0]) <= height)


def _words_of(text: str, box: Box, size: float) -> list[Word]:
    x0, top, x1, bottom = box
    lines = [line.split() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    step = min(1.2 * size, (bottom - top) / max(1, len(lines)))
    top = top + max(0.0, (bottom - top - step * len(lines)) / 2)
    found = []
    for number, line in enumerate(lines):
        wide = min(0.5 * size, (x1 - x0) / max(1, len(" ".join(line))))
        left, above = x0, top + number * step
        for word in line:
            found.append(_word(word, left, above, wide, size))
            left += wide * (len(word) + 1)
    return found


def _word(text: str, left: float, top: float, wide: float, size: float) -> Word:
    chars: list[Char] = [
        {
            "text": char, "x0": left + i * wide, "x1": left + (i + 1) * wide, "top": top, "bottom": top + size,
            "size": size, "fontname": "", "upright": True,
        }
        for i, char in enumerate(text)
    ]  # fmt: skip
    return {"text": text, "x0": left, "x1": left + wide * len(text), "top": top, "bottom": top + size, "chars": chars}
