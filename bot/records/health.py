"""The state of the hub database, for `doctor`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.records.engine import Database
from bot.records.migrate import stored_revision
from bot.records.tables import HEAD_REVISION, METADATA

_COUNTED = {name: select(func.count()).select_from(table) for name, table in METADATA.tables.items()}


@dataclass(frozen=True, slots=True)
class Health:
    """What `doctor` says about the hub database."""

    name: str
    """Its path, or its URL without the password."""
    engine: str
    """Such as "SQLite 3.53.4"."""
    revision: str
    up_to_date: bool
    integrity: str
    """ "ok", or the first thing that is wrong."""
    counts: Mapping[str, int]
    """Rows in each table."""


def health_of(database: Database) -> Health:
    """The state of a hub database; reads the whole file once."""
    with database.read() as connection:
        revision = stored_revision(connection, database.name) or ""
        counts = {name: connection.execute(count).scalar_one() for name, count in _COUNTED.items()}
    return Health(
        name=database.name,
        engine=database.engine_version(),
        revision=revision,
        up_to_date=revision == HEAD_REVISION,
        integrity=database.integrity(),
        counts=counts,
    )
