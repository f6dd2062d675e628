"""The phrasings of one edition in memory: which sections are asked for in words like these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors


@dataclass(frozen=True)
class PhrasingIndex:
    """Lives as long as its edition. `vectors` has shape (n, d), rows of length 1; `places` the section of each."""

    texts: tuple[str, ...]
    vectors: Vectors
    places: NDArray[np.int64]
    """Number of the section of each phrasing, counted from 0."""
    rows: tuple[tuple[int, ...], ...]
    """The library's rows of each section."""

    @property
    def holds_any(self) -> bool:
        """Whether the edition has phrasings at all."""
        return bool(self.texts)

    @cached_property
    def covered(self) -> frozenset[int]:
        """The rows of sections that have phrasings."""
        return frozenset(row for rows in self.rows for row in rows)

    @cached_property
    def _places_listed(self) -> list[int]:
        """`places` for looking up one at a time, which a list is quicker at."""
        return [int(place) for place in self.places]

    @cached_property
    def _by_row(self) -> dict[int, list[str]]:
        by_row: dict[int, list[str]] = {}
        for text, place in zip(self.texts, self.places, strict=True):
            for row in self.rows[place]:
                by_row.setdefault(row, []).append(text)
        return by_row

    @cached_property
    def _by_place(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The phrasings section by section, and where each section's begin: every section has one at least."""
        order = np.argsort(self.places, kind="stable")
        return order, np.searchsorted(self.places[order], np.arange(len(self.rows)))

    def of_row(self, row: int) -> Sequence[str]:
        """The phrasings of the section that a row belongs to."""
        return self._by_row.get(row, ())

    def similarities(self, vector: Vectors, unheard: frozenset[str] = frozenset()) -> dict[int, float]:
        """Row to the similarity of its section's nearest phrasing; `unheard` texts are passed over."""
        if not self.texts:
            return {}
        found = np.einsum("ij,j->i", self.vectors, vector)  # on one thread: BLAS has its threads wait for each other
        if unheard:
            found[[text in unheard for text in self.texts]] = -1.0
        order, starts = self._by_place
        best = np.maximum.reduceat(found[order], starts).tolist()
        return {row: value for rows, value in zip(self.rows, best, strict=True) for row in rows if value > -1.0}

    def best_by_row(self, by_phrasing: Mapping[int, float], unheard: frozenset[str] = frozenset()) -> dict[int, float]:
        """Row to the largest value of its section's phrasings, given by their number from 1."""
        best: dict[int, float] = {}
        for number, value in by_phrasing.items():
            if self.texts[number - 1] not in unheard:
                place = self._places_listed[number - 1]
                best[place] = max(value, best.get(place, 0.0))
        return {row: value for place, value in best.items() for row in self.rows[place]}


def phrasing_index(
    texts: Sequence[str],
    vectors: Vectors,
    sections: Sequence[tuple[str, str]],
    rows: Mapping[tuple[str, str], list[int]],
) -> PhrasingIndex:
    """The index over phrasings, in the order of their numbers; a section that the library does not hold has no rows."""
    order = {section: number for number, section in enumerate(dict.fromkeys(sections))}
    return PhrasingIndex(
        texts=tuple(texts),
        vectors=np.ascontiguousarray(vectors),
        places=np.array([order[section] for section in sections], dtype=np.int64),
        rows=tuple(tuple(rows.get(section, ())) for section in order),
    )
