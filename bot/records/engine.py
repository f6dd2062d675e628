"""The connection to the hub database: the one place that knows SQLite from PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, Executable, Table, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from bot.domain.timing.patience import Patience
from bot.records.errors import DoesNotFit, RecordsError, sentence_for, server_sentence_for
from bot.records.server import open_server
from bot.records.sqlite import WRITES, open_file

AT_LEISURE = 3600.0
"""Seconds that a statement of a migration or a purge may take."""
_DEFAULT = Patience()
_MIGRATION_LOCK = 0x50_46_48_55_42  # any fixed number: PostgreSQL's advisory lock while the schema changes


@dataclass(frozen=True, slots=True)
class PoolState:
    """Connections of one process to the hub database."""

    open: int
    used: int
    most: int


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

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment; nothing may be written in it."""
        with explained(self.name), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is kept whole, on disk, when the block ends; undone when it raises."""
        with explained(self.name), self._engine.connect() as connection:
            connection.info[WRITES] = True  # SQLite has to know as it begins
            with connection.begin():
                yield connection

    @contextmanager
    def at_leisure(self) -> Iterator[Connection]:
        """As `write`, for what may take minutes and that no officer waits for."""
        with self.write() as connection:
            driver = connection.connection.driver_connection
            if connection.dialect.name != "postgresql" or driver is None:
                yield connection
                return
            connection.exec_driver_sql("set local statement_timeout = 0")
            usual, driver.seconds = driver.seconds, AT_LEISURE
            try:
                yield connection
            finally:
                driver.seconds = usual

    @contextmanager
    def exclusive(self) -> Iterator[Connection]:
        """A write transaction in which only one process at a time changes the schema."""
        with self.at_leisure() as connection:
            one_by_one(connection, _MIGRATION_LOCK)
            if connection.dialect.name == "postgresql":
                # it gives way before the server looks for a deadlock: older programs are at work, and go first
                half = "select set_config('lock_timeout', (setting::int / 2)::text, true) from pg_settings "
                connection.exec_driver_sql(f"{half} where name = 'deadlock_timeout'")
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

    def pool(self) -> PoolState | None:
        """How many connections there are; None before the first."""
        with self._lock:
            pool = self._made.pool if self._made is not None else None
        if not isinstance(pool, QueuePool):
            return None
        open_ = pool.checkedout() + pool.checkedin()
        return PoolState(open_, pool.checkedout(), pool.size() + max(pool._max_overflow, 0))

    def close(self) -> None:
        """Close every connection; the next call opens new ones."""
        with self._lock:
            made, self._made = self._made, None
        if made is not None:
            made.dispose()


def one_by_one(connection: Connection, key: int) -> None:
    """Let nobody else past here with this key until the transaction ends; to be taken before any row is locked.

    SQLite has one writer at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({key:d})")


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn what the library raises into a RecordsError; its own text stays behind as the cause."""
    try:
        yield
    except IntegrityError as error:
        raise DoesNotFit("The hub database refused a record that does not fit the others. Ask again.") from error
    except SQLAlchemyError as error:
        original = error.orig if isinstance(error, DBAPIError) else None
        if original is not None and hasattr(original, "sqlstate"):
            raise RecordsError(server_sentence_for(original.sqlstate, name)) from error
        raise RecordsError(sentence_for(getattr(original, "sqlite_errorcode", None), name)) from error


def insert_new(connection: Connection, table: Table, row: Mapping[str, object]) -> bool:
    """Insert a row unless one with its key is there; whether it is new. Two who try at once do not both succeed."""
    return connection.execute(_insert_new(connection.dialect.name, table), row).first() is not None


@cache
def _insert_new(dialect: str, table: Table) -> Executable:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return make(table).on_conflict_do_nothing().returning(*table.primary_key.columns)


def open_database(target: Path | str, patience: Patience = _DEFAULT) -> Database:
    """The database at a path or URL, its folder made where needed. RecordsError if it cannot be."""
    engine = connect(target, patience)
    return Database(lambda: engine, name_of(target))


def name_of(target: Path | str) -> str:
    """What messages call the database: its path, or its URL without the password and whatever else is secret in it."""
    if isinstance(target, Path) or Path(target).is_absolute():
        return str(Path(target).absolute())
    url = _url(target)
    if url is None:
        return "named by PREVENTION_HUB_DATABASE_URL"
    if url.get_backend_name() == "sqlite" and url.database:
        return str(Path(url.database).absolute())
    return url.set(query={}).render_as_string(hide_password=True)


def connect(target: Path | str, patience: Patience = _DEFAULT) -> Engine:
    """An engine for the database at a path or URL; a path as text must be absolute. RecordsError if there is none."""
    if isinstance(target, Path) or Path(target).is_absolute():
        return open_file(Path(target), patience)
    url = _url(target)
    if url is None:
        raise RecordsError(
            "PREVENTION_HUB_DATABASE_URL is no address of a database. Write it as "
            '"postgresql://NAME:PASSWORD@HOST:5432/DATABASE", or leave it out for a file in the data folder.'
        )
    if url.get_backend_name() != "sqlite":
        return open_server(url, patience)
    if not url.database or url.database == ":memory:":
        raise RecordsError("The hub database must be a file. Name one: sqlite:////folder/hub.db")
    return open_file(Path(url.database), patience)


def _url(text: str) -> URL | None:
    """The address, or None where it is none: SQLAlchemy raises ValueError for a port that is no number."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        return None
    return url if url.port is None or 0 < url.port < 65536 else None
