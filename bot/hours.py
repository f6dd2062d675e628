"""When the hub is there: opening hours, and time counted only while it is open."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ALWAYS = "always"
FURTHEST = 3660
"""Days that are looked through at most: hours that open never end the search there."""
_WINDOW = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_PART = re.compile(r"([a-z]{3})(?:-([a-z]{3}))? +((?:[\d:]+-[\d:]+)(?: *, *[\d:]+-[\d:]+)*)")
_REMEDY = 'write it as "Mon-Fri 08:00-18:00; Sat 09:00-13:00", or as "always"'
Window = tuple[int, int]
"""Minutes after midnight, from and to; 1440 is the midnight that ends the day."""


def _never(day: date) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours in one time zone; every moment that goes in knows its zone, and every one that comes out is UTC."""

    windows: Mapping[int, tuple[Window, ...]]
    """By weekday, Monday is 0; in order, and none of them overlap."""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    is_holiday: Callable[[date], bool] = _never
    are_set: bool = True
    """Whether the force has said so; if not, every hour counts."""

    @classmethod
    def parse(cls, text: str, zone: ZoneInfo | None = None, is_holiday: Callable[[date], bool] = _never) -> Hours:
        """Hours as a force writes them; ValueError, with how to write it, where they cannot be read."""
        zone = zone or ZoneInfo("Europe/London")
        if text.strip().lower() in ("", ALWAYS):
            whole = dict.fromkeys(range(7), ((0, 1440),))
            return cls(whole, zone, are_set=bool(text.strip()))
        windows: dict[int, tuple[Window, ...]] = {}
        for part in filter(None, (part.strip().lower() for part in text.split(";"))):
            match = _PART.fullmatch(part)
            if match is None:
                raise ValueError(_REMEDY)
            found = tuple(sorted(_window(*map(int, numbers)) for numbers in _WINDOW.findall(match[3])))
            for day in _days(match[1], match[2] or match[1]):
                windows[day] = tuple(sorted((*windows.get(day, ()), *found)))
        if any(after[0] < before[1] for day in windows.values() for before, after in itertools.pairwise(day)):
            raise ValueError(f"two of the times overlap; {_REMEDY}")
        return cls(windows, zone, is_holiday)

    def is_open(self, at: datetime) -> bool:
        """Whether the hub is there at this moment."""
        return any(start <= at < end for start, end in self._day(at.astimezone(self.zone).date()))

    def next_opening(self, at: datetime) -> datetime | None:
        """When the hub is there next; this very moment while it is open, None if it never is."""
        for start, end in self._from(at):
            if end > at:
                return max(start, at).astimezone(UTC)
        return None

    def closes(self, day: date) -> datetime | None:
        """When the hub closes on a day; None if it is not there on it."""
        windows = self._day(day)
        return windows[-1][1] if windows else None

    def add(self, at: datetime, hours: float) -> datetime | None:
        """The moment by which the hub has been open for so long since then; None if it never will be."""
        left = timedelta(hours=hours)
        for start, end in self._from(at):
            start = max(start, at)
            if end <= start:
                continue
            if end - start >= left:
                return (start + left).astimezone(UTC)
            left -= end - start
        return None

    def between(self, start: datetime, end: datetime) -> float:
        """Hours for which the hub was open from one moment to another; 0 where the end comes first."""
        total = timedelta()
        for opens, closes in self._from(start):
            if opens >= end:
                break
            total += max(min(closes, end) - max(opens, start), timedelta())
        return total / timedelta(hours=1)

    def _from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = at.astimezone(self.zone).date()
        for offset in range(FURTHEST):
            yield from self._day(first + timedelta(days=offset))

    def _day(self, day: date) -> list[tuple[datetime, datetime]]:
        if self.is_holiday(day):
            return []
        return [(self._at(day, start), self._at(day, end)) for start, end in self.windows.get(day.weekday(), ())]

    def _at(self, day: date, minutes: int) -> datetime:
        """A local time as a moment: the wall clock decides, also on the days when it is changed."""
        if minutes == 1440:
            day, minutes = day + timedelta(days=1), 0
        return datetime.combine(day, time(minutes // 60, minutes % 60), self.zone).astimezone(UTC)


def _days(first: str, last: str) -> Iterator[int]:
    if first not in DAYS or last not in DAYS:
        raise ValueError(f"days are {', '.join(day.title() for day in DAYS)}; {_REMEDY}")
    start, end = DAYS.index(first), DAYS.index(last)
    count = (end - start) % 7 + 1
    return ((start + offset) % 7 for offset in range(count))


def _window(hour: int, minute: int, to_hour: int, to_minute: int) -> Window:
    start, end = hour * 60 + minute, to_hour * 60 + to_minute
    if minute > 59 or to_minute > 59 or end > 1440 or start >= end:
        raise ValueError(f"a time must come before the one it ends at, and 24:00 is the last; {_REMEDY}")
    return start, end
