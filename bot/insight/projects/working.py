"""Working on improvement projects: each step checks the role, names nobody, and goes on record."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot import safeguards
from bot.domain.improvement import (
    Better,
    Claim,
    Measure,
    Project,
    ProjectError,
    ProjectState,
    Stage,
    Tried,
    Value,
    ValueSource,
    checked_value,
    no_such_project,
)
from bot.domain.people import Action
from bot.domain.requests import RequestKind
from bot.insight import periods
from bot.insight.counts import WHOLE
from bot.insight.figures import FIGURES, Shape, Split
from bot.insight.periods import Grain
from bot.insight.projects import telling
from bot.wording import insight as words
from bot.wording import named

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.governance.office import Office
    from bot.insight.insight import Insight
    from bot.records import Records

PROBLEMS = (RequestKind.OPERATIONAL_PROBLEM, RequestKind.ORGANISATIONAL_INEFFICIENCY)
MOST_LINES = 5000
COUNTABLE = tuple(key for key, figure in FIGURES.items() if figure.shape is Shape.COUNT)


@dataclass(frozen=True, slots=True)
class Projects:
    """Methods raise NotAllowed, ProjectError, and RecordsError from the database."""

    office: Office
    records: Records
    insight: Insight
    now: Callable[[], datetime]

    def open(
        self,
        actor: Actor,
        title: str,
        measure: Measure,
        *,
        problem: str = "",
        owner: str = "",
        partners: str = "",
        baseline: str = "",
        request: str = "",
    ) -> Project:
        """Open a project, of a problem that the hub was asked to help with or of its own."""
        self.office.check(actor, Action.WORK_REQUESTS)
        described = problem.strip()
        if request:
            found = self.records.request(request)
            if found is None or found.kind not in PROBLEMS:
                raise ProjectError(words.NOT_A_PROBLEM.format(reference=request))
            described, request = described or found.question, found.reference
        if not all(part.strip() for part in (measure.name, measure.definition, measure.unit)):
            raise ProjectError(words.NO_MEASURE)
        if measure.figure and measure.figure not in COUNTABLE:
            raise ProjectError(words.NO_VALUE.format(key=measure.figure, keys=", ".join(COUNTABLE)))
        project = Project(
            0,
            _said(title, "--title"),
            _said(described, "--problem"),
            owner.strip() or actor.name,
            partners.strip(),
            Stage.OBJECTIVE,
            measure,
            baseline.strip(),
            request=request,
        )
        _names_nobody(title, described, partners, baseline, measure.name, measure.definition)
        return self.records.projects.add(project, actor)

    def get(self, reference: str) -> Project:
        """A project; ProjectError where there is none."""
        found = self.records.projects.get(reference)
        if found is None:
            raise no_such_project(reference)
        return found

    def all(self) -> list[Project]:
        """Every project."""
        return self.records.projects.all()

    def published(self) -> list[Project]:
        """What a second person has approved."""
        return [one for one in self.all() if one.state is ProjectState.PUBLISHED]

    def move(self, actor: Actor, reference: str, stage: Stage, note: str = "") -> Project:
        """Go to a stage, with what was found or done in it."""
        self.office.check(actor, Action.WORK_REQUESTS)
        _names_nobody(note)
        notes = dict(self.get(reference).notes)
        if note.strip():
            notes[stage.value] = note.strip()
        return self.records.projects.change(reference, actor, "moved", {"stage": stage.value, "notes": notes})

    def describe(self, actor: Actor, reference: str, *, baseline: str = "", partners: str = "") -> Project:
        """Say how it was before, or who takes part."""
        self.office.check(actor, Action.WORK_REQUESTS)
        _names_nobody(baseline, partners)
        new = {name: text.strip() for name, text in (("baseline", baseline), ("partners", partners)) if text.strip()}
        if not new:
            raise ProjectError(words.SAYS_NOTHING.format(option="--baseline or --partners"))
        return self.records.projects.change(reference, actor, "described", new)

    def measure(self, actor: Actor, reference: str, values: Iterable[Value]) -> Project:
        """Keep dated values; a later value of a day takes the place of an earlier one."""
        self.office.check(actor, Action.WORK_REQUESTS)
        kept = [Value(one.day, checked_value(one.value), one.source) for one in values]
        if not kept:
            raise ProjectError(words.SAYS_NOTHING.format(option="the values"))
        return self.records.projects.measure(reference, actor, list({one.day: one for one in kept}.values()))

    def count(self, actor: Actor, reference: str) -> Project:
        """Count a measure that is one of the hub's own figures, by week; what is hidden as small gives no value."""
        self.office.check(actor, Action.WORK_REQUESTS)
        project = self.get(reference)
        if project.measure.figure not in COUNTABLE:
            raise ProjectError(words.NO_OWN_FIGURE.format(reference=project.reference))
        return self.measure(actor, reference, self._counted(project.measure))

    def _counted(self, measure: Measure) -> list[Value]:
        """By week; by month where the figure is that of one theme, which no single week is split by."""
        today = self.insight.today
        split = Split.THEME if measure.theme else None
        grain, category = (Grain.MONTH, measure.theme) if split else (Grain.WEEK, WHOLE)
        found = []
        for year in (today.year - 1, today.year):
            counted = self.insight.year(year, split)
            for period in periods.inside(periods.year_of(year), grain):
                if period.is_over(today):
                    found.append((period.monday, counted.count(period, measure.figure, category)))
        values = [Value(day, count, ValueSource.COUNTED) for day, count in found if count is not None]
        first = next((place for place, one in enumerate(values) if one.value), len(values))
        return values[first:]  # before the first thing counted, nothing was there to count

    def try_out(self, actor: Actor, reference: str, tried: Tried) -> Project:
        """Keep what was tried, and from when; limits are calculated anew only where that is said by name."""
        self.office.check(actor, Action.WORK_REQUESTS)
        _names_nobody(_said(tried.what, "what was tried"))
        return self.records.projects.try_out(reference, actor, tried)

    def claim(self, actor: Actor, reference: str, claim: Claim) -> Project:
        """Say what came of it, who estimated that, and how."""
        self.office.check(actor, Action.WORK_REQUESTS)
        for text, option in ((claim.says, "--says"), (claim.estimated_by, "--estimated-by"), (claim.how, "--how")):
            _said(text, option)
        _names_nobody(claim.says, claim.how)
        return self.records.projects.change(reference, actor, "claimed", {"claim": claim.as_json()})

    def propose(self, actor: Actor, reference: str) -> Project:
        """Propose to tell it to everyone, in the words that stand then."""
        self.office.check(actor, Action.WORK_REQUESTS)
        project = self.get(reference)
        if project.claim is None:
            raise ProjectError(words.NO_CLAIM.format(reference=project.reference))
        return self.records.projects.propose(reference, actor, telling.told(project))

    def publish(self, actor: Actor, reference: str) -> Project:
        """Approve what a colleague proposed."""
        self.office.check(actor, Action.APPROVE)
        return self.records.projects.publish(reference, self.office.second(actor))

    def withdraw(self, actor: Actor, reference: str) -> Project:
        """Take back what was told."""
        self.office.check(actor, Action.APPROVE)
        return self.records.projects.withdraw(reference, actor)


