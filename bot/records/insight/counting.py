"""Counts by week, in SQL. Each row: place of the week, what is counted, its category, how many, and by how many people.

Two of the people stand beside it, the first and the last by name: over weeks they tell whether more than two stand
behind a number, without a list of everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, literal_column, select

from bot.domain.messages import Outcome
from bot.domain.requests import parse_reference
from bot.domain.talk.reasons import Said
from bot.records.engine import Database
from bot.records.tables import (
    ADVICE,
    AUDIT,
    CHOICES,
    CITATIONS,
    FEEDBACK,
    LATE_OFFERS,
    QUESTIONS,
    RECALLS,
    REPLIES,
    REQUESTS,
    URGENT_SIGNS,
    UtcTime,
)

WEEKS = 53
_EDGES = [bindparam(f"edge{number}", type_=UtcTime()) for number in range(WEEKS + 1)]
_NO_CATEGORY: ColumnElement[str] = literal_column("''")
_QUESTIONS = (Outcome.ANSWERED, Outcome.POSSIBLE, Outcome.HANDED_OVER, Outcome.DECLINED)
_NOT_QUESTIONS = [one.value for one in (Said.SMALL, Said.OPENED, Said.DETAIL_ADDED, Said.TOO_LONG, Said.TOO_MANY)]
_CHOSEN = exists().where(CHOICES.c.receipt == REPLIES.c.receipt, CHOICES.c.position > 0)
_SHOWN_AS = case(
    (REPLIES.c.outcome == Outcome.ANSWERED.value, "quoted"),
    (REPLIES.c.outcome == Outcome.POSSIBLE.value, "candidate"),
    else_="found",
)
_FIRST_SHOWN = and_(CITATIONS.c.reply_id == REPLIES.c.id, CITATIONS.c.position == 1, CITATIONS.c.role == _SHOWN_AS)


@dataclass(frozen=True, slots=True)
class Counted:
    """Something counted in a week."""

    week: int
    """From 0."""
    what: str
    category: str
    count: int
    people: tuple[str, ...] | None
    """The first and the last of them; None where no person is kept."""
    persons: int = 0
    """How many there are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request, as far as figures need it: no text, and nobody's name but to tell people apart."""

    opened_at: datetime
    claimed_at: datetime | None
    replied_at: datetime | None
    ended_at: datetime | None
    """When it was last changed, where it is closed or withdrawn."""
    is_closed: bool
    asker: str
    holder: str
    kind: str
    theme: str
    area: str
    place: str
    subject: str
    is_unasked: bool
    is_joined: bool
    is_reopened: bool
    is_promoted: bool
    is_late: bool


def _week(at: ColumnElement[Any]) -> ColumnElement[int]:
    return case(*((at < edge, literal_column(str(number))) for number, edge in enumerate(_EDGES[1:]))).label("week")


def _category(by: str) -> ColumnElement[str]:
    if by == "place":
        return QUESTIONS.c.platform
    everybodys = case((CITATIONS.c.audience == "", CITATIONS.c.document), else_="")
    return func.coalesce(everybodys, "") if by == "subject" else _NO_CATEGORY


def _grouped(rows: Select[Any]) -> Select[Any]:
    """One row for each week, thing and category; the inner part first, so that both engines see the same columns."""
    one = rows.subquery()
    keys = (one.c.week, one.c.what, one.c.flag, one.c.category)
    people = (func.min(one.c.person), func.max(one.c.person), func.count(one.c.person.distinct()))
    return select(*keys, func.count().label("count"), *people).group_by(*keys)


def _replies(by: str) -> Select[Any]:
    at = REPLIES.c.replied_at
    chosen = case((and_(REPLIES.c.outcome == Outcome.POSSIBLE.value, _CHOSEN), 1), else_=0)
    rows = select(
        _week(at),
        REPLIES.c.outcome.label("what"),
        chosen.label("flag"),
        _category(by).label("category"),
        QUESTIONS.c.asker.label("person"),
    ).join(QUESTIONS, QUESTIONS.c.id == REPLIES.c.question_id)
    if by == "subject":
        rows = rows.outerjoin(CITATIONS, _FIRST_SHOWN)
    wanted = REPLIES.c.outcome.in_([one.value for one in _QUESTIONS])
    return _grouped(rows.where(at >= _EDGES[0], at < _EDGES[-1], wanted, REPLIES.c.reason.not_in(_NOT_QUESTIONS)))


def _feedback(by: str) -> Select[Any]:
    at = FEEDBACK.c.at
    rows = (
        select(
            _week(at),
            case((FEEDBACK.c.helped, "up"), else_="down").label("what"),
            case((FEEDBACK.c.reason != "", 1), else_=0).label("flag"),
            _category(by).label("category"),
            FEEDBACK.c.person.label("person"),
        )
        .join(REPLIES, REPLIES.c.receipt == FEEDBACK.c.receipt)
        .join(QUESTIONS, QUESTIONS.c.id == REPLIES.c.question_id)
    )
    if by == "subject":
        rows = rows.outerjoin(CITATIONS, _FIRST_SHOWN)
    return _grouped(rows.where(at >= _EDGES[0], at < _EDGES[-1]))


