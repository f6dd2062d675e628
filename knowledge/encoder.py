"""Text to vectors: a two-method protocol, and sentence-transformers behind it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge import encoder_files
from knowledge.encoder_files import DEFAULT_ENCODER, DEFAULT_WEIGHTS_SHA256, EncoderError, fingerprint_of, folder_of
from knowledge.encoding.batching import of_one_length
from knowledge.encoding.packing import SideBySide, side_by_side
from knowledge.encoding.pooling import pool, unit
from knowledge.encoding.prompts import prompt_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Span = tuple[int, int]
"""Start and end offsets in a text, end excluded."""

__all__ = [
    "DEFAULT_ENCODER",
    "DEFAULT_WEIGHTS_SHA256",
    "Encoded",
    "Encoder",
    "EncoderError",
    "SentenceTransformerEncoder",
    "Span",
    "Vectors",
    "encode_clauses",
    "encode_questions",
]
BATCH = 32
LONGEST = 512
"""Tokens of one text that are read at most, or fewer where the model says so."""
WAY = "2"
"""Of making vectors; a change makes every encoder but the default one another."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of one text: `whole` has shape (d,), `parts` (number of spans, d), all of length 1.

    A span beyond what the model reads has a row of zeros, so that it is similar to nothing.
    """

    whole: Vectors
    parts: Vectors


class Encoder(Protocol):
    """What the library asks of an encoder. One lives as long as the program."""

    @property
    def name(self) -> str:
        """The name a manifest remembers it by."""

    @property
    def fingerprint(self) -> str:
        """Hex digest of its weights: two encoders of one name and different weights do not mix."""

    @property
    def dimension(self) -> int:
        """Length d of its vectors."""

    def encode_question(self, text: str) -> Vectors:
        """One vector of shape (d,) and length 1."""

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """The vector of each text and of each of its spans."""


def encode_questions(encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Vectors of many questions, shape (n, d): together where the encoder can do that, one by one otherwise."""
    together = getattr(encoder, "encode_questions", None)
    if together is not None:
        return np.asarray(together(texts), dtype=np.float32)
    return np.array([encoder.encode_question(text) for text in texts], dtype=np.float32).reshape(-1, encoder.dimension)


def encode_clauses(encoder: Encoder, question: str, spans: Sequence[Span]) -> Vectors:
    """Vectors of clauses of a question, shape (n, d): each as it is meant there, where the encoder can tell."""
    as_meant = getattr(encoder, "encode_clauses", None)
    if as_meant is not None:
        return np.asarray(as_meant(question, spans), dtype=np.float32)
    return encode_questions(encoder, [question[start:end] for start, end in spans])


