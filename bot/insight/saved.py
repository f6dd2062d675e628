"""Time that the assistant saved, as officers say: one tap, now and then; told with how many said it and the spread."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.insight.hiding import LEAST
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.insight.periods import Period
    from bot.records import Records

MINUTES = (0, 5, 15, 30, 60)
"""What can be tapped; an hour stands for an hour or more."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What officers said in a period."""

    count: int
    median: float | None
    low: float | None
    """A quarter said less."""
    high: float | None
    """A quarter said more."""

    @property
    def in_words(self) -> str:
        """With how many said it; no number at all where they are few."""
        if self.median is None:
            return words.SAVED_TOO_FEW.format(count=f"fewer than {LEAST}")
        return words.SAVED_TOLD.format(
            count=self.count, median=f"{self.median:g}", low=f"{self.low:g}", high=f"{self.high:g}"
        )

    def as_json(self) -> dict[str, Any]:
        """Count and spread; null where they are few."""
        shown = self.median is not None
        return {
            "count": self.count if shown else None,
            "median_minutes": self.median,
            "quarter_minutes": self.low,
            "three_quarters_minutes": self.high,
        }


@dataclass(frozen=True, slots=True)
class TimeSaved:
    """Asks and keeps; methods raise RecordsError."""

    records: Records
    now: Callable[[], datetime]

    def may_ask(self, person: str) -> bool:
        """Whether to ask this person now; True once, then not for a week."""
        return self.records.saved.may_ask(person)

    def keep(self, person: str, minutes: str) -> bool:
        """Keep what they say, without who said it; False where they were not asked, or have said so already."""
        if not (minutes.isdecimal() and int(minutes) in MINUTES):
            return False
        # the day alone, and of it the Monday: a time would tell who it was
        today = self.now().date()
        return self.records.saved.keep(person, float(minutes), date.fromisocalendar(*today.isocalendar()[:2], 1))

    def of(self, period: Period) -> Saved:
        """What was said in a period."""
        found = self.records.reading.minutes_saved(period.monday, period.after)
        return spread(found)


def spread(minutes: list[float]) -> Saved:
    """Count, median and quartiles; no number where they are few."""
    if len(minutes) < LEAST:
        return Saved(len(minutes), None, None, None)
    low, median, high = statistics.quantiles(minutes, n=4, method="inclusive")
    return Saved(len(minutes), median, low, high)
