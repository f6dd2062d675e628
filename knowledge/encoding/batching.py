"""Which texts are read together: those of one length, so that nothing is padded.

Beside a longer text a shorter one is padded, and its last bits change with its neighbour. Texts of one length each have
the vector that they have alone, bit for bit, and nothing is reckoned for padding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby


def of_one_length(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Numbers of texts that are equally long in tokens, so many at most; the short ones first."""
    for _, group in groupby(sorted(range(len(lengths)), key=lengths.__getitem__), key=lengths.__getitem__):
        same = list(group)
        yield from (same[start : start + most] for start in range(0, len(same), most))
