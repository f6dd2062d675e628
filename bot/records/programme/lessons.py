"""Lessons on their way into the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from bot.domain.people import By, account_of, name_of
from bot.domain.proposals import AdviceState, Benefits, Lesson, LessonError, Second, second_person
from bot.domain.refusals import Remedy
from bot.domain.requests import parse_reference, reference_of
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.audit.said import text_digest
from bot.records.engine import Database
from bot.records.tables import LESSONS

_ONE = select(LESSONS).where(LESSONS.c.request_number == bindparam("which"))
_LOCKED = _ONE.with_for_update()
_ALL = select(LESSONS).order_by(LESSONS.c.request_number)
_DROP = delete(LESSONS).where(LESSONS.c.request_number == bindparam("which"))
_ADD = insert(LESSONS)
_MOVE = (
    update(LESSONS)
    .where(LESSONS.c.request_number == bindparam("which"))
    .values(state=bindparam("new_state"), approved_by=bindparam("who"), at=bindparam("now"))
)


class LessonRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def propose(self, lesson: Lesson, by: By) -> Lesson:
        """Keep a proposal, in the place of an earlier one for the same request."""
        number = parse_reference(lesson.reference) or 0
        row = {
            "request_number": number,
            "title": lesson.title,
            "problem": lesson.problem,
            "tried": lesson.tried,
            "happened": lesson.happened,
            "benefits": asdict(lesson.benefits),
            "owner": lesson.owner,
            "review_by": lesson.review_by,
            "proposed_by": name_of(by),
            "proposed_account": account_of(by),
            "state": AdviceState.PROPOSED.value,
            "at": self._now(),
        }
        with self._database.write() as connection:
            connection.execute(_DROP, {"which": number})
            connection.execute(_ADD, row)
            entry = Entry(self._now(), by, "lesson.proposed", lesson.reference, {"text": _digest(row)})
            audit.append(connection, [entry])
            return _lesson(connection.execute(_ONE, {"which": number}).mappings().one())

    def approve(self, reference: str, second: Second) -> Lesson:
        """Approve a proposal. LessonError where there is none, or where the same person made it."""
        return self._move(reference, second.actor, AdviceState.PROPOSED, AdviceState.APPROVED, second)

    def withdraw(self, reference: str, by: By) -> Lesson:
        """Take a lesson back. LessonError where none is approved."""
        return self._move(reference, by, AdviceState.APPROVED, AdviceState.WITHDRAWN)

    def _move(
        self, reference: str, by: By, before: AdviceState, after: AdviceState, second: Second | None = None
    ) -> Lesson:
        number = parse_reference(reference) or 0
        with self._database.write() as connection:
            row = connection.execute(_LOCKED, {"which": number}).mappings().one_or_none()
            if row is None or row["state"] != before.value:
                raise LessonError(f"{reference} has no lesson that is {before.value}.", Remedy(("lessons", "list")))
            refusal = second_person(row["proposed_by"], row["proposed_account"], second) if second else ""
            if refusal:
                raise LessonError(refusal)
            who = name_of(by) if second else row["approved_by"]
            connection.execute(_MOVE, {"which": number, "new_state": after.value, "who": who, "now": self._now()})
            entry = Entry(self._now(), by, f"lesson.{after.value}", reference_of(number), {"text": _digest(row)})
            audit.append(connection, [entry])
            return _lesson(connection.execute(_ONE, {"which": number}).mappings().one())

    def all(self) -> list[Lesson]:
        """Every lesson, whatever its state."""
        with self._database.read() as connection:
            return [_lesson(row) for row in connection.execute(_ALL).mappings()]


def _digest(row: Mapping[str, object] | RowMapping) -> str:
    return text_digest(*(str(row[name]) for name in ("title", "problem", "tried", "happened")))


def _lesson(row: RowMapping) -> Lesson:
    return Lesson(
        reference=reference_of(row["request_number"]),
        title=row["title"],
        problem=row["problem"],
        tried=row["tried"],
        happened=row["happened"],
        owner=row["owner"],
        review_by=row["review_by"],
        benefits=Benefits(**row["benefits"]),
        proposed_by=row["proposed_by"],
        approved_by=row["approved_by"] or "",
        state=AdviceState(row["state"]),
        at=row["at"],
    )
