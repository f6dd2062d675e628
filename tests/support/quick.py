"""An encoder that costs next to nothing: for libraries too large for a real one in a benchmark."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from knowledge.encoder import Encoded, Span, Vectors

_WORD = re.compile(r"\w+")


DIRECTIONS = 4096
"""Directions that words are made of, two each: so it takes no more memory for more words."""


class QuickEncoder:
    """A text is the sum of its words' directions, each drawn by chance from the word itself; no meaning at all."""

    name = "quick"
    fingerprint = hashlib.sha256(b"quick 2").hexdigest()

    def __init__(self, dimension: int = 384) -> None:
        self.dimension = dimension
        self._directions = np.random.default_rng(19).standard_normal((DIRECTIONS, dimension), dtype=np.float32)

    def encode_question(self, text: str) -> Vectors:
        return self._vector(text)

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        return [
            Encoded(
                self._vector(text),
                np.array([self._vector(text[start:end]) for start, end in own]).reshape(-1, self.dimension),
            )
            for text, own in zip(texts, spans, strict=True)
        ]

    def _vector(self, text: str) -> Vectors:
        rows = [row for word in _WORD.findall(text.lower()) for row in _rows(word)]
        if not rows:
            return np.zeros(self.dimension, dtype=np.float32)
        vector = self._directions[rows].sum(axis=0)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


@lru_cache(16_384)
def _rows(word: str) -> tuple[int, int]:
    """The two directions of a word."""
    first, second = divmod(int.from_bytes(hashlib.blake2b(word.encode(), digest_size=3).digest(), "big"), DIRECTIONS)
    return first, second
