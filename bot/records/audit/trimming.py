"""Taking away the oldest events: an event of its own, signed, so that nobody else can do it unseen."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.domain.people import By
from bot.domain.record import Json, Seal
from bot.records.audit.chain import BASE, Entry, append
from bot.records.tables import AUDIT, AUDIT_HEAD

TRIMMED = "trimmed"
"""The action of the event that says where the record begins now."""
_LAST_BEFORE = (
    select(AUDIT.c.sequence, AUDIT.c.hash)
    .where(AUDIT.c.at < bindparam("moment"))
    .order_by(AUDIT.c.sequence.desc())
    .limit(1)
)


def due(connection: Connection, before: datetime) -> int:
    """How many events are older than a moment."""
    last = connection.execute(_LAST_BEFORE, {"moment": _iso(before)}).one_or_none()
    base = connection.execute(BASE).one_or_none()
    return 0 if last is None else int(last.sequence) - int(base.sequence if base else 0)


def trim(connection: Connection, before: datetime, by: By, now: datetime, seal: Seal) -> int:
    """Take away the oldest events, up to a moment, inside the caller's transaction; how many that were.

    The chain goes on from the last one taken, whose number and hash are kept, and signed in an event of its own.
    """
    count = due(connection, before)
    if not count:
        return 0
    last = connection.execute(_LAST_BEFORE, {"moment": _iso(before)}).one()
    append(connection, [Entry(now, by, TRIMMED, "", {"events": count, "seal": seal(last.sequence, last.hash, now)})])
    _unlock(connection)
    connection.execute(delete(AUDIT).where(AUDIT.c.sequence <= last.sequence))
    _lock(connection)
    connection.execute(delete(AUDIT_HEAD).where(AUDIT_HEAD.c.id == 2))
    connection.execute(insert(AUDIT_HEAD), {"id": 2, "sequence": last.sequence, "hash": last.hash})
    return count


def accept(connection: Connection, by: By, why: str, now: datetime, seal: Seal) -> int | None:
    """Sign where the record begins, after an earlier version trimmed it unsigned; None where nothing was trimmed."""
    base = connection.execute(BASE).one_or_none()
    if base is None:
        return None
    detail: dict[str, Json] = {"events": 0, "why": why, "seal": seal(base.sequence, base.hash, now)}
    append(connection, [Entry(now, by, TRIMMED, "", detail)])
    return int(base.sequence)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _unlock(connection: Connection) -> None:
    """Let events be deleted, within this transaction only."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("drop trigger audit_no_delete")
    else:
        connection.exec_driver_sql("alter table audit disable trigger audit_append_only")


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "create trigger audit_no_delete before delete on audit "
            "begin select raise(abort, 'the audit is append-only'); end"
        )
    else:
        connection.exec_driver_sql("alter table audit enable trigger audit_append_only")
