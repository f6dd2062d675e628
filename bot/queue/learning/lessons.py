"""Lessons: what was tried on a problem and what happened, as the library holds it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot import wording
from bot.domain.proposals import AdviceState, Benefits, Lesson
from bot.domain.requests import RequestKind
from bot.queue.learning.advice import as_file

STATUS = "experience"
"""As in a document's front matter: it tells what happened somewhere, and is no guidance."""
REVIEW_AFTER = timedelta(days=730)
KINDS = (RequestKind.OPERATIONAL_PROBLEM, RequestKind.ORGANISATIONAL_INEFFICIENCY)


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
