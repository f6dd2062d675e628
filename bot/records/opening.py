"""Keeping replies and opening requests, each within one write transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.messages import Citation, Place, Question, Reply
from bot.domain.requests import RequestKind, RequestState, parse_reference, reference_of
from bot.records import audit, outgoing, rows
from bot.records.audit import Entry
from bot.records.conversation import waiting_twin


@dataclass(frozen=True, slots=True)
class Opened:
    """What a request is opened for."""

    question: Question
    kind: RequestKind
    why: str
    """In plain words."""
    found: tuple[Citation, ...]
    at: datetime


def save_reply(connection: Connection, question: Question, reply: Reply, at: datetime) -> None:
    """Keep a redacted question and the reply to it."""
    question_id = rows.add_question(connection, question, at)
    request = parse_reference(reply.request) if reply.request else None
    rows.add_reply(connection, question_id, reply, at, request=request)
    audit.append(connection, [replied(question, reply, at)])


def open_request(
    connection: Connection, opened: Opened, reply_for: Callable[[str], Reply], boards: Sequence[Place]
) -> str:
    """Open a request and tell the boards; the reference, or that of the same person's waiting request for the same."""
    audit.lock(connection)  # two presses at once are one after the other: the second finds the first one's request
    question, at = opened.question, opened.at
    twin = waiting_twin(connection, question.asker, question.text)
    if twin is not None:
        save_reply(connection, question, reply_for(reference_of(twin)), at)
        return reference_of(twin)
    question_id = rows.add_question(connection, question, at)
    number = rows.add_request(connection, question_id, opened.kind, opened.why, at)
    reference = reference_of(number)
    reply = reply_for(reference)
    rows.add_reply(connection, question_id, reply, at, request=number, found=opened.found)
    detail = {"kind": opened.kind.value, "before": None, "after": RequestState.OPEN.value}
    opening = Entry(at, question.asker, "request.opened", reference, detail)
    sequence = audit.append(connection, [opening, replied(question, reply, at)])
    outgoing.tell_boards(connection, boards, reference, f"{reference}:{sequence}", question.asker, "opened", at)
    return reference


def replied(question: Question, reply: Reply, at: datetime) -> Entry:
    """What goes on record of a reply; nothing of what was asked."""
    detail = {
        "outcome": reply.outcome.value,
        "receipt": reply.receipt,
        "edition": reply.edition,
        "confidence": None if reply.confidence is None else round(reply.confidence, 3),
        "passages": [citation.passage for citation in reply.citations],
        "redacted": list(reply.redacted),
    }
    return Entry(at, question.asker, "replied", reply.request or "", detail)
