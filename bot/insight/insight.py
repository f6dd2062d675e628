"""Asking for figures: the one way to them for the command line, the portal, the digest and the metrics."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.insight import periods, tables
from bot.insight.counts import Year, count_year
from bot.insight.figures import Split
from bot.insight.periods import Grain, InsightError, Period
from bot.insight.tables import Row, Table
from bot.records.errors import RecordsError
from bot.wording import KIND_NAMES
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.domain.timing.hours import Hours
    from bot.records import Records

log = logging.getLogger(__name__)

FRESH = timedelta(hours=1)
"""How long counted years are good for: every period that is told is over, so they hardly change."""
OLD = timedelta(hours=12)
"""Until then what was counted is shown while it is counted anew: nobody waits for it."""
SHORTER = {Split.WEEK: Grain.WEEK, Split.MONTH: Grain.MONTH}
Titles = Callable[[], Mapping[str, str]]
"""Documents' ids to their titles."""


Begin = Callable[[Callable[[], None]], None]
"""Has something done beside what is going on."""


def _no_titles() -> Mapping[str, str]:
    return {}


def _in_a_thread(work: Callable[[], None]) -> None:
    threading.Thread(target=work, daemon=True, name="count-figures").start()


@dataclass(slots=True)
class _Kept:
    """A year as it was counted last; who counts it holds the lock."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    counted: tuple[datetime, Year] | None = None


@dataclass(slots=True)
class Insight:
    """Raises RecordsError from the database, InsightError for what cannot be asked. Safe to share by threads."""

    records: Records
    hours: Hours
    now: Callable[[], datetime]
    titles: Titles = _no_titles
    begin: Begin = _in_a_thread
    _years: dict[tuple[int, Split | None], _Kept] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on the hub's own clock."""
        return self.now().astimezone(self.hours.zone).date()

    def period(self, name: str = "", grain: Grain = Grain.MONTH) -> Period:
        """The period of a name; without one, the last that is over."""
        return periods.parse(name) if name else periods.last_over(self.today, grain)

    def table(self, period: Period, by: Split | None = None) -> Table:
        """Figures of a period. Of a month, quarter or year that is not over, only weeks and months in it are told."""
        if by in SHORTER:
            return self._over_time(period, SHORTER[by])
        periods.check_over(period, self.today)
        if by is None:
            made = tables.over_time(self.year(period.year), period, [], Grain.WEEK, is_over=True)
            return Table(period, None, made.figures, (), made.whole)
        if period.grain is Grain.WEEK:
            raise InsightError(words.SPLIT_OF_WEEK.format(by=by.value))
        return tables.by_category(self.year(period.year, by), period, self._labels(by))

    def row(self, period: Period) -> Row:
        """The figures of a period that is over, not split."""
        whole = self.table(period).whole
        assert whole is not None  # noqa: S101 it is over
        return whole

    def _labels(self, by: Split) -> Mapping[str, str]:
        """How categories are called."""
        if by is Split.SUBJECT:
            return {name.casefold(): title for name, title in self.titles().items()}
        if by is Split.KIND:
            return {name: label.capitalize() for name, label in KIND_NAMES.items()}
        return {}

    def _over_time(self, period: Period, grain: Grain) -> Table:
        parts = [one for one in periods.inside(period, grain) if one.is_over(self.today)]
        return tables.over_time(self.year(period.year), period, parts, grain, is_over=period.is_over(self.today))

    def year(self, year: int, split: Split | None = None) -> Year:
        """A year of counts: of the last hour, or what was counted before while it is counted anew."""
        kept, now = self._years.setdefault((year, split), _Kept()), self.now()
        if kept.counted is not None and timedelta() <= now - kept.counted[0] < OLD:
            at, counted = kept.counted
            if now - at >= FRESH and not kept.lock.locked():
                self.begin(lambda: self._count_anew(year, split))
            return counted
        with kept.lock:
            if kept.counted is None or not timedelta() <= now - kept.counted[0] < FRESH:
                kept.counted = now, count_year(self.records.counting, self.hours, year, split, now)
            return kept.counted[1]

    def count_ahead(self) -> None:
        """Count what the pages show first, so that nobody waits for it. It never raises."""
        year = self.period().year
        for split in (None, *Split):
            if split not in SHORTER:
                self._count_anew(year, split)

    def _count_anew(self, year: int, split: Split | None) -> None:
        """Once at a time, however many ask for it."""
        kept = self._years.setdefault((year, split), _Kept())
        if not kept.lock.acquire(blocking=False):
            return
        try:
            now = self.now()
            kept.counted = now, count_year(self.records.counting, self.hours, year, split, now)
        except RecordsError as error:
            log.warning("Figures of %s could not be counted: %s", year, error)
        finally:
            kept.lock.release()
