"""What a purge takes away, table by table; and looking for it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, not_, or_, select, true, update

from bot.domain.requests import RequestState, reference_of
from bot.domain.timing.retention import Clocks, Hold, Scope
from bot.records.office.bindings import forget_unseen
from bot.records.tables import (
    ADVICE,
    CARDS,
    CHOICES,
    CITATIONS,
    ECHOES,
    FEEDBACK,
    INBOUND,
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
    SAVED_FILTERS,
    SHOWN,
)

MOST_SEARCHED = 2000
"""Texts that are looked for in the files after a purge."""
SHORTEST_SEARCHED = 12
"""Characters: a shorter text may stand there for another reason."""
_DONE = (RequestState.CLOSED.value, RequestState.WITHDRAWN.value)
Numbers = Select[tuple[int]]
Due = Mapping[str, datetime | None]
"""Kind of record to the moment before which it goes; None where it stays for good."""


def due(clocks: Clocks, now: datetime) -> Due:
    """Up to when each kind of record goes."""
    days = {
        "questions": clocks.questions,
        "replies": clocks.replies,
        "requests": clocks.requests,
        "learning": clocks.learning,
    }
    return {name: now - timedelta(days=count) if count else None for name, count in days.items()}


def not_held(holds: Sequence[Hold]) -> ColumnElement[bool]:
    """Whether a question may go: neither its asker nor its request is held."""
    if any(hold.scope is Scope.EVERYTHING for hold in holds):
        return not_(true())
    people = [hold.value for hold in holds if hold.scope is Scope.PERSON]
    numbers = [int(hold.value) for hold in holds if hold.scope is Scope.REQUEST]
    of_held = select(REQUESTS.c.question_id).where(REQUESTS.c.number.in_(numbers))
    return and_(QUESTIONS.c.asker.not_in(people), QUESTIONS.c.id.not_in(of_held))


def _open_requests() -> Numbers:
    return select(REQUESTS.c.question_id).where(REQUESTS.c.state.not_in(_DONE))


BLANK_REPLY: dict[str, object] = {
    "text": "",
    "why": "",
    "signals": {},
    "weighed": None,
    "beside": None,
    "salt": "",
    "given_id": "",
}


def take(
    connection: Connection, when: Due, free: ColumnElement[bool], *, dry_run: bool
) -> tuple[dict[str, int], list[str]]:
    """Count, collect the texts, and take away: requests whole, then texts of replies, then of questions."""
    idle = QUESTIONS.c.id.not_in(_open_requests())
    counts, texts = {}, []
    steps = (
        ("requests", and_(free, QUESTIONS.c.id.in_(_ended(when["requests"]))), _remove_whole),
        ("replies", and_(free, idle, QUESTIONS.c.id.in_(_replied(when["replies"]))), _blank_replies),
        ("questions", and_(free, idle, QUESTIONS.c.text != "", _asked(when["questions"])), _blank_questions),
    )
    for name, wanted, remove in steps:
        ids = [] if when[name] is None else list(connection.scalars(select(QUESTIONS.c.id).where(wanted)))
        counts[name] = len(ids)
        if ids and not dry_run:
            texts += remove(connection, ids)
    return counts, texts


def take_learning(connection: Connection, before: datetime | None, holds: Sequence[Hold], *, dry_run: bool) -> int:
    """Progress on learning paths."""
    if before is None or any(hold.scope is Scope.EVERYTHING for hold in holds):
        return 0
    people = [hold.value for hold in holds if hold.scope is Scope.PERSON]
    learnt = and_(LEARNING.c.done_at < before, LEARNING.c.person.not_in(people))
    count = connection.scalar(select(func.count()).select_from(LEARNING).where(learnt)) or 0
    if not dry_run:
        connection.execute(delete(LEARNING).where(learnt))
    return count


def take_sent(connection: Connection, before: datetime | None, holds: Sequence[Hold], *, dry_run: bool) -> int:
    """Letters that arrived or were given up long ago; people of platforms who have not been seen since then, and
    filters that their owners have not used.
    """
    if before is None or holds:
        return 0
    old = and_(OUTBOX.c.state.in_(("sent", "dead")), OUTBOX.c.due_at < before)
    count = connection.scalar(select(func.count()).select_from(OUTBOX).where(old)) or 0
    if not dry_run:
        connection.execute(delete(OUTBOX).where(old))
        connection.execute(delete(INBOX).where(INBOX.c.at < before))
        connection.execute(delete(SHOWN).where(SHOWN.c.at < before))
        connection.execute(delete(CHOICES).where(CHOICES.c.at < before))
        connection.execute(delete(PEOPLE).where(PEOPLE.c.at < before))
        forget_unseen(connection, before)
        connection.execute(delete(SAVED_FILTERS).where(SAVED_FILTERS.c.used_at < before))
    return count


def take_feedback(connection: Connection, before: datetime | None, holds: Sequence[Hold], *, dry_run: bool) -> int:
    """What people said of replies."""
    if before is None or any(hold.scope is not Scope.PERSON for hold in holds):
        return 0
    people = [hold.value for hold in holds]
    old = and_(FEEDBACK.c.at < before, FEEDBACK.c.person.not_in(people))
    count = connection.scalar(select(func.count()).select_from(FEEDBACK).where(old)) or 0
    if not dry_run:
        connection.execute(delete(FEEDBACK).where(old))
    return count


def take_echoes(connection: Connection, before: datetime | None, holds: Sequence[Hold], *, dry_run: bool) -> int:
    """What people told the programme: nobody is named in it, so only a hold on everything keeps it."""
    if before is None or any(hold.scope is Scope.EVERYTHING for hold in holds):
        return 0
    old = ECHOES.c.day < before.date()
    count = connection.scalar(select(func.count()).select_from(ECHOES).where(old)) or 0
    if not dry_run:
        connection.execute(delete(ECHOES).where(old))
    return count


def _asked(before: datetime | None) -> ColumnElement[bool]:
    return QUESTIONS.c.asked_at < before if before else not_(true())


def _replied(before: datetime | None) -> Numbers:
    old = REPLIES.c.replied_at < before if before else not_(true())
    return select(REPLIES.c.question_id).where(old, or_(REPLIES.c.text != "", REPLIES.c.why != ""))


def _ended(before: datetime | None) -> Numbers:
    last = func.coalesce(REQUESTS.c.changed_at, REQUESTS.c.opened_at)  # the clock starts when it ended
    old = last < before if before else not_(true())
    return select(REQUESTS.c.question_id).where(old, REQUESTS.c.state.in_(_DONE))


def count_held(connection: Connection, when: Due, free: ColumnElement[bool]) -> int:
    """Questions that are past their time and stay because of a hold."""
    wanted = and_(not_(free), QUESTIONS.c.text != "", _asked(when["questions"]))
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
        connection.execute(update(MESSAGES).where(MESSAGES.c.request_number.in_(numbers)).values(text="", salt=""))
        connection.execute(update(OUTBOX).where(OUTBOX.c.reference.in_(references)).values(text=""))
        connection.execute(update(INBOX).where(INBOX.c.reference.in_(references)).values(text=""))
        replies = select(REPLIES.c.id).where(REPLIES.c.question_id.in_(some))
        connection.execute(delete(CITATIONS).where(CITATIONS.c.reply_id.in_(replies)))
        connection.execute(update(REPLIES).where(REPLIES.c.question_id.in_(some)).values(**BLANK_REPLY))
    return texts  # the assistant's own replies quote guidance, which stays: finding its words proves nothing


def take_inbound(connection: Connection, before: datetime | None, holds: Sequence[Hold], *, dry_run: bool) -> int:
    """What a platform sent and nobody ever answered: its text is a question's."""
    if before is None or any(hold.scope is Scope.EVERYTHING for hold in holds):
        return 0
    people = [hold.value for hold in holds if hold.scope is Scope.PERSON]
    old = and_(INBOUND.c.at < before, INBOUND.c.asker.not_in(people))
    count = connection.scalar(select(func.count()).select_from(INBOUND).where(old, INBOUND.c.text != "")) or 0
    if not dry_run:
        connection.execute(delete(INBOUND).where(old))
    return count


