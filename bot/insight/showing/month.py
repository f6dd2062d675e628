"""The monthly page: what a chief inspector reads, with the same figures as everywhere and what bears claims out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.domain.improvement import Project, ProjectState
from bot.insight.documents import Quoted
from bot.insight.figures import Split
from bot.insight.gaps import Gap
from bot.insight.periods import Grain, Period, parse
from bot.insight.projects.following import Followed, follow
from bot.insight.projects.telling import hours_freed
from bot.insight.saved import Saved
from bot.insight.tables import Table
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.insight.insight import Insight

SPLITS = (Split.SUBJECT, Split.PLACE, Split.KIND, Split.THEME, Split.AREA)
MOST_GAPS, MOST_DOCUMENTS = 10, 10


@dataclass(frozen=True, slots=True)
class Month:
    """Everything on the page."""

    period: Period
    weeks: Table
    """The month by its weeks."""
    year: Table
    """The year so far, by months."""
    splits: tuple[Table, ...]
    saved: Saved
    projects: tuple[tuple[Project, Followed], ...]
    """What is published, with its chart as it stands today."""
    freed: tuple[float, float, int]
    gaps: tuple[Gap, ...]
    """Those of which the size may be told."""
    review: tuple[Quoted, ...]

    @property
    def freed_in_words(self) -> str:
        """Hours freed, with how many projects say so."""
        low, high, count = self.freed
        return words.DIGEST_FREED.format(low=f"{low:.1f}", high=f"{high:.1f}", count=count) if count else ""

    def as_json(self) -> dict[str, Any]:
        """The page for `insight month --json`."""
        return {
            "weeks": self.weeks.as_json(),
            "year": self.year.as_json(),
            "splits": [table.as_json() for table in self.splits],
            "time_saved": self.saved.as_json(),
            "projects": [project.as_json() for project, _ in self.projects],
            "hours_freed": {"low": self.freed[0], "high": self.freed[1], "projects": self.freed[2]},
            "gaps": [{"heading": gap.heading, "size": gap.size, "closed": gap.is_closed} for gap in self.gaps],
            "documents_to_review": [one.as_json() for one in self.review],
        }


def month_of(
    insight: Insight,
    period: Period,
    *,
    saved: Saved,
    projects: Sequence[Project],
    gaps: Sequence[Gap] = (),
    documents: Sequence[Quoted] = (),
) -> Month:
    """The page of a month that is over. InsightError where it is not, RecordsError where it cannot be counted."""
    published = [one for one in projects if one.state is ProjectState.PUBLISHED]
    return Month(
        period,
        insight.table(period, Split.WEEK),
        insight.table(parse(str(period.year)), Split.MONTH),
        tuple(insight.table(period, split) for split in SPLITS),
        saved,
        tuple((one, follow(one)) for one in published),
        hours_freed(published),
        tuple(gap for gap in gaps if gap.may_be_told)[:MOST_GAPS],
        tuple(one for one in documents if one.needs_review)[:MOST_DOCUMENTS],
    )


def digest_lines(
    insight: Insight, week: date, projects: Sequence[Project], gaps: Sequence[Gap] = ()
) -> list[tuple[str, list[str]]]:
    """What the weekly digest tells of a week that began on a Monday: headings with their lines.

    Gaps are told by their size alone, never by a question.
    """
    year, number, _ = week.isocalendar()
    row = insight.row(parse(f"{year}-W{number:02d}"))
    rate = row.cells["answer_rate"]
    parts: list[tuple[str, list[str]]] = []
    if rate.value is not None:
        parts.append((words.DIGEST_FIGURES, [words.DIGEST_RATE.format(rate=rate.text)]))
    published = [one for one in projects if one.state is ProjectState.PUBLISHED]
    told = [f"{one.title}: {follow(one).proof.says}" for one in published if _is_new(one, week)]
    low, high, count = hours_freed(published)
    if count:
        told.append(words.DIGEST_FREED.format(low=f"{low:.1f}", high=f"{high:.1f}", count=count))
    if told:
        parts.append((words.DIGEST_PROJECTS, told))
    often = [one for one in gaps if one.may_be_told and not one.is_closed]
    if often:
        parts.append((words.DIGEST_GAPS, [words.DIGEST_GAP.format(count=len(often), size=sum(g.size for g in often))]))
    return parts


def _is_new(project: Project, week: date) -> bool:
    at = project.published_at
    return at is not None and at.date().isocalendar()[:2] == week.isocalendar()[:2]


def last_month(insight: Insight) -> Period:
    """The last month that is over."""
    return insight.period(grain=Grain.MONTH)
