"""An encoder that costs next to nothing: for libraries too large for a real one in a benchmark."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from knowledge.encoder import Encoded, Span, Vectors

_WORD = re.compile(r"\w+")


class QuickEncoder:
    """A text is the sum of its words' directions, each drawn by chance from the word itself; no meaning at all."""

    name = "quick"
    fingerprint = hashlib.sha256(b"quick").hexdigest()

    def __init__(self, dimension: int = 384) -> None:
        self.dimension = dimension
        self._places: dict[str, int] = {}
        self._words = np.zeros((1024, dimension), dtype=np.float32)

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
        places = [self._place(word) for word in _WORD.findall(text.lower())]
        if not places:
            return np.zeros(self.dimension, dtype=np.float32)
        vector = self._words[places].sum(axis=0)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

    def _place(self, word: str) -> int:
        place = self._places.get(word)
        if place is None:
            place = self._places[word] = len(self._places)
            if place == len(self._words):
                self._words = np.concatenate([self._words, np.zeros_like(self._words)])
            seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "big")
            self._words[place] = np.random.default_rng(seed).standard_normal(self.dimension, dtype=np.float32)
        return place
