"""Digest to place, for hundreds of thousands of texts in little memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

WIDTH = 24
"""Characters of a digest."""
LATEST = 1024
"""Digests that are looked for one by one; when there are more, all are sorted anew."""


class Places:
    """Where what belongs to each digest stands, in 36 bytes for each. Of what is added twice, the later one counts."""

    def __init__(self) -> None:
        self._digests, self._places = bytearray(), array("q")
        self._latest: dict[str, int] = {}
        self._sorted: NDArray[np.bytes_] = np.zeros(0, f"S{WIDTH}")
        self._order: NDArray[np.int32] = np.zeros(0, np.int32)

    def add(self, digest: str, place: int) -> None:
        """Remember where one stands."""
        self._latest[digest] = place
        self._digests += digest.encode().ljust(WIDTH, b"\0")
        self._places.append(place)
        if len(self._latest) >= max(LATEST, len(self._order) // 8):
            self._sort()

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self._digests), WIDTH):
            yield self._digests[start : start + WIDTH].rstrip(b"\0").decode()

    def __contains__(self, digest: object) -> bool:
        return isinstance(digest, str) and self.find(digest) is not None

    def find(self, digest: str) -> int | None:
        """Where it stands; nothing if it is not known."""
        latest = self._latest.get(digest)
        if latest is not None or not len(self._order):
            return latest
        name = np.bytes_(digest.encode())
        at = int(np.searchsorted(self._sorted, name, side="right")) - 1
        return self._places[int(self._order[at])] if at >= 0 and self._sorted[at] == name else None

    def each_once(self) -> Iterator[tuple[int, str]]:
        """Each digest's place with it, in the order in which they came first."""
        _, first = np.unique(np.frombuffer(bytes(self._digests), f"S{WIDTH}"), return_index=True)
        for number in np.sort(first).tolist():
            digest = self._digests[number * WIDTH : (number + 1) * WIDTH].rstrip(b"\0").decode()
            place = self.find(digest)
            if place is not None:
                yield place, digest

    def _sort(self) -> None:
        digests = np.frombuffer(bytes(self._digests), f"S{WIDTH}")
        self._order = np.argsort(digests, kind="stable").astype(np.int32)
        self._sorted = digests[self._order]
        self._latest = {}
