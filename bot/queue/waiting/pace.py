"""When a request should be taken and replied to, and what may honestly be expected."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot import wording
from bot.domain.refusals import RecordsError
from bot.domain.timing.hours import Hours
from bot.domain.timing.pace import Recent, Targets

ENOUGH = 10
"""Replies below which no median is told."""
RECENT = timedelta(days=90)
MOST = 2000
"""The newest requests that are looked at: of a busy hub, these alone are recent."""
FRESH = timedelta(minutes=10)
"""How long a median is good for."""


class KnowsPace(Protocol):
    """What is asked of the hub database; may raise RecordsError."""

    def recent(self, since: datetime, most: int) -> Sequence[Recent]: ...


@dataclass(slots=True)
class Pace:
    """What an asker may expect, from how it went lately; the target alone where too little is known."""

    targets: Targets
    records: KnowsPace
    now: Callable[[], datetime]
    _median: float | None = None
    _looked: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def expected(self) -> str:
        """A sentence or two for the acknowledgement; empty where nothing can be said honestly."""
        now = self.now()
        median = self._recent(now)
        hours = self.targets.hours
        said = []
        if median is not None:
            said.append(wording.expected_median(median, in_hub_hours=hours.are_set))
        elif self.targets.reply:
            said.append(wording.expected_target(self.targets.reply, in_hub_hours=hours.are_set))
        if hours.are_set and not hours.is_open(now):
            opening = hours.next_opening(now)
            if opening is not None:
                said.append(wording.opens_again(opening.astimezone(hours.zone), now.astimezone(hours.zone)))
        return " ".join(said)

    def _recent(self, now: datetime) -> float | None:
        """The median of the last replies, in hours; looked up again every ten minutes."""
        with self._lock:
            if self._looked is None or not timedelta() <= now - self._looked < FRESH:
                self._median, self._looked = self._look(now), now
            return self._median

    def _look(self, now: datetime) -> float | None:
        try:
            requests = self.records.recent(now - RECENT, MOST)
        except RecordsError:
            return None
        if sum(replied is not None for _, replied in requests) < ENOUGH:
            return None
        return _half_within(_waits(self.targets.hours, requests, now))


def _waits(hours: Hours, requests: Sequence[Recent], now: datetime) -> list[tuple[float, bool]]:
    """How long each waited, or has waited by now, in hours; and whether it waits still."""
    ends = [(opened, now if replied is None else replied, replied is None) for opened, replied in requests]
    # the hours are counted once from each moment to the next, not once for every request
    moments = sorted({moment for opened, end, _ in ends for moment in (opened, end)})
    steps = (hours.between(before, after) for before, after in itertools.pairwise(moments))
    count = dict(zip(moments, itertools.accumulate(steps, initial=0.0), strict=True))
    return [(round(count[end] - count[opened], 6), waits) for opened, end, waits in ends]


def _half_within(waits: Sequence[tuple[float, bool]]) -> float | None:
    """The time within which half of all requests had a reply (Kaplan and Meier's median); None where half had none.

    The median of those with a reply alone would be too good: what still waits has waited at least so long.
    """
    without, left = 1.0, len(waits)
    for wait, still_waits in sorted(waits):
        if not still_waits:
            without *= 1 - 1 / left
            if without <= 0.5 + 1e-9:
                return wait
        left -= 1
    return None
