"""How long things wait, in hours during which the hub is open; what waits still counts as waiting, not as missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.timing.hours import Hours

Wait = tuple[float, bool]
"""Hours, and whether it ended so; False where it waits still, or ended without what was waited for."""
HOUR = timedelta(hours=1)


class HubClock:
    """Counts open hours between moments of a stretch of time; the windows are looked up once."""

    def __init__(self, hours: Hours, start: datetime, end: datetime) -> None:
        windows = list(hours.openings(start, end))
        self._opens = [opens for opens, _ in windows]
        self._lengths = [(closes - opens) / HOUR for opens, closes in windows]
        self._before = [0.0]
        for length in self._lengths:
            self._before.append(self._before[-1] + length)

    def between(self, start: datetime, end: datetime) -> float:
        """Open hours from one moment to another; 0 where the end comes first."""
        return max(0.0, round(self._by(end) - self._by(start), 6))

    def _by(self, at: datetime) -> float:
        place = bisect_right(self._opens, at) - 1
        if place < 0:
            return 0.0
        return self._before[place] + min((at - self._opens[place]) / HOUR, self._lengths[place])


def within(waits: Sequence[Wait], share: float) -> float | None:
    """The hours within which a share had what they waited for (Kaplan and Meier); None where that is not reached.

    Those that ended alone would make it too good: what waits still has waited at least so long.
    """
    without, left = 1.0, len(waits)
    # where one ends at the very hour at which another is counted as still waiting, the end comes first
    for hours, ended in sorted(waits, key=lambda one: (one[0], not one[1])):
        if ended:
            without *= 1 - 1 / left
            if without <= 1 - share + 1e-9:
                return hours
        left -= 1
    return None
