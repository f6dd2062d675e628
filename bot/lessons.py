"""The learning store: what was tried on a problem and what happened, kept when two people agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot import safeguards, wording
from bot.advice import AdviceState, as_file
from bot.refusals import Refused
from bot.roles import Action
from bot.triage import RequestKind, RequestState

if TYPE_CHECKING:
    from bot.office import Actor, Office
    from bot.records import Records

PREFIX = "lesson-"
STATUS = "experience"
"""As in a document's front matter: it tells what happened somewhere, and is no guidance."""
REVIEW_AFTER = timedelta(days=730)
KINDS = (RequestKind.OPERATIONAL_PROBLEM, RequestKind.ORGANISATIONAL_INEFFICIENCY)


class LessonError(Refused):
    """A lesson cannot be kept, approved or withdrawn; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Benefits:
    """What it brought, who says so, and how they know."""

    hours_freed: float = 0.0
    """A month; 0 where nobody estimated it."""
    estimated_by: str = ""
    baseline: str = ""
    """How it was before."""
    measured: str = ""
    """How the difference was measured."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was tried on one problem."""

    reference: str
    title: str
    problem: str
    tried: str
    happened: str
    owner: str
    review_by: date
    benefits: Benefits = field(default_factory=Benefits)
    proposed_by: str = ""
    approved_by: str = ""
    state: AdviceState = AdviceState.PROPOSED
    at: datetime | None = None

    @property
    def document(self) -> str:
        """Its id as a document: "lesson-pf-0042"."""
        return f"{PREFIX}{self.reference.lower()}"

    def as_json(self) -> dict[str, Any]:
        """The lesson for `--json`."""
        return {
            "reference": self.reference,
            "document": self.document,
            "title": self.title,
            "problem": self.problem,
            "tried": self.tried,
            "happened": self.happened,
            "benefits": asdict(self.benefits),
            "owner": self.owner,
            "review_by": self.review_by.isoformat(),
            "proposed_by": self.proposed_by,
            "approved_by": self.approved_by or None,
            "state": self.state.value,
        }


@dataclass(frozen=True, slots=True)
class Lessons:
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
            LessonError: it is no problem, is not closed, says too little, or names somebody.
        """
        self.office.check(actor, Action.WORK_REQUESTS)
        request = self.records.request(reference)
        if request is None:
            raise LessonError(wording.NO_SUCH_REQUEST.format(reference=reference))
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
        return self.records.lessons.propose(lesson)

    def approve(self, actor: Actor, reference: str) -> Lesson:
        """Approve what somebody else proposed; the next edition holds it."""
        self.office.check(actor, Action.APPROVE)
        return self.records.lessons.move(reference, actor.name, AdviceState.PROPOSED, AdviceState.APPROVED)

    def withdraw(self, actor: Actor, reference: str) -> Lesson:
        """Take a lesson out of the next edition."""
        self.office.check(actor, Action.APPROVE)
        return self.records.lessons.move(reference, actor.name, AdviceState.APPROVED, AdviceState.WITHDRAWN)

    def all(self) -> list[Lesson]:
        """Every lesson, whatever its state."""
        return self.records.lessons.all()


def as_markdown(lesson: Lesson) -> str:
    """The lesson as a file of the library."""
    fields = {
        "id": lesson.document,
        "title": wording.LESSON_TITLE.format(title=lesson.title),
        "status": STATUS,
        "review_by": lesson.review_by.isoformat(),
        "owner": lesson.owner,
    }
    sections = {
        wording.LESSON_PROBLEM: lesson.problem,
        wording.LESSON_TRIED: lesson.tried,
        wording.LESSON_HAPPENED: lesson.happened,
        wording.LESSON_BENEFITS: _benefits(lesson.benefits),
    }
    return as_file(fields, sections)


def files(all_lessons: Iterable[Lesson]) -> dict[str, str]:
    """The files of what is approved, by name."""
    return {f"{one.document}.md": as_markdown(one) for one in all_lessons if one.state is AdviceState.APPROVED}


def _benefits(benefits: Benefits) -> str:
    lines = []
    if benefits.hours_freed:
        lines.append(wording.LESSON_HOURS.format(hours=f"{benefits.hours_freed:g}", who=benefits.estimated_by))
    if benefits.baseline.strip():
        lines.append(wording.LESSON_BASELINE.format(text=benefits.baseline.strip().rstrip(".")))
    if benefits.measured.strip():
        lines.append(wording.LESSON_MEASURED.format(text=benefits.measured.strip().rstrip(".")))
    return "\n".join(lines)


def _whole(text: str, option: str) -> str:
    if not text.strip():
        raise LessonError(wording.LESSON_SAYS_NOTHING.format(option=option))
    return text.strip()
