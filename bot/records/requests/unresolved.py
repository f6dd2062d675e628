"""Questions to which sections were offered and nobody chose one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, bindparam, exists, func, select, update

from bot.domain.messages import Outcome, Place
from bot.domain.record import Json
from bot.domain.requests import WAITS, CloseOutcome, RequestKind, RequestState, number_of, reference_of
from bot.records import audit
from bot.records.audit import Entry
from bot.records.conversation import rows
from bot.records.conversation.keeping import CONVERSATION_LASTS
from bot.records.engine import Database
from bot.records.tables import CHOICES, FEEDBACK, QUESTIONS, REPLIES, REQUEST_VECTORS, REQUESTS

OLDEST = timedelta(days=30)
"""What was offered longer ago is not looked at any more."""
_LEFT = (
    select(
        REPLIES.c.id,
        REPLIES.c.question_id,
        REPLIES.c.receipt,
        REPLIES.c.replied_at,
        QUESTIONS.c.text,
        QUESTIONS.c.platform,
        QUESTIONS.c.address,
        QUESTIONS.c.asker,
    )
    .join(QUESTIONS, QUESTIONS.c.id == REPLIES.c.question_id)
    .where(
        REPLIES.c.outcome == Outcome.POSSIBLE.value,
        REPLIES.c.reason == "",
        REPLIES.c.request_number.is_(None),
        REPLIES.c.receipt.is_not(None),
        REPLIES.c.replied_at >= bindparam("since"),
        REPLIES.c.replied_at <= bindparam("by"),
        QUESTIONS.c.text != "",
        ~exists().where(CHOICES.c.receipt == REPLIES.c.receipt),
        ~exists().where(FEEDBACK.c.receipt == REPLIES.c.receipt),
    )
    .order_by(REPLIES.c.id)
    .limit(bindparam("most"))
)
_ANSWERED_LATER = (
    select(REPLIES.c.id)
    .join(QUESTIONS, QUESTIONS.c.id == REPLIES.c.question_id)
    .where(
        QUESTIONS.c.platform == bindparam("platform"),
        QUESTIONS.c.address == bindparam("address"),
        QUESTIONS.c.asker == bindparam("asker"),
        REPLIES.c.id > bindparam("after"),
        REPLIES.c.replied_at <= bindparam("until"),
        REPLIES.c.outcome.in_([Outcome.ANSWERED.value, Outcome.HANDED_OVER.value]),
    )
    .limit(1)
)
_LINK = update(REPLIES).where(REPLIES.c.id == bindparam("which")).values(request_number=bindparam("number"))
_IS_LINKED = select(REPLIES.c.request_number).where(REPLIES.c.id == bindparam("which")).with_for_update(key_share=True)
_JOIN = (
    update(REQUESTS)
    .where(REQUESTS.c.number == bindparam("which"))
    .values(
        state=RequestState.CLOSED.value,
        outcome=CloseOutcome.DUPLICATE.value,
        joined_to=bindparam("into"),
        changed_at=bindparam("now"),
    )
)
_NOT_ENDED = REQUESTS.c.state.in_([*(state.value for state in WAITS), RequestState.UNRESOLVED.value])
_INTO = select(REQUESTS.c.number).where(
    REQUESTS.c.number == bindparam("wanted"), _NOT_ENDED, REQUESTS.c.joined_to.is_(None)
)
_VECTORS = (
    select(REQUESTS.c.number, REQUEST_VECTORS.c.vector)
    .join(REQUEST_VECTORS, REQUEST_VECTORS.c.request_number == REQUESTS.c.number)
    .where(_NOT_ENDED, REQUESTS.c.joined_to.is_(None), REQUEST_VECTORS.c.encoder == bindparam("made_by"))
    .order_by(REQUESTS.c.number.desc())
    .limit(bindparam("most"))
)
_COUNT = (
    select(func.count()).select_from(REQUESTS).where(REQUESTS.c.unasked, REQUESTS.c.opened_at >= bindparam("since"))
)


@dataclass(frozen=True, slots=True)
class Left:
    """A question to which sections were offered, and nobody chose one."""

    reply_id: int
    question_id: int
    question: str
    """Redacted."""
    place: Place
    asker: str
    offered_at: datetime


class UnresolvedRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def left(self, by: datetime, most: int = 500) -> list[Left]:
        """What was offered until then without a choice, feedback or a later answer; oldest first."""
        with self._database.read() as connection:
            found = connection.execute(_LEFT, {"since": self._now() - OLDEST, "by": by, "most": most}).mappings().all()
            return [
                Left(
                    row["id"],
                    row["question_id"],
                    row["text"],
                    Place(row["platform"], row["address"]),
                    row["asker"],
                    row["replied_at"],
                )
                for row in found
                if not _answered_later(connection, row)
            ]

    def log(self, left: Left, why: str, into: str = "") -> str:
        """Put a question into the queue as unresolved, or join it to a request like it; its reference.

        Empty where another process has logged it meanwhile.
        """
        with self._database.write() as connection:
            now = self._now()  # of two that log it at once, the second waits here for the first; the head comes last
            if connection.scalar(_IS_LINKED, {"which": left.reply_id}) is not None:
                return ""
            state = RequestState.UNRESOLVED
            opening = rows.Opening(RequestKind.QUESTION, why, state=state)
            number = rows.add_request(connection, left.question_id, opening, now)
            connection.execute(_LINK, {"which": left.reply_id, "number": number})
            detail: dict[str, Json] = {"kind": RequestKind.QUESTION.value, "before": None, "after": state.value}
            joined = connection.scalar(_INTO, {"wanted": number_of(into)}) if into else None
            if joined is not None:
                connection.execute(_JOIN, {"which": number, "into": joined, "now": now})
                detail |= {"after": RequestState.CLOSED.value, "joined_to": reference_of(joined)}
            audit.append(connection, [Entry(now, "worker", "request.unresolved", reference_of(number), detail)])
            return reference_of(number)

    def vectors(self, fingerprint: str, most: int) -> list[tuple[str, bytes]]:
        """Reference and vector of what waits and of what is unresolved; of one encoder, newest first."""
        with self._database.read() as connection:
            found = connection.execute(_VECTORS, {"made_by": fingerprint, "most": most}).all()
        return [(reference_of(number), bytes(vector)) for number, vector in found]

    def count(self, since: datetime) -> int:
        """How many questions were left unanswered since then, joined ones too: gaps in guidance."""
        with self._database.read() as connection:
            return connection.scalar(_COUNT, {"since": since}) or 0


def _answered_later(connection: Connection, row: RowMapping) -> bool:
    """Whether the asker got an answer, or the hub, later in the same conversation."""
    wanted = {name: row[name] for name in ("platform", "address", "asker")}
    wanted |= {"after": row["id"], "until": row["replied_at"] + CONVERSATION_LASTS}
    return connection.execute(_ANSWERED_LATER, wanted).first() is not None
