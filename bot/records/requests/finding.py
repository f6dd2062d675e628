"""Searching requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, String, case, func, literal, or_, select

from bot.domain.finding import Filter, Found, Page, Sort
from bot.domain.messages import Citation
from bot.domain.record import Event
from bot.domain.requests import WAITS, Message, MessageKind, Request, parse_reference, reference_of
from bot.records.audit.reading import event_of
from bot.records.conversation import rows, statements
from bot.records.engine import Database
from bot.records.tables import AUDIT, CITATIONS, MESSAGES, PEOPLE, QUESTIONS, REPLIES, REQUESTS

SOME = 500
"""Values in one statement."""
_WAITS = REQUESTS.c.state.in_([state.value for state in WAITS]) & REQUESTS.c.joined_to.is_(None)
_SINCE = func.coalesce(REQUESTS.c.reopened_at, REQUESTS.c.opened_at)
_NEWEST = REQUESTS.c.number.desc()
_ORDER: dict[Sort, tuple[ColumnElement[object], ...]] = {
    Sort.NEWEST: (_NEWEST,),
    Sort.OLDEST: (REQUESTS.c.number,),
    Sort.LONGEST: (case((_WAITS, 0), else_=1), _SINCE, REQUESTS.c.number),
    Sort.CHANGED: (func.coalesce(REQUESTS.c.changed_at, REQUESTS.c.opened_at).desc(), _NEWEST),
    Sort.WHO: (case((func.coalesce(REQUESTS.c.claimed_by, "") == "", 1), else_=0), REQUESTS.c.claimed_by, _NEWEST),
    Sort.KIND: (REQUESTS.c.kind, REQUESTS.c.theme, _NEWEST),
}


class FindingRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def find(self, wanted: Filter, page: Page, sort: Sort = Sort.NEWEST, *, whole: bool = False) -> Found:
        """One page of the requests that fit, and how many fit in all.

        `whole`: with what was found, what happened and what was said; lists go without.
        """
        terms = list(_terms(wanted))
        query = statements.REQUEST_LIST.where(*terms).order_by(None).order_by(*_ORDER[sort])
        count = select(func.count()).select_from(REQUESTS.join(QUESTIONS, QUESTIONS.c.id == REQUESTS.c.question_id))
        with self._database.read() as connection:
            total = connection.scalar(count.where(*terms)) or 0
            found = connection.execute(query.limit(page.size).offset(page.skipped)).mappings().all()
            requests = _whole(connection, found) if whole else tuple(map(rows.request_of, found))
        return Found(requests, total, page)


def _terms(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    """A condition for everything that narrows the list."""
    if wanted.reference:
        yield REQUESTS.c.number == (parse_reference(wanted.reference) or 0)
    if wanted.states:
        yield REQUESTS.c.state.in_([state.value for state in wanted.states])
    if wanted.kinds:
        yield REQUESTS.c.kind.in_([kind.value for kind in wanted.kinds])
    if wanted.theme:
        yield func.lower(REQUESTS.c.theme) == wanted.theme.strip().lower()
    if wanted.area:
        yield REQUESTS.c.area.icontains(wanted.area.strip(), autoescape=True)
    if wanted.waits_since:
        yield _WAITS & (literal(wanted.waits_since, REQUESTS.c.opened_at.type) >= _SINCE)
    yield from _when_and_where(wanted)
    yield from _who(wanted)
    for word in wanted.words.split():
        yield _says(word)


def _when_and_where(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.opened_from:
        yield REQUESTS.c.opened_at >= wanted.opened_from
    if wanted.opened_until:
        yield REQUESTS.c.opened_at <= wanted.opened_until
    platform, _, address = wanted.place.partition(":")
    if platform:
        yield QUESTIONS.c.platform == platform.strip().lower()
    if address:
        yield QUESTIONS.c.address.startswith(address, autoescape=True)


def _who(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.holder:
        yield REQUESTS.c.claimed_by == wanted.holder
    if wanted.asker:
        yield QUESTIONS.c.asker == wanted.asker
    if not wanted.who.strip():
        return
    part = wanted.who.strip()
    known = PEOPLE.c.name.icontains(part, autoescape=True)
    ids = select(PEOPLE.c.person.cast(String)).where(known)
    accounts = select(PEOPLE.c.account.cast(String)).where(known, PEOPLE.c.account != "")
    people = (REQUESTS.c.claimed_by, QUESTIONS.c.asker)
    yield or_(
        *(person.icontains(part, autoescape=True) for person in people),
        *(person.in_(ids) for person in people),
        *(person.in_(accounts) for person in people),
    )


def _says(word: str) -> ColumnElement[bool]:
    """Whether a word stands in the question, in what was said about it, or is its reference."""
    said = select(MESSAGES.c.request_number).where(MESSAGES.c.text.icontains(word, autoescape=True))
    places = [QUESTIONS.c.text.icontains(word, autoescape=True), REQUESTS.c.number.in_(said)]
    number = parse_reference(word) if word.lower().startswith("pf") else None
    return or_(*places, *([REQUESTS.c.number == number] if number else []))


def _whole(connection: Connection, found: Sequence[RowMapping]) -> tuple[Request, ...]:
    """The requests in these rows with all that belongs to them, in a few statements whatever their number."""
    requests: list[Request] = []
    for start in range(0, len(found), SOME):
        some = found[start : start + SOME]
        numbers = [row["number"] for row in some]
        cited = _cited(connection, [row["question_id"] for row in some])
        events = _events(connection, [reference_of(number) for number in numbers])
        said, joined = _said(connection, numbers), _joined(connection, numbers)
        requests += [
            rows.request_of(
                row,
                tuple(cited[row["question_id"]]),
                tuple(events[reference_of(row["number"])]),
                tuple(said[row["number"]]),
                tuple(joined[row["number"]]),
            )
            for row in some
        ]
    return tuple(requests)


def _cited(connection: Connection, questions: Sequence[int]) -> dict[int, list[Citation]]:
    query = (
        select(CITATIONS, REPLIES.c.question_id)
        .join(REPLIES, REPLIES.c.id == CITATIONS.c.reply_id)
        .where(REPLIES.c.question_id.in_(questions), CITATIONS.c.role == statements.FOUND)
        .order_by(CITATIONS.c.reply_id, CITATIONS.c.position)
    )
    cited: dict[int, list[Citation]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        cited[row["question_id"]].append(rows.citation_of(row))
    return cited


def _events(connection: Connection, references: Sequence[str]) -> dict[str, list[Event]]:
    query = select(AUDIT).where(AUDIT.c.subject.in_(references)).order_by(AUDIT.c.sequence)
    events: dict[str, list[Event]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        events[row["subject"]].append(event_of(row))
    return events


def _said(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Message]]:
    query = select(MESSAGES).where(MESSAGES.c.request_number.in_(numbers)).order_by(MESSAGES.c.id)
    said: dict[int, list[Message]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        message = Message(MessageKind(row["kind"]), row["author"], row["text"], row["at"])
        said[row["request_number"]].append(message)
    return said


def _joined(connection: Connection, numbers: Sequence[int]) -> dict[int, list[str]]:
    query = (
        select(REQUESTS.c.joined_to, REQUESTS.c.number)
        .where(REQUESTS.c.joined_to.in_(numbers))
        .order_by(REQUESTS.c.number)
    )
    joined: dict[int, list[str]] = defaultdict(list)
    for into, number in connection.execute(query):
        joined[into].append(reference_of(number))
    return joined
