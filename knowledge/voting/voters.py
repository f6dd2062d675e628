"""The models that vote: any encoder, and any cross-encoder of sentence-transformers."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from knowledge.encoder import Encoder, Vectors
from knowledge.encoder_files import EncoderError, before_torch, folder_of
from knowledge.found import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

KEPT = 5_000
"""Passages whose vectors a second encoder keeps: with some eight sentences each, about 140 MB at 768 dimensions."""


class EncoderVoter:
    """A second encoder. It needs no index: only the few passages that are near are encoded, each once."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._lock = threading.Lock()
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()

    @property
    def name(self) -> str:
        """The encoder's name."""
        return self._encoder.name

    def load(self) -> None:
        """Load the model now."""
        _ = self._encoder.dimension

    def scores(self, question: str, passages: Sequence[Hit]) -> Sequence[float]:
        """Cosine of the question and each passage, or its nearest sentence where that is nearer."""
        asked = self._encoder.encode_question(question)
        return [float((vectors @ asked).max()) for vectors in self._of(passages)]

    def _of(self, passages: Sequence[Hit]) -> list[Vectors]:
        """Vectors of each passage and its sentences, shape (1 + sentences, d)."""
        with self._lock:
            new = [hit for hit in passages if hit.entry.key not in self._vectors]
            if new:
                above = [f"{heading_of(hit)}\n" for hit in new]
                texts = [head + hit.entry.passage.text for head, hit in zip(above, new, strict=True)]
                spans = [
                    [(start + len(head), end + len(head)) for start, end in hit.entry.sentences]
                    for head, hit in zip(above, new, strict=True)
                ]
                for hit, encoded in zip(new, self._encoder.encode_texts(texts, spans), strict=True):
                    self._vectors[hit.entry.key] = np.vstack([encoded.whole[None, :], encoded.parts])
            found = [self._vectors[hit.entry.key] for hit in passages]
            while len(self._vectors) > KEPT:
                self._vectors.popitem(last=False)
            return found


class RerankerVoter:
    """A cross-encoder from this machine, which reads question and passage together; loaded on first use."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()

    def load(self) -> None:
        """Load the model now."""
        _ = self._model

    def scores(self, question: str, passages: Sequence[Hit]) -> Sequence[float]:
        """The model's score of each pair; of a model with several labels, that of the last one."""
        pairs = [(question, f"{heading_of(hit)}\n{hit.entry.passage.text}") for hit in passages]
        with self._lock:
            found = np.asarray(self._model.predict(pairs, show_progress_bar=False), dtype=np.float32)
        return [float(score) for score in (found if found.ndim == 1 else found[:, -1])]

    @cached_property
    def _model(self) -> CrossEncoder:
        before_torch()
        folder = folder_of(self.name)
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(str(folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise EncoderError(
                f"The reranker '{self.name}' in {folder} is no cross-encoder of sentence-transformers. "
                "Name another in PREVENTION_HUB_RERANKER, or leave it out."
            ) from error
        return model


def heading_of(hit: Hit) -> str:
    """Title and heading trail of a passage."""
    return f"{hit.entry.document.title} > {hit.entry.passage.section}".rstrip(" >")
