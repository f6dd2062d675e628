"""The order in which a page is read: columns one after the other, boxes beside the text by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from indexer.loaders.pdf.lines import (
    BULLETS,
    Line,
    Word,
    ends_sentence,
    lines_of,
    middle,
    rows_of,
)
from indexer.loaders.pdf.written import Pair, pairs

Box = tuple[float, float, float, float]

_GUTTER = 10.0
"""Points between two columns of text."""
_SPACE = 0.5
"""The space between two words at most, in heights of the type."""
_FEWEST_ROWS = 3
"""Lines beside each other in two columns."""
_DEEPEST = 3
"""How often a page may be divided."""
_LOWEST = 8.0
"""The height of an area behind a line of text at least."""
_BOX_COLUMN = 50
_EDGE = 2.0
"""Points by which the edges of two areas may be apart that are seen as one."""


def in_columns(words: Sequence[Word], page: int, x0: float, x1: float, column: int = 0) -> Iterator[Line]:
    """Lines in reading order, the left column before the right one.

    The columns inside column n are 2n + 1 and 2n + 2, so that a column goes on below a line across the page.
    """
    gutter = find_gutter(words, x0, x1) if column < 2**_DEEPEST - 1 else None
    if gutter is None:
        found = pairs(words) if column < 2**_DEEPEST - 1 else []
        if found:
            yield from _in_pair(words, found[0], page, x0, x1, column)
        else:
            yield from _in(column, lines_of(words, page))
        return
    crossing = sorted(_crossing(words, gutter))
    whole = [line for line in lines_of(words, page) if any(line.top <= y <= line.bottom for y in crossing)]
    spans = [(line.top, line.bottom) for line in whole]
    beside = [word for word in words if not any(top <= middle(word) <= bottom for top, bottom in spans)]
    edges = [0.0, *(top for top, _ in spans), float("inf")]
    for index, (above, below) in enumerate(pairwise(edges)):
        if index:
            yield from _in(column, [whole[index - 1]])
        band = [word for word in beside if above <= middle(word) < below]
        left = [word for word in band if word["x1"] <= gutter + 1]
        yield from in_columns(left, page, x0, gutter, 2 * column + 1)
        yield from in_columns([word for word in band if word["x1"] > gutter + 1], page, gutter, x1, 2 * column + 2)


def _in_pair(words: Sequence[Word], pair: Pair, page: int, x0: float, x1: float, column: int) -> Iterator[Line]:
    """Two columns that stand beside each other on a part of a page, with what is above and below them."""
    rest = without(words, pair.words)
    middle_of = max(word["x1"] for word in pair.left)
    yield from in_columns([word for word in rest if middle(word) < pair.top], page, x0, x1, column)
    yield from in_columns(pair.left, page, x0, middle_of, 2 * column + 1)
    yield from in_columns(pair.right, page, middle_of, x1, 2 * column + 2)
    yield from in_columns([word for word in rest if middle(word) >= pair.top], page, x0, x1, column)


def without(words: Sequence[Word], gone: Sequence[Word]) -> list[Word]:
    """Words without some of them."""
    ids = {id(word) for word in gone}
    return [word for word in words if id(word) not in ids] if ids else list(words)


def _crossing(words: Sequence[Word], gutter: float) -> Iterator[float]:
    """The heights of lines that go over a gap: with a word in it, or with no more than a space between two words."""
    for row in rows_of(words):
        yield from (middle(word) for word in row if word["x0"] < gutter - 1 and word["x1"] > gutter + 1)
        for left, right in pairwise(row):
            is_space = right["x0"] - left["x1"] < _SPACE * (right["bottom"] - right["top"])
            if is_space and left["x1"] <= gutter + 1 < right["x1"]:
                yield middle(left)


def _in(column: int, lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        line.column = column
        yield line


def find_gutter(words: Sequence[Word], left: float, right: float) -> float | None:
    """Where a page of two columns has its gap; none for a page of one."""
    best: tuple[int, float] | None = None
    rows = rows_of(words)
    width = right - left
    gaps = [(a["x1"], b["x0"]) for row in rows for a, b in pairwise(row) if b["x0"] - a["x1"] >= _GUTTER]
    for step in range(int(left + width * 0.2), int(left + width * 0.8), 3):
        if sum(start <= step - _GUTTER / 2 and step + _GUTTER / 2 <= end for start, end in gaps) < _FEWEST_ROWS:
            continue
        beside = [row for row in rows if not _crosses(row, step) and _on_both_sides(row, step)]
        crossing = sum(_crosses(row, step) for row in rows)
        reaching = sum(_reaches(row, step, width) for row in beside)
        central = 0.35 * width <= step - left <= 0.65 * width
        is_wide = central and reaching >= 8 and reaching > crossing
        count = reaching if is_wide else len(beside)
        if (best is None or count > best[0]) and (is_wide or _runs_on_both_sides(beside, rows, step)):
            best = (count, float(step))
    return best[1] if best else None


def _crosses(row: Sequence[Word], step: float) -> bool:
    return bool(any(word["x0"] < step + _GUTTER / 2 and word["x1"] > step - _GUTTER / 2 for word in row))


def _on_both_sides(row: Sequence[Word], step: float) -> bool:
    return bool(row[0]["x1"] <= step <= row[-1]["x0"])


def _reaches(row: Sequence[Word], step: float, width: float) -> bool:
    """Whether a line has running text on both sides of a gap, not a label and its value."""
    left = [word for word in row if word["x1"] <= step]
    right = [word for word in row if word["x0"] >= step]
    return len(left) > 2 and len(right) > 2 and min(map(_span, (left, right))) > width * 0.2


def _span(words: Sequence[Word]) -> float:
    return float(max(word["x1"] for word in words) - min(word["x0"] for word in words))


def _runs_on_both_sides(beside: Sequence[Sequence[Word]], rows: Sequence[Sequence[Word]], step: float) -> bool:
    """Whether short lines on both sides of a gap are running text or lists, and not the columns of a table."""
    if len(beside) < _FEWEST_ROWS:
        return False
    top, bottom = min(middle(row[0]) for row in beside), max(middle(row[0]) for row in beside)
    between = [row for row in rows if top - 1 <= middle(row[0]) <= bottom + 1]
    if sum(_crosses(row, step) for row in between) * 2 > len(beside):
        return False
    sides = [[[w for w in row if (w["x1"] <= step) == is_left] for row in between] for is_left in (True, False)]
    lists = [_is_list(side) for side in sides]
    if all(lists):
        return True
    return len(beside) >= 4 and all(a or _is_running(side) for a, side in zip(lists, sides, strict=True))


def _is_running(side: Sequence[Sequence[Word]]) -> bool:
    """Whether lines go on from one to the next: some begin in the middle of a sentence."""
    filled = [line for line in side if line]
    if len(filled) < max(4, 0.6 * len(side)) or sum(map(len, filled)) < 2.4 * len(filled):
        return False
    if any(b["x0"] - a["x1"] > 1.6 * (a["bottom"] - a["top"]) for line in filled for a, b in pairwise(line)):
        words = [word for line in filled for word in line]  # a table of three columns, or two columns more
        return find_gutter(words, min(word["x0"] for word in words), max(word["x1"] for word in words)) is not None
    going_on = sum(
        below[0]["text"][:1].islower() and not ends_sentence(above[-1]["text"]) for above, below in pairwise(filled)
    )
    return bool(going_on >= 0.3 * (len(filled) - 1))


def _is_list(side: Sequence[Sequence[Word]]) -> bool:
    """Whether most lines begin with a mark."""
    filled = [line for line in side if line]
    marked = [line for line in filled if line[0]["text"] in BULLETS and len(line) > 1]
    return len(marked) >= 2 and 2 * len(marked) >= len(filled)


def boxes_beside(page: Any, words: Sequence[Word], tables: Sequence[Box]) -> list[Box]:
    """Frames and shaded areas with words in them and other words beside them."""
    found: list[Box] = []
    shapes = [(shape["x0"], shape["top"], shape["x1"], shape["bottom"]) for shape in [*page.rects, *page.curves]]
    shapes = _with_headings([box for box in dict.fromkeys(shapes) if box[3] - box[1] > _LOWEST])
    shapes = [box for box in shapes if _may_be_box(box, page)]
    for box in shapes:
        if any(_overlap(box, other) for other in [*found, *tables]):
            continue
        inside = [word for word in words if is_inside(word, box)]
        beside = [
            word
            for word in words
            if box[1] <= middle(word) <= box[3]
            and not is_inside(word, box)
            and (word["x1"] <= box[0] or word["x0"] >= box[2])
        ]
        is_beside = len(inside) >= 3 and len(beside) >= 4 and len(inside) < 0.7 * len(words)
        is_ground = is_beside and (_is_above_own(inside, words, box) or _holds_others(box, shapes))
        if is_beside and not is_ground and not _is_cut(words, box):
            found.append(box)
    return sorted(found, key=lambda box: (box[1], box[0]))


def _with_headings(boxes: Sequence[Box]) -> list[Box]:
    """Areas; a low one behind a heading and the one right below it, behind what it is the heading of, are one."""
    done: list[Box] = []
    low: Box | None = None
    for box in sorted(boxes, key=lambda box: (round(box[0]), round(box[2]), box[1])):
        if low and max(abs(low[0] - box[0]), abs(low[2] - box[2]), abs(low[3] - box[1])) <= _EDGE:
            done[-1:] = [(low[0], low[1], low[2], box[3])] if box[3] - box[1] > low[3] - low[1] else [low, box]
            low = None
        else:
            done.append(box)
            low = box
    return sorted(done, key=lambda box: (box[1], box[0], -box[3]))


def _holds_others(box: Box, others: Sequence[Box]) -> bool:
    """Whether two areas stand beside each other in an area, which then only is the ground below them."""
    inside = [other for other in others if other != box and _is_within(other, box)]
    first = min(inside, key=lambda other: other[2], default=box)
    return any(first[2] <= other[0] + 1 and first[1] < other[3] and other[1] < first[3] for other in inside)


def _is_within(box: Box, other: Box) -> bool:
    return bool(box[0] >= other[0] and box[1] >= other[1] and box[2] <= other[2] and box[3] <= other[3])


def _is_above_own(inside: Sequence[Word], words: Sequence[Word], box: Box) -> bool:
    """Whether an area only colours the line of a heading, and what it is the heading of stands right below."""
    if len(rows_of(inside)) > 1:
        return False
    reach = box[3] + 1.5 * (inside[0]["bottom"] - inside[0]["top"])
    below = [word for word in words if box[3] < middle(word) < reach and box[0] < word["x1"] and word["x0"] < box[2]]
    return bool(below) and all(box[0] - _EDGE <= word["x0"] and word["x1"] <= box[2] + _EDGE for word in below)


def _may_be_box(box: Box, page: Any) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return bool(0.1 * page.width < wide < 0.75 * page.width and 20 < high < 0.9 * page.height)


def _is_cut(words: Sequence[Word], box: Box) -> bool:
    """Whether the edge of an area runs through words: it is a picture behind the text."""
    return any(
        box[1] <= middle(word) <= box[3] and (word["x0"] < edge - 2 < edge + 2 < word["x1"])
        for word in words
        for edge in (box[0], box[2])
    )


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def is_inside(word: Word, box: Box) -> bool:
    """Whether the middle of a word is in an area."""
    across = (word["x0"] + word["x1"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= middle(word) <= box[3])


def box_lines(words: Sequence[Word], boxes: Sequence[Box], page: int) -> Iterator[Line]:
    """The lines of each box, in a column of its own."""
    for number, box in enumerate(boxes, _BOX_COLUMN):
        for line in lines_of([word for word in words if is_inside(word, box)], page):
            line.column = number
            yield line
