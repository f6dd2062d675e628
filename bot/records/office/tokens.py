"""Tokens of programs that use the API, and what was answered under an idempotency key."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from bot.domain.clients import Client, ClientError, Remembered, Scope
from bot.domain.people import By, name_of
from bot.domain.record import Json
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.engine import Database, insert_new
from bot.records.tables import API_CALLS, API_TOKENS

PREFIX = "phub_"
"""What every token begins with, so that scanners of files and logs can find one that got out."""
KEPT = timedelta(hours=24)
"""How long a call under the same key gets the same answer."""
LEFT = timedelta(minutes=1)
"""A call that is worked on for longer was left by a process that died: the same call may be made again."""
_ALL = select(API_TOKENS).order_by(API_TOKENS.c.name)
_FIND = select(API_TOKENS).where(API_TOKENS.c.digest == bindparam("which"))
_ADD = insert(API_TOKENS)
_DROP = delete(API_TOKENS).where(API_TOKENS.c.name == bindparam("which"))
_USED = update(API_TOKENS).where(API_TOKENS.c.name == bindparam("which")).values(used_on=bindparam("today"))
_THIS = (API_CALLS.c.token == bindparam("which"), API_CALLS.c.key == bindparam("what"))
_CALL = select(API_CALLS).where(*_THIS)
_DONE = update(API_CALLS).where(*_THIS).values(status=bindparam("new_status"), answer=bindparam("new_answer"))
_TAKE_UP = update(API_CALLS).where(*_THIS, API_CALLS.c.status == 0, API_CALLS.c.at < bindparam("before"))
_UNDO = delete(API_CALLS).where(*_THIS)
_OLD = delete(API_CALLS).where(API_CALLS.c.at < bindparam("before"))


class TokenRecords:
    """Raises RecordsError when the database cannot do it. Only a digest of a token is kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def add(self, name: str, person: str, scopes: Sequence[Scope], days: int, by: By) -> str:
        """A new token: shown this once, kept nowhere. ClientError where the name is taken."""
        token, now = f"{PREFIX}{secrets.token_urlsafe(32)}", self._now()
        allowed = [one.value for one in scopes]
        row: dict[str, Any] = {"name": name, "digest": _digest(token), "person": person, "scopes": allowed}
        row |= {"by": name_of(by), "made_at": now, "ends_at": now + timedelta(days=days), "used_on": None}
        with self._database.write() as connection:
            if not insert_new(connection, API_TOKENS, row):
                raise ClientError(f"There is a token called '{name}' already. Revoke it first, or choose another name.")
            detail: dict[str, Json] = {"person": person, "scopes": [*allowed], "days": days}
            audit.append(connection, [Entry(now, by, "token.added", name, detail)])
        return token

    def revoke(self, name: str, by: By) -> None:
        """End a token at once. ClientError where there is none of that name."""
        with self._database.write() as connection:
            if not connection.execute(_DROP, {"which": name}).rowcount:
                raise ClientError(f"There is no token called '{name}'. Look at the list.")
            audit.append(connection, [Entry(self._now(), by, "token.revoked", name, {})])

    def all(self) -> list[Client]:
        """Every token's client, by name."""
        with self._database.read() as connection:
            return [_client(row) for row in connection.execute(_ALL).mappings()]

    def find(self, token: str) -> Client | None:
        """The client that a token belongs to; None where it never was, was revoked, or has ended."""
        now = self._now()
        with self._database.read() as connection:
            row = connection.execute(_FIND, {"which": _digest(token)}).mappings().one_or_none()
        if row is None or row["ends_at"] <= now:
            return None
        if row["used_on"] != now.date():
            with self._database.write() as connection:
                connection.execute(_USED, {"which": row["name"], "today": now.date()})
        return _client(row)

    def begin(self, client: str, key: str, sent: str) -> Remembered | None:
        """Begin a call under a key; what is on record of it where it began before and was not left unfinished."""
        row = {"token": client, "key": _digest(key), "sent": _digest(sent), "status": 0, "answer": {}}
        now = self._now()
        with self._database.write() as connection:
            connection.execute(_OLD, {"before": now - KEPT})
            if insert_new(connection, API_CALLS, {**row, "at": now}):
                return None
            found = connection.execute(_CALL, {"which": client, "what": row["key"]}).mappings().one()
            same = found["sent"] == row["sent"]
            this = {"which": client, "what": row["key"], "before": now - LEFT}
            if same and connection.execute(_TAKE_UP.values(at=now), this).rowcount:
                return None
            return Remembered(same, found["status"], found["answer"])

    def finish(self, client: str, key: str, status: int, answer: Mapping[str, Any]) -> None:
        """Keep what a call was answered: receipts, references, and nothing that was sent."""
        with self._database.write() as connection:
            this = {"which": client, "what": _digest(key)}
            connection.execute(_DONE, {**this, "new_status": status, "new_answer": dict(answer)})

    def forget(self, client: str, key: str) -> None:
        """Let a call that failed be made again."""
        with self._database.write() as connection:
            connection.execute(_UNDO, {"which": client, "what": _digest(key)})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _client(row: RowMapping) -> Client:
    scopes = frozenset(Scope(one) for one in row["scopes"])
    return Client(row["name"], row["person"], scopes, row["by"], row["made_at"], row["ends_at"], row["used_on"])
