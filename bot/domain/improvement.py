"""Improvement projects: a problem that is worked on in stages, measured, and told only with what the measure shows."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.proposals import ProposalError
from bot.domain.refusals import Remedy

_REFERENCE = re.compile(r"(?:IP)?[^\w]*([0-9]{1,9})", re.IGNORECASE)
LARGEST = 1e12
"""Beyond this a value is a slip of the keyboard."""


class ProjectError(ProposalError):
    """A project cannot be made or changed as it was asked for; the message names the remedy."""


class Stage(StrEnum):
    """Where a project stands: OSARA, as several forces use it."""

    OBJECTIVE = "objective"
    SCANNING = "scanning"
    ANALYSIS = "analysis"
    RESPONSE = "response"
    ASSESSMENT = "assessment"


class Better(StrEnum):
    """Which way the measure should go."""

    UP = "up"
    DOWN = "down"


class Confidence(StrEnum):
    """How sure the person who estimated it is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ProjectState(StrEnum):
    """Whether it is told to everyone; a second person decides that."""

    WORKING = "working"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class ValueSource(StrEnum):
    """Where a value came from."""

    TYPED = "typed"
    CSV = "csv"
    COUNTED = "counted"
    """From the hub's own data."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted, so that two people would count the same."""

    name: str
    definition: str
    unit: str
    better: Better
    figure: str = ""
    """The figure of the hub's own data that it is, by key; empty where the values come from elsewhere."""
    theme: str = ""
    """Of requests, where the figure is counted for one theme alone."""


@dataclass(frozen=True, slots=True)
class Value:
    """One dated value of the measure."""

    day: date
    value: float
    source: ValueSource = ValueSource.TYPED


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried, and from when."""

    day: date
    what: str
    recalculates: bool = False
    """Whether the chart's limits are calculated anew from here: by name, never silently."""


@dataclass(frozen=True, slots=True)
class Freed:
    """Hours freed in a month: minutes each time x times, with a low and a high value."""

    minutes_low: float
    minutes_high: float
    times_low: float
    times_high: float

    def __post_init__(self) -> None:
        """ProjectError where a value is none, or the low one is above the high one."""
        for low, high in ((self.minutes_low, self.minutes_high), (self.times_low, self.times_high)):
            if not (0 <= low <= high <= LARGEST):  # NaN is refused as well
                raise ProjectError("Give a low and a high value that are not negative, the low one first, as 10-15.")

    @property
    def low(self) -> float:
        """Hours a month, at least."""
        return self.minutes_low * self.times_low / 60

    @property
    def high(self) -> float:
        """Hours a month, at most."""
        return self.minutes_high * self.times_high / 60


@dataclass(frozen=True, slots=True)
class Claim:
    """What the project says it brought, who says so, how they know and how sure they are."""

    says: str
    estimated_by: str
    how: str
    confidence: Confidence
    freed: Freed | None = None

    def as_json(self) -> dict[str, Any]:
        """The claim for a column, and for `--json`."""
        return {
            "says": self.says,
            "estimated_by": self.estimated_by,
            "how": self.how,
            "confidence": self.confidence.value,
            "freed": asdict(self.freed) if self.freed else None,
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Claim:
        """The claim that stands in a column."""
        freed = Freed(**kept["freed"]) if kept.get("freed") else None
        return cls(kept["says"], kept["estimated_by"], kept["how"], Confidence(kept["confidence"]), freed)


@dataclass(frozen=True, slots=True)
class Project:
    """A problem that is worked on; values and what was tried are empty in lists."""

    number: int
    title: str
    problem: str
    owner: str
    partners: str
    stage: Stage
    measure: Measure
    baseline: str
    """How it was before, and how that is known, in words; the values before the first thing tried are its numbers."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Stage to what was found or done in it."""
    request: str = ""
    """The request that it grew out of; empty where there is none."""
    claim: Claim | None = None
    state: ProjectState = ProjectState.WORKING
    proposed_by: str = ""
    approved_by: str = ""
    text: str = ""
    """What was proposed to be told, word for word; what the second person reads and approves."""
    published_at: datetime | None = None
    at: datetime | None = None
    values: tuple[Value, ...] = ()
    tried: tuple[Tried, ...] = ()

    @property
    def reference(self) -> str:
        """Such as "IP-0003"."""
        return project_reference(self.number)

    @property
    def before(self) -> tuple[Value, ...]:
        """The values from before anything was tried: the baseline in numbers."""
        first = min((one.day for one in self.tried), default=date.max)
        return tuple(value for value in self.values if value.day < first)

    def as_json(self) -> dict[str, Any]:
        """The project for `insight projects … --json`; dates in ISO form."""
        return {
            "reference": self.reference,
            "title": self.title,
            "problem": self.problem,
            "owner": self.owner,
            "partners": self.partners or None,
            "stage": self.stage.value,
            "measure": {**asdict(self.measure), "better": self.measure.better.value},
            "baseline": self.baseline,
            "notes": dict(self.notes),
            "request": self.request or None,
            "claim": self.claim.as_json() if self.claim else None,
            "state": self.state.value,
            "proposed_by": self.proposed_by or None,
            "approved_by": self.approved_by or None,
            "published_at": self.published_at.isoformat(timespec="seconds") if self.published_at else None,
            "text": self.text or None,
            "values": [{"day": v.day.isoformat(), "value": v.value, "source": v.source.value} for v in self.values],
            "tried": [{"day": t.day.isoformat(), "what": t.what, "recalculates": t.recalculates} for t in self.tried],
        }

    def without_proposal(self) -> Project:
        """The project as it is once something that was proposed has changed: it must be proposed again."""
        if self.state is not ProjectState.PROPOSED:
            return self
        return replace(self, state=ProjectState.WORKING, text="")


def project_reference(number: int) -> str:
    """The reference of a project's number: 3 is "IP-0003"."""
    return f"IP-{number:04d}"


def project_number(reference: str) -> int:
    """The number of a project. ProjectError where the reference cannot be read."""
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None or not int(match[1]):
        raise ProjectError(f"'{reference}' is no reference of a project. Write it as IP-0003.", LIST)
    return int(match[1])


LIST = Remedy(("insight", "projects", "list"))


def no_such_project(reference: str) -> ProjectError:
    """The refusal of a reference that no project has."""
    return ProjectError(f"There is no project {reference}.", LIST)


def checked_value(value: float) -> float:
    """A value that can be drawn. ProjectError where it is no finite number."""
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ProjectError("A value must be a number, such as 12 or 3.5.")
    return value