def _recalls() -> Select[Any]:
    at = RECALLS.c.at
    rows = (
        select(
            _week(at),
            literal_column("'recalls'").label("what"),
            literal_column("0").label("flag"),
            _NO_CATEGORY.label("category"),
            QUESTIONS.c.asker.label("person"),
        )
        .join(REPLIES, REPLIES.c.id == RECALLS.c.reply_id)
        .join(QUESTIONS, QUESTIONS.c.id == REPLIES.c.question_id)
    )
    return _grouped(rows.where(at >= _EDGES[0], at < _EDGES[-1]))


_REPLIES_BY = {by: _replies(by) for by in ("", "place", "subject")}
_FEEDBACK_BY = {by: _feedback(by) for by in ("", "place", "subject")}
_RECALLS = _recalls()
_URGENT = (
    select(URGENT_SIGNS.c.day, func.count())
    .where(URGENT_SIGNS.c.day >= bindparam("first"), URGENT_SIGNS.c.day < bindparam("after"))
    .group_by(URGENT_SIGNS.c.day)
)
_SUBJECT = (
    select(CITATIONS.c.document)
    .join(REPLIES, REPLIES.c.id == CITATIONS.c.reply_id)
    .where(REPLIES.c.question_id == REQUESTS.c.question_id, CITATIONS.c.position == 1)
    .order_by(CITATIONS.c.role.desc(), CITATIONS.c.reply_id)
    .limit(1)
    .correlate(REQUESTS)
    .scalar_subquery()
)
_REQUESTS = (
    select(
        REQUESTS,
        QUESTIONS.c.asker,
        QUESTIONS.c.platform,
        func.coalesce(_SUBJECT, "").label("subject"),
        ADVICE.c.request_number.label("advised"),
        LATE_OFFERS.c.request_number.label("late"),
    )
    .join(QUESTIONS, QUESTIONS.c.id == REQUESTS.c.question_id)
    .outerjoin(ADVICE, and_(ADVICE.c.request_number == REQUESTS.c.number, ADVICE.c.state == "approved"))
    .outerjoin(LATE_OFFERS, and_(LATE_OFFERS.c.request_number == REQUESTS.c.number, LATE_OFFERS.c.state == "sent"))
    .where(REQUESTS.c.opened_at >= bindparam("since"), REQUESTS.c.opened_at < bindparam("until"))
    .order_by(REQUESTS.c.number)
)
_REOPENED = select(AUDIT.c.subject).distinct().where(AUDIT.c.action == "request.reopened")


class CountingRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replies(self, edges: Sequence[datetime], by: str = "") -> list[Counted]:
        """Replies by outcome, and which offered sections were opened ("chosen"); `edges` are the weeks' beginnings.

        `by` is empty, "place" or "subject". The last edge is the end of the last week; at most 53 weeks.
        """
        made = []
        for row in self._rows(_REPLIES_BY[by], edges):
            made.append(Counted(row[0], row[1], row[3], row[4], (row[5], row[6]), row[7]))
            if row[2]:
                made.append(Counted(row[0], "chosen", row[3], row[4], (row[5], row[6]), row[7]))
        return made

    def feedback(self, edges: Sequence[datetime], by: str = "") -> list[Counted]:
        """What was said of replies: "up", "down", and "why" for those of the latter that give a reason."""
        made = []
        for row in self._rows(_FEEDBACK_BY[by], edges):
            made.append(Counted(row[0], row[1], row[3], row[4], (row[5], row[6]), row[7]))
            if row[2] and row[1] == "down":
                made.append(Counted(row[0], "why", row[3], row[4], (row[5], row[6]), row[7]))
        return made

    def recalls(self, edges: Sequence[datetime]) -> list[Counted]:
        """Askers who were told that something does not stand any more."""
        return [Counted(row[0], row[1], "", row[4], (row[5], row[6]), row[7]) for row in self._rows(_RECALLS, edges)]

    def urgent(self, first: date, after: date) -> list[Counted]:
        """Urgent signs; of these a day is kept and no person."""
        with self._database.read() as connection:
            found = connection.execute(_URGENT, {"first": first, "after": after}).all()
        return [Counted((day - first).days // 7, "urgent", "", count, None) for day, count in found]

    def requests(self, since: datetime, until: datetime) -> list[Asked]:
        """Every request that was opened in a stretch of time, and every question that was logged as unresolved."""
        with self._database.read() as connection:
            again = {parse_reference(subject) for subject in connection.scalars(_REOPENED)}
            found = connection.execute(_REQUESTS, {"since": since, "until": until}).mappings().all()
        return [_asked(row, row["number"] in again) for row in found]

    def _rows(self, statement: Select[Any], edges: Sequence[datetime]) -> Sequence[Any]:
        padded = [*edges, *[edges[-1]] * (WEEKS + 1 - len(edges))]
        with self._database.read() as connection:
            return connection.execute(statement, {f"edge{n}": edge for n, edge in enumerate(padded)}).all()


def _asked(row: Any, again: bool) -> Asked:
    is_closed = row["state"] == "closed"
    return Asked(
        opened_at=row["opened_at"],
        claimed_at=row["claimed_at"],
        replied_at=row["replied_at"],
        ended_at=row["changed_at"] if is_closed or row["state"] == "withdrawn" else None,
        is_closed=is_closed,
        asker=row["asker"],
        holder=row["claimed_by"] or "",
        kind=row["kind"],
        theme=row["theme"],
        area=row["area"],
        place=row["platform"],
        subject=row["subject"],
        is_unasked=bool(row["unasked"]),
        is_joined=row["joined_to"] is not None,
        is_reopened=again,
        is_promoted=row["advised"] is not None,
        is_late=row["late"] is not None,
    )
