"""How far requests that ask the same stand from those that do not: `python -m tests.benchmarks.joining`.

Each line of joining.tsv has a question, the same question in other words, and one that is near and another. A request
is compared with all the others that are open, as it is when it comes in.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bot.queue.joining import ALIKE
from knowledge.encoder import SentenceTransformerEncoder

TRIPLES = [line.split("\t") for line in (Path(__file__).parent / "joining.tsv").read_text("utf-8").splitlines()]


def main() -> None:
    """Print what would be offered at several thresholds."""
    encoder = SentenceTransformerEncoder()
    texts = [text for triple in TRIPLES for text in triple]
    vectors = np.concatenate([np.atleast_2d(encoder.encode_question(text)) for text in texts])
    similar = vectors @ vectors.T
    count = len(TRIPLES)
    asked, others = [3 * n for n in range(count)], [3 * n + 1 for n in range(count)]
    print(f"{count} questions, each against {len(texts) - count} open requests; in use: {ALIKE}")
    for threshold in (0.6, 0.65, 0.7, 0.75, 0.8, 0.85):
        offered = right = quiet = 0
        for this, same in zip(asked, others, strict=True):
            open_now = [other for other in range(len(texts)) if other not in asked]
            best = max(open_now, key=lambda other: similar[this, other])
            if similar[this, best] >= threshold:
                offered, right = offered + 1, right + (best == same)
            without = [other for other in open_now if other != same]
            quiet += max(similar[this, other] for other in without) < threshold
        print(f"{threshold:.2f}  offered {offered}, the right one {right}; nothing to join, and quiet: {quiet}/{count}")


if __name__ == "__main__":
    main()
