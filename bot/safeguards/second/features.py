"""What the second listener makes of a message: its vector, its words and pairs of words, and the cues in it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.safeguards.cleaning import clean, plain
from bot.safeguards.identifiers import redact
from bot.safeguards.urgent import cues_in
from knowledge.language.words import written_out

Row = NDArray[np.float64]

_WORD = re.compile(r"\w+|[?!]")
_PLACEHOLDER = re.compile(r"\[([a-z]+)(?:_[a-z_]+)?\]")
VECTOR_SHARE, CUE_SHARE = 0.5, 0.1
"""How much the vector and each cue weigh beside the words, whose row has length 1. Found by trying on unseen writers."""


@lru_cache(8)
def prepared(text: str) -> str:
    """A message as it is read here: without identifiers, which must not reach an encoder, and in the plain form.

    Remembered for the last few: two listeners hear the same message.
    """
    return plain(_PLACEHOLDER.sub(r"id\1", redact(clean(text)).text))


@lru_cache(8)
def encoded(text: str) -> str:
    """A message as the encoder reads it: the way a search writes it out, so that one vector serves both.

    Where identifiers were taken out it says so here, which a search does not: a plate is not somebody. Remembered for
    the last few, as `prepared` is.
    """
    return _PLACEHOLDER.sub(r"id\1", written_out(redact(clean(text)).text))


def terms(text: str) -> set[str]:
    """The words and pairs of neighbouring words of a prepared message; ^ and $ are its ends."""
    words = ["^", *_WORD.findall(text), "$"]
    return {*words, *(f"{first} {second}" for first, second in itertools.pairwise(words))}


@dataclass(frozen=True, slots=True)
class Features:
    """Which columns a row has: `terms` (each with its rarity), then the vector, then `cues`."""

    terms: Mapping[str, int]
    rarity: Row
    cues: Mapping[str, int]

    @classmethod
    def of(cls, messages: Sequence[str], least: int = 2) -> Features:
        """The columns for prepared messages: the terms that at least so many of them have, and every cue."""
        counts: dict[str, int] = {}
        for message in messages:
            for term in terms(message):
                counts[term] = counts.get(term, 0) + 1
        kept = sorted(term for term, count in counts.items() if count >= least)
        rarity = np.array([np.log(len(messages) / counts[term]) + 1 for term in kept])
        cues = sorted({cue for message in messages for cue in cues_in(message)})
        return cls(_numbered(kept), rarity, _numbered(cues))

    def row(self, message: str, vector: Row) -> tuple[NDArray[np.intp], Row]:
        """One prepared message with its vector of length 1: the columns that are not 0, and what stands in each.

        Of fifteen thousand terms a message has twenty: all the others would only be multiplied by nothing.
        """
        known = _columns(self.terms, terms(message))
        cues = _columns(self.cues, cues_in(message))
        words, behind = self.rarity[known], len(self.terms) + len(vector)
        columns = np.concatenate([known, np.arange(len(self.terms), behind), behind + cues])
        parts = [words / (np.linalg.norm(words) or 1.0), VECTOR_SHARE * vector, np.full(len(cues), CUE_SHARE)]
        return columns, np.concatenate(parts)

    def width(self, vector: Row) -> int:
        """How many columns a row has."""
        return len(self.terms) + len(vector) + len(self.cues)


def _columns(numbers: Mapping[str, int], names: Iterable[str]) -> NDArray[np.intp]:
    """The columns of those that have one, in order: what is summed must not depend on how a set happens to lie."""
    return np.array(sorted(numbers[name] for name in names if name in numbers), dtype=np.intp)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}
