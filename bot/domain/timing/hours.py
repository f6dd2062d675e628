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
MONTH = 31
_TIMES = r"\d{1,2}:\d{2}-\d{1,2}:\d{2}"
_WINDOW = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_PART = re.compile(rf"([a-z]{{3}})(?:-([a-z]{{3}}))? +({_TIMES}(?: *, *{_TIMES})*)")
_REMEDY = 'write it as "Mon-Fri 08:00-18:00; Sat 09:00-13:00", or as "always"'
Window = tuple[int, int]
"""Minutes after midnight, from and to; 1440 is the midnight that ends the day."""
_ROUND_THE_CLOCK: Mapping[int, tuple[Window, ...]] = dict.fromkeys(range(7), ((0, 1440),))


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
            return cls(_ROUND_THE_CLOCK, zone, are_set=bool(text.strip()))
        windows: dict[int, tuple[Window, ...]] = {}
        for part in filter(None, (part.strip().lower() for part in text.replace("–", "-").split(";"))):
            match = _PART.fullmatch(part)
            if match is None:
                raise ValueError(_REMEDY)
            found = tuple(sorted(_window(*map(int, numbers)) for numbers in _WINDOW.findall(match[3])))
            for day in _days(match[1], match[2] or match[1]):
                windows[day] = tuple(sorted((*windows.get(day, ()), *found)))
        if not windows:
            raise ValueError(_REMEDY)
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
        """When the hub closes on a day, at midnight if it goes on into the next; None if it is not there on it."""
        windows = self._day(day)
        return windows[-1][1] if windows else None

    def last_day(self, at: datetime) -> date | None:
        """The last day on which the hub has closed by now; None if there was none in the past month."""
        today = at.astimezone(self.zone).date()
        days = (today - timedelta(days=offset) for offset in range(MONTH))
        return next((day for day in days if (closed := self.closes(day)) is not None and closed <= at), None)

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

    def before(self, at: datetime, hours: float) -> datetime | None:
        """The last moment since when the hub has been open for so long; None if it never was.

        What started by then, and only that, has had these hours: `add(start, hours) <= at`.
        """
        left, day = timedelta(hours=hours), at.astimezone(self.zone).date()
        for offset in range(FURTHEST):
            for start, end in reversed(self._day(day - timedelta(days=offset))):
                end = min(end, at)
                if end <= start:
                    continue
                if end - start >= left:
                    return (end - left).astimezone(UTC)
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

    def openings(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """When the hub opens and closes, from the window that holds a moment, or the next, until an end."""
        return itertools.takewhile(lambda window: window[0] < end, (one for one in self._from(start) if one[1] > start))

    def __str__(self) -> str:
        """The hours as they were read, days in order."""
        if self.windows == _ROUND_THE_CLOCK and self.is_holiday is _never:
            return ALWAYS
        parts = []
        for windows, days in itertools.groupby(range(7), self.windows.get):
            names = [DAYS[day].title() for day in days]
            times = ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in windows or ())
            parts.append(f"{'-'.join(dict.fromkeys((names[0], names[-1])))} {times or 'closed'}")
        return "; ".join(parts)

    def _from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        first = at.astimezone(self.zone).date()
        for offset in range(FURTHEST):
            yield from self._day(first + timedelta(days=offset))

    def _day(self, day: date) -> list[tuple[datetime, datetime]]:
        if self.is_holiday(day):
            return []
        windows = ((self._at(day, start), self._at(day, end)) for start, end in self.windows.get(day.weekday(), ()))
        # one that lies in the hour that is left out in spring has no length
        return [(start, end) for start, end in windows if start < end]

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
        raise ValueError(
            "a time must come before the one it ends at, and 24:00 is the last (a night is "
            f'"Mon 22:00-24:00; Tue 00:00-06:00"); {_REMEDY}'
        )
    return start, end


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
