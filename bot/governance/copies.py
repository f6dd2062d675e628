"""The hub database in a backup: a file is copied by SQLite, and a database on a server by PostgreSQL's programs."""

from __future__ import annotations

import os
from pathlib import Path

from bot.domain.refusals import RecordsError, Refused
from bot.governance.dumping import DUMP, dump, load
from bot.records.sqlite import sqlite_module

DATABASE = "hub.db"


class BackupError(Refused):
    """A backup cannot be written, or is not whole; the message names the remedy."""


def copy_of(data: Path, folder: Path, server: str) -> Path | None:
    """A copy of the hub database in a folder; None where there is no database yet. RecordsError; DumpError."""
    if server:
        dump(server, folder / DUMP)
        return folder / DUMP
    if not (data / DATABASE).exists():
        return None
    _copy_database(data / DATABASE, folder / DATABASE)
    return folder / DATABASE


def _copy_database(source: Path, target: Path) -> None:
    sqlite3 = sqlite_module()
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        reader, writer = sqlite3.connect(f"file:{source}?mode=ro", uri=True), sqlite3.connect(str(target))
        try:
            reader.backup(writer)
            writer.execute("pragma journal_mode = delete")
        finally:
            reader.close()
            writer.close()
    except sqlite3.Error as error:
        raise RecordsError(f"The hub database {source} cannot be copied. Run: prevention-hub doctor") from error


def put_back(archive: Path, folder: Path, server: str) -> None:
    """What a backup holds of a database on a server goes there.

    Raises:
        BackupError: the database belongs elsewhere.
        DumpError: the one on the server holds something, or cannot be written.
    """
    if (folder / DATABASE).exists() and server:
        raise BackupError(
            f"The hub database in {archive} is a file. Restore it with PREVENTION_HUB_DATABASE_URL left out."
        )
    if not (folder / DUMP).exists():
        return
    if not server:
        raise BackupError(
            f"The hub database in {archive} is of a PostgreSQL server. Make an empty database there, and let "
            "PREVENTION_HUB_DATABASE_URL name it."
        )
    load(server, folder / DUMP)
    (folder / DUMP).unlink()


def check_sound(archive: Path, file: Path) -> None:
    """BackupError where SQLite finds fault with the database that came out of an archive."""
    sqlite3 = sqlite_module()
    connection = sqlite3.connect(str(file))
    try:
        result = connection.execute("pragma integrity_check").fetchone()
    except sqlite3.Error:
        result = None
    finally:
        connection.close()
    if result is None or result[0] != "ok":
        raise BackupError(f"The hub database in {archive} is damaged. Take another backup.")
