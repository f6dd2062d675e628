"""Sessions of the portal: kept here, so that signing out and a lost role end them at once, on every machine."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update

from bot.records.engine import Database
from bot.records.tables import SESSIONS

IDLE = timedelta(hours=2)
"""After so long without a page a session is over."""
LONGEST = timedelta(hours=12)
_THIS = SESSIONS.c.id == bindparam("which")
_GET = select(SESSIONS).where(_THIS)
_ADD = insert(SESSIONS)
_SEEN = update(SESSIONS).where(_THIS).values(seen_at=bindparam("now"))
_DROP = delete(SESSIONS).where(_THIS)
_DROP_PERSON = delete(SESSIONS).where(SESSIONS.c.person == bindparam("who"))
_DROP_OLD = delete(SESSIONS).where(SESSIONS.c.seen_at < bindparam("before"))
_STALE = timedelta(minutes=1)
"""How exactly the last page is kept: not every page is a write."""


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser."""

    person: str
    name: str
    groups: tuple[str, ...]
    began_at: datetime


class SessionRecords:
    """Raises RecordsError when the database cannot do it. Only a digest of a session's id is kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def begin(self, person: str, name: str, groups: tuple[str, ...]) -> str:
        """A new session; its secret id, for the cookie."""
        secret, now = secrets.token_urlsafe(32), self._now()
        row = {"id": _digest(secret), "person": person, "name": name, "groups": list(groups)}
        with self._database.write() as connection:
            connection.execute(_DROP_OLD, {"before": now - LONGEST})
            connection.execute(_ADD, {**row, "began_at": now, "seen_at": now})
        return secret

    def find(self, secret: str) -> Session | None:
        """The session of a cookie; None where it never was, ended, or is too old."""
        now = self._now()
        with self._database.read() as connection:
            row = connection.execute(_GET, {"which": _digest(secret)}).mappings().one_or_none()
        if row is None or now - row["seen_at"] > IDLE or now - row["began_at"] > LONGEST:
            return None
        if now - row["seen_at"] > _STALE:
            with self._database.write() as connection:
                connection.execute(_SEEN, {"which": _digest(secret), "now": now})
        return Session(row["person"], row["name"], tuple(row["groups"]), row["began_at"])

    def end(self, secret: str) -> None:
        """Sign out."""
        with self._database.write() as connection:
            connection.execute(_DROP, {"which": _digest(secret)})

    def end_all(self, person: str) -> int:
        """Sign a person out everywhere; how many sessions ended."""
        with self._database.write() as connection:
            return connection.execute(_DROP_PERSON, {"who": person}).rowcount


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
