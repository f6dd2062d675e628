"""Words with a number each, hundreds of thousands of them in little memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

REMEMBERED = 4096
"""Words whose places are remembered: one question looks up each of its own many times."""


class Counted(Mapping[str, int]):
    """Word to number, in some 20 bytes for each where a dictionary takes 150. Words hold no line break."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Take words that come in the order of their characters, each once."""
        self._text, self._starts, self._numbers = bytearray(), array("Q", [0]), array("q")
        for word, number in pairs:
            self._text += word.encode() + b"\n"
            self._starts.append(len(self._text))
            self._numbers.append(number)
        self._place = lru_cache(REMEMBERED)(self._found)

    @classmethod
    def of(cls, words: Iterable[str]) -> Counted:
        """Words in any order; each counts 1."""
        return cls((word, 1) for word in sorted(set(words)))

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(self._between(0, len(self)))

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._place(word) is not None

    def __getitem__(self, word: str) -> int:
        place = self._place(word)
        if place is None:
            raise KeyError(word)
        return self._numbers[place]

    def total(self) -> int:
        """The sum of all numbers."""
        return sum(self._numbers)

    def beginning_with(self, letters: str) -> list[str]:
        """The words that begin so, in order."""
        head, places = letters.encode(), range(len(self))
        first = bisect_left(places, head, key=self._at)
        return self._between(first, bisect_right(places, head, first, key=lambda place: self._at(place)[: len(head)]))

    def _found(self, word: str) -> int | None:
        wanted = word.encode()
        place = bisect_left(range(len(self)), wanted, key=self._at)
        return place if place < len(self) and self._at(place) == wanted else None

    def _at(self, place: int) -> bytes:
        # UTF-8 is in the order of the characters it stands for
        return bytes(self._text[self._starts[place] : self._starts[place + 1] - 1])

    def _between(self, first: int, end: int) -> list[str]:
        return self._text[self._starts[first] : self._starts[end]].decode().split("\n")[:-1]
