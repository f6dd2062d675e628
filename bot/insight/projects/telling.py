"""A project in words: what is proposed, approved and told; the chart's verdict stands in it, whatever is claimed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.domain.improvement import Freed, Project, ProjectError, ProjectState
from bot.domain.proposals import Benefits
from bot.insight.projects.following import prove
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.domain.proposals import Lesson
    from bot.queue.learning.store import LearningStore


def told(project: Project) -> str:
    """What is told of a project, word for word as the second person approves it."""
    measure, proof = project.measure, prove(project)
    parts = [
        f"{project.title}\n\n{project.problem}",
        words.TOLD_MEASURE.format(
            name=measure.name, unit=measure.unit, better=measure.better.value, definition=measure.definition
        ),
        words.TOLD_BASELINE.format(text=project.baseline) if project.baseline else "",
        *(words.TOLD_TRIED.format(text=f"{one.what}, from {words.day(one.day)}") for one in project.tried),
        claimed(project) if project.claim else "",
        proof.says if proof.holds else words.TOLD_NOT_PROVEN.format(says=proof.says),
    ]
    return "\n\n".join(part for part in parts if part)


def claimed(project: Project) -> str:
    """The claim with who estimated it, how, and how sure they are."""
    claim = project.claim
    if claim is None:
        return ""
    says = f"{claim.says.rstrip('. ')}."
    lines = [
        words.TOLD_CLAIM.format(
            says=says, who=claim.estimated_by, how=claim.how.rstrip(". "), confidence=claim.confidence.value
        )
    ]
    if claim.freed:
        lines.append(freed_in_words(claim.freed))
    return " ".join(lines)


def freed_in_words(freed: Freed) -> str:
    """Hours freed, with what they are made of."""
    return words.TOLD_FREED.format(
        low=f"{freed.low:.1f}",
        high=f"{freed.high:.1f}",
        minutes_low=f"{freed.minutes_low:g}",
        minutes_high=f"{freed.minutes_high:g}",
        times_low=f"{freed.times_low:g}",
        times_high=f"{freed.times_high:g}",
    )


def hours_freed(projects: Iterable[Project]) -> tuple[float, float, int]:
    """Hours a month, low and high, of what is published, has an estimate and is borne out by its chart; of how many."""
    found = [
        one.claim.freed
        for one in projects
        if one.state is ProjectState.PUBLISHED and one.claim and one.claim.freed and prove(one).holds
    ]
    return sum(one.low for one in found), sum(one.high for one in found), len(found)


def propose_lesson(store: LearningStore, actor: Actor, project: Project) -> Lesson:
    """Propose a published project as a lesson of the request that it grew out of; a different person approves it.

    ProjectError where it is not published, or grew out of no request; LessonError as the store has it.
    """
    if project.state is not ProjectState.PUBLISHED or not project.request or project.claim is None:
        raise ProjectError(words.NO_LESSON.format(reference=project.reference))
    return store.keep(
        actor,
        project.request,
        title=project.title,
        tried="\n".join(f"{one.what}, from {words.day(one.day)}" for one in project.tried),
        happened=f"{project.claim.says.rstrip('. ')}. {prove(project).says}",
        problem=project.problem,
        owner=project.owner,
        benefits=benefits(project),
    )


def benefits(project: Project) -> Benefits:
    """What a published project lends to the lesson of its request: the low estimate, and the chart's verdict."""
    claim, proof = project.claim, prove(project)
    hours = claim.freed.low if claim and claim.freed else 0.0
    who = f"{claim.estimated_by} (low estimate, confidence {claim.confidence.value})" if claim else ""
    return Benefits(round(hours, 1), who, project.baseline, proof.says)
