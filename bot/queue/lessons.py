"""Lessons: what was tried on a problem and what happened, as the library holds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from bot import wording
from bot.domain.refusals import Refused
from bot.domain.requests import RequestKind
from bot.queue.advice import AdviceState, as_file

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
