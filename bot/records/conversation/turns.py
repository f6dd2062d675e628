"""What was said before in a conversation, found by place and person; and what somebody chose of what was offered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, func, literal_column, select

from bot.domain.messages import Citation, Outcome, Place
from bot.domain.receipts import normalise_receipt
from bot.domain.requests import WAITS, MessageKind, reference_of
from bot.domain.talk.turns import AskedMore, SaidBefore, Turn
from bot.domain.talk.weighing import Grounds, Weighed
from bot.records.conversation import rows, statements
from bot.records.conversation.keeping import CONVERSATION_LASTS
from bot.records.engine import Database, insert_new
from bot.records.tables import CHOICES, CITATIONS, MESSAGES, QUESTIONS, REPLIES, REQUESTS

MOST_OWN = 50
"""Requests of one person that are compared with what they ask."""
_HERE = (
    QUESTIONS.c.platform == bindparam("platform"),
    QUESTIONS.c.address == bindparam("address"),
    QUESTIONS.c.asker == bindparam("person"),
)
_TURNS = (
    select(REPLIES, QUESTIONS.c.text.label("question"))
    .join(QUESTIONS, QUESTIONS.c.id == REPLIES.c.question_id)
    .where(*_HERE, QUESTIONS.c.asked_at >= bindparam("since"))
    .order_by(REPLIES.c.id.desc())
    .limit(bindparam("most"))
)
_WAITING_OWN = (
    statements.REQUEST_LIST.where(
        QUESTIONS.c.asker == bindparam("person"), REQUESTS.c.state.in_([state.value for state in WAITS])
    )
    .order_by(None)
    .order_by(QUESTIONS.c.id.desc())
    .limit(MOST_OWN)
)
_SAID = MESSAGES.alias("said")
_LAST_SAID = (
    select(func.max(_SAID.c.id))
    .where(
        _SAID.c.request_number == REQUESTS.c.number,
        _SAID.c.kind.in_(statements.written_out(MessageKind.ASK_MORE, MessageKind.DETAIL, MessageKind.REPLY)),
    )
    .correlate(REQUESTS)
    .scalar_subquery()
)
_ASKED_MORE = (
    select(REQUESTS.c.number, MESSAGES.c.at)
    .join(QUESTIONS, QUESTIONS.c.id == REQUESTS.c.question_id)
    .join(MESSAGES, MESSAGES.c.id == _LAST_SAID)
    .where(
        _HERE[0],
        _HERE[2],
        REQUESTS.c.state.in_(statements.written_out(*WAITS)),
        MESSAGES.c.kind.in_(statements.written_out(MessageKind.ASK_MORE)),
    )
    .order_by(MESSAGES.c.id.desc())
    .limit(literal_column("1"))
)
_ASKED_MORE_HERE = _ASKED_MORE.where(_HERE[1])
_CITED = (
    select(CITATIONS)
    .where(CITATIONS.c.reply_id.in_(bindparam("replies", expanding=True)))
    .order_by(CITATIONS.c.reply_id, CITATIONS.c.role, CITATIONS.c.position)
)
_ASKED = (
    select(QUESTIONS.c.text)
    .join(REPLIES, REPLIES.c.question_id == QUESTIONS.c.id)
    .where(REPLIES.c.receipt == bindparam("code"), QUESTIONS.c.asker == bindparam("person"))
)
_GROUNDS = select(REPLIES.c.weighed, REPLIES.c.signals, REPLIES.c.confidence, REPLIES.c.outcome).where(
    REPLIES.c.receipt == bindparam("code")
)
_CHOSEN = select(CHOICES.c.position).where(CHOICES.c.receipt == bindparam("code")).order_by(CHOICES.c.position)


class TurnRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def turns(self, place: Place, person: str, *, limit: int = 8) -> tuple[Turn, ...]:
        """The last questions of a person in a place with the replies to them, newest first."""
        wanted = {**_where(place, person), "since": self._now() - CONVERSATION_LASTS, "most": limit}
        with self._database.read() as connection:
            found = connection.execute(_TURNS, wanted).mappings().all()
            cited = _citations_of(connection, [row["id"] for row in found]) if found else {}
        return tuple(_turn(row, cited.get(row["id"], {})) for row in found)

    def choose(self, receipt: str, position: int, person: str) -> None:
        """Keep that a person opened this one of the sections that a reply offered; position 0 is none of them."""
        code = normalise_receipt(receipt) or receipt
        row = {"receipt": code, "position": position, "person": person, "at": self._now()}
        with self._database.write() as connection:
            insert_new(connection, CHOICES, row)

    def chosen(self, receipt: str) -> tuple[int, ...]:
        """The numbers of the sections that were opened of what a reply offered; 0 for none of them."""
        with self._database.read() as connection:
            return tuple(connection.scalars(_CHOSEN, {"code": normalise_receipt(receipt) or receipt}))

    def said_before(self, place: Place, person: str, *, anywhere: bool = False, limit: int = 3) -> SaidBefore:
        """What a message of this person in this place may lean on, with this many questions of anybody there at most.

        `anywhere` is for platforms whose places are new each time: where the hub asked for more does not count there.
        """
        here = _where(place, person)
        with self._database.read() as connection:
            row = connection.execute(_ASKED_MORE if anywhere else _ASKED_MORE_HERE, here).one_or_none()
            wanted = {**here, "since": self._now() - CONVERSATION_LASTS, "most": limit}
            earlier = connection.scalars(statements.EARLIER, wanted).all() if limit > 0 else ()
        return SaidBefore(AskedMore(reference_of(row[0]), row[1]) if row else None, tuple(reversed(earlier)))

    def waiting_twin(self, person: str, text: str) -> str:
        """The reference of a request by which the person asked the same before, and which still waits; or empty."""
        with self._database.read() as connection:
            number = waiting_twin(connection, person, text)
        return reference_of(number) if number else ""

    def asked(self, receipt: str, person: str) -> str:
        """What this person asked that was replied to under a receipt; empty where somebody else did, or it is gone."""
        with self._database.read() as connection:
            return connection.scalar(_ASKED, {"code": normalise_receipt(receipt) or receipt, "person": person}) or ""

    def is_asker(self, receipt: str, person: str) -> bool:
        """Whether this person asked what was replied to under a receipt."""
        with self._database.read() as connection:
            wanted = {"code": normalise_receipt(receipt) or receipt, "person": person}
            return connection.execute(_ASKED, wanted).first() is not None

    def grounds(self, receipt: str) -> Grounds | None:
        """Why a reply was given; None where there is no reply with this receipt."""
        code = normalise_receipt(receipt)
        with self._database.read() as connection:
            row = connection.execute(_GROUNDS, {"code": code}).one_or_none()
        if code is None or row is None:
            return None
        weighed = Weighed.from_json(row.weighed) if row.weighed else None
        return Grounds(code, row.outcome, row.confidence, weighed, row.signals or {}, self.chosen(code))


def waiting_twin(connection: Connection, person: str, text: str) -> int | None:
    """As `TurnRecords.waiting_twin`, within a transaction; the number of the request."""
    said = _plain(text)
    for row in connection.execute(_WAITING_OWN, {"person": person}).mappings():
        if said and _plain(row["question"]) == said:
            return int(row["number"])
    return None


def _where(place: Place, person: str) -> dict[str, Any]:
    return {"platform": place.platform, "address": place.address, "person": person}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\W+", " ", text).casefold().split())


def _citations_of(connection: Connection, replies: Sequence[int]) -> dict[int, dict[str, list[Citation]]]:
    """Reply id to role to citations in order, for several replies."""
    found: dict[int, dict[str, list[Citation]]] = {}
    for row in connection.execute(_CITED, {"replies": list(replies)}).mappings():
        found.setdefault(row["reply_id"], {}).setdefault(row["role"], []).append(rows.citation_of(row))
    return found


def _turn(row: RowMapping, cited: Mapping[str, list[Citation]]) -> Turn:
    number = row["request_number"]
    return Turn(
        question=row["question"],
        outcome=Outcome(row["outcome"]),
        at=row["replied_at"],
        receipt=row["receipt"] or "",
        request=reference_of(number) if number else "",
        reason=row["reason"],
        citations=tuple(cited.get(statements.QUOTED, ())),
        candidates=tuple(cited.get(statements.CANDIDATE, ())),
        further=tuple(cited.get(statements.FOUND, ())),
    )
