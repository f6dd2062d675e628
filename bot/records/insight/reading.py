"""What gaps and documents are worked out from: questions that were not answered, and what was quoted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, or_, select

from bot.domain.messages import Outcome
from bot.domain.talk.reasons import WhyHandedOver
from bot.records.engine import Database
from bot.records.tables import (
    CITATIONS,
    FEEDBACK,
    LATE_OFFERS,
    QUESTIONS,
    REPLIES,
    REQUEST_VECTORS,
    REQUESTS,
    TIME_SAVED,
)

_OF_GUIDANCE = [
    one.value
    for one in (
        WhyHandedOver.NOTHING_FOUND,
        WhyHandedOver.TOO_FAR,
        WhyHandedOver.UNCERTAIN,
        WhyHandedOver.UNSET,
        WhyHandedOver.LIMIT,
        WhyHandedOver.STALE,
        WhyHandedOver.LIVE_OR_LOCAL,
    )
]
"""Reasons that better guidance could mend; that answers are paused is none of them."""
_WRONG = and_(FEEDBACK.c.helped.is_(False), REPLIES.c.outcome == Outcome.ANSWERED.value)
_MISSED = or_(
    and_(REPLIES.c.outcome == Outcome.HANDED_OVER.value, REPLIES.c.reason.in_(_OF_GUIDANCE)),
    and_(REPLIES.c.outcome == Outcome.POSSIBLE.value, REQUESTS.c.unasked),
)
_ITEMS = (
    select(
        QUESTIONS.c.id,
        QUESTIONS.c.text,
        QUESTIONS.c.asked_at,
        QUESTIONS.c.asker,
        REPLIES.c.outcome,
        REPLIES.c.why,
        REPLIES.c.edition,
        REPLIES.c.request_number,
        case((_WRONG, FEEDBACK.c.reason), else_="").label("wrong"),
        case((_WRONG, 1), else_=0).label("is_wrong"),
        CITATIONS.c.document,
        CITATIONS.c.title,
        CITATIONS.c.section,
        LATE_OFFERS.c.edition.label("answered_by"),
        REQUEST_VECTORS.c.vector,
    )
    .join(REPLIES, REPLIES.c.question_id == QUESTIONS.c.id)
    .outerjoin(REQUESTS, REQUESTS.c.number == REPLIES.c.request_number)
    .outerjoin(FEEDBACK, and_(FEEDBACK.c.receipt == REPLIES.c.receipt, FEEDBACK.c.helped.is_(False)))
    .outerjoin(
        CITATIONS,
        and_(
            CITATIONS.c.reply_id == REPLIES.c.id,
            CITATIONS.c.position == 1,
            CITATIONS.c.audience == "",
            CITATIONS.c.role
            == case(
                (REPLIES.c.outcome == Outcome.ANSWERED.value, "quoted"),
                (REPLIES.c.outcome == Outcome.POSSIBLE.value, "candidate"),
                else_="found",
            ),
        ),
    )
    .outerjoin(LATE_OFFERS, and_(LATE_OFFERS.c.request_number == REQUESTS.c.number, LATE_OFFERS.c.state != "dismissed"))
    .outerjoin(
        REQUEST_VECTORS,
        and_(
            REQUEST_VECTORS.c.request_number == REPLIES.c.request_number,
            REQUEST_VECTORS.c.encoder == bindparam("made_by"),
        ),
    )
    .where(REPLIES.c.replied_at >= bindparam("since"), QUESTIONS.c.text != "", or_(_MISSED, _WRONG))
    .order_by(QUESTIONS.c.id.desc())
    .limit(bindparam("most"))
)


def _quoted(at: Any) -> Select[Any]:
    return (
        select(CITATIONS.c.document, CITATIONS.c.section, func.count().label("count"))
        .join(REPLIES, REPLIES.c.id == CITATIONS.c.reply_id)
        .where(REPLIES.c.outcome == Outcome.ANSWERED.value, CITATIONS.c.role == "quoted", at >= bindparam("since"))
        .where(CITATIONS.c.audience == "")  # whoever reads figures need not know of what is for some only
        .group_by(CITATIONS.c.document, CITATIONS.c.section)
    )


_QUOTED = _quoted(REPLIES.c.replied_at)
_MARKED = (
    select(CITATIONS.c.document, CITATIONS.c.section, func.count().label("count"))
    .join(REPLIES, REPLIES.c.id == CITATIONS.c.reply_id)
    .join(FEEDBACK, FEEDBACK.c.receipt == REPLIES.c.receipt)
    .where(
        FEEDBACK.c.helped.is_(False),
        REPLIES.c.outcome == Outcome.ANSWERED.value,
        CITATIONS.c.role == "quoted",
        CITATIONS.c.audience == "",
        FEEDBACK.c.at >= bindparam("since"),
    )
    .group_by(CITATIONS.c.document, CITATIONS.c.section)
)
_SAVED = select(TIME_SAVED.c.minutes).where(
    TIME_SAVED.c.day >= bindparam("first"), TIME_SAVED.c.day < bindparam("after")
)


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that guidance did not answer, or answered wrongly as its reader said."""

    number: int
    text: str
    """Redacted."""
    at: datetime
    asker: str
    """To count people; never told."""
    why: str
    is_wrong: bool
    """Whether a quote was marked wrong; `why` is what was said of it."""
    document: str
    title: str
    section: str
    """The nearest that was found; empty where nothing was."""
    request: int | None
    answered_by: int | None
    """The edition that answers it by now, where the worker found one."""
    vector: bytes | None
    """Half precision, where there is one."""


class ReadingRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def missed(self, since: datetime, fingerprint: str, most: int) -> list[Missed]:
        """The newest questions that were not answered, or quoted wrongly; each once, the oldest first."""
        wanted = {"since": since, "made_by": fingerprint, "most": most}
        with self._database.read() as connection:
            found = connection.execute(_ITEMS, wanted).mappings().all()
        return list({row["id"]: _missed(row) for row in reversed(found)}.values())

    def quoted(self, since: datetime) -> dict[tuple[str, str], int]:
        """Document and section to how often it was quoted since then."""
        return self._counts(_QUOTED, since)

    def marked_wrong(self, since: datetime) -> dict[tuple[str, str], int]:
        """The same for quotes that were marked wrong."""
        return self._counts(_MARKED, since)

    def minutes_saved(self, first: date, after: date) -> list[float]:
        """What officers said they were saved, without who said it."""
        with self._database.read() as connection:
            return sorted(connection.scalars(_SAVED, {"first": first, "after": after}))

    def _counts(self, statement: Select[Any], since: datetime) -> dict[tuple[str, str], int]:
        with self._database.read() as connection:
            return {(row[0], row[1]): row[2] for row in connection.execute(statement, {"since": since})}


def _missed(row: Any) -> Missed:
    is_wrong = bool(row["is_wrong"])
    return Missed(
        number=row["id"],
        text=row["text"],
        at=row["asked_at"],
        asker=row["asker"],
        why=row["wrong"] if is_wrong else row["why"],
        is_wrong=is_wrong,
        document=row["document"] or "",
        title=row["title"] or "",
        section=row["section"] or "",
        request=row["request_number"],
        answered_by=row["answered_by"],
        vector=None if row["vector"] is None else bytes(row["vector"]),
    )
