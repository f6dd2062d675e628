"""Figures in files: CSV that no spreadsheet takes for a formula, and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from bot.insight.periods import InsightError
from bot.wording import insight as words

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell may not begin with: a spreadsheet would work it out, or send it somewhere."""


def as_csv(records: Sequence[Mapping[str, Any]]) -> str:
    """Records with the same fields as CSV; a first line of names, numbers as they are."""
    made = io.StringIO()
    if records:
        writer = csv.writer(made, lineterminator="\r\n")
        writer.writerow(records[0])
        writer.writerows([harmless(value) for value in record.values()] for record in records)
    return made.getvalue()


def harmless(value: Any) -> Any:
    """A cell that stays what it is: text that begins like a formula gets an apostrophe in front, numbers do not."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(FORMULA):
        return f"'{value}"
    return value


def as_parquet(records: Sequence[Mapping[str, Any]]) -> bytes:
    """Records as a Parquet file. InsightError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise InsightError(words.PARQUET_NEEDS) from error
    made = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist([dict(record) for record in records]), made)
    return made.getvalue()