def blank_letters(connection: Connection, before: datetime | None, holds: Sequence[Hold], *, dry_run: bool) -> None:
    """The texts of letters that arrived or were given up: they are those of replies."""
    if before is None or holds or dry_run:
        return
    done = OUTBOX.c.state.in_(("sent", "dead"))
    connection.execute(update(OUTBOX).where(done, OUTBOX.c.due_at < before, OUTBOX.c.text != "").values(text=""))
    connection.execute(update(INBOX).where(INBOX.c.at < before, INBOX.c.text != "").values(text=""))


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
        numbers = select(REQUESTS.c.number).where(REQUESTS.c.question_id.in_(some))
        # the vector of a question tells what it was about, and so does where it happened
        connection.execute(delete(REQUEST_VECTORS).where(REQUEST_VECTORS.c.request_number.in_(numbers)))
        connection.execute(update(REQUESTS).where(REQUESTS.c.question_id.in_(some)).values(area=""))
        connection.execute(update(QUESTIONS).where(QUESTIONS.c.id.in_(some)).values(text="", given_id=""))
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


def still_in(files: Sequence[Path], texts: Sequence[str]) -> int:
    """How many of the texts stand in one of the files, byte for byte."""
    contents = [file.read_bytes() for file in files if file.is_file()]
    return sum(any(text.encode() in content for content in contents) for text in texts)