class SentenceTransformerEncoder:
    """A sentence-transformers model from this machine; loaded on first use, and never fetched.

    Where a model's vector is the mean of its tokens, spans are encoded by pooling the tokens of the whole text's one
    pass ("late chunking": Guenther et al. 2024, arXiv 2409.04701), so a sentence keeps its context and costs nothing
    beside its passage. Of any other model (first token, last token, maximum, dense layers, static) such a mean
    would be no vector of that model: there every span is encoded by itself.
    """

    def __init__(self, name: str = DEFAULT_ENCODER, *, query_prompt: str = "", document_prompt: str = "") -> None:
        self.name = name
        self._given = (query_prompt, document_prompt)
        self._lock = threading.Lock()

    @cached_property
    def folder(self) -> Path:
        """Where the model lies on this machine.

        Raises:
            EncoderError: it is not here.
        """
        return folder_of(self.name)

    @cached_property
    def fingerprint(self) -> str:
        """Hex digest of everything that changes its vectors; the default model's weights are checked.

        Raises:
            EncoderError: there are no weights, or they are not the known ones.
        """
        way = "" if self.name == DEFAULT_ENCODER else WAY
        return fingerprint_of(self.name, self.folder, (way, *self._given))

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._model.get_embedding_dimension() or 0)

    def load(self) -> None:
        """Load the model now, for instance while somebody is still typing."""
        _ = self._model

    def encode_question(self, text: str) -> Vectors:
        """One vector of shape (d,)."""
        return np.asarray(self.encode_questions([text])[0], dtype=np.float32)

    def encode_packed(self, texts: Sequence[str]) -> Vectors | None:
        """Vectors of several questions from one pass, each as it is alone; nothing where the model cannot do that."""
        if self._packed is None or not texts:
            return None
        prefix = self._prompt(question=True)
        return unit(self._packed.encode([prefix + text for text in texts]))

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of many questions, shape (n, d)."""
        packed = self.encode_packed(texts)
        if packed is not None:
            return packed
        if not self._is_mean_of_tokens:
            return self._encoded(texts, question=True)
        prefix = self._prompt(question=True)
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for batch in self._batches([prefix + text for text in texts]):
            found[batch] = self._forward([prefix + texts[i] for i in batch])[0]
        return found

    def encode_clauses(self, question: str, spans: Sequence[Span]) -> Vectors:
        """Vectors of clauses of a question, shape (n, d), in the light of all of it where spans are pooled."""
        if not self._is_mean_of_tokens:
            return self.encode_questions([question[start:end] for start, end in spans])
        prefix = self._prompt(question=True)
        tokens, offsets = self._tokens(prefix + question)
        parts = pool(tokens, offsets, [(start + len(prefix), end + len(prefix)) for start, end in spans])
        unread = [i for i in range(len(spans)) if not parts[i].any()]
        if unread:
            parts[unread] = self.encode_questions([question[slice(*spans[i])] for i in unread])
        return parts

    def _tokens(self, text: str) -> tuple[Vectors, NDArray[np.int64]]:
        """Vectors (t, d) and offsets (t, 2) of a text's tokens."""
        if self._packed is not None:
            return self._packed.tokens_of(text)
        _, tokens, offsets = self._forward([text])
        return tokens[0], offsets[0]

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """The vector of each text and of each of its spans, the same whatever is encoded beside it."""
        if not self._is_mean_of_tokens:
            return self._one_by_one(texts, spans)
        prefix = self._prompt(question=False)
        encoded: dict[int, Encoded] = {}
        for batch in self._batches([prefix + text for text in texts]):
            wholes, tokens, offsets = self._forward([prefix + texts[i] for i in batch])
            for row, i in enumerate(batch):
                shifted = [(start + len(prefix), end + len(prefix)) for start, end in spans[i]]
                parts = pool(tokens[row], offsets[row], shifted)
                encoded[i] = Encoded(wholes[row], self._completed(parts, texts[i], spans[i]))
        return [encoded[i] for i in range(len(texts))]

    def _completed(self, parts: Vectors, text: str, spans: Sequence[Span]) -> Vectors:
        """The vectors of spans, those beyond what was read of the text encoded by themselves."""
        unread = [i for i in range(len(spans)) if not parts[i].any() and text[slice(*spans[i])].strip()]
        if unread:
            prefix = self._prompt(question=False)
            parts[unread] = self._forward([prefix + text[slice(*spans[i])] for i in unread])[0]
        return parts

    def _one_by_one(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        wholes = self._encoded(texts, question=False)
        pieces = [text[start:end] for text, own in zip(texts, spans, strict=True) for start, end in own]
        parts = self._encoded(pieces, question=False)
        ends = np.cumsum([len(own) for own in spans]).tolist()
        return [
            Encoded(wholes[i], parts[end - len(spans[i]) : end]) for i, end in zip(range(len(texts)), ends, strict=True)
        ]

    def _encoded(self, texts: Sequence[str], *, question: bool) -> Vectors:
        """Vectors as the model itself makes them, with every module, prompt and length of its own."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        encode = self._model.encode_query if question else self._model.encode_document
        prompt = self._prompt(question=question)
        found = encode(list(texts), prompt=prompt or None, batch_size=BATCH, show_progress_bar=False)
        return unit(np.asarray(found, dtype=np.float32))

    def _prompt(self, *, question: bool) -> str:
        """What is put before a question or a text: as the settings say, else as the model does."""
        return self._given[0 if question else 1] or prompt_of(self._model.prompts, question=question)

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        if not texts:
            return iter(())
        read = self._model.tokenizer(list(texts), truncation=True, max_length=self._longest)["input_ids"]
        return of_one_length([len(one) for one in read], BATCH)

    def _forward(self, texts: Sequence[str]) -> Any:
        """Vectors (n, d), token vectors (n, t, d) and token offsets (n, t, 2) of a batch."""
        import torch

        features = self._model.tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=self._longest,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = features.pop("offset_mapping").numpy()
        torch.set_num_threads(encoder_files.cores_for(len(texts) * features["input_ids"].shape[1]))
        with torch.inference_mode():
            out = self._model(dict(features))
        wholes = unit(out["sentence_embedding"].float().numpy())
        return (wholes, out["token_embeddings"].float().numpy(), offsets)

    @cached_property
    def _is_mean_of_tokens(self) -> bool:
        """Whether a text's vector is the mean of its tokens' and nothing else."""
        modules = list(self._model)
        kinds = [type(module).__name__ for module in modules]
        if kinds[:2] != ["Transformer", "Pooling"] or set(kinds[2:]) - {"Normalize"}:
            return False
        pooling: Any = modules[1].get_config_dict()  # type: ignore[operator]
        is_mean = pooling.get("pooling_mode") in ("mean", ["mean"], ("mean",)) and pooling.get("include_prompt", True)
        return bool(is_mean) and bool(getattr(self._model.tokenizer, "is_fast", False))

    @cached_property
    def _packed(self) -> SideBySide | None:
        return side_by_side(self._model, self._longest) if self._is_mean_of_tokens else None

    @cached_property
    def _longest(self) -> int:
        if self.name == DEFAULT_ENCODER:
            return LONGEST  # it says 256, and reads twice as much as well
        own = self._model.max_seq_length
        config: Any = getattr(self._model[0].model, "config", None)
        positions = int(getattr(config, "max_position_embeddings", LONGEST)) - 2  # some models count from 2
        return min(LONGEST, int(own) if own else positions)

    @property
    def _model(self) -> SentenceTransformer:
        with self._lock:
            return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        _ = self.fingerprint  # refuses wrong weights before anything reads them
        encoder_files.before_torch()
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
        try:
            model = SentenceTransformer(str(self.folder), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError) as error:
            raise EncoderError(
                f"The encoder '{self.name}' in {self.folder} is not a sentence-transformers model. "
                "Name another in PREVENTION_HUB_ENCODER."
            ) from error
        return model.eval()
