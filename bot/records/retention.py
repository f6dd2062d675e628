"""Taking away what is past its time, and proving that it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, not_, or_, select, true, update

from bot.domain.requests import RequestState, parse_reference, reference_of
from bot.domain.retention import Clocks, Hold, HoldError, Purged, Scope
from bot.records import audit
from bot.records.audit import Entry
from bot.records.engine import Database
from bot.records.schema import (
    ADVICE,
    CARDS,
    CHOICES,
    CITATIONS,
    FEEDBACK,
    HOLDS,
    INBOX,
    LATE_OFFERS,
    LEARNING,
    LESSONS,
    MESSAGES,
    OUTBOX,
    PEOPLE,
    QUESTIONS,
    RECALLS,
    REMINDERS,
    REPLIES,
    REQUEST_VECTORS,
    REQUESTS,
    SHOWN,
)

MOST_SEARCHED = 2000
"""Texts that are looked for in the files after a purge."""
SHORTEST_SEARCHED = 12
"""Characters: a shorter text may stand there for another reason."""
_DONE = (RequestState.CLOSED.value, RequestState.WITHDRAWN.value)
_BLANK: dict[str, Any] = {"text": "", "why": "", "signals": {}, "weighed": None}
"""A reply of which only that it was given is left."""
_HOLDS = select(HOLDS).order_by(HOLDS.c.id)
_ADD = insert(HOLDS)
_LIFT = delete(HOLDS).where(HOLDS.c.id == bindparam("which"))


class RetentionRecords:
    """Holds and purges in the hub database; raises RecordsError when it cannot be done."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def holds(self) -> list[Hold]:
        """Every hold that stands, oldest first."""
        with self._database.read() as connection:
            return [
                Hold(row["id"], Scope(row["scope"]), row["value"], row["by"], row["why"], row["at"])
                for row in connection.execute(_HOLDS).mappings()
            ]

    def hold(self, scope: Scope, value: str, by: str, why: str) -> Hold:
        """Keep a person's records, a request, or everything until the hold is lifted.

        Raises:
            HoldError: the request's reference cannot be read, or there is no reason.
        """
        if not why.strip():
            raise HoldError('A hold needs a reason: --why "…"')
        if scope is Scope.REQUEST:
            number = parse_reference(value)
            if number is None:
                raise HoldError(f"'{value}' is no reference. Write it as PF-0042.")
            value = str(number)
        with self._database.write() as connection:
            row = {"scope": scope.value, "value": value, "by": by, "why": why, "at": self._now()}
            key = connection.execute(_ADD, row).inserted_primary_key
            number = int(key[0]) if key else 0
            audit.append(connection, [Entry(self._now(), by, "hold.set", f"{scope.value}:{value}", {"why": why})])
            return Hold(number, scope, value, by, why, self._now())

    def lift(self, number: int, by: str) -> None:
        """Lift a hold. HoldError where there is none with this number."""
        with self._database.write() as connection:
            if not connection.execute(_LIFT, {"which": number}).rowcount:
                raise HoldError(f"There is no hold {number}. Run: prevention-hub hold list")
            audit.append(connection, [Entry(self._now(), by, "hold.lifted", str(number), {})])

    def purge(self, clocks: Clocks, by: str, *, dry_run: bool = False) -> Purged:
        """Take away what is past its time, compact the file, and look for what was taken.

        A dry run counts and takes nothing.
        """
        holds = self.holds()
        free = _not_held(holds)
        with self._database.write() as connection:
            due = _due(clocks, self._now())
            counts, texts = _take(connection, due, free, dry_run=dry_run)
            counts["learning"] = _take_learning(connection, due["learning"], holds, dry_run=dry_run)
            held = _count_held(connection, due, free)
            counts["sent"] = _take_sent(connection, due["requests"], holds, dry_run=dry_run)
            counts["feedback"] = _take_feedback(connection, due["requests"], holds, dry_run=dry_run)
            counts["audit"] = 0 if holds else self._trim(connection, clocks, dry_run=dry_run)
            if not dry_run:
                audit.append(connection, [Entry(self._now(), by, "purged", "", {"removed": counts, "held": held})])
        if dry_run:
            return Purged(counts, held, 0, 0, dry_run=True)
        self._database.compact()
        return Purged(counts, held, len(texts), _still_in(self._database.files(), texts))

    def _trim(self, connection: Connection, clocks: Clocks, *, dry_run: bool) -> int:
        if not clocks.audit:
            return 0
        return audit.trim(connection, self._now() - timedelta(days=clocks.audit), dry_run=dry_run)


def _due(clocks: Clocks, now: datetime) -> dict[str, datetime | None]:
    days = {
        "questions": clocks.questions,
        "replies": clocks.replies,
        "requests": clocks.requests,
        "learning": clocks.learning,
    }
    return {name: now - timedelta(days=count) if count else None for name, count in days.items()}


