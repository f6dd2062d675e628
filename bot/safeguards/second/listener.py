"""Hearing with the fitted weights."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.safeguards.second.features import Features, Row, encoded, prepared
from bot.safeguards.urgent import Urgency

WEIGHTS = Path(__file__).parent / "weights.npz"
LONGEST = 2000
"""Characters of a message that are read: an emergency is told at its beginning."""
log = logging.getLogger(__name__)


class Encoder(Protocol):
    """What the listener asks of an encoder; `knowledge.encoder` has it."""

    @property
    def fingerprint(self) -> str: ...

    def encode_question(self, text: str) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class Head:
    """The fitted weights: one row for emergencies, one for officers in crisis, each with a bias and a threshold."""

    features: Features
    weights: NDArray[np.float64]
    """Shape (2, number of columns)."""
    bias: Row
    thresholds: Row
    fingerprint: str
    """Of the encoder whose vectors it was fitted on."""

    def heard(self, text: str, encoder: Encoder) -> Row:
        """How far a message lies above the two thresholds, of its first `LONGEST` characters; below 0 it is not heard."""
        text = text[:LONGEST]
        vector = np.asarray(encoder.encode_question(encoded(text)), dtype=float)
        if self.features.width(vector) != self.weights.shape[1]:
            raise ValueError("The vector has another length than those the weights were fitted on.")
        columns, values = self.features.row(prepared(text), vector)
        return np.asarray(self.weights[:, columns] @ values + self.bias - self.thresholds)

    def save(self, file: Path) -> None:
        """Write everything into one file, without pickles."""
        np.savez_compressed(
            file,
            terms=np.array(list(self.features.terms)),
            rarity=self.features.rarity.astype(np.float32),
            cues=np.array(list(self.features.cues)),
            weights=self.weights.astype(np.float32),
            bias=self.bias,
            thresholds=self.thresholds,
            fingerprint=np.array(self.fingerprint),
        )

    @classmethod
    def load(cls, file: Path) -> Head:
        """Read what `save` wrote; OSError, ValueError or KeyError if it cannot be read."""
        with np.load(file, allow_pickle=False) as held:
            names = ({str(name): i for i, name in enumerate(held[key])} for key in ("terms", "cues"))
            known, cues = names
            features = Features(known, held["rarity"].astype(float), cues)
            weights = held["weights"].astype(float)
            return cls(features, weights, held["bias"], held["thresholds"], str(held["fingerprint"]))


class SecondListener:
    """Hears emergencies in the meaning of a message. Lives as long as the program; safe to share between threads."""

    def __init__(self, encoder: Encoder, weights: Path = WEIGHTS) -> None:
        self._encoder, self._file = encoder, weights

    def hears(self, text: str) -> Urgency | None:
        """What is heard in a message that the first listener let pass. Never raises: if it cannot hear, it is silent."""
        if self.trouble:
            return None
        try:
            incident, welfare = self._head.heard(text, self._encoder)
        except Exception as error:  # whatever an encoder may raise, the answer goes on without the second listener
            log.error("The second listener could not hear a message (%s)", type(error).__name__)
            return None
        if welfare >= 0:
            return Urgency.WELFARE
        return Urgency.INCIDENT if incident >= 0 else None

    def soon(self, text: str) -> None:
        """This message comes next: its vector is made along with what is asked of the encoder before. Never raises."""
        tell = getattr(self._encoder, "soon", None)
        if tell is not None and not self.trouble:
            tell(encoded(text[:LONGEST]))

    @cached_property
    def trouble(self) -> str:
        """Why it hears nothing, with the remedy, for `doctor`; empty if it hears."""
        try:
            fitted = self._head.fingerprint
        except (OSError, ValueError, KeyError) as error:
            log.error("The weights of the second listener cannot be read: %s", error)
            return "Its weights cannot be read. Install the program again."
        try:
            fingerprint = self._encoder.fingerprint
        except Exception as error:  # an encoder that is not there has its own finding
            log.error("The second listener has no encoder (%s)", type(error).__name__)
            return "There is no encoder."
        if fingerprint != fitted:
            return "It was fitted for another encoder. Run: python -m bot.safeguards.second.fit, then the same with fit_requests"
        return ""

    @cached_property
    def _head(self) -> Head:
        return Head.load(self._file)
