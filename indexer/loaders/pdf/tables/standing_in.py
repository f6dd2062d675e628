"""Tables that stand in one of a page's columns: a word stands in for each while the columns are told apart."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.loaders.pdf.columns import Box, is_inside
from indexer.loaders.pdf.lines import Line, Word, middle, rows_of

_SIGN = "\ufffc\0"
"""Unicode's own character for an object in the middle of text, and one that no text has."""
_FEWEST_ROWS = 2
_HEIGHT = 0.1


def stands_beside(box: Box, words: Sequence[Word], edge: float) -> bool:
    """Whether a table is on one side of the gap between two columns, with lines of text on the other side."""
    is_left = box[2] <= edge + 1
    if not is_left and box[0] < edge - 1:
        return False
    other = [
        word
        for word in words
        if box[1] <= middle(word) <= box[3] and (word["x0"] >= edge - 1 if is_left else word["x1"] <= edge + 1)
    ]
    return len(rows_of(other)) >= _FEWEST_ROWS


def stand_in(box: Box, words: Sequence[Word], name: int) -> Word:
    """A word as wide as a table, at its top, that was written when the table was; it has no height to speak of."""
    inside = [word["chars"][0] for word in words if is_inside(word, box)]
    text = f"{_SIGN}{name}"
    char = {"text": text, "x0": box[0], "x1": box[2], "top": box[1], "bottom": box[1] + _HEIGHT, "fontname": ""}
    written = [char["order"] for char in inside if "order" in char]
    size = max((float(char["size"]) for char in inside), default=10.0)
    chars = [{**char, "size": size, "upright": True, **({"order": min(written)} if written else {})}]
    return {**{key: char[key] for key in ("text", "x0", "x1", "top", "bottom")}, "chars": chars}


def name_of(line: Line) -> int | None:
    """Which table a line stands in for, if it does."""
    sign, name = line.text[: len(_SIGN)], line.text[len(_SIGN) :]
    return int(name) if sign == _SIGN and name.isdecimal() else None
