"""Keeping what was tried on a problem: proposed by one person, approved by another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot import safeguards, wording
from bot.domain.people import Action
from bot.domain.proposals import Benefits, Lesson, LessonError
from bot.domain.requests import LIST, RequestState
from bot.queue.learning.lessons import KINDS, REVIEW_AFTER

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.governance.office import Office
    from bot.records import Records


@dataclass(frozen=True, slots=True)
class LearningStore:
    """Methods raise NotAllowed, LessonError, and RecordsError from the database."""

    office: Office
    records: Records
    now: Callable[[], datetime]

    def keep(
        self,
        actor: Actor,
        reference: str,
        *,
        title: str,
        tried: str,
        happened: str,
        problem: str = "",
        owner: str = "",
        benefits: Benefits | None = None,
    ) -> Lesson:
        """Propose what was tried on a closed problem; a different person must approve it.

        Raises:
            LessonError: it is no problem, is not closed, says too little, or names a person.
        """
        self.office.check(actor, Action.WORK_REQUESTS)
        request = self.records.request(reference)
        if request is None:
            raise LessonError(f"There is no request {reference}.", LIST)
        if request.kind not in KINDS or request.state is not RequestState.CLOSED:
            raise LessonError(wording.LESSON_NOT_CLOSED.format(reference=request.reference))
        benefits = benefits or Benefits()
        if benefits.hours_freed and not benefits.estimated_by.strip():
            raise LessonError(wording.LESSON_WHO_SAYS)
        lesson = Lesson(
            request.reference,
            _whole(title, "--title"),
            problem.strip() or request.question,
            _whole(tried, "--tried"),
            _whole(happened, "--happened"),
            owner.strip() or actor.name,
            (self.now() + REVIEW_AFTER).date(),
            benefits,
            proposed_by=actor.name,
            at=self.now(),
        )
        for part in (lesson.title, lesson.problem, tried, happened, benefits.baseline, benefits.measured):
            found = safeguards.redact(part).kinds
            if found:
                raise LessonError(wording.LESSON_NAMES.format(named=wording.named(found)))
        return self.records.lessons.propose(lesson, actor)

    def approve(self, actor: Actor, reference: str) -> Lesson:
        """Approve what a colleague proposed; the next edition holds it."""
        self.office.check(actor, Action.APPROVE)
        return self.records.lessons.approve(reference, self.office.second(actor))

    def withdraw(self, actor: Actor, reference: str) -> Lesson:
        """Take a lesson out of the next edition."""
        self.office.check(actor, Action.APPROVE)
        return self.records.lessons.withdraw(reference, actor)

    def all(self) -> list[Lesson]:
        """Every lesson, whatever its state."""
        return self.records.lessons.all()


def _whole(text: str, option: str) -> str:
    if not text.strip():
        raise LessonError(wording.LESSON_SAYS_NOTHING.format(option=option))
    return text.strip()
