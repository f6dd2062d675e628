"""Replies on their way to become hub advice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from bot.domain.people import By, account_of, name_of
from bot.domain.proposals import Advice, AdviceError, AdviceState, Second, second_person
from bot.domain.refusals import Remedy
from bot.domain.requests import parse_reference, reference_of
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.audit.said import text_digest
from bot.records.engine import Database
from bot.records.tables import ADVICE

_ONE = select(ADVICE).where(ADVICE.c.request_number == bindparam("which"))
_LOCKED = _ONE.with_for_update()
_ALL = select(ADVICE).order_by(ADVICE.c.request_number)
_DROP = delete(ADVICE).where(ADVICE.c.request_number == bindparam("which"))
_ADD = insert(ADVICE)
_MOVE = (
    update(ADVICE)
    .where(ADVICE.c.request_number == bindparam("which"))
    .values(state=bindparam("new_state"), approved_by=bindparam("who"), at=bindparam("now"))
)


class AdviceRecords:
    """Advice in the hub database; raises RecordsError when it cannot be kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def propose(
        self, reference: str, by: By, *, title: str, question: str, text: str, owner: str, review_by: date
    ) -> Advice:
        """Keep a proposal, in the place of an earlier one for the same request."""
        number = parse_reference(reference) or 0
        row = {
            "request_number": number,
            "title": title,
            "question": question,
            "text": text,
            "owner": owner,
            "review_by": review_by,
            "proposed_by": name_of(by),
            "proposed_account": account_of(by),
            "state": AdviceState.PROPOSED.value,
            "at": self._now(),
        }
        with self._database.write() as connection:
            connection.execute(_DROP, {"which": number})
            connection.execute(_ADD, row)
            detail = {"text": text_digest(text)}
            audit.append(connection, [Entry(self._now(), by, "advice.proposed", reference_of(number), detail)])
            return _advice(connection.execute(_ONE, {"which": number}).mappings().one())

    def approve(self, reference: str, second: Second) -> Advice:
        """Approve a proposal. AdviceError where there is none, or where the same person made it."""
        return self._move(reference, second.actor, AdviceState.PROPOSED, AdviceState.APPROVED, second)

    def withdraw(self, reference: str, by: By) -> Advice:
        """Take advice back. AdviceError where none is approved."""
        return self._move(reference, by, AdviceState.APPROVED, AdviceState.WITHDRAWN)

    def _move(
        self, reference: str, by: By, before: AdviceState, after: AdviceState, second: Second | None = None
    ) -> Advice:
        number = parse_reference(reference) or 0
        with self._database.write() as connection:
            # locked while it is read: of two who approve at once, one finds it approved
            row = connection.execute(_LOCKED, {"which": number}).mappings().one_or_none()
            if row is None or row["state"] != before.value:
                show = Remedy(("requests", "show", reference))
                raise AdviceError(f"{reference} has no advice that is {before.value}.", show)
            refusal = second_person(row["proposed_by"], row["proposed_account"], second) if second else ""
            if refusal:
                raise AdviceError(refusal)
            who = name_of(by) if second else row["approved_by"]
            connection.execute(_MOVE, {"which": number, "new_state": after.value, "who": who, "now": self._now()})
            detail = {"text": text_digest(row["text"])}
            audit.append(connection, [Entry(self._now(), by, f"advice.{after.value}", reference_of(number), detail)])
            return _advice(connection.execute(_ONE, {"which": number}).mappings().one())

    def all(self) -> list[Advice]:
        """Every piece of advice, whatever its state."""
        with self._database.read() as connection:
            return [_advice(row) for row in connection.execute(_ALL).mappings()]


def _advice(row: RowMapping) -> Advice:
    return Advice(
        reference=reference_of(row["request_number"]),
        title=row["title"],
        question=row["question"],
        text=row["text"],
        owner=row["owner"],
        review_by=row["review_by"],
        proposed_by=row["proposed_by"],
        approved_by=row["approved_by"] or "",
        state=AdviceState(row["state"]),
        at=row["at"],
    )
