"""The hub database in a file: which SQLite is safe, how the file is made, and how long a lock is waited for."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Protocol

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import PoolProxiedConnection

from bot.domain.timing.patience import Patience
from bot.records.columns import as_json
from bot.records.errors import RecordsError

WRITES = "hub_writes"
"""In a connection's `info`: the transaction that is begun next will write."""
_BUSY = 5


class _Cursor(Protocol):
    def fetchall(self) -> list[tuple[object, ...]]: ...


class _Driver(Protocol):
    """A connection of the driver."""

    def execute(self, statement: str) -> _Cursor: ...


class HubDialect(SQLiteDialect_pysqlite):
    """SQLAlchemy's own, except for how a transaction begins.

    An event of the engine could begin it, too; but an engine that is listened to at all looks for listeners before and
    after every statement, which costs more than most statements do.
    """

    supports_statement_cache = True

    def do_begin(self, dbapi_connection: PoolProxiedConnection) -> None:
        """Begin; where it will write, once nobody else does."""
        # a deferred transaction that turns to writing fails at once where an immediate one waits its turn
        writes = dbapi_connection.info.pop(WRITES, False)
        dbapi_connection.execute("begin immediate" if writes else "begin")


registry.register("sqlite.hub", __name__, HubDialect.__name__)


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite can lose commits when two connections write and checkpoint at once."""
    if version[:2] == (3, 50):
        return version < (3, 50, 7)
    if version[:2] == (3, 44):
        return version < (3, 44, 6)
    return (3, 7, 0) <= version <= (3, 51, 2)


def sqlite_module() -> ModuleType:
    """The SQLite to use: pysqlite3's, or Python's own where that is missing. RecordsError if it is unsafe."""
    module: ModuleType
    try:
        from pysqlite3 import dbapi2

        module = dbapi2
    except ImportError:
        module = sqlite3.dbapi2
    if has_wal_reset_bug(module.sqlite_version_info):
        raise RecordsError(
            f"SQLite {module.sqlite_version} can lose committed records (its WAL-reset bug), so nothing is "
            "written with it. Run: pip install 'pysqlite3>=0.6.1'"
        )
    return module


def open_file(path: Path, patience: Patience) -> Engine:
    """An engine for a file, which is made where there is none. RecordsError if it cannot be."""
    module = sqlite_module()
    path = path.absolute()
    _make_file(path)
    engine = create_engine(
        URL.create("sqlite+hub", database=str(path)),
        module=module,
        # isolation_level None: Python begins nothing by itself, do_begin above does
        connect_args={"timeout": patience.lock, "isolation_level": None},
        # what people typed stays out of error texts and logs
        hide_parameters=True,
        json_serializer=as_json,
        pool_timeout=patience.connect + patience.lock,
    )

    def prepare(connection: _Driver, _record: object) -> None:
        _prepare(connection, patience)

    event.listen(engine, "connect", prepare)
    return engine


def _make_file(path: Path) -> None:
    """Make the folder and an empty file that only this account can read; askers' ids are in it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise RecordsError(
            f"The hub database {path} cannot be made. Check that this account may write to its folder, "
            "or name another with --data."
        ) from error


def _prepare(connection: _Driver, patience: Patience) -> None:
    """Settings of one connection."""
    _patiently(lambda: connection.execute("pragma journal_mode = wal").fetchall(), patience.lock)
    connection.execute("pragma synchronous = full").fetchall()
    connection.execute("pragma foreign_keys = on").fetchall()
    # what is deleted is overwritten, so that a purge leaves nothing behind in free pages
    connection.execute("pragma secure_delete = on").fetchall()


def _patiently(action: Callable[[], object], seconds: float) -> None:
    # changing to WAL does not wait by itself, and several programs may start on a new file at once
    until = time.monotonic() + seconds
    while True:
        try:
            action()
            return
        except Exception as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != _BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)
