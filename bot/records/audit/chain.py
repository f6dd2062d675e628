"""Adding events to the chain, inside the transaction of what they tell of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.domain.people import By, account_of, name_of
from bot.domain.record import Detail
from bot.records.engine import Database
from bot.records.tables import AUDIT, AUDIT_HEAD, clean_text

GENESIS = "0" * 64
"""What the first event names as its predecessor."""

HEAD = select(AUDIT_HEAD.c.sequence, AUDIT_HEAD.c.hash).where(AUDIT_HEAD.c.id == 1)
BASE = select(AUDIT_HEAD.c.sequence, AUDIT_HEAD.c.hash).where(AUDIT_HEAD.c.id == 2)
_LOCKED_HEAD = HEAD.with_for_update()
_APPEND = insert(AUDIT)
_MOVE_HEAD = (
    update(AUDIT_HEAD)
    .where(AUDIT_HEAD.c.id == 1)
    .values(sequence=bindparam("new_sequence"), hash=bindparam("new_hash"))
)
# what JSON does not know (dates, or bytes put in by a tamperer) goes in as its text
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=str)
_HASH_OF = select(AUDIT.c.hash).where(AUDIT.c.sequence == bindparam("which"))


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened, not yet in the chain. `at` is aware; `detail` holds no question text."""

    at: datetime
    actor: By
    action: str
    subject: str
    detail: Detail


def append(connection: Connection, entries: Sequence[Entry]) -> int:
    """Add events to the chain inside the caller's write transaction, the one they tell of; the last one's number."""
    head = connection.execute(_LOCKED_HEAD).one()
    sequence, previous = head.sequence, head.hash
    rows = []
    for entry in entries:
        sequence += 1
        rows.append(_linked(entry, sequence, previous))
        previous = rows[-1]["hash"]
    if not any(row["account"] for row in rows):  # so that a database can be filled that an upgrade has yet to reach
        rows = [{name: value for name, value in row.items() if name != "account"} for row in rows]
    connection.execute(_APPEND, rows)
    connection.execute(_MOVE_HEAD, {"new_sequence": sequence, "new_hash": previous})
    return int(sequence)


def head(database: Database) -> tuple[int, str]:
    """Number and hash of the newest event."""
    with database.read() as connection:
        row = connection.execute(HEAD).one()
        return row.sequence, row.hash


def lock(connection: Connection) -> None:
    """Let nobody else append until this transaction ends: what is read from now on is not changed meanwhile."""
    connection.execute(_LOCKED_HEAD).one()


def hash_of(database: Database, sequence: int) -> str | None:
    """The hash of one event, or of the last one that was trimmed; None where there is none such."""
    with database.read() as connection:
        base = connection.execute(BASE).one_or_none()
        if base is not None and base.sequence == sequence:
            return str(base.hash)
        found: str | None = connection.execute(_HASH_OF, {"which": sequence}).scalar_one_or_none()
        return found


def hash_of_row(row: Mapping[str, object]) -> str:
    """SHA-256 over the canonical JSON of everything but the hash itself.

    An event without an account is hashed without one: as it was before accounts were kept.
    """
    body = {key: row[key] for key in row if key != "hash" and (key != "account" or row[key])}
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def canonical(value: object) -> str:
    """The one way in which a value is written as JSON."""
    return _CANONICAL.encode(value)


def _linked(entry: Entry, sequence: int, previous: str) -> dict[str, str | int]:
    row: dict[str, str | int] = {
        "sequence": sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": clean_text(name_of(entry.actor)),
        "account": clean_text(account_of(entry.actor)),
        "action": clean_text(entry.action),
        "subject": clean_text(entry.subject),
        "detail": canonical(entry.detail),
        "previous_hash": previous,
    }
    row["hash"] = hash_of_row(row)
    return row
