"""Changes to requests: each one transaction with its event, its message, and what goes out because of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, Connection, bindparam, case, delete, func, insert, or_, select, update

from bot.domain.changes import Change
from bot.domain.letters import LetterKind
from bot.domain.messages import Place
from bot.domain.people import By, name_of
from bot.domain.record import Json
from bot.domain.requests import (
    MessageKind,
    Request,
    RequestState,
    no_such_request,
    number_of,
    parse_reference,
    reference_of,
)
from bot.records import audit
from bot.records.audit import said
from bot.records.audit.chain import Entry
from bot.records.conversation import rows, statements
from bot.records.engine import Database
from bot.records.letters import outgoing
from bot.records.letters.doing import settle
from bot.records.tables import MESSAGES, REMINDERS, REQUESTS, UtcTime

# rows of requests are locked before the head of the record, here and everywhere; and not their keys: whoever keeps a
# reply to a request while holding the head need not wait for them
_LOCKED = statements.REQUEST.with_for_update(of=REQUESTS, key_share=True)
_IN_ORDER = (
    select(REQUESTS.c.number)
    .where(
        or_(
            REQUESTS.c.number.in_(bindparam("several", expanding=True)),
            REQUESTS.c.joined_to.in_(bindparam("several", expanding=True)),
        )
    )
    .order_by(REQUESTS.c.number)
    .with_for_update(key_share=True)
)
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
"""The text of a letter, for the reference under which its reader knows the request."""


_MOVE_JOINED = update(REQUESTS).where(REQUESTS.c.joined_to == bindparam("wanted")).values(joined_to=bindparam("into"))


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that is done to a request."""

    actor: By
    action: str
    message: tuple[MessageKind, str] | None = None
    tell: Told | None = None
    kind: LetterKind = LetterKind.REPLY


@dataclass(frozen=True, slots=True)
class _After:
    """A request after a change, as far as its event says so."""

    state: RequestState
    holder: str | None
    joined_to: str


class QueueRecords:
    """The queue in the hub database; raises RecordsError when it cannot be kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime], boards: Sequence[Place] = ()) -> None:
        self._database = database
        self._now = clock
        self._boards = boards

    def change(
        self,
        reference: str,
        actor: By,
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
            _lock_in_order(connection, number)
            before = self._locked(connection, number)
            return self._apply(connection, before, decide(before), step)

    def join(self, reference: str, into: str, actor: By, decide: Callable[[Request, Request], Change]) -> Request:
        """Let the request `into` answer this one too, and whatever had joined this one; the request afterwards.

        `decide` looks at both as they are now, as in `change`. QueueError as there.
        """
        number, other = number_of(reference), number_of(into)
        with self._database.write() as connection:
            _lock_in_order(connection, number, other)
            locked = {one: self._locked(connection, one) for one in (number, other)}
            new = decide(locked[number], locked[other])
            connection.execute(_MOVE_JOINED, {"wanted": number, "into": other})
            return self._apply(connection, locked[number], new, _Step(actor, "joined"))

    def tell_boards(self, reference: str, actor: By, what: str) -> None:
        """The hub's boards hear of something that changed nothing in the request itself, such as its advice."""
        number = number_of(reference)
        with self._database.write() as connection:
            before = self._locked(connection, number)
            entry = Entry(self._now(), actor, f"request.{what}", before.reference, {})
            key = f"{before.reference}:{audit.append(connection, [entry])}"
            outgoing.tell_boards(connection, self._boards, before.reference, key, name_of(actor), what, self._now())

    def _apply(self, connection: Connection, before: Request, new: Change, step: _Step) -> Request:
        number = number_of(before.reference)
        settle(connection, before.reference)
        after = self._write(connection, number, before, new, step.message)
        detail: dict[str, Json] = {"before": before.state.value, "after": after.state.value, "claimed_by": after.holder}
        if after.joined_to:
            detail["joined_to"] = after.joined_to
        if step.message is not None:
            detail["said"] = self._say(connection, number, step.actor, *step.message)
        entry = Entry(self._now(), step.actor, f"request.{step.action}", before.reference, detail)
        # the event's number makes the key: the same step again, later, is another message
        key = f"{before.reference}:{audit.append(connection, [entry])}"
        told = new.tell or step.tell
        if told:
            outgoing.send_to_askers(connection, before, key, step.kind, told, self._now())
        boards, who = self._boards, name_of(step.actor)
        outgoing.tell_boards(connection, boards, before.reference, key, who, step.action, self._now())
        if after.state is RequestState.WITHDRAWN:
            self._part(connection, number, step.actor)
        changed = connection.execute(statements.REQUEST, {"wanted": number}).mappings().one()
        return rows.request_of(changed, messages=rows.messages_of(connection, number))

    def _say(self, connection: Connection, number: int, author: By, kind: MessageKind, text: str) -> str:
        """Keep a message; its digest, for the record."""
        salt = said.new_salt()
        row = {"request_number": number, "kind": kind.value, "author": name_of(author), "text": text, "salt": salt}
        connection.execute(_SAY, {**row, "at": self._now()})
        return said.of_message(salt, author, text)

    def _part(self, connection: Connection, number: int, actor: By) -> None:
        """What had joined a request that is withdrawn stands on its own again: nobody else may take it back."""
        for joined in list(connection.scalars(statements.JOINED, {"wanted": number})):
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
    ) -> _After:
        state = new.state or before.state
        who = before.claimed_by if new.claimed_by is None else new.claimed_by
        ended = "" if new.reopens else new.outcome.value if new.outcome else before.outcome
        joined_to = before.joined_to if new.joined_to is None else new.joined_to
        replied = message is not None and message[0] is MessageKind.REPLY
        again = _waits_anew(before.state, state)
        values = {
            "which": number,
            "new_state": state.value,
            "who": who or None,
            "ended": ended or None,
            "into": parse_reference(joined_to),
            "now": self._now(),
            "taken": self._now() if who else None,
            "told": self._now() if replied else None,
            "said": replied,
            "again": again,
        }
        connection.execute(_CHANGE, values)
        if again:  # it waits anew, and so it is reminded of anew
            connection.execute(_FORGET_REMINDERS, {"which": number})
        return _After(state, who or None, joined_to)


def _lock_in_order(connection: Connection, *numbers: int) -> None:
    """Lock these and what joined them, always in the same order: who joins two to each other waits for nobody."""
    connection.execute(_IN_ORDER, {"several": numbers}).all()


def _waits_anew(before: RequestState, after: RequestState) -> bool:
    """Whether it is counted from now how long a request waits."""
    reopened = after is RequestState.REOPENED and before is not RequestState.REOPENED
    return reopened or (before is RequestState.UNRESOLVED and after is RequestState.CLAIMED)
