"""Changes to requests: each one transaction with its event, its message, and what goes out because of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Connection, bindparam, case, delete, func, insert, update

from bot.domain.letters import LetterKind
from bot.domain.messages import Place
from bot.domain.requests import (
    Change,
    MessageKind,
    Request,
    RequestState,
    no_such_request,
    number_of,
    parse_reference,
    reference_of,
)
from bot.records import audit, outgoing, rows
from bot.records.audit import Entry
from bot.records.engine import Database
from bot.records.schema import MESSAGES, REMINDERS, REQUESTS, UtcTime

_LOCKED = rows.REQUEST.with_for_update(of=REQUESTS)
_CHANGE = (
    update(REQUESTS)
    .where(REQUESTS.c.number == bindparam("which"))
    .values(
        state=bindparam("new_state"),
        claimed_by=bindparam("who"),
        outcome=bindparam("ended"),
        joined_to=bindparam("into"),
        changed_at=bindparam("now"),
        claimed_at=func.coalesce(REQUESTS.c.claimed_at, bindparam("taken", type_=UtcTime())),
        reopened_at=case(
            (bindparam("again", type_=Boolean()), bindparam("now", type_=UtcTime())),
            (bindparam("said", type_=Boolean()), None),
            else_=REQUESTS.c.reopened_at,
        ),
        replied_at=func.coalesce(REQUESTS.c.replied_at, bindparam("told", type_=UtcTime())),
    )
)
_FORGET_REMINDERS = delete(REMINDERS).where(REMINDERS.c.request_number == bindparam("which"))
_SAY = insert(MESSAGES)
Told = Callable[[str], str]
"""The text of a letter, for the reference of whoever gets it."""


_MOVE_JOINED = update(REQUESTS).where(REQUESTS.c.joined_to == bindparam("wanted")).values(joined_to=bindparam("into"))


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing somebody does to a request."""

    actor: str
    action: str
    message: tuple[MessageKind, str] | None = None
    tell: Told | None = None
    kind: LetterKind = LetterKind.REPLY


class QueueRecords:
    """The queue in the hub database; raises RecordsError when it cannot be kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime], boards: Sequence[Place] = ()) -> None:
        self._database = database
        self._now = clock
        self._boards = boards

    def change(
        self,
        reference: str,
        actor: str,
        action: str,
        decide: Callable[[Request], Change],
        *,
        message: tuple[MessageKind, str] | None = None,
        tell: Told | None = None,
        kind: LetterKind = LetterKind.REPLY,
    ) -> Request:
        """Change one request while nobody else can; the request afterwards.

        `decide` looks at it as it is now and gives what becomes new; it may refuse by raising. What is to `tell` goes
        to the asker and to all who joined, each in their own place; the hub's boards hear of every change.

        Raises:
            QueueError: there is no such request.
        """
        step = _Step(actor, action, message, tell, kind)
        number = number_of(reference)
        with self._database.write() as connection:
            before = self._locked(connection, number)
            return self._apply(connection, before, decide(before), step)

    def join(self, reference: str, into: str, actor: str, decide: Callable[[Request, Request], Change]) -> Request:
        """Let the request `into` answer this one too, and whatever had joined this one; the request afterwards.

        `decide` looks at both as they are now, as in `change`. QueueError as there.
        """
        number, other = number_of(reference), number_of(into)
        with self._database.write() as connection:
            # always in the same order: two people who join the two to each other do not wait for one another
            locked = {one: self._locked(connection, one) for one in sorted({number, other})}
            new = decide(locked[number], locked[other])
            connection.execute(_MOVE_JOINED, {"wanted": number, "into": other})
            return self._apply(connection, locked[number], new, _Step(actor, "joined"))

    def tell_boards(self, reference: str, actor: str, what: str) -> None:
        """The hub's boards hear of something that changed nothing in the request itself, such as its advice."""
        number = number_of(reference)
        with self._database.write() as connection:
            before = self._locked(connection, number)
            entry = Entry(self._now(), actor, f"request.{what}", before.reference, {})
            key = f"{before.reference}:{audit.append(connection, [entry])}"
            outgoing.tell_boards(connection, self._boards, before.reference, key, actor, what, self._now())

    def _apply(self, connection: Connection, before: Request, new: Change, step: _Step) -> Request:
        number = number_of(before.reference)
        after = self._write(connection, number, before, new, step.message)
        if step.message is not None:
            kind, text = step.message
            said = {"request_number": number, "kind": kind.value, "author": step.actor, "text": text, "at": self._now()}
            connection.execute(_SAY, said)
        detail = {"before": before.state.value, "after": after["new_state"], "claimed_by": after["who"]}
        if after["into"]:
            detail["joined_to"] = reference_of(after["into"])
        entry = Entry(self._now(), step.actor, f"request.{step.action}", before.reference, detail)
        # the event's number makes the key: the same step again, later, is another message
        key = f"{before.reference}:{audit.append(connection, [entry])}"
        told = new.tell or step.tell
        if told:
            outgoing.send_to_askers(connection, before, key, step.kind, told, self._now())
        outgoing.tell_boards(connection, self._boards, before.reference, key, step.actor, step.action, self._now())
        if after["new_state"] == RequestState.WITHDRAWN:
            self._part(connection, number, step.actor)
        changed = connection.execute(rows.REQUEST, {"wanted": number}).mappings().one()
        return rows.request_of(changed, messages=rows.messages_of(connection, number))

    def _part(self, connection: Connection, number: int, actor: str) -> None:
        """What had joined a request that is withdrawn stands on its own again: nobody else may take it back."""
        for joined in list(connection.scalars(rows.JOINED, {"wanted": number})):
            alone = Change(RequestState.REOPENED, claimed_by="", joined_to="", reopens=True)
            self._apply(connection, self._locked(connection, joined), alone, _Step(actor, "parted"))

    def _locked(self, connection: Connection, number: int) -> Request:
        row = connection.execute(_LOCKED, {"wanted": number}).mappings().one_or_none()
        if row is None:
            raise no_such_request(reference_of(number))
        return rows.request_of(row)

    def _write(
        self,
        connection: Connection,
        number: int,
        before: Request,
        new: Change,
        message: tuple[MessageKind, str] | None,
    ) -> Mapping[str, Any]:
        state = new.state or before.state
        who = before.claimed_by if new.claimed_by is None else new.claimed_by
        ended = "" if new.reopens else new.outcome.value if new.outcome else before.outcome
        joined_to = before.joined_to if new.joined_to is None else new.joined_to
        said = message is not None and message[0] is MessageKind.REPLY
        after = {
            "which": number,
            "new_state": state.value,
            "who": who or None,
            "ended": ended or None,
            "into": parse_reference(joined_to),
            "now": self._now(),
            "taken": self._now() if who else None,
            "told": self._now() if said else None,
            "said": said,
            "again": state is RequestState.REOPENED and before.state is not RequestState.REOPENED,
        }
        connection.execute(_CHANGE, after)
        if after["again"]:  # it waits anew, and so it is reminded of anew
            connection.execute(_FORGET_REMINDERS, {"which": number})
        return after
