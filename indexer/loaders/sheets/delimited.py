"""Tables in text files to blocks: CSV and TSV, whatever divides their cells."""

from __future__ import annotations

import csv
import io
import re

from indexer.loaders.blocks import Content, LoadRefused
from indexer.loaders.office.printed import marking_lines
from indexer.loaders.sheets.rows import blocks_of_rows
from indexer.loaders.sheets.sheet import MOST_ROWS

_DELIMITERS = ",;\t|"
_NAMED = re.compile(r"\A\s*\"?sep=(.)\"?[^\S\n]*(?:\n|\Z)", re.IGNORECASE)
"""The line with which Excel is told what divides the cells; it shows it to nobody."""


def read_csv(text: str) -> Content:
    """Blocks of a table in a text file.

    Raises:
        LoadRefused: its quotes do not match, or a cell is longer than a table's should be.
    """
    named = _NAMED.match(text)
    body = text[named.end() :] if named else text
    try:
        rows = list(csv.reader(io.StringIO(body), delimiter=named.group(1) if named else _delimiter(body)))
    except (csv.Error, ValueError, TypeError) as error:
        raise LoadRefused("It cannot be read as CSV: its quotes do not match. Save it again as CSV or XLSX.") from error
    notes = () if len(rows) <= MOST_ROWS else (f"Only its first {MOST_ROWS:,} rows are read. Split it.",)
    return Content(tuple(blocks_of_rows(rows[:MOST_ROWS])), around=tuple(marking_lines(rows)), notes=notes)


def _delimiter(text: str) -> str:
    """The sign that stands equally often, and most often, in the first lines."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]

    def worth(sign: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=sign)]
        common = max(set(counts), key=counts.count, default=1)
        return (counts.count(common) if common > 1 else 0, common)

    return max(_DELIMITERS, key=worth)
