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

    def row(self, message: str, vector: Row) -> Row:
        """One prepared message with its vector of length 1."""
        words = np.zeros(len(self.terms))
        at = [self.terms[term] for term in terms(message) if term in self.terms]
        words[at] = self.rarity[at]
        words /= np.linalg.norm(words) or 1.0
        cues = np.zeros(len(self.cues))
        cues[[self.cues[cue] for cue in cues_in(message) if cue in self.cues]] = CUE_SHARE
        return np.concatenate([words, VECTOR_SHARE * vector, cues])


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: i for i, name in enumerate(names)}
