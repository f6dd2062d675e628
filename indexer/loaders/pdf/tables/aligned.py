"""Tables without ruled lines: rows whose parts stand in line below each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.loaders.pdf.lines import Word, lines_of, mark_of, middle, rows_of
from indexer.loaders.pdf.tables.ruled import Table, one_line
from indexer.loaders.tables import Key, head_rows, one_head

Box = tuple[float, float, float, float]
Part = list[Word]
_GAP = 1.1
"""The space between two columns, in heights of the type."""
_IN_LINE = 4.0
"""Points by which parts of one column may stand apart."""
_FEWEST = 3
"""Rows of a table."""
_FARTHEST = 3.2
"""The distance from one row to the next, in heights of the type."""


@dataclass(slots=True)
class _Run:
    """Rows that may be those of one table."""

    starts: list[float]
    rows: list[dict[int, list[Word]]] = field(default_factory=list)
    full: int = 0
    """Rows with two parts or more."""
    bottom: float = 0.0
    above: list[Part] = field(default_factory=list)
    """The parts of the row above, which may name groups of its columns."""


def aligned_tables(words: Sequence[Word], page: int) -> list[tuple[Table, Box]]:
    """The tables among the words of a page that is set in one column, with where they stand."""
    found = []
    run: _Run | None = None
    above: list[Part] = []
    for row in [*rows_of(words), []]:
        parts = _parts(row)
        if run is not None and parts and _takes(run, parts):
            above = []
            continue
        if run is not None and run.full >= _FEWEST:
            found.append((_table(run, page), _box(run)))
        run = _begun(parts, above) if len(parts) >= 2 else None
        above = parts
    return [(table, box) for table, box in found if len(table.rows) >= _FEWEST]


def _parts(row: Sequence[Word]) -> list[Part]:
    """The words of a row, divided where much space is between them; none for the item of a list."""
    parts: list[Part] = []
    for before, word in pairwise([None, *row]):
        if word is None:
            continue
        if before is None or word["x0"] - before["x1"] > _GAP * (word["bottom"] - word["top"]):
            parts.append([])
        parts[-1].append(word)
    return [] if parts and mark_of(row) else parts


def _begun(parts: Sequence[Part], above: list[Part]) -> _Run:
    run = _Run([part[0]["x0"] for part in parts], above=above)
    run.rows.append(dict(enumerate(parts)))
    run.full, run.bottom = 1, parts[0][0]["bottom"]
    return run


def _takes(run: _Run, parts: Sequence[Part]) -> bool:
    """Whether a row belongs to a run; it is put there if so."""
    height = parts[0][0]["bottom"] - parts[0][0]["top"]
    if parts[0][0]["top"] - run.bottom > (_FARTHEST - 1) * height:
        return False
    places = _places(run, parts)
    if places is None:
        return False
    if len(parts) == 1:  # the rest of a cell, below its beginning
        column = places[0]
        if column == 0 or column not in run.rows[-1]:
            return False
        run.rows[-1][column] = [*run.rows[-1][column], *parts[0]]
    else:
        run.rows.append(dict(zip(places, parts, strict=True)))
        run.full += 1
    run.bottom = max(word["bottom"] for part in parts for word in part)
    return True


def _places(run: _Run, parts: Sequence[Part]) -> list[int] | None:
    """The columns in which the parts of a row stand; a head may have let the first column be empty."""
    places: list[int] = []
    for part in parts:
        near = [i for i, start in enumerate(run.starts) if abs(start - part[0]["x0"]) <= _IN_LINE]
        if not near:
            if run.full != 1 or len(parts) < 2 or part is not parts[0] or part[0]["x0"] > run.starts[0]:
                return None
            run.starts.insert(0, part[0]["x0"])
            run.rows = [{column + 1: words for column, words in row.items()} for row in run.rows]
            near = [0]
        places.append(near[0])
    return places if len(set(places)) == len(places) else None


def _table(run: _Run, page: int) -> Table:
    rows = [[one_line(lines_of(row.get(i, []), page)) for i in range(len(run.starts))] for row in run.rows]
    groups = _groups(run)
    named = [[one_line(lines_of(part, page)) for part in groups], *rows]
    keys: list[list[Key]] = [[id(part) if part else None for part in groups], [None] * len(groups)]
    if groups and head_rows(named, keys) == 2:
        rows[0] = one_head(named[:2])
    else:
        run.above = []
    return Table(rows, page, edges=tuple(round(start) for start in run.starts))


def _groups(run: _Run) -> list[Part]:
    """For each column the part of the row above that stands over it and those beside it; none if that is not so."""
    above, columns = run.above, [next((row[i] for row in run.rows if i in row), []) for i in range(len(run.starts))]
    if not above or not all(columns) or len(above) >= len(columns):
        return []
    height = above[0][0]["bottom"] - above[0][0]["top"]
    if min(part[0]["top"] for part in run.rows[0].values()) - above[0][0]["bottom"] > (_FARTHEST - 1) * height:
        return []
    found = [min(above, key=lambda part: abs(_middle(part) - _middle(column))) for column in columns]
    if above[0][0]["x0"] > columns[0][-1]["x1"]:
        found[0] = []  # the corner above the labels
    for part in above:
        under = [word for over, column in zip(found, columns, strict=True) if over is part for word in column]
        is_left = bool(under) and abs(under[0]["x0"] - part[0]["x0"]) <= _IN_LINE
        if not under or not (is_left or abs(_middle(under) - _middle(part)) <= _GAP * height):
            return []
    return found


def _middle(part: Part) -> float:
    return (float(part[0]["x0"]) + float(part[-1]["x1"])) / 2


def _box(run: _Run) -> Box:
    words = [word for row in run.rows for part in row.values() for word in part]
    words += [word for part in run.above for word in part]
    return (
        min(word["x0"] for word in words) - 1,
        min(middle(word) for word in words) - 1,
        max(word["x1"] for word in words) + 1,
        max(middle(word) for word in words) + 1,
    )
