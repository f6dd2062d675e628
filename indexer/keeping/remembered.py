"""An encoder that remembers the vectors of questions: the golden ones are asked in every build."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from knowledge.encoder import Encoder, Vectors, encode_questions
from knowledge.encoding.wrapping import Wrapping
from knowledge.store.folder import replace_bytes

QUESTIONS = "questions.npz"
"""File in the library's folder of the golden questions' vectors."""


class RememberingEncoder(Wrapping):
    """The encoder of one build; what it encodes anew is written down when it is saved."""

    def __init__(self, encoder: Encoder, file: Path | None) -> None:
        super().__init__(encoder)
        self._file = file
        self._vectors = _read(file, encoder.fingerprint)
        self._used: dict[str, Vectors] = {}

    @property
    def remembers(self) -> bool:
        """Whether there is anything from a build before: then hardly a question is new."""
        return bool(self._vectors)

    def encode_question(self, text: str) -> Vectors:
        """One vector of shape (d,): the one from before, where the same words were encoded then."""
        if text not in self._vectors:
            self._vectors[text] = self._encoder.encode_question(text)
        self._used[text] = self._vectors[text]
        return self._used[text]

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of many questions, shape (n, d): those that are new encoded together."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, encode_questions(self._encoder, new), strict=True))
        return np.array([self.encode_question(text) for text in texts], dtype=np.float32).reshape(-1, self.dimension)

    def save(self) -> None:
        """Write down what was used this time. A file that cannot be written costs seconds next time, nothing else."""
        if self._file is None or not self._used:
            return
        stream = io.BytesIO()
        np.savez(
            stream,
            fingerprint=np.array(self.fingerprint),
            texts=np.array(list(self._used)),
            vectors=np.array(list(self._used.values()), dtype=np.float32),
        )
        try:
            replace_bytes(self._file, stream.getvalue())
        except OSError:
            return


def _read(file: Path | None, fingerprint: str) -> dict[str, Vectors]:
    """What was remembered for this encoder; nothing where the file is not there, damaged or another encoder's."""
    if file is None:
        return {}
    try:
        with np.load(file, allow_pickle=False) as stored:
            if str(stored["fingerprint"]) != fingerprint:
                return {}
            return dict(zip(map(str, stored["texts"]), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}
