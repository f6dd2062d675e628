"""Small numbers are hidden, and so is whatever they could be worked out from.

Counts stand in lines: a whole and its parts, over time, over what it is split by, and over what can become of a thing.
A count below LEAST, or one behind which fewer than PEOPLE people stand, is hidden. Then, until nothing changes: a line
with one hidden count gets a second, and what is hidden in a line together must not be small either. At last all lines
are taken together, as by someone who adds and subtracts all that is shown: what that gives away gets company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST = 5
"""Counts below this are hidden."""
PEOPLE = 3
"""People that must stand behind a count: of two, each could work out the other's part."""
CERTAIN = 1e-6
"""Below this the difference between two solutions is the arithmetic's."""
Key = TypeVar("Key", bound=Hashable)


@dataclass(slots=True)
class Tally:
    """How many, and by whom as far as that matters."""

    count: int = 0
    people: frozenset[str] | None = frozenset()
    """Some of the people behind it: as many as are known without naming all; None where it is of no one's doing."""
    persons: int = 0
    """How many people stand behind the part of it that has most."""

    def add(self, count: int, people: Iterable[str] | None, persons: int = 0) -> None:
        """More of the same, by so many people, of whom some are named."""
        self.count += count
        self.persons = max(self.persons, persons)
        if people is None:
            self.people = None
        elif self.people is not None and len(self.people) < PEOPLE:
            self.people = self.people | frozenset(people)

    @property
    def is_few(self) -> bool:
        """Whether it may not be shown."""
        alone = self.people is not None and max(self.persons, len(self.people)) < PEOPLE
        return self.count > 0 and (self.count < LEAST or alone)


@dataclass(frozen=True, slots=True)
class Line(Generic[Key]):
    """A whole, and the parts that it is the sum of."""

    whole: Key
    parts: tuple[Key, ...]


def hidden(tallies: Mapping[Key, Tally], lines: Sequence[Line[Key]]) -> set[Key]:
    """What may not be shown. Keys that a line names and that have no tally count as nothing."""
    return _Hiding(tallies, [line for line in lines if line.whole in tallies]).run()


class _Hiding(Generic[Key]):
    """One run: what has gone only becomes more."""

    def __init__(self, tallies: Mapping[Key, Tally], lines: Sequence[Line[Key]]) -> None:
        self._tallies, self._lines = tallies, lines
        self._of: dict[Key, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            for key in (line.whole, *line.parts):
                if key in tallies:
                    self._of[key].append(number)
        self._gone: set[Key] = set()
        self._touched: set[int] = set()
        """Lines in which something is hidden already."""

    def run(self) -> set[Key]:
        """Hide until nothing is given away."""
        new = [key for key, one in self._tallies.items() if one.is_few]
        changed = set(new)
        while new:
            for key in new:
                self._hide(key)
            changed = self._along_lines(set(new)) | set(new)
            new = []
            for key in self._given_away(changed):
                more = self._nearest(key)
                if more is not None:
                    self._hide(more)
                    new.append(more)
        return self._gone

    def _hide(self, key: Key) -> None:
        self._gone.add(key)
        self._touched.update(self._of[key])

    def _along_lines(self, new: set[Key]) -> set[Key]:
        """Hide more until no single line gives anything away; what went."""
        went: set[Key] = set()
        todo = {number for key in new for number in self._of[key]}
        while todo:
            number = min(todo)
            more = self._another(self._lines[number])
            if more is None:
                todo.discard(number)
            else:
                self._hide(more)
                went.add(more)
                todo.update(self._of[more])
        return went

    def _another(self, line: Line[Key]) -> Key | None:
        """The next count of a line that has to go; None where the line is safe."""
        parts = [key for key in line.parts if key in self._gone]
        if not parts and line.whole not in self._gone:
            return None
        together = sum(self._tallies[key].count for key in parts)
        alone = len(parts) + (line.whole in self._gone) == 1
        if not alone and (line.whole in self._gone or together >= LEAST):
            return None
        return self._beside([line])

    def _beside(self, lines: Iterable[Line[Key]]) -> Key | None:
        """What costs least of what some lines show still; a whole only where there is no part."""
        lines = list(lines)
        for keys in ([key for line in lines for key in line.parts], [line.whole for line in lines]):
            shown = [k for k in keys if k not in self._gone and k in self._tallies and self._tallies[k].count]
            if shown:
                return min(shown, key=self._cost)
        return None

    def _cost(self, key: Key) -> tuple[int, int, str]:
        """First the lines in which it would be the first to go: each of them needs another; then how large it is."""
        first = sum(number not in self._touched for number in self._of[key])
        return first, self._tallies[key].count, str(key)

    def _nearest(self, key: Key) -> Key | None:
        """What costs least in the lines of a count, or in the lines beside them, and so on outwards."""
        reached, edge = {key}, [key]
        while edge:
            near = [self._lines[number] for one in edge for number in self._of[one]]
            more = self._beside(near)
            if more is not None:
                return more
            beside = {one for line in near for one in (line.whole, *line.parts) if one in self._tallies}
            edge = sorted(beside - reached, key=str)
            reached.update(edge)
        return None

    def _given_away(self, changed: set[Key]) -> list[Key]:
        """Small counts that all lines together would still give away, among those that hang together with a change.

        What is hidden is a set of unknowns, what is shown fixes sums of them. An unknown is given away where it is the
        same in every solution: then every direction in which solutions differ is zero there. One such direction, drawn
        at random, is zero elsewhere by chance only, and almost never; two are drawn.
        """
        unknown = self._together_with(changed)
        place = {key: at for at, key in enumerate(unknown)}
        numbers = sorted({number for key in unknown for number in self._of[key]})
        entries = [
            (row, place[key], sign)
            for row, number in enumerate(numbers)
            for key, sign in _signed(self._lines[number])
            if key in place
        ]
        if not entries:
            return []
        import numpy as np  # these take a moment that quick commands do not have
        from scipy.sparse import csr_array
        from scipy.sparse.linalg import lsqr

        rows, columns, signs = zip(*entries, strict=True)
        sums = csr_array((signs, (rows, columns)), shape=(len(numbers), len(unknown)))
        dice, most = np.random.default_rng(11), np.zeros(len(unknown))
        for _ in range(2):
            drawn = dice.standard_normal(len(unknown))
            nearest = lsqr(sums, sums @ drawn, atol=1e-10, btol=1e-10, iter_lim=20 * len(unknown))[0]
            most = np.maximum(most, np.abs(drawn - nearest))
        return [key for key in unknown if most[place[key]] < CERTAIN and self._tallies[key].is_few]

    def _together_with(self, changed: set[Key]) -> list[Key]:
        """Everything hidden that hangs together, by lines, with what has changed."""
        reached = changed & self._gone
        edge = list(reached)
        seen: set[int] = set()
        while edge:
            numbers = {number for key in edge for number in self._of[key]} - seen
            seen |= numbers
            beside = {key for n in numbers for key in (self._lines[n].whole, *self._lines[n].parts)}
            edge = list((beside & self._gone) - reached)
            reached.update(edge)
        return sorted(reached, key=str)


def _signed(line: Line[Key]) -> Iterable[tuple[Key, float]]:
    return ((line.whole, 1.0), *((part, -1.0) for part in line.parts))
