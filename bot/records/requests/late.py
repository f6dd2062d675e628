"""Unanswered questions that guidance may answer by now, and how far the worker has looked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, insert, or_, select

from bot.domain.messages import Citation
from bot.domain.people import By
from bot.domain.requests import WAITS, Request, RequestKind, RequestState, parse_reference
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.conversation import rows, statements
from bot.records.engine import Database, insert_new
from bot.records.tables import LATE_OFFERS, MARKS, QUESTIONS, REQUESTS

_SETTLED = select(LATE_OFFERS.c.request_number).where(LATE_OFFERS.c.state != "offered")
_WAITS = REQUESTS.c.state.in_([*(state.value for state in WAITS), RequestState.UNRESOLVED.value])
_PAST = and_(
    REQUESTS.c.state == RequestState.CLOSED.value,
    REQUESTS.c.replied_at.is_(None),
    REQUESTS.c.opened_at >= bindparam("since"),
)
_UNANSWERED = statements.REQUEST_LIST.where(
    REQUESTS.c.kind == RequestKind.QUESTION.value,
    REQUESTS.c.joined_to.is_(None),
    QUESTIONS.c.text != "",
    or_(_WAITS, _PAST),
    REQUESTS.c.number.not_in(_SETTLED),
)
_DROP = delete(LATE_OFFERS).where(LATE_OFFERS.c.request_number == bindparam("which"))
_ADD = insert(LATE_OFFERS)
_MARK = select(MARKS.c.value).where(MARKS.c.name == bindparam("called"))
_UNMARK = delete(MARKS).where(MARKS.c.name == bindparam("called"))


class LateRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def unanswered(self, since: datetime) -> list[Request]:
        """Questions that wait or are unresolved, and those closed without a reply since then.

        What was sent or dismissed before is not among them.
        """
        with self._database.read() as connection:
            return [rows.request_of(row) for row in connection.execute(_UNANSWERED, {"since": since}).mappings()]

    def keep(self, edition: int, found: Sequence[tuple[str, Citation]]) -> int:
        """Keep what an edition answers; how many were not known before."""
        with self._database.write() as connection:
            new = 0
            for reference, citation in found:
                row = {
                    "request_number": parse_reference(reference),
                    "edition": edition,
                    "citation": citation.as_json(),
                    "state": "offered",
                    "at": self._now(),
                }
                new += insert_new(connection, LATE_OFFERS, row)
            return new

    def settle(self, references: Sequence[str], state: str, by: By) -> None:
        """These were sent, or dismissed: they are not offered again."""
        with self._database.write() as connection:
            for reference in references:
                number = parse_reference(reference)
                connection.execute(_DROP, {"which": number})
                row: dict[str, object] = {"request_number": number, "edition": 0, "citation": {}, "state": state}
                connection.execute(_ADD, {**row, "at": self._now()})
            entries = [Entry(self._now(), by, f"late.{state}", reference, {}) for reference in references]
            if entries:  # the head of the record is locked when no row is to be locked any more
                audit.append(connection, entries)

    def mark(self, name: str) -> str:
        """How far the worker has come with something; empty at first."""
        with self._database.read() as connection:
            return str(connection.scalar(_MARK, {"called": name}) or "")

    def set_mark(self, name: str, value: str) -> None:
        """Come as far as this."""
        with self._database.write() as connection:
            connection.execute(_UNMARK, {"called": name})
            insert_new(connection, MARKS, {"name": name, "value": value})
