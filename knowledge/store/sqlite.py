"""The SQLite that every room uses: sqlite-utils' own choice, which is pysqlite3 where it is installed.

Two SQLite libraries on one file would be a corruption story of their own.
"""

from __future__ import annotations

import sqlite_utils.utils

sqlite3 = sqlite_utils.utils.sqlite3  # type: ignore[attr-defined]  # not re-exported in name, but documented

__all__ = ["sqlite3"]
