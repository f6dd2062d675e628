"""FAISS, in one place: its -1 padding, its vectors of any length, and its choice of index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.encoder import Vectors

EXACT_UP_TO = 300_000
"""Passages that exact search serves fast enough (6 ms at 100,000 x 384 in half precision)."""


class VectorIndex:
    """Passage vectors by row number; similarity 1.0 is identical. Lives as long as its edition."""

    def __init__(self, index: Any) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> VectorIndex:
        """An index over rows of length 1, shape (n, d)."""
        faiss = _faiss()
        index = faiss.index_factory(vectors.shape[1], kind(len(vectors)), faiss.METRIC_INNER_PRODUCT)
        index.train(vectors)
        index.add(vectors)
        return cls(index)

    @classmethod
    def load(cls, file: Path) -> VectorIndex:
        """The index in a file.

        Raises:
            ValueError: the file is not an index.
        """
        faiss = _faiss()
        try:
            return cls(faiss.deserialize_index(np.frombuffer(file.read_bytes(), dtype=np.uint8)))
        except (RuntimeError, AssertionError) as error:
            raise ValueError(f"{file.name} is not a FAISS index") from error

    def save(self, file: Path) -> None:
        """Write the index to a file."""
        faiss = _faiss()
        file.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, limit: int) -> dict[int, float]:
        """Row number to similarity of the nearest rows, nearest first."""
        count = min(limit, len(self))
        if count == 0:
            return {}
        similarities, rows = self._index.search(_row(vector), count)
        return {int(r): float(s) for r, s in zip(rows[0], similarities[0], strict=True) if r >= 0}

    def similarities(self, vector: Vectors, rows: Sequence[int]) -> dict[int, float]:
        """Similarity of the vector to each of these rows."""
        if not rows:
            return {}
        stored = self._index.reconstruct_batch(np.asarray(rows, dtype=np.int64))
        return dict(zip(rows, (stored @ _row(vector)[0]).tolist(), strict=True))


def kind(count: int) -> str:
    """The FAISS factory name of the index for so many passages: exact in half precision, HNSW beyond."""
    return "SQfp16" if count <= EXACT_UP_TO else "HNSW32_SQfp16"


def _faiss() -> Any:
    """FAISS on one thread a question: its pool and torch's would wait for each other, at three times the cost."""
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss


def _row(vector: Vectors) -> Vectors:
    """Shape (1, d) and length 1, which is what makes an inner product a similarity."""
    length = float(np.linalg.norm(vector)) or 1.0
    return np.ascontiguousarray(vector / length, dtype=np.float32).reshape(1, -1)