def _not_held(holds: Sequence[Hold]) -> ColumnElement[bool]:
    """Whether a question may go: neither its asker nor its request is held."""
    if any(hold.scope is Scope.EVERYTHING for hold in holds):
        return not_(true())
    people = [hold.value for hold in holds if hold.scope is Scope.PERSON]
    numbers = [int(hold.value) for hold in holds if hold.scope is Scope.REQUEST]
    of_held = select(REQUESTS.c.question_id).where(REQUESTS.c.number.in_(numbers))
    return and_(QUESTIONS.c.asker.not_in(people), QUESTIONS.c.id.not_in(of_held))


def _open_requests() -> Any:
    return select(REQUESTS.c.question_id).where(REQUESTS.c.state.not_in(_DONE))


def _take(
    connection: Connection, due: dict[str, datetime | None], free: ColumnElement[bool], *, dry_run: bool
) -> tuple[dict[str, int], list[str]]:
    """Count, collect the texts, and take away: requests whole, then texts of replies, then of questions."""
    idle = QUESTIONS.c.id.not_in(_open_requests())
    counts, texts = {}, []
    steps = (
        ("requests", and_(free, QUESTIONS.c.id.in_(_ended(due["requests"]))), _remove_whole),
        ("replies", and_(free, idle, QUESTIONS.c.id.in_(_replied(due["replies"]))), _blank_replies),
        ("questions", and_(free, idle, QUESTIONS.c.text != "", _asked(due["questions"])), _blank_questions),
    )
    for name, wanted, remove in steps:
        ids = [] if due[name] is None else list(connection.scalars(select(QUESTIONS.c.id).where(wanted)))
        counts[name] = len(ids)
        if ids and not dry_run:
            texts += remove(connection, ids)
    return counts, texts


def _take_learning(connection: Connection, before: datetime | None, holds: Sequence[Hold], *, dry_run: bool) -> int:
    if before is None or any(hold.scope is Scope.EVERYTHING for hold in holds):
        return 0
    people = [hold.value for hold in holds if hold.scope is Scope.PERSON]
    learnt = and_(LEARNING.c.done_at < before, LEARNING.c.person.not_in(people))
    count = connection.scalar(select(func.count()).select_from(LEARNING).where(learnt)) or 0
    if not dry_run:
        connection.execute(delete(LEARNING).where(learnt))
    return count


def _take_sent(connection: Connection, before: datetime | None, holds: Sequence[Hold], *, dry_run: bool) -> int:
    """Letters that arrived or were given up long ago; and people of platforms who have not been seen since then."""
    if before is None or holds:
        return 0
    old = and_(OUTBOX.c.state.in_(("sent", "dead")), OUTBOX.c.due_at < before)
    count = connection.scalar(select(func.count()).select_from(OUTBOX).where(old)) or 0
    if not dry_run:
        connection.execute(delete(OUTBOX).where(old))
        connection.execute(delete(INBOX).where(INBOX.c.at < before))
        connection.execute(delete(SHOWN).where(SHOWN.c.at < before))
        connection.execute(delete(PEOPLE).where(PEOPLE.c.at < before))
        connection.execute(delete(CHOICES).where(CHOICES.c.at < before))
    return count


def _take_feedback(connection: Connection, before: datetime | None, holds: Sequence[Hold], *, dry_run: bool) -> int:
    if before is None or any(hold.scope is not Scope.PERSON for hold in holds):
        return 0
    people = [hold.value for hold in holds]
    old = and_(FEEDBACK.c.at < before, FEEDBACK.c.person.not_in(people))
    count = connection.scalar(select(func.count()).select_from(FEEDBACK).where(old)) or 0
    if not dry_run:
        connection.execute(delete(FEEDBACK).where(old))
    return count


def _asked(before: datetime | None) -> ColumnElement[bool]:
    return QUESTIONS.c.asked_at < before if before else not_(true())


def _replied(before: datetime | None) -> Any:
    old = REPLIES.c.replied_at < before if before else not_(true())
    return select(REPLIES.c.question_id).where(old, or_(REPLIES.c.text != "", REPLIES.c.why != ""))


def _ended(before: datetime | None) -> Any:
    last = func.coalesce(REQUESTS.c.changed_at, REQUESTS.c.opened_at)  # the clock starts when it ended
    old = last < before if before else not_(true())
    return select(REQUESTS.c.question_id).where(old, REQUESTS.c.state.in_(_DONE))


def _count_held(connection: Connection, due: dict[str, datetime | None], free: ColumnElement[bool]) -> int:
    wanted = and_(not_(free), QUESTIONS.c.text != "", _asked(due["questions"]))
    return connection.scalar(select(func.count()).select_from(QUESTIONS).where(wanted)) or 0


