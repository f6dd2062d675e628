"""Between the words of the core and the rows of the tables."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, RowMapping, update

from bot import safeguards
from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.receipts import Beside, ReceiptRecord, normalise_receipt
from bot.domain.record import Event, Recorded
from bot.domain.requests import (
    Message,
    MessageKind,
    Request,
    RequestKind,
    RequestState,
    parse_reference,
    reference_of,
)
from bot.records.audit import events_about, said
from bot.records.conversation.statements import (
    ADD_CITATIONS,
    ADD_QUESTION,
    ADD_REPLY,
    ADD_REQUEST,
    CANDIDATE,
    CITED,
    FOUND,
    FOUND_FOR,
    JOINED,
    MESSAGES_OF,
    OF_REPLIES,
    QUOTED,
)
from bot.records.letters.doing import recorded
from bot.records.tables import REQUESTS

_CITATION_FIELDS = tuple(Citation.__dataclass_fields__)


LONGEST_ID = 200
"""Characters that are kept of the id that an asker's program gave a question."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a request is opened with."""

    kind: RequestKind
    why: str
    theme: str = ""
    area: str = ""
    state: RequestState = RequestState.OPEN
    """Unresolved for a question that the worker logs and nobody waits for."""


def add_question(connection: Connection, question: Question, at: datetime) -> int:
    """Keep the redacted question; its number."""
    row = {
        "given_id": kept_id(question.id),
        "platform": question.place.platform,
        "address": question.place.address,
        "asker": question.asker,
        "text": question.text,
        "asked_at": at,
    }
    return _key(connection.execute(ADD_QUESTION, row).inserted_primary_key)


@lru_cache(16)
def kept_id(given: str) -> str:
    """The id that an asker's program gave a question, as it is kept: it may be a name or a number, too."""
    return safeguards.redact(given[:LONGEST_ID]).text if given else ""


def add_request(connection: Connection, question_id: int, opening: Opening, at: datetime) -> int:
    """Open a request, or log a question that nobody waits for; its number, which was never given before."""
    row = {
        "question_id": question_id,
        "kind": opening.kind.value,
        "state": opening.state.value,
        "unasked": opening.state is RequestState.UNRESOLVED,
        "why": opening.why,
        "opened_at": at,
        "theme": opening.theme[:40],
        "area": opening.area,
    }
    return _key(connection.execute(ADD_REQUEST, row).inserted_primary_key)


def offer(connection: Connection, number: int, reference: str) -> None:
    """Keep that a request's asker was offered to join another."""
    offered = {"join_offered": parse_reference(reference)}
    connection.execute(update(REQUESTS).where(REQUESTS.c.number == number).values(**offered))


def add_reply(
    connection: Connection,
    question_id: int,
    question: Question,
    reply: Reply,
    at: datetime,
    *,
    request: int | None,
    found: Sequence[Citation] = (),
) -> str:
    """Keep the reply, all it showed, and what was found but not shown; the digest of what was shown, for the record."""
    salt, receipt = said.new_salt(), receipt_of(reply)
    row = {
        "question_id": question_id,
        "request_number": request,
        # an id of our own names nobody
        "given_id": kept_id(reply.id) if reply.id == question.id else reply.id,
        "receipt": receipt,
        "outcome": reply.outcome.value,
        "text": reply.text,
        "why": reply.why,
        "confidence": None if reply.confidence is None else _finite(reply.confidence),
        "edition": reply.edition,
        "redacted": list(reply.redacted),
        "signals": dict(reply.signals),
        "reason": reply.reason,
        "weighed": reply.weighed.as_json() if reply.weighed else None,
        "beside": Beside.of(reply).as_json(),
        "replied_at": at,
        "salt": salt,
    }
    reply_id = _key(connection.execute(ADD_REPLY, row).inserted_primary_key)
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
        connection.execute(ADD_CITATIONS, rows)
    recorded(connection, receipt)
    return said.of_reply(salt, reply.text, said.shown_by(reply.citations, reply.candidates))


def receipt_of(reply: Reply) -> str | None:
    """The receipt as it is kept."""
    return reply.receipt and (normalise_receipt(reply.receipt) or reply.receipt)


def receipt_record(connection: Connection, row: RowMapping, compared: Recorded = Recorded.EARLIER) -> ReceiptRecord:
    """What the reply in this row showed, and how that compares with the record."""
    cited = connection.execute(CITED, {"reply": row["id"]}).mappings().all()
    number = row["request_number"]
    return ReceiptRecord(
        code=row["receipt"],
        at=row["replied_at"],
        outcome=Outcome(row["outcome"]),
        text=row["text"],
        citations=tuple(citation_of(one) for one in cited if one["role"] == QUOTED),
        candidates=tuple(citation_of(one) for one in cited if one["role"] == CANDIDATE),
        edition=row["edition"],
        request=None if number is None else reference_of(number),
        recorded=compared,
        confidence=row["confidence"],
        beside=Beside.from_json(row["beside"]),
    )


def citations_of(connection: Connection, replies: Sequence[int]) -> dict[int, dict[str, list[Citation]]]:
    """Reply id to role to citations in order, for several replies."""
    found: dict[int, dict[str, list[Citation]]] = {}
    for row in connection.execute(OF_REPLIES, {"replies": list(replies)}).mappings():
        found.setdefault(row["reply_id"], {}).setdefault(row["role"], []).append(citation_of(row))
    return found


def found_for(connection: Connection, question_id: int) -> tuple[Citation, ...]:
    """What the search had brought up for a question, nearest first."""
    return tuple(citation_of(row) for row in connection.execute(FOUND_FOR, {"question": question_id}).mappings())


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
        theme=row["theme"],
        area=row["area"],
        join_offered=reference_of(row["join_offered"]) if row["join_offered"] else "",
    )


def whole_request(connection: Connection, row: RowMapping) -> Request:
    """The request in a row of REQUEST_LIST, with what was found, what happened and what was said."""
    number = row["number"]
    return request_of(
        row,
        found_for(connection, row["question_id"]),
        events_about(connection, reference_of(number)),
        messages_of(connection, number),
        tuple(map(reference_of, connection.scalars(JOINED, {"wanted": number}))),
    )


def messages_of(connection: Connection, number: int) -> tuple[Message, ...]:
    """What was said about a request, oldest first."""
    found = connection.execute(MESSAGES_OF, {"which": number}).mappings()
    return tuple(Message(MessageKind(row["kind"]), row["author"], row["text"], row["at"]) for row in found)


def _key(primary_key: Sequence[int] | None) -> int:
    assert primary_key is not None  # noqa: S101 an insert of one row always has one
    return int(primary_key[0])


def _values(citation: Citation) -> dict[str, object]:
    values = {name: getattr(citation, name) for name in _CITATION_FIELDS}
    values["similarity"] = _finite(citation.similarity)
    return values


def citation_of(row: RowMapping) -> Citation:
    """The citation in a row of CITATIONS."""
    return Citation(**{name: row[name] for name in _CITATION_FIELDS})


def _finite(value: float) -> float:
    # SQLite turns NaN into null: a broken number must not cost the record
    return float(value) if math.isfinite(value) else 0.0
