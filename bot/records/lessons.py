"""Lessons on their way into the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import RowMapping, bindparam, delete, insert, select, update

from bot.domain.proposals import AdviceState, Benefits, Lesson, LessonError
from bot.domain.requests import parse_reference, reference_of
from bot.records import audit
from bot.records.audit import Entry
from bot.records.engine import Database
from bot.records.schema import LESSONS

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

    def propose(self, lesson: Lesson) -> Lesson:
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
            "proposed_by": lesson.proposed_by,
            "state": AdviceState.PROPOSED.value,
            "at": self._now(),
        }
        with self._database.write() as connection:
            connection.execute(_DROP, {"which": number})
            connection.execute(_ADD, row)
            audit.append(connection, [Entry(self._now(), lesson.proposed_by, "lesson.proposed", lesson.reference, {})])
            return _lesson(connection.execute(_ONE, {"which": number}).mappings().one())

    def move(self, reference: str, by: str, before: AdviceState, after: AdviceState) -> Lesson:
        """Approve or withdraw. LessonError where none is in that state, or where the same person proposed it."""
        number = parse_reference(reference) or 0
        with self._database.write() as connection:
            row = connection.execute(_LOCKED, {"which": number}).mappings().one_or_none()
            if row is None or row["state"] != before.value:
                raise LessonError(f"{reference} has no lesson that is {before.value}. Run: prevention-hub lessons list")
            if after is AdviceState.APPROVED and row["proposed_by"] == by:
                raise LessonError(f"{by} proposed this lesson, so somebody else must approve it.")
            who = by if after is AdviceState.APPROVED else row["approved_by"]
            connection.execute(_MOVE, {"which": number, "new_state": after.value, "who": who, "now": self._now()})
            audit.append(connection, [Entry(self._now(), by, f"lesson.{after.value}", reference_of(number), {})])
            return _lesson(connection.execute(_ONE, {"which": number}).mappings().one())

    def all(self) -> list[Lesson]:
        """Every lesson, whatever its state."""
        with self._database.read() as connection:
            return [_lesson(row) for row in connection.execute(_ALL).mappings()]


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
