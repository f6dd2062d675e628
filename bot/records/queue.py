"""Changes to requests: each one transaction with its event, its message, and what goes out because of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from bot.records import audit, rows
from bot.records.audit import Entry
from bot.records.engine import Database
from bot.records.schema import MESSAGES, OUTBOX, REQUESTS
from bot.refusals import Refused
from bot.triage import MessageKind, Request, RequestState, check_transition, parse_reference, reference_of

WAITING, LEASED, SENT, DEAD = "waiting", "leased", "sent", "dead"

_LOCKED = rows.REQUEST.with_for_update(of=REQUESTS)
_CHANGE = (
    update(REQUESTS)
    .where(REQUESTS.c.number == bindparam("which"))
    .values(
        state=bindparam("new_state"),
        claimed_by=bindparam("who"),
        outcome=bindparam("ended"),
        changed_at=bindparam("now"),
    )
)
_SAY = insert(MESSAGES)
_SEND = insert(OUTBOX)


class QueueError(Refused):
    """A request cannot be changed as it was asked for; the message names who has it, or the remedy."""


class QueueRecords:
    """The queue in the hub database; raises RecordsError when it cannot be kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def change(
        self,
        reference: str,
        actor: str,
        action: str,
        decide: Callable[[Request], Mapping[str, Any]],
        *,
        message: tuple[MessageKind, str] | None = None,
        tell: str = "",
    ) -> Request:
        """Change one request while nobody else can; the request afterwards.

        `decide` looks at it as it is now and gives what is new: `state`, `claimed_by`, `outcome`, `tell`. It may refuse
        by raising. What is to `tell` goes to whoever asked, in their own place.

        Raises:
            QueueError: there is no such request.
        """
        number = parse_reference(reference)
        if number is None:
            raise QueueError(f"'{reference}' is no reference. Write it as PF-0042.")
        with self._database.write() as connection:
            row = connection.execute(_LOCKED, {"wanted": number}).mappings().one_or_none()
            if row is None:
                raise QueueError(f"There is no request {reference_of(number)}. Run: prevention-hub requests list")
            before = rows.request_of(row)
            new = decide(before)
            after = self._write(connection, number, before, new)
            if message is not None:
                kind, text = message
                said = {"request_number": number, "kind": kind.value, "author": actor, "text": text, "at": self._now()}
                connection.execute(_SAY, said)
            detail = {"before": before.state.value, "after": after["new_state"], "claimed_by": after["who"]}
            entry = Entry(self._now(), actor, f"request.{action}", before.reference, detail)
            sequence = audit.append(connection, [entry])
            tell = new.get("tell", tell)
            if tell:  # the event's number makes the key: the same step again, later, is another message
                _send(connection, before, f"{before.reference}:{sequence}", tell, self._now())
            changed = connection.execute(rows.REQUEST, {"wanted": number}).mappings().one()
            return rows.request_of(changed, messages=rows.messages_of(connection, number))

    def _write(self, connection: Connection, number: int, before: Request, new: Mapping[str, Any]) -> Mapping[str, Any]:
        after = {
            "which": number,
            "new_state": RequestState(new.get("state", before.state)).value,
            "who": new.get("claimed_by", before.claimed_by) or None,
            "ended": new.get("outcome", before.outcome) or None,
            "now": self._now(),
        }
        connection.execute(_CHANGE, after)
        return after


def _send(connection: Connection, request: Request, key: str, text: str, now: datetime) -> None:
    connection.execute(
        _SEND,
        {
            "key": key,
            "platform": request.place.platform,
            "address": request.place.address,
            "person": request.asker,
            "reference": request.reference,
            "text": text,
            "state": WAITING,
            "attempts": 0,
            "fence": 0,
            "due_at": now,
            "trouble": "",
        },
    )


def moved(request: Request, wanted: RequestState) -> None:
    """Do nothing if the request may go there; TransitionError if not."""
    check_transition(request.reference, request.state, wanted)