def read_values(text: str) -> list[Value]:
    """Values from a CSV file with the columns day and value. ProjectError naming the line that cannot be read."""
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if not {"day", "value"} <= {(name or "").strip().casefold() for name in lines.fieldnames or ()}:
        raise ProjectError(words.CSV_COLUMNS.format(line=1, why="one of them is missing"))
    found = []
    for number, line in enumerate(lines, 2):
        row = {(name or "").strip().casefold(): (cell or "").strip() for name, cell in line.items() if name is not None}
        if number > MOST_LINES:
            raise ProjectError(words.CSV_COLUMNS.format(line=number, why=f"there are more than {MOST_LINES} lines"))
        if not any(row.values()):
            continue
        try:
            day, value = date.fromisoformat(row["day"]), checked_value(float(row["value"].replace(",", "")))
        except (ValueError, KeyError, ProjectError) as error:
            why = "there is no date, or no number"
            raise ProjectError(words.CSV_COLUMNS.format(line=number, why=why)) from error
        found.append(Value(day, value, ValueSource.CSV))
    return found


def measure_of(name: str, definition: str, unit: str, better: str, figure: str = "", theme: str = "") -> Measure:
    """A measure from what was typed; one of the hub's own figures brings its name, definition and unit along."""
    own = FIGURES.get(figure)
    if own is not None:
        name, definition, unit = name or own.name, definition or own.definition, unit or own.unit
    return Measure(name.strip(), definition.strip(), unit.strip(), Better(better), figure, theme)


def _said(text: str, option: str) -> str:
    if not text.strip():
        raise ProjectError(words.SAYS_NOTHING.format(option=option))
    return text.strip()


def _names_nobody(*parts: str) -> None:
    for part in parts:
        found = safeguards.redact(part).kinds
        if found:
            raise ProjectError(words.NAMES_PEOPLE.format(named=named(found)))
