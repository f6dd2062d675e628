"""Vectors of parts of a text from its tokens' vectors: "late chunking" (Guenther et al. 2024, arXiv 2409.04701)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def pool(
    tokens: NDArray[np.float32], offsets: NDArray[np.int64], spans: Sequence[tuple[int, int]]
) -> NDArray[np.float32]:
    """Mean of the token vectors inside each span, as rows of length 1 (or 0 where no token is inside)."""
    parts = np.zeros((len(spans), tokens.shape[1]), dtype=np.float32)
    starts, ends = offsets[:, 0], offsets[:, 1]
    for row, (start, end) in enumerate(spans):
        inside = (starts >= start) & (ends <= end) & (ends > starts)
        if inside.any():
            parts[row] = tokens[inside].mean(axis=0)
    return unit(parts)


def unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
