"""Which rows make up each section of an edition, in some eight bytes a row."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter


class Sections:
    """Lives as long as its edition."""

    def __init__(self, rows: Iterable[tuple[int, str, str, int]], most: int) -> None:
        """Take every row, up to number `most`, with its document, its section, and whether it is a part of that.

        The rows come document by document, in order.
        """
        self._section = array("i", [-1]) * (most + 1)
        self._rows, self._starts = array("i"), array("i", [0])
        for _, own in groupby(rows, key=itemgetter(1)):
            by_section: dict[str, tuple[list[int], list[int]]] = {}
            for row, _, section, is_part in own:
                parts, beside = by_section.setdefault(section, ([], []))
                (parts if is_part else beside).append(row)
            for parts, beside in by_section.values():
                self._add(parts, beside)

    def beside(self, row: int) -> list[int]:
        """The rows of the section that a row stands in, in order."""
        section = self._section[row]
        return self._rows[self._starts[section] : self._starts[section + 1]].tolist()

    def _add(self, parts: list[int], beside: list[int]) -> None:
        for row in (*parts, *beside):
            self._section[row] = len(self._starts) - 1
        self._rows.extend(parts)
        self._starts.append(len(self._rows))
