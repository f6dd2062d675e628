"""Opening the database of an edition, which nobody writes to any more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def open_database(file: Path) -> Database:
    """An edition's database, read-only and immutable; usable from any thread under a lock."""
    from sqlite_utils import Database

    from knowledge.store.sqlite import sqlite3

    return Database(sqlite3.connect(read_only(file), uri=True, check_same_thread=False))


def read_only(file: Path) -> str:
    """The address by which SQLite opens a file that nobody writes to."""
    return f"{file.resolve().as_uri()}?mode=ro&immutable=1"
