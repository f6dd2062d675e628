"""Each text of a question encoded once, all of a question in one pass, and questions that are asked at once together.

What is encoded together changes no vector: an encoder that packs texts (`knowledge.encoding.packing`) gives each the
vector it has alone, bit for bit, and any other is asked one by one. So one edition gives one reply to one question,
whoever else is asking, and whatever is remembered here.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from knowledge.encoder import Encoder, Vectors
from knowledge.encoding.wrapping import Wrapping

LAST = 32
"""Texts that are remembered: those of the few questions that are being answered."""


class _Wanted:
    """What one thread waits for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.vectors: list[Vectors] | None = None
        self.error: Exception | None = None


class EncodingOnce(Wrapping):
    """An encoder that remembers the last few questions' vectors. Safe to share between threads.

    Who comes while it is idle is served at once; those who come during a pass share the next one.
    """

    def __init__(self, encoder: Encoder, most: int = LAST) -> None:
        super().__init__(encoder)
        self._most = most
        self._held: dict[str, Vectors] = {}
        self._waiting: list[_Wanted] = []
        self._door, self._passing = threading.Lock(), threading.Lock()
        self._local = threading.local()

    def soon(self, text: str) -> None:
        """This thread will ask for this text's vector too: it goes along with what it asks for next."""
        self._local.soon = [text]

    def encode_question(self, text: str) -> Vectors:
        """One vector of shape (d,) and length 1, which nobody may write into."""
        return self._vectors([text])[0]

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of many questions, shape (n, d)."""
        vectors = self._vectors(texts)
        return np.array(vectors, dtype=np.float32).reshape(len(texts), -1)

    def _vectors(self, texts: Sequence[str]) -> list[Vectors]:
        held = self._held
        along, self._local.soon = getattr(self._local, "soon", []), []
        new = [text for text in dict.fromkeys([*texts, *along]) if text not in held]
        if not any(text in texts for text in new):
            self._local.soon = along
            return [held[text] for text in texts]
        found = {**held, **dict(zip(new, self._encoded(new), strict=True))}
        return [found[text] for text in texts]

    def _encoded(self, texts: Sequence[str]) -> list[Vectors]:
        """The vectors of new texts, in a pass of their own or one with what others wait for."""
        mine = _Wanted(texts)
        with self._door:
            self._waiting.append(mine)
        with self._passing:
            if mine.vectors is None and mine.error is None:
                with self._door:
                    together, self._waiting = self._waiting, []
                self._serve(together)
        if mine.error is not None:
            raise mine.error
        return mine.vectors or []

    def _serve(self, together: Sequence[_Wanted]) -> None:
        texts = list(dict.fromkeys(text for one in together for text in one.texts))
        try:
            found = dict(zip(texts, self._alone_or_packed(texts), strict=True))
        except Exception as error:
            for one in together:
                one.error = error
            return
        for one in together:
            one.vectors = [found[text] for text in one.texts]
        # replaced whole, so that another thread reads the old ones or the new ones
        self._held = dict([*self._held.items(), *found.items()][-self._most :])

    def _alone_or_packed(self, texts: Sequence[str]) -> list[Vectors]:
        packs = getattr(self._encoder, "encode_packed", None)
        vectors = None if packs is None else packs(texts)
        if vectors is None:
            vectors = [self._encoder.encode_question(text) for text in texts]
        made = [np.array(vector, dtype=np.float32) for vector in vectors]
        for vector in made:
            vector.setflags(write=False)
        return made
