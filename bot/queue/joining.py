"""Finding an open request that asks the same, so that one reply serves both."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from bot.domain.refusals import RecordsError
from knowledge.encoder import EncoderError

if TYPE_CHECKING:
    from knowledge.encoder import Encoder

ALIKE = 0.75
"""Similarity from which joining is offered: `python -m tests.benchmarks.joining` measures it. Only a person joins."""
NEWEST = 2000
"""Open requests that are compared, at most."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Alike:
    """An open request that asks much the same."""

    reference: str
    asked_by: int
    """How many people wait for its reply."""


class KeepsVectors(Protocol):
    """What is asked of the hub database; every call may raise RecordsError."""

    def open_vectors(self, fingerprint: str, most: int, asker: str = "") -> Iterable[tuple[str, bytes]]: ...
    def asked_by(self, reference: str) -> int: ...
    def keep_vector(self, reference: str, fingerprint: str, vector: bytes) -> None: ...


@dataclass(frozen=True, slots=True)
class Match:
    """What a new question was compared with."""

    alike: Alike | None = None
    vector: bytes = b""
    """Of the new question, in half precision; empty where it could not be made."""


@dataclass(frozen=True, slots=True)
class Joining:
    """Compares requests by their redacted questions; what fails here never costs a request."""

    encoder: Encoder
    records: KeepsVectors
    threshold: float = ALIKE

    def compare(self, question: str, asker: str = "") -> Match:
        """The open request nearest to a question, if it is near enough and not the asker's own."""
        return self.compare_with(question, lambda made_by: self.records.open_vectors(made_by, NEWEST, asker))

    def compare_with(self, question: str, vectors_of: Callable[[str], Iterable[tuple[str, bytes]]]) -> Match:
        """As `compare`, among the requests whose references and vectors are given for the encoder's fingerprint."""
        try:
            vector = np.asarray(self.encoder.encode_question(question), dtype=np.float32).reshape(-1)
            found = self._nearest(vector, list(vectors_of(self.encoder.fingerprint)))
        except (RecordsError, EncoderError) as error:
            log.warning("Requests could not be compared: %s", error)
            return Match()
        return Match(found, vector.astype(np.float16).tobytes())

    def keep(self, reference: str, match: Match) -> None:
        """Let later questions be compared with this one, which is open now."""
        if not match.vector:
            return
        try:
            self.records.keep_vector(reference, self.encoder.fingerprint, match.vector)
        except (RecordsError, EncoderError) as error:
            log.warning("A request's vector could not be kept: %s", error)

    def _nearest(self, vector: np.ndarray, waiting: Sequence[tuple[str, bytes]]) -> Alike | None:
        if not waiting:
            return None
        vectors = np.frombuffer(b"".join(kept for _, kept in waiting), dtype=np.float16).reshape(len(waiting), -1)
        similar = vectors.astype(np.float32) @ vector
        best = int(np.argmax(similar))
        if similar[best] < self.threshold:
            return None
        reference = waiting[best][0]
        return Alike(reference, self.records.asked_by(reference))


class Joins(Protocol):
    """Finds an open request that asks the same."""

    def compare(self, question: str, asker: str = "") -> Match: ...
    def keep(self, reference: str, match: Match) -> None: ...


class NotJoining:
    """Offers nothing: for rehearsals."""

    def compare(self, question: str, asker: str = "") -> Match:
        """Nothing is alike."""
        return Match()

    def keep(self, reference: str, match: Match) -> None:
        """Nothing is kept."""
