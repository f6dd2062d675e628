"""Reading events of the record."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, RowMapping, bindparam, select

from bot.domain.record import Event
from bot.records.engine import Database
from bot.records.tables import AUDIT

_ABOUT = select(AUDIT).where(AUDIT.c.subject == bindparam("about")).order_by(AUDIT.c.sequence)


def events_about(connection: Connection, subject: str) -> tuple[Event, ...]:
    """What the record says about a request or a receipt, oldest first."""
    rows = connection.execute(_ABOUT, {"about": subject}).mappings()
    return tuple(event_of(row) for row in rows)


def events(
    database: Database, *, person: str = "", subject: str = "", since: str = "", until: str = "", limit: int = 100
) -> list[tuple[str, Event]]:
    """The newest events, newest first, each with its subject; times are compared as ISO text in UTC.

    A person is found by their name, by the account with which they acted for another, and by every id of theirs on
    whatever platform.
    """
    query = select(AUDIT).order_by(AUDIT.c.sequence.desc()).limit(limit)
    query = query.where(AUDIT.c.subject == subject) if subject else query
    query = query.where(AUDIT.c.at >= since) if since else query
    query = query.where(AUDIT.c.at < until) if until else query
    with database.read() as connection:
        if person:
            ids = _ids_of(connection, person)
            query = query.where(AUDIT.c.actor.in_(ids) | AUDIT.c.account.in_(ids))
        return [(row["subject"], event_of(row)) for row in connection.execute(query).mappings()]


def _ids_of(connection: Connection, person: str) -> list[str]:
    from bot.records.office.bindings import ids_of  # which puts on record itself

    return ids_of(connection, person)


def event_of(row: RowMapping) -> Event:
    """The event in a row."""
    return Event(
        sequence=row["sequence"],
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        action=row["action"],
        detail=json.loads(row["detail"]),
        account=row["account"],
    )
