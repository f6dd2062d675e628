"""The audit: append-only, each event carrying the hash of the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, update

from bot.domain.requests import Event
from bot.records.engine import Database
from bot.records.schema import AUDIT, AUDIT_HEAD, clean_text

GENESIS = "0" * 64
"""What the first event names as its predecessor."""

_PAGE = 2000
_HEAD = select(AUDIT_HEAD.c.sequence, AUDIT_HEAD.c.hash).where(AUDIT_HEAD.c.id == 1)
_LOCKED_HEAD = _HEAD.with_for_update()
_APPEND = insert(AUDIT)
_MOVE_HEAD = (
    update(AUDIT_HEAD)
    .where(AUDIT_HEAD.c.id == 1)
    .values(sequence=bindparam("new_sequence"), hash=bindparam("new_hash"))
)
_AFTER = select(AUDIT).where(AUDIT.c.sequence > bindparam("after")).order_by(AUDIT.c.sequence).limit(_PAGE)
_BASE = select(AUDIT_HEAD.c.sequence, AUDIT_HEAD.c.hash).where(AUDIT_HEAD.c.id == 2)
_HASH_OF = select(AUDIT.c.hash).where(AUDIT.c.sequence == bindparam("which"))
_LAST_BEFORE = (
    select(AUDIT.c.sequence, AUDIT.c.hash)
    .where(AUDIT.c.at < bindparam("moment"))
    .order_by(AUDIT.c.sequence.desc())
    .limit(1)
)
_ABOUT = select(AUDIT).where(AUDIT.c.subject == bindparam("about")).order_by(AUDIT.c.sequence)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, not yet in the chain. `at` is aware; `detail` holds no question text."""

    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What walking the chain found."""

    ok: bool
    events: int
    """How many were read and found sound."""
    broken_at: int | None = None
    """The sequence of the first event that does not fit."""
    why: str = ""


def append(connection: Connection, entries: list[Entry]) -> int:
    """Add events to the chain inside the caller's write transaction, the one they tell of; the last one's number."""
    head = connection.execute(_LOCKED_HEAD).one()
    sequence, previous = head.sequence, head.hash
    rows = []
    for entry in entries:
        sequence += 1
        rows.append(_linked(entry, sequence, previous))
        previous = rows[-1]["hash"]
    connection.execute(_APPEND, rows)
    connection.execute(_MOVE_HEAD, {"new_sequence": sequence, "new_hash": previous})
    return int(sequence)


def lock(connection: Connection) -> None:
    """Let nobody else append until this transaction ends: what is read from now on is not changed meanwhile."""
    connection.execute(_LOCKED_HEAD).one()


def events_about(connection: Connection, subject: str) -> tuple[Event, ...]:
    """What the audit says about a request, oldest first."""
    rows = connection.execute(_ABOUT, {"about": subject}).mappings()
    return tuple(_event(row) for row in rows)


def _event(row: RowMapping) -> Event:
    return Event(
        sequence=row["sequence"],
        at=datetime.fromisoformat(row["at"]),
        actor=row["actor"],
        action=row["action"],
        detail=json.loads(row["detail"]),
    )


def trim(connection: Connection, before: datetime, *, dry_run: bool = False) -> int:
    """Take away the oldest events, up to a moment, inside the caller's transaction; how many that were.

    The chain goes on from the last one taken, whose number and hash are kept; anchors kept elsewhere still prove it.
    """
    moment = before.astimezone(UTC).isoformat(timespec="microseconds")
    last = connection.execute(_LAST_BEFORE, {"moment": moment}).one_or_none()
    if last is None:
        return 0
    base = connection.execute(_BASE).one_or_none()
    count = int(last.sequence) - int(base.sequence if base else 0)
    if not dry_run:
        _unlock(connection)
        connection.execute(delete(AUDIT).where(AUDIT.c.sequence <= last.sequence))
        _lock(connection)
        connection.execute(delete(AUDIT_HEAD).where(AUDIT_HEAD.c.id == 2))
        connection.execute(insert(AUDIT_HEAD), {"id": 2, "sequence": last.sequence, "hash": last.hash})
    return count


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


def head(database: Database) -> tuple[int, str]:
    """Number and hash of the newest event."""
    with database.read() as connection:
        row = connection.execute(_HEAD).one()
        return row.sequence, row.hash


def hash_of(database: Database, sequence: int) -> str | None:
    """The hash of one event, or of the last one that was trimmed; None where there is none such."""
    with database.read() as connection:
        base = connection.execute(_BASE).one_or_none()
        if base is not None and base.sequence == sequence:
            return str(base.hash)
        found: str | None = connection.execute(_HASH_OF, {"which": sequence}).scalar_one_or_none()
        return found


def events(
    database: Database, *, person: str = "", subject: str = "", since: str = "", until: str = "", limit: int = 100
) -> list[tuple[str, Event]]:
    """The newest events, newest first, each with its subject; times are compared as ISO text in UTC."""
    query = select(AUDIT).order_by(AUDIT.c.sequence.desc()).limit(limit)
    for column, value in ((AUDIT.c.actor, person), (AUDIT.c.subject, subject)):
        query = query.where(column == value) if value else query
    query = query.where(AUDIT.c.at >= since) if since else query
    query = query.where(AUDIT.c.at < until) if until else query
    with database.read() as connection:
        return [(row["subject"], _event(row)) for row in connection.execute(query).mappings()]


def verify(database: Database) -> AuditReport:
    """Walk the whole chain and name the first event that does not fit."""
    with database.read() as connection:
        base = connection.execute(_BASE).one_or_none()
    sequence, previous = (base.sequence, base.hash) if base else (0, GENESIS)
    for row, head in _walk(database):
        if row is None:
            return _ending(sequence, previous, head)
        why = _fault(row, sequence + 1, previous)
        if why:
            return AuditReport(ok=False, events=sequence, broken_at=sequence + 1, why=why)
        sequence, previous = row["sequence"], row["hash"]
    raise AssertionError("the walk ends with the head")


def _walk(database: Database) -> Iterator[tuple[RowMapping | None, RowMapping | None]]:
    """Every event in order, then the head."""
    # short reads: a single long one would keep the write-ahead log growing
    after = 0
    while True:
        with database.read() as connection:
            rows = connection.execute(_AFTER, {"after": after}).mappings().all()
            head = connection.execute(_HEAD).mappings().one_or_none()
        if not rows:
            yield None, head
            return
        for row in rows:
            yield row, head
        after = rows[-1]["sequence"]


def _fault(row: RowMapping, sequence: int, previous: str) -> str:
    if row["sequence"] != sequence:
        return f"Event {sequence} is missing."
    if row["previous_hash"] != previous:
        return f"Event {sequence} does not follow from the event before it."
    if row["hash"] != _hash(dict(row)):
        return f"Event {sequence} was changed after it was written."
    return ""


def _ending(sequence: int, previous: str, head: RowMapping | None) -> AuditReport:
    if head is not None and (head["sequence"], head["hash"]) == (sequence, previous):
        return AuditReport(ok=True, events=sequence)
    written = head["sequence"] if head is not None else sequence
    if written > sequence:
        why = f"Events {sequence + 1} to {written} are missing at the end."
    else:
        why = "The end of the chain is not where the last event left it."
    return AuditReport(ok=False, events=sequence, broken_at=sequence + 1, why=why)


def _linked(entry: Entry, sequence: int, previous: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "sequence": sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": clean_text(entry.actor),
        "action": clean_text(entry.action),
        "subject": clean_text(entry.subject),
        "detail": _canonical(entry.detail),
        "previous_hash": previous,
    }
    row["hash"] = _hash(row)
    return row


def _hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of everything but the hash itself."""
    body = {key: row[key] for key in row if key != "hash"}
    return hashlib.sha256(_canonical(body).encode()).hexdigest()


def _canonical(value: Any) -> str:
    # what JSON does not know (dates, or bytes put in by a tamperer) goes in as its text
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
