"""The connection to the hub database: the one place that knows SQLite from PostgreSQL."""

from __future__ import annotations

import json
import math
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError

from bot.records.errors import RecordsError, sentence_for, server_sentence_for

BUSY_SECONDS = 20.0
_WRITES = "hub_writes"
_BUSY = 5
_MIGRATION_LOCK = 0x50_46_48_55_42  # any fixed number: PostgreSQL's advisory lock while the schema changes


class Database:
    """A pool of connections to one hub database; lives as long as the program. Safe to share by threads.

    The engine is made at the first call, and again at the next one if that failed: a program that may not need the
    database starts without it, and recovers by itself when the database comes back.
    """

    def __init__(self, connect: Callable[[], Engine], name: str) -> None:
        self.name = name
        self._connect = connect
        self._made: Engine | None = None
        self._lock = threading.Lock()

    @property
    def _engine(self) -> Engine:
        with self._lock:
            if self._made is None:
                self._made = self._connect()
            return self._made

    @property
    def _writer(self) -> Engine:
        return self._engine.execution_options(**{_WRITES: True})

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment; nothing may be written in it."""
        with explained(self.name), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is kept whole, on disk, when the block ends; undone when it raises."""
        with explained(self.name), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """A write transaction in which only one process at a time changes the schema."""
        with self.write() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"select pg_advisory_xact_lock({_MIGRATION_LOCK})")
            yield connection

    def engine_version(self) -> str:
        """The engine and its version, such as "SQLite 3.53.4"."""
        with self.read() as connection:
            if connection.dialect.name == "sqlite":
                return f"SQLite {connection.exec_driver_sql('select sqlite_version()').scalar_one()}"
            version = connection.dialect.server_version_info or ()
            return f"{connection.dialect.name} {'.'.join(map(str, version))}"

    def integrity(self) -> str:
        """ "ok", or the first thing the engine found wrong with the file."""
        with self.read() as connection:
            if connection.dialect.name != "sqlite":
                return "ok"
            return str(connection.exec_driver_sql("pragma quick_check(1)").scalar_one())

    def compact(self) -> None:
        """Write a SQLite file anew without what was deleted, and empty its log; a server does that by itself."""
        with explained(self.name), self._engine.connect() as connection:
            if connection.dialect.name != "sqlite":
                return
            driver = connection.connection.driver_connection
            connection.rollback()  # vacuum cannot run inside a transaction
            if driver is not None:
                driver.execute("vacuum")
                driver.execute("pragma wal_checkpoint(truncate)").fetchall()

    def files(self) -> list[Path]:
        """The files of a SQLite database; none for a server."""
        database = self._engine.url.database
        if self._engine.dialect.name != "sqlite" or not database:
            return []
        return [Path(f"{database}{end}") for end in ("", "-wal", "-shm", "-journal")]

    def close(self) -> None:
        """Close every connection; the next call opens new ones."""
        with self._lock:
            made, self._made = self._made, None
        if made is not None:
            made.dispose()


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn what the library raises into a RecordsError; its own text stays behind as the cause."""
    try:
        yield
    except IntegrityError as error:
        raise RecordsError("The hub database refused a record that does not fit the others. Ask again.") from error
    except SQLAlchemyError as error:
        original = error.orig if isinstance(error, DBAPIError) else None
        if original is not None and hasattr(original, "sqlstate"):
            raise RecordsError(server_sentence_for(original.sqlstate, name)) from error
        raise RecordsError(sentence_for(getattr(original, "sqlite_errorcode", None), name)) from error


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Insert a row unless one with its key is there; whether it is new. Two who try at once do not both succeed."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(table).values(**row).on_conflict_do_nothing().returning(*table.primary_key.columns)
    return connection.execute(statement).first() is not None


def open_database(target: Path | str) -> Database:
    """The database at a path or URL, its folder made where needed. RecordsError if it cannot be."""
    engine = connect(target)
    return Database(lambda: engine, name_of(target))


def name_of(target: Path | str) -> str:
    """What messages call the database at a path or URL: its path, or its URL without the password."""
    if isinstance(target, str) and "://" in target:
        with suppress(ArgumentError):
            url = make_url(target)
            in_file = url.get_backend_name() == "sqlite" and url.database
            return str(Path(in_file).absolute()) if in_file else url.render_as_string(hide_password=True)
        return "named by PREVENTION_HUB_DATABASE_URL"
    return str(Path(target).absolute())


def connect(target: Path | str) -> Engine:
    """An engine for the database at a path or URL. RecordsError if there can be none."""
    if isinstance(target, Path) or "://" not in target:
        return _open_file(Path(target))
    try:
        url = make_url(target)
    except ArgumentError as error:
        raise RecordsError("The database URL cannot be read. Check PREVENTION_HUB_DATABASE_URL.") from error
    if url.get_backend_name() != "sqlite":
        return _open_server(url)
    if not url.database or url.database == ":memory:":
        raise RecordsError("The hub database must be a file. Name one: sqlite:////folder/hub.db")
    return _open_file(Path(url.database))


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


def as_json(value: Any) -> str:
    """JSON for a column: NaN and infinity become null rather than costing the record."""
    return json.dumps(_finite(value), ensure_ascii=True, allow_nan=False, default=float)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _finite(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _open_server(url: URL) -> Engine:
    name = url.render_as_string(hide_password=True)
    if url.drivername in {"postgresql", "postgres"}:  # SQLAlchemy would take the driver before psycopg 3
        url = url.set(drivername="postgresql+psycopg")
    try:
        return create_engine(url, hide_parameters=True, json_serializer=as_json, pool_pre_ping=True)
    except (ImportError, SQLAlchemyError) as error:
        raise RecordsError(f"No driver for {name} is installed. Run: pip install 'psycopg[binary]'") from error


def _open_file(path: Path) -> Engine:
    module = sqlite_module()
    path = path.absolute()
    _make_file(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=module,
        # isolation_level None: Python begins nothing by itself, _begin below does
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
        # what people typed stays out of error texts and logs
        hide_parameters=True,
        json_serializer=as_json,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
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


def _prepare(connection: Any, _record: Any) -> None:
    """Settings of one SQLite connection."""
    _patiently(lambda: connection.execute("pragma journal_mode = wal").fetchall())
    connection.execute("pragma synchronous = full").fetchall()
    connection.execute("pragma foreign_keys = on").fetchall()
    # what is deleted is overwritten, so that a purge leaves nothing behind in free pages
    connection.execute("pragma secure_delete = on").fetchall()


def _patiently(action: Callable[[], object]) -> None:
    # changing to WAL does not wait by itself, and several programs may start on a new file at once
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            action()
            return
        except Exception as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != _BUSY or time.monotonic() > until:
                raise
        time.sleep(0.01)


def _begin(connection: Connection) -> None:
    # a deferred transaction that turns to writing fails at once where an immediate one waits its turn
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("begin immediate" if writes else "begin")
