"""Digests of what was said: they are on the record, and the texts that are kept are compared with them.

Each digest is salted, and the salt is deleted with the text: a digest that outlives its text tells nothing of it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqlalchemy import Connection, RowMapping, bindparam, select

from bot.domain.messages import Citation
from bot.domain.people import By, name_of
from bot.domain.record import Event, Recorded, SaidReport
from bot.domain.requests import parse_reference
from bot.records.audit.chain import BASE, canonical
from bot.records.audit.reading import event_of, events_about
from bot.records.audit.verifying import walk
from bot.records.engine import Database
from bot.records.tables import AUDIT, CITATIONS, MESSAGES, REPLIES, REQUESTS, clean_text

REPLIED = "replied"
SHOWN_OF_CITATION = (
    "role",
    "document",
    "title",
    "section",
    "page",
    "quote",
    "status",
    "law_checked_on",
    "review_by",
    "marking",
)
"""What a reader sees of a citation."""
MOST_NAMED, SOME = 100, 500
_ROLES = ("quoted", "candidate")
_REPLIES = select(REPLIES).where(REPLIES.c.receipt.in_(bindparam("codes", expanding=True)))
_CITED = (
    select(CITATIONS)
    .where(CITATIONS.c.reply_id.in_(bindparam("replies", expanding=True)), CITATIONS.c.role.in_(_ROLES))
    .order_by(CITATIONS.c.reply_id, CITATIONS.c.role.desc(), CITATIONS.c.position)
)
_MESSAGES = select(MESSAGES).where(MESSAGES.c.request_number.in_(bindparam("numbers", expanding=True)))
_REQUESTS = select(REQUESTS.c.number).where(REQUESTS.c.number.in_(bindparam("numbers", expanding=True)))
_NAMES_IT = select(AUDIT).where(AUDIT.c.action == REPLIED, AUDIT.c.detail.contains(bindparam("code")))


def new_salt() -> str:
    """Random, for one text."""
    return secrets.token_hex(16)


def of_reply(salt: str, text: str, citations: Sequence[Mapping[str, object] | RowMapping]) -> str:
    """The digest of what a reply showed: its text, then what it quoted, then what it named."""
    shown = [[_plain(one[name]) for name in SHOWN_OF_CITATION] for one in citations]
    return _digest([salt, clean_text(text), shown])


def shown_by(quoted: Iterable[Citation], candidates: Iterable[Citation]) -> list[Mapping[str, object]]:
    """Citations as `of_reply` takes them."""
    cited = ((role, one) for role, some in zip(_ROLES, (quoted, candidates), strict=True) for one in some)
    return [{"role": role, **{name: getattr(one, name) for name in SHOWN_OF_CITATION[1:]}} for role, one in cited]


def of_message(salt: str, author: By, text: str) -> str:
    """The digest of what was said about a request."""
    return _digest([salt, clean_text(name_of(author)), clean_text(text)])


def text_digest(*parts: str) -> str:
    """The digest of what is told to everyone, such as advice: it is published, so it needs no salt."""
    return _digest([clean_text(part) for part in parts])


def compare_reply(connection: Connection, row: RowMapping, subject: str) -> Recorded:
    """How the reply in a row of REPLIES compares with the record; `subject` is its request's reference, or empty."""
    if not row["text"]:
        return Recorded.PURGED
    event = _event_of(connection, row["receipt"], subject)
    if event is None:
        return Recorded.TRIMMED if connection.execute(BASE).first() else Recorded.ALTERED
    digest = event.detail.get("shown")
    if digest is None:
        return Recorded.EARLIER
    cited = connection.execute(_CITED, {"replies": [row["id"]]}).mappings().all()
    return Recorded.MATCHES if of_reply(row["salt"], row["text"], cited) == digest else Recorded.ALTERED


def compare_all(database: Database) -> SaidReport:
    """Compare every text that is kept with its digest on the record: replies of the assistant, and messages."""
    compared, altered = 0, []
    events = (_with_subject(row) for row, _ in walk(database) if row is not None)
    for some in _chunks((one for one in events if one[1].detail.keys() & {"shown", "said"}), SOME):
        with database.read() as connection:
            count, found = _compare(connection, some)
        compared += count
        altered += found
    return SaidReport(compared, tuple(dict.fromkeys(altered))[:MOST_NAMED])


def _with_subject(row: RowMapping) -> tuple[str, Event]:
    return row["subject"], event_of(row)


def _event_of(connection: Connection, receipt: str, subject: str) -> Event | None:
    """The event of a reply: under its request or its receipt; under neither, it is looked for among all."""
    for about in filter(None, (subject, receipt)):
        for event in events_about(connection, about):
            if event.action == REPLIED and event.detail.get("receipt") == receipt:
                return event
    rows = connection.execute(_NAMES_IT, {"code": f'"{receipt}"'}).mappings()
    return next((event for row in rows if (event := event_of(row)).detail.get("receipt") == receipt), None)


def _compare(connection: Connection, events: Sequence[tuple[str, Event]]) -> tuple[int, list[str]]:
    shown: dict[str, str] = {}
    for _, one in events:
        if "shown" in one.detail:  # the first counts: a forger could only add a later one
            shown.setdefault(str(one.detail.get("receipt")), str(one.detail["shown"]))
    said = [(subject, str(one.detail["said"])) for subject, one in events if "said" in one.detail]
    replies, wrong_replies = _compare_replies(connection, shown)
    messages, wrong_messages = _compare_messages(connection, said)
    return replies + messages, wrong_replies + wrong_messages


def _compare_replies(connection: Connection, shown: Mapping[str, str]) -> tuple[int, list[str]]:
    rows = connection.execute(_REPLIES, {"codes": list(shown)}).mappings().all()
    cited: dict[int, list[RowMapping]] = {}
    for one in connection.execute(_CITED, {"replies": [row["id"] for row in rows]}).mappings():
        cited.setdefault(one["reply_id"], []).append(one)
    kept = [row for row in rows if row["text"]]
    wrong = [
        row["receipt"]
        for row in kept
        if of_reply(row["salt"], row["text"], cited.get(row["id"], ())) != shown[row["receipt"]]
    ]
    return len(kept), wrong


def _compare_messages(connection: Connection, said: Sequence[tuple[str, str]]) -> tuple[int, list[str]]:
    """A digest whose text is not among the messages of its request is an altered one, unless they were purged."""
    numbers = {subject: parse_reference(subject) or 0 for subject, _ in said}
    kept: dict[int, list[RowMapping]] = {}
    for number in connection.scalars(_REQUESTS, {"numbers": list(numbers.values())}):
        kept[number] = []
    for row in connection.execute(_MESSAGES, {"numbers": list(kept)}).mappings():
        kept[row["request_number"]].append(row)
    compared, wrong = 0, []
    for subject, digest in said:
        rows = kept.get(numbers[subject])
        if rows is None or not all(row["text"] for row in rows):
            continue
        compared += 1
        if digest not in {of_message(row["salt"], row["author"], row["text"]) for row in rows}:
            wrong.append(subject)
    return compared, wrong


def _digest(parts: object) -> str:
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def _plain(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


def _chunks(items: Iterable[tuple[str, Event]], size: int) -> Iterator[list[tuple[str, Event]]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
