"""The state of the hub database, for `doctor`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.records.engine import Database
from bot.records.letters import outgoing
from bot.records.letters.doing import UNFINISHED
from bot.records.migrate import stored_revision
from bot.records.tables import HEAD_REVISION, INBOUND, METADATA, OUTBOX, UtcTime

_COUNTED = {name: select(func.count()).select_from(table) for name, table in METADATA.tables.items()}
_LATEST = select(func.min(OUTBOX.c.due_at)).where(
    OUTBOX.c.state == outgoing.WAITING, OUTBOX.c.due_at <= bindparam("now", type_=UtcTime())
)
_UNANSWERED = select(func.count(), func.min(INBOUND.c.at)).where(INBOUND.c.state.in_(UNFINISHED))


@dataclass(frozen=True, slots=True)
class Backlog:
    """What has been taken on and is not done; None where nothing waits."""

    letter_due: datetime | None
    """When the letter was due that has been due for longest."""
    unanswered: int
    """Messages that platforms have sent and nobody has answered yet."""
    unanswered_since: datetime | None


def backlog_of(database: Database, now: datetime) -> Backlog:
    """What waits to be delivered and to be answered."""
    with database.read() as connection:
        due = connection.execute(_LATEST, {"now": now}).scalar_one()
        count, since = connection.execute(_UNANSWERED).one()
    return Backlog(due, count, since)


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
        up_to_date=revision >= HEAD_REVISION,
        integrity=database.integrity(),
        counts=counts,
    )
