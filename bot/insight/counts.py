"""From rows of the database to a year of counts, by week, month and quarter, split one way, what is small hidden.

What is hidden depends on the year and the split alone, never on what is asked: two questions cannot be played off
against each other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from bot.domain.people import folded
from bot.insight import periods
from bot.insight.figures import COUNTS, FIGURES, OUTCOMES, Split
from bot.insight.hiding import Line, Tally, hidden
from bot.insight.periods import Grain, Period
from bot.insight.waits import HubClock, Wait

if TYPE_CHECKING:
    from bot.domain.timing.hours import Hours
    from bot.records.insight.counting import Asked, Counted, CountingRecords

WHOLE = ""
"""The category that is all of them; one that is not known is UNKNOWN."""
UNKNOWN = "-"
Key = tuple[str, str, str]
"""Period, figure, category."""
LEFT = "not:"
"""Before a figure's key: what is left of its whole. Never shown, and protected like what is."""


@dataclass(frozen=True, slots=True)
class Waited:
    """How long the requests of a period and category waited, and by how many hands they went."""

    waits: tuple[Wait, ...]
    hands: frozenset[str]


@dataclass(frozen=True, slots=True)
class Year:
    """Every count of an ISO year, split one way."""

    year: int
    split: Split | None
    tallies: dict[Key, Tally]
    hidden: set[Key]
    waited: dict[Key, Waited]
    """By period, wait ("claim", "reply", "close") and category."""
    labels: dict[str, str]
    """How a category is shown."""

    @property
    def categories(self) -> list[str]:
        """The categories, those with most first."""
        size: Counter[str] = Counter()
        for (period, what, category), tally in self.tallies.items():
            if category != WHOLE and period == str(self.year) and not what.startswith(LEFT):
                size[category] += tally.count
        return [name for name, _ in sorted(size.items(), key=lambda one: (-one[1], one[0]))]

    def count(self, period: Period, figure: str, category: str = WHOLE) -> int | None:
        """How many; None where that is hidden."""
        key = (period.name, figure, category)
        if key in self.hidden:
            return None
        found = self.tallies.get(key)
        return found.count if found else 0


def count_year(records: CountingRecords, hours: Hours, year: int, split: Split | None, now: datetime) -> Year:
    """Count a year. `split` is what a category is: a subject, place, kind, theme or area; nothing for the whole alone.

    Raises RecordsError.
    """
    weeks = periods.weeks_of(year)
    edges = [periods.midnight(day, hours.zone) for day in (*(week.monday for week in weeks), weeks[-1].after)]
    made = _Counting(weeks, split, _above(year, split))
    by = split.value if split in (Split.PLACE, Split.SUBJECT) else ""
    if split is None or by:
        made.replies(records.replies(edges, by))
        made.feedback(records.feedback(edges, by))
    if split is None:
        made.plainly(records.recalls(edges))
        made.plainly(records.urgent(weeks[0].monday, weeks[-1].after))
    asked = records.requests(edges[0], edges[-1])
    made.requests(asked, edges, HubClock(hours, edges[0], max(now, edges[0])), now)
    made.leave()
    return Year(
        year, split, made.tallies, hidden(made.tallies, list(_lines(year, made))), made.gathered(), made.labels()
    )


def _above(year: int, split: Split | None) -> list[list[Period]]:
    """For each week, the periods that hold it; single weeks are never split."""
    longer = [*periods.months_of(year), *periods.quarters_of(year), periods.year_of(year)]
    weeks = periods.weeks_of(year)
    return [[*([] if split else [week]), *(one for one in longer if one.holds(week))] for week in weeks]