def _remove_whole(connection: Connection, ids: Sequence[int]) -> list[str]:
    texts = _texts(connection, ids) + _said(connection, ids)
    for some in _batches(ids):
        numbers = list(connection.scalars(select(REQUESTS.c.number).where(REQUESTS.c.question_id.in_(some))))
        references = [reference_of(number) for number in numbers]
        connection.execute(delete(MESSAGES).where(MESSAGES.c.request_number.in_(numbers)))
        connection.execute(delete(OUTBOX).where(OUTBOX.c.reference.in_(references)))
        connection.execute(delete(INBOX).where(INBOX.c.reference.in_(references)))
        # approved advice is guidance by now and has a review date of its own
        proposed = and_(ADVICE.c.request_number.in_(numbers), ADVICE.c.state != "approved")
        connection.execute(delete(ADVICE).where(proposed))
        kept = and_(LESSONS.c.request_number.in_(numbers), LESSONS.c.state != "approved")
        connection.execute(delete(LESSONS).where(kept))
        for table in (REQUEST_VECTORS, REMINDERS, LATE_OFFERS):
            connection.execute(delete(table).where(table.c.request_number.in_(numbers)))
        connection.execute(delete(CARDS).where(CARDS.c.reference.in_(references)))
        connection.execute(update(FEEDBACK).where(FEEDBACK.c.request_number.in_(numbers)).values(reason=""))
        replies = select(REPLIES.c.id).where(REPLIES.c.question_id.in_(some))
        connection.execute(delete(RECALLS).where(RECALLS.c.reply_id.in_(replies)))
        connection.execute(delete(CITATIONS).where(CITATIONS.c.reply_id.in_(replies)))
        connection.execute(delete(REPLIES).where(REPLIES.c.question_id.in_(some)))
        connection.execute(update(REQUESTS).where(REQUESTS.c.joined_to.in_(numbers)).values(joined_to=None))
        connection.execute(delete(REQUESTS).where(REQUESTS.c.question_id.in_(some)))
        connection.execute(delete(QUESTIONS).where(QUESTIONS.c.id.in_(some)))
    return texts


def _blank_replies(connection: Connection, ids: Sequence[int]) -> list[str]:
    texts = _said(connection, ids)
    for some in _batches(ids):
        numbers = list(connection.scalars(select(REQUESTS.c.number).where(REQUESTS.c.question_id.in_(some))))
        references = [reference_of(number) for number in numbers]
        connection.execute(update(MESSAGES).where(MESSAGES.c.request_number.in_(numbers)).values(text=""))
        connection.execute(update(OUTBOX).where(OUTBOX.c.reference.in_(references)).values(text=""))
        connection.execute(update(INBOX).where(INBOX.c.reference.in_(references)).values(text=""))
        replies = select(REPLIES.c.id).where(REPLIES.c.question_id.in_(some))
        connection.execute(delete(CITATIONS).where(CITATIONS.c.reply_id.in_(replies)))
        connection.execute(update(REPLIES).where(REPLIES.c.question_id.in_(some)).values(**_BLANK))
    return texts  # the assistant's own replies quote guidance, which stays: finding its words proves nothing


def _said(connection: Connection, ids: Sequence[int]) -> list[str]:
    """What people said about these requests, to be looked for afterwards; approved advice says it on purpose."""
    numbers = select(REQUESTS.c.number).where(REQUESTS.c.question_id.in_(list(ids)[:MOST_SEARCHED]))
    advised = select(ADVICE.c.request_number).where(ADVICE.c.state == "approved")
    wanted = and_(MESSAGES.c.request_number.in_(numbers), MESSAGES.c.request_number.not_in(advised))
    texts = connection.scalars(select(MESSAGES.c.text).where(wanted).limit(MOST_SEARCHED)).all()
    return [text for text in texts if len(text) >= SHORTEST_SEARCHED]


def _blank_questions(connection: Connection, ids: Sequence[int]) -> list[str]:
    texts = _texts(connection, ids)
    for some in _batches(ids):
        connection.execute(update(QUESTIONS).where(QUESTIONS.c.id.in_(some)).values(text=""))
    return texts


def _texts(connection: Connection, ids: Sequence[int]) -> list[str]:
    some = list(ids)[:MOST_SEARCHED]
    texts = connection.scalars(select(QUESTIONS.c.text).where(QUESTIONS.c.id.in_(some))).all()
    kept = set(
        connection.scalars(select(QUESTIONS.c.text).where(QUESTIONS.c.id.not_in(some), QUESTIONS.c.text.in_(texts)))
    )
    return [text for text in texts if len(text) >= SHORTEST_SEARCHED and text not in kept]


def _batches(ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _still_in(files: Sequence[Path], texts: Sequence[str]) -> int:
    """How many of the texts stand in one of the files, byte for byte."""
    contents = [file.read_bytes() for file in files if file.is_file()]
    return sum(any(text.encode() in content for content in contents) for text in texts)
