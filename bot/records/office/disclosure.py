"""Finding what is asked for under freedom of information, or by the person it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from bot.domain.messages import Citation
from bot.domain.requests import parse_reference, reference_of
from bot.records import audit
from bot.records.conversation import rows, statements
from bot.records.engine import Database
from bot.records.office.bindings import ids_of
from bot.records.tables import CITATIONS, FEEDBACK, MESSAGES, QUESTIONS, REPLIES, REQUESTS

Withheld = Callable[[Sequence[Citation]], str]
"""What is written in the place of a reply that showed these; empty if it may be written itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; what is left empty does not narrow it."""

    person: str = ""
    reference: str = ""
    keyword: str = ""
    first: date | None = None
    last: date | None = None

    def as_json(self) -> dict[str, Any]:
        """The terms of the search, for the index and the record."""
        return {
            "person": self.person,
            "reference": self.reference,
            "keyword": self.keyword,
            "first": self.first.isoformat() if self.first else "",
            "last": self.last.isoformat() if self.last else "",
        }


class DisclosureRecords:
    """Searches of the hub database for disclosure; raises RecordsError when it cannot be read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, wanted: Wanted, withheld: Withheld) -> Iterator[dict[str, Any]]:
        """Each question that fits, with its replies, its request and what the record says of it; oldest first.

        A reply that is `withheld` says so in the place of its text.
        ValueError where the reference cannot be read.
        """
        with self._database.read() as connection:
            ids = ids_of(connection, wanted.person) if wanted.person else []
            found = connection.execute(_query(wanted, ids)).mappings().all()
        for row in found:
            with self._database.read() as connection:
                yield _whole(connection, dict(row), withheld)


def _query(wanted: Wanted, ids: Sequence[str]) -> Select[Any]:
    """`ids` are all that the wanted person has."""
    query = select(QUESTIONS).order_by(QUESTIONS.c.id)
    if wanted.person:
        query = query.where(QUESTIONS.c.asker.in_(ids))
    if wanted.reference:
        number = parse_reference(wanted.reference)
        if number is None:
            raise ValueError(wanted.reference)
        query = query.where(QUESTIONS.c.id.in_(select(REQUESTS.c.question_id).where(REQUESTS.c.number == number)))
    if wanted.keyword:
        replied = select(REPLIES.c.question_id).where(REPLIES.c.text.icontains(wanted.keyword, autoescape=True))
        about = select(MESSAGES.c.request_number).where(MESSAGES.c.text.icontains(wanted.keyword, autoescape=True))
        said = select(REQUESTS.c.question_id).where(REQUESTS.c.number.in_(about))
        asked = QUESTIONS.c.text.icontains(wanted.keyword, autoescape=True)
        query = query.where(asked | QUESTIONS.c.id.in_(replied) | QUESTIONS.c.id.in_(said))
    if wanted.first:
        query = query.where(QUESTIONS.c.asked_at >= _midnight(wanted.first))
    if wanted.last:
        query = query.where(QUESTIONS.c.asked_at < _midnight(wanted.last + timedelta(days=1)))
    return query


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _whole(connection: Connection, question: dict[str, Any], withheld: Withheld) -> dict[str, Any]:
    replies = connection.execute(
        select(REPLIES).where(REPLIES.c.question_id == question["id"]).order_by(REPLIES.c.id)
    ).mappings()
    request = connection.execute(select(REQUESTS).where(REQUESTS.c.question_id == question["id"])).mappings().first()
    reference = reference_of(request["number"]) if request else None
    return {
        "asked_at": question["asked_at"].isoformat(timespec="seconds"),
        "asker": question["asker"],
        "platform": question["platform"],
        "place": question["address"],
        "question": question["text"],
        "replies": [_reply(connection, dict(reply), withheld) for reply in replies],
        "request": None
        if request is None
        else {
            "reference": reference,
            "kind": request["kind"],
            "state": request["state"],
            "why": request["why"],
            "opened_at": request["opened_at"].isoformat(timespec="seconds"),
        },
        "messages": [
            message.as_json() for message in (rows.messages_of(connection, request["number"]) if request else ())
        ],
        "events": [
            {
                "at": event.at.isoformat(timespec="seconds"),
                "actor": event.actor,
                "action": event.action,
                "detail": dict(event.detail),
            }
            for event in (audit.events_about(connection, reference) if reference else ())
        ],
    }


def _reply(connection: Connection, reply: dict[str, Any], withheld: Withheld) -> dict[str, Any]:
    of_reply = select(CITATIONS).where(CITATIONS.c.reply_id == reply["id"], CITATIONS.c.role != statements.FOUND)
    cited = [(row["role"], rows.citation_of(row)) for row in connection.execute(of_reply).mappings()]
    # what is for some colleagues only leaves the hub by nobody's export: whoever may see it adds it
    instead = withheld([one for _, one in cited])
    return {
        "replied_at": reply["replied_at"].isoformat(timespec="seconds"),
        "outcome": reply["outcome"],
        "text": instead or reply["text"],
        "receipt": reply["receipt"],
        "edition": reply["edition"],
        "redacted": list(reply["redacted"]),
        "citations": [
            {"document": one.document, "section": one.section, "role": role}
            for role, one in cited
            if role == statements.QUOTED and not withheld([one])
        ],
        "feedback": [
            {"person": one["person"], "helped": one["helped"], "reason": one["reason"], "at": one["at"].isoformat()}
            for one in connection.execute(select(FEEDBACK).where(FEEDBACK.c.receipt == reply["receipt"])).mappings()
        ],
    }
