"""How well questions of known subjects fall into groups, with the real encoder: python -m tests.benchmarks.gaps

Subjects are those of joining.tsv: two questions that ask the same, and one near them that asks something else. The
distance was chosen on the first half, as the largest whose groups are at least 0.8 pure there; the second measures.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np

from bot.insight.gaps import APART, grouped
from knowledge.encoder import SentenceTransformerEncoder

DISTANCES = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55)


def questions() -> list[tuple[str, str]]:
    """Each question with its subject."""
    lines = (Path(__file__).parent / "joining.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.count("\t") >= 2]
    return [(text, f"{number}{end}") for number, row in enumerate(rows) for text, end in zip(row, "aab", strict=False)]


def measure(subjects: list[str], groups: list[list[int]]) -> str:
    """Purity of groups of two and more, and of all pairs that ask the same, how many are together."""
    shared = [[subjects[place] for place in group] for group in groups if len(group) > 1]
    count, pure = sum(map(len, shared)), sum(Counter(group).most_common(1)[0][1] for group in shared)
    together = {pair for group in groups for pair in combinations(sorted(group), 2)}
    same = {(a, b) for a, b in combinations(range(len(subjects)), 2) if subjects[a] == subjects[b]}
    return (
        f"{len(shared):3} groups of {count:3} questions, purity {pure / max(count, 1):.3f}, "
        f"pairs found {len(same & together)} of {len(same)}"
    )


def main() -> None:
    """Both halves."""
    encoder, asked = SentenceTransformerEncoder(), questions()
    middle = len(asked) // 6 * 3
    for name, half in (("choose", asked[:middle]), ("measure", asked[middle:])):
        vectors = np.array([encoder.encode_question(text) for text, _ in half], dtype=np.float32)
        for distance in DISTANCES:
            mark = "*" if distance == APART else " "
            told = measure([subject for _, subject in half], grouped(vectors, distance))
            print(f"{name:<8}{mark}{distance:.2f} {told}")


if __name__ == "__main__":
    main()
