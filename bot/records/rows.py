"""Between the words of the core and the rows of the tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, case, insert, or_, select

from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.receipts import ReceiptRecord, normalise_receipt
from bot.domain.requests import (
    Event,
    Message,
    MessageKind,
    Request,
    RequestKind,
    RequestState,
    parse_reference,
    reference_of,
)
from bot.records.schema import CITATIONS, MESSAGES, QUESTIONS, REPLIES, REQUESTS

QUOTED, CANDIDATE, FOUND = "quoted", "candidate", "found"

_ADD_QUESTION = insert(QUESTIONS)
_ADD_REPLY = insert(REPLIES)
_ADD_CITATIONS = insert(CITATIONS)
_ADD_REQUEST = insert(REQUESTS)

EARLIER = (
    select(QUESTIONS.c.text)
    .where(
        QUESTIONS.c.platform == bindparam("platform"),
        QUESTIONS.c.address == bindparam("address"),
        QUESTIONS.c.asked_at >= bindparam("since"),
    )
    .order_by(QUESTIONS.c.id.desc())
    .limit(bindparam("most"))
)
HAS_ASKED = (
    select(QUESTIONS.c.id)
    .where(
        QUESTIONS.c.platform == bindparam("platform"),
        QUESTIONS.c.address == bindparam("address"),
        QUESTIONS.c.asker == bindparam("person"),
        QUESTIONS.c.asked_at >= bindparam("since"),
    )
    .limit(1)
)
RECEIPT = select(REPLIES).where(REPLIES.c.receipt == bindparam("code"))
RECEIPT_TAKEN = select(REPLIES.c.id).where(REPLIES.c.receipt == bindparam("code"))
REQUEST_LIST = (
    select(
        REQUESTS,
        QUESTIONS.c.text.label("question"),
        QUESTIONS.c.platform,
        QUESTIONS.c.address,
        QUESTIONS.c.asker,
    )
    .join(QUESTIONS, QUESTIONS.c.id == REQUESTS.c.question_id)
    .order_by(REQUESTS.c.number.desc())
)
_LOWEST = case((REQUESTS.c.state == RequestState.UNRESOLVED.value, 1), else_=0)
REQUEST_LIST_LIMITED = REQUEST_LIST.order_by(None).order_by(_LOWEST, REQUESTS.c.number.desc()).limit(bindparam("most"))
REQUEST_LIST_IN_STATE = REQUEST_LIST_LIMITED.where(REQUESTS.c.state == bindparam("wanted"))
REQUEST_LIST_OF_PERSON = (
    REQUEST_LIST_LIMITED.where(
        QUESTIONS.c.asker == bindparam("person"),
        # what the worker logged is not theirs until the hub has answered it
        or_(~REQUESTS.c.unasked, REQUESTS.c.replied_at.is_not(None)),
    )
    .order_by(None)
    .order_by(QUESTIONS.c.id.desc())  # as the index on askers has them
)
JOINED = select(REQUESTS.c.number).where(REQUESTS.c.joined_to == bindparam("wanted")).order_by(REQUESTS.c.number)
REQUEST = REQUEST_LIST.where(REQUESTS.c.number == bindparam("wanted"))
_FOUND_FOR = (
    select(CITATIONS)
    .join(REPLIES, REPLIES.c.id == CITATIONS.c.reply_id)
    .where(REPLIES.c.question_id == bindparam("question"), CITATIONS.c.role.in_([CANDIDATE, FOUND]))
    .order_by(CITATIONS.c.reply_id, CITATIONS.c.role, CITATIONS.c.position)
)
_CITED = (
    select(CITATIONS).where(CITATIONS.c.reply_id == bindparam("reply")).order_by(CITATIONS.c.role, CITATIONS.c.position)
)
_OF_REPLIES = (
    select(CITATIONS)
    .where(CITATIONS.c.reply_id.in_(bindparam("replies", expanding=True)))
    .order_by(CITATIONS.c.reply_id, CITATIONS.c.role, CITATIONS.c.position)
)
_MESSAGES = select(MESSAGES).where(MESSAGES.c.request_number == bindparam("which")).order_by(MESSAGES.c.id)
_CITATION_FIELDS = tuple(Citation.__dataclass_fields__)


def add_question(connection: Connection, question: Question, at: datetime) -> int:
    """Keep the redacted question; its number."""
    row = {
        "given_id": question.id,
        "platform": question.place.platform,
        "address": question.place.address,
        "asker": question.asker,
        "text": question.text,
        "asked_at": at,
    }
    return _key(connection.execute(_ADD_QUESTION, row).inserted_primary_key)


def add_request(
    connection: Connection,
    question_id: int,
    kind: RequestKind,
    why: str,
    at: datetime,
    state: RequestState = RequestState.OPEN,
) -> int:
    """Open a request, or log a question that nobody waits for; its number, which was never given before."""
    row = {
        "question_id": question_id,
        "kind": kind.value,
        "state": state.value,
        "why": why,
        "opened_at": at,
        "unasked": state is RequestState.UNRESOLVED,
    }
    return _key(connection.execute(_ADD_REQUEST, row).inserted_primary_key)


def add_reply(
    connection: Connection,
    question_id: int,
    reply: Reply,
    at: datetime,
    *,
    request: int | None,
    found: Sequence[Citation] = (),
) -> None:
    """Keep the reply, all it showed, and what was found but not shown."""
    row = {
        "question_id": question_id,
        "request_number": request,
        "given_id": reply.id,
        "receipt": reply.receipt and (normalise_receipt(reply.receipt) or reply.receipt),
        "outcome": reply.outcome.value,
        "text": reply.text,
        "why": reply.why,
        "confidence": None if reply.confidence is None else _finite(reply.confidence),
        "edition": reply.edition,
        "redacted": list(reply.redacted),
        "signals": dict(reply.signals),
        "reason": reply.reason,
        "join_offered": parse_reference(reply.join[0]) if reply.join else None,
        "weighed": reply.weighed.as_json() if reply.weighed else None,
        "replied_at": at,
    }
    reply_id = _key(connection.execute(_ADD_REPLY, row).inserted_primary_key)
    shown = ((QUOTED, reply.citations), (CANDIDATE, reply.candidates), (FOUND, (*found, *reply.further)))
    rows = [
        {
            "reply_id": reply_id,
            "role": role,
            "position": position,
            "edition": reply.edition,
            **_values(citation),
        }
        for role, citations in shown
        for position, citation in enumerate(citations, 1)
    ]
    if rows:
        connection.execute(_ADD_CITATIONS, rows)


def receipt_record(connection: Connection, row: RowMapping) -> ReceiptRecord:
    """What the reply in this row showed."""
    cited = connection.execute(_CITED, {"reply": row["id"]}).mappings().all()
    number = row["request_number"]
    return ReceiptRecord(
        code=row["receipt"],
        at=row["replied_at"],
        outcome=Outcome(row["outcome"]),
        text=row["text"],
        citations=tuple(_citation(one) for one in cited if one["role"] == QUOTED),
        candidates=tuple(_citation(one) for one in cited if one["role"] == CANDIDATE),
        edition=row["edition"],
        request=None if number is None else reference_of(number),
    )


def citations_of(connection: Connection, replies: Sequence[int]) -> dict[int, dict[str, list[Citation]]]:
    """Reply id to role to citations in order, for several replies."""
    found: dict[int, dict[str, list[Citation]]] = {}
    for row in connection.execute(_OF_REPLIES, {"replies": list(replies)}).mappings():
        found.setdefault(row["reply_id"], {}).setdefault(row["role"], []).append(_citation(row))
    return found


def found_for(connection: Connection, question_id: int) -> tuple[Citation, ...]:
    """What the search had brought up for a question, nearest first."""
    return tuple(_citation(row) for row in connection.execute(_FOUND_FOR, {"question": question_id}).mappings())


def request_of(
    row: RowMapping,
    found: tuple[Citation, ...] = (),
    events: tuple[Event, ...] = (),
    messages: tuple[Message, ...] = (),
    joined: tuple[str, ...] = (),
) -> Request:
    """The request in a row of REQUEST_LIST."""
    return Request(
        reference=reference_of(row["number"]),
        kind=RequestKind(row["kind"]),
        state=RequestState(row["state"]),
        question=row["question"],
        place=Place(row["platform"], row["address"]),
        asker=row["asker"],
        opened_at=row["opened_at"],
        why=row["why"],
        found=found,
        events=events,
        claimed_by=row["claimed_by"] or "",
        outcome=row["outcome"] or "",
        joined_to=reference_of(row["joined_to"]) if row["joined_to"] else "",
        joined=joined,
        claimed_at=row["claimed_at"],
        replied_at=row["replied_at"],
        reopened_at=row["reopened_at"],
        unasked=bool(row["unasked"]),
        messages=messages,
    )


def messages_of(connection: Connection, number: int) -> tuple[Message, ...]:
    """What was said about a request, oldest first."""
    found = connection.execute(_MESSAGES, {"which": number}).mappings()
    return tuple(Message(MessageKind(row["kind"]), row["author"], row["text"], row["at"]) for row in found)


def _key(primary_key: Any) -> int:
    return int(primary_key[0])


def _values(citation: Citation) -> dict[str, Any]:
    values = {name: getattr(citation, name) for name in _CITATION_FIELDS}
    values["similarity"] = _finite(citation.similarity)
    return values


def _citation(row: RowMapping) -> Citation:
    return Citation(**{name: row[name] for name in _CITATION_FIELDS})


def _finite(value: float) -> float:
    # SQLite turns NaN into null: a broken number must not cost the record
    return float(value) if math.isfinite(value) else 0.0