class _Counting:
    """Adds rows up."""

    def __init__(self, weeks: Sequence[Period], split: Split | None, above: Sequence[Sequence[Period]]) -> None:
        self.weeks, self.split, self._above = weeks, split, above
        self.tallies: dict[Key, Tally] = defaultdict(Tally)
        self._waits: dict[Key, list[Wait]] = defaultdict(list)
        self._hands: dict[Key, set[str]] = defaultdict(set)
        self._written: dict[str, Counter[str]] = defaultdict(Counter)

    def _keys(self, week: int, what: str, category: str) -> Iterator[Key]:
        kept = (WHOLE,) if self.split is None else (WHOLE, self._category(category))
        return ((period.name, what, one) for period in self._above[week] for one in kept)

    def _category(self, written: str) -> str:
        """Areas are typed by hand: one that is written in another way is the same."""
        name = folded(written) or UNKNOWN
        self._written[name][written.strip() or UNKNOWN] += 1
        return name

    def _add(self, row: Counted, what: str) -> None:
        for key in self._keys(row.week, what, row.category):
            self.tallies[key].add(row.count, row.people, row.persons)

    def plainly(self, rows: Iterable[Counted]) -> None:
        """What is counted under its own name."""
        for row in rows:
            self._add(row, row.what)

    def replies(self, rows: Iterable[Counted]) -> None:
        """Replies by outcome, which together are questions."""
        for row in rows:
            self._add(row, OUTCOMES.get(row.what, row.what))
            if row.what in OUTCOMES:
                self._add(row, "questions")

    def feedback(self, rows: Iterable[Counted]) -> None:
        """What was said of replies."""
        names = {"up": "thumbs_up", "down": "thumbs_down", "why": "why_given"}
        for row in rows:
            self._add(row, names[row.what])

    def requests(self, asked: Iterable[Asked], edges: Sequence[datetime], clock: HubClock, now: datetime) -> None:
        """Requests, what became of them, and how long they waited."""
        week = 0
        for one in sorted(asked, key=lambda each: each.opened_at):
            while one.opened_at >= edges[week + 1]:
                week += 1
            category = getattr(one, self.split.value) if self.split else ""
            for what in _became(one):
                for key in self._keys(week, what, category):
                    self.tallies[key].add(1, (one.asker,))
            if not (one.is_unasked or one.is_joined):
                self._wait(list(self._keys(week, "", category)), one, clock, now)

    def _wait(self, keys: Sequence[Key], one: Asked, clock: HubClock, now: datetime) -> None:
        ends = {
            "claim": one.claimed_at,
            "reply": one.replied_at,
            "close": one.ended_at if one.is_closed else None,
        }
        for what, end in ends.items():
            wait = (clock.between(one.opened_at, end or one.ended_at or now), end is not None)
            for period, _, category in keys:
                self._waits[(period, what, category)].append(wait)
                if one.holder:
                    self._hands[(period, what, category)].add(one.holder)

    def leave(self) -> None:
        """What is left of each whole once a part of it is taken away."""
        for figure in FIGURES.values():
            if figure.within and figure.within != "questions":
                for period, what, category in [key for key in self.tallies if key[1] == figure.within]:
                    part = self.tallies.get((period, figure.key, category))
                    left = self.tallies[(period, what, category)].count - (part.count if part else 0)
                    self.tallies[(period, LEFT + figure.key, category)] = Tally(left, None)

    def gathered(self) -> dict[Key, Waited]:
        """The waits."""
        return {key: Waited(tuple(waits), frozenset(self._hands[key])) for key, waits in self._waits.items()}

    def labels(self) -> dict[str, str]:
        """Each category as it is written most often."""
        return {name: max(written, key=lambda one: (written[one], one)) for name, written in self._written.items()}


def _became(one: Asked) -> list[str]:
    if one.is_unasked:
        return ["unresolved"]
    flags = {
        "joined": one.is_joined,
        "reopened": one.is_reopened,
        "promoted": one.is_promoted,
        "late_answers": one.is_late,
    }
    return ["requests", *(name for name, flag in flags.items() if flag)]


def _lines(year: int, made: _Counting) -> Iterator[Line[Key]]:
    """Every way in which counts add up: over time, over categories, over what can become of a thing."""
    categories = sorted({category for _, _, category in made.tallies if category != WHOLE})
    whole = periods.year_of(year)
    longer = [whole, *periods.quarters_of(year), *periods.months_of(year)]
    for what in COUNTS:
        for category in (WHOLE, *categories):
            yield from _over_time(year, what, category, weeks=made.split is None)
        for period in longer if categories else []:
            yield Line((period.name, what, WHOLE), tuple((period.name, what, one) for one in categories))
    for period in [*longer, *(made.weeks if made.split is None else ())]:
        for category in (WHOLE, *categories):
            yield from _becoming(period, category)


def _over_time(year: int, what: str, category: str, *, weeks: bool) -> Iterator[Line[Key]]:
    whole = periods.year_of(year)
    steps = [(whole, Grain.QUARTER), *((one, Grain.MONTH) for one in periods.quarters_of(year))]
    if weeks:
        steps += [(one, Grain.WEEK) for one in periods.months_of(year)]
    for period, grain in steps:
        parts = tuple((one.name, what, category) for one in periods.inside(period, grain))
        yield Line((period.name, what, category), parts)


def _becoming(period: Period, category: str) -> Iterator[Line[Key]]:
    name = period.name
    yield Line((name, "questions", category), tuple((name, one, category) for one in OUTCOMES.values()))
    for figure in FIGURES.values():
        if figure.within and figure.within != "questions":
            parts = ((name, figure.key, category), (name, LEFT + figure.key, category))
            yield Line((name, figure.within, category), parts)
