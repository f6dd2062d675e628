"""What waits to be encoded, and the headings that have been, on disk: a large library has too many for memory."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Container, Iterable
from dataclasses import dataclass

import numpy as np

from indexer.keeping.places import Places
from indexer.keeping.spool import Spool
from knowledge.encoder import Encoder, Vectors
from knowledge.store.writing import Row, Same


@dataclass(frozen=True, slots=True)
class Text:
    """What is encoded of a row."""

    digest: str
    heading: str
    own_heading: str
    text: str


class Waiting:
    """The rows that have no vector in the edition before; several of them may be the same text."""

    def __init__(self, rows: Iterable[Row | Same], kept: Container[str], spool: Spool) -> None:
        self._spool, self._starts, self._lengths = spool, array("q"), array("q")
        self.digests = Places()
        self.rows = 0
        """How many rows the edition has in all."""
        for row in rows:
            self.rows += row.count if isinstance(row, Same) else 1
            if isinstance(row, Row) and row.digest not in kept:
                self.digests.add(row.digest, len(self._starts))
                self._starts.append(spool.add((row.digest, row.heading, row.own_heading, row.passage.text)))
                self._lengths.append(len(row.passage.text))

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> Text:
        return Text(*self._spool.read(self._starts[number]))

    def known(self, by: Container[str]) -> int:
        """How many of the rows have been encoded already."""
        return sum(digest in by for digest in self.digests)

    def steps(self, by: Container[str], size: int) -> list[list[int]]:
        """Numbers of what has not, each text once and so many at a time, short ones first: less padding."""
        todo = [number for number, digest in self.digests.each_once() if digest not in by]
        todo.sort(key=self._lengths.__getitem__)
        return [todo[start : start + size] for start in range(0, len(todo), size)]


class Headings:
    """The vectors of headings, each encoded once."""

    def __init__(self, encoder: Encoder, spool: Spool) -> None:
        self._encoder, self._spool, self._places = encoder, spool, Places()

    def encode(self, headings: Iterable[str]) -> None:
        """Encode those that are new."""
        new = [heading for heading in dict.fromkeys(headings) if _name(heading) not in self._places]
        for heading, item in zip(new, self._encoder.encode_texts(new, [()] * len(new)), strict=True):
            self._places.add(_name(heading), self._spool.put(np.asarray(item.whole, np.float32).tobytes()))

    def __getitem__(self, heading: str) -> Vectors:
        place = self._places.find(_name(heading))
        if place is None:
            raise KeyError(heading)
        return np.frombuffer(self._spool.take(place, 4 * self._encoder.dimension), np.float32)


def _name(heading: str) -> str:
    return hashlib.sha256(heading.encode()).hexdigest()[:24]
