"""Periods: whole ISO weeks, and months, quarters and years made of them, so that every period is a sum of weeks.

A week belongs to the month, quarter and year of its Thursday, as ISO 8601 has it for years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache

from bot.domain.refusals import Refused, Remedy
from bot.wording import insight as words

_NAME = re.compile(r"(\d{4})(?:-(?:W(\d{2})|Q([1-4])|(\d{2})))?", re.IGNORECASE)


class InsightError(Refused):
    """Figures cannot be given as they were asked for; the message names the remedy."""


class Grain(StrEnum):
    """How long a period is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks."""

    name: str
    """Such as "2026-W47", "2026-10", "2026-Q4" or "2026"."""
    grain: Grain
    monday: date
    weeks: int

    @property
    def after(self) -> date:
        """The Monday after its last day."""
        return self.monday + timedelta(weeks=self.weeks)

    @property
    def year(self) -> int:
        """The ISO year it is in."""
        return int(self.name[:4])

    def holds(self, other: Period) -> bool:
        """Whether another period lies in it."""
        return self.monday <= other.monday and other.after <= self.after

    def is_over(self, today: date) -> bool:
        """Whether its last day is past."""
        return self.after <= today

    @property
    def in_words(self) -> str:
        """First and last day."""
        return f"{words.day(self.monday)} to {words.day(self.after - timedelta(days=1))}"

    def as_json(self) -> dict[str, str]:
        """Name, first and last day."""
        last = self.after - timedelta(days=1)
        return {"name": self.name, "from": self.monday.isoformat(), "to": last.isoformat()}


@lru_cache(maxsize=32)
def weeks_of(year: int) -> tuple[Period, ...]:
    """The 52 or 53 weeks of an ISO year."""
    first, after = date.fromisocalendar(year, 1, 1), date.fromisocalendar(year + 1, 1, 1)
    count = (after - first).days // 7
    return tuple(
        Period(f"{year}-W{number:02d}", Grain.WEEK, first + timedelta(weeks=number - 1), 1)
        for number in range(1, count + 1)
    )


@lru_cache(maxsize=32)
def months_of(year: int) -> tuple[Period, ...]:
    """The twelve months of an ISO year."""
    made: list[list[Period]] = [[] for _ in range(12)]
    for week in weeks_of(year):
        made[(week.monday + timedelta(days=3)).month - 1].append(week)
    return tuple(
        Period(f"{year}-{number:02d}", Grain.MONTH, weeks[0].monday, len(weeks)) for number, weeks in enumerate(made, 1)
    )


@lru_cache(maxsize=32)
def quarters_of(year: int) -> tuple[Period, ...]:
    """The four quarters of an ISO year."""
    months = months_of(year)
    parts = [months[start : start + 3] for start in range(0, 12, 3)]
    return tuple(
        Period(f"{year}-Q{number}", Grain.QUARTER, some[0].monday, sum(one.weeks for one in some))
        for number, some in enumerate(parts, 1)
    )


def year_of(year: int) -> Period:
    """A whole ISO year."""
    weeks = weeks_of(year)
    return Period(str(year), Grain.YEAR, weeks[0].monday, len(weeks))


def inside(period: Period, grain: Grain) -> Sequence[Period]:
    """The shorter periods that make up a longer one."""
    made = {Grain.WEEK: weeks_of, Grain.MONTH: months_of, Grain.QUARTER: quarters_of}[grain]
    return [one for one in made(period.year) if period.holds(one)]


def parse(name: str) -> Period:
    """The period of a name. InsightError for anything else."""
    match = _NAME.fullmatch(name.strip())
    if match is None or not 1970 <= int(match[1]) <= 9000:
        raise InsightError(words.NO_PERIOD.format(name=name), Remedy(("insight", "figures")))
    year, week, quarter, month = int(match[1]), match[2], match[3], match[4]
    wanted = next((int(one) for one in (week, quarter, month) if one), 0)
    made = weeks_of(year) if week else quarters_of(year) if quarter else months_of(year) if month else [year_of(year)]
    if (week or month) and not 1 <= wanted <= len(made):
        raise InsightError(words.NO_PERIOD.format(name=name), Remedy(("insight", "figures")))
    return made[wanted - 1 if wanted else 0]


def last_over(today: date, grain: Grain) -> Period:
    """The newest period of a length that is over."""
    years = (today.year + 1, today.year, today.year - 1, today.year - 2)
    if grain is Grain.YEAR:
        return next(one for one in map(year_of, years) if one.is_over(today))
    make = {Grain.WEEK: weeks_of, Grain.MONTH: months_of, Grain.QUARTER: quarters_of}[grain]
    return next(one for year in years for one in reversed(make(year)) if one.is_over(today))


def check_over(period: Period, today: date) -> None:
    """Do nothing for a period that is over; InsightError naming the last one that is."""
    if not period.is_over(today):
        last = last_over(today, period.grain).name
        raise InsightError(words.NOT_OVER.format(name=period.name, last=last), Remedy(("insight", "figures", last)))


def midnight(day: date, zone: tzinfo) -> datetime:
    """When a day begins on the hub's own clock."""
    return datetime.combine(day, time(), zone)
