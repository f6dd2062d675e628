"""FAISS, in one place: its -1 padding, its vectors of any length, and its choice of index."""

from __future__ import annotations

import logging
import os
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import numpy as np

from knowledge.encoder import Vectors
from knowledge.manifest import LibraryError
from knowledge.store.opening import open_database

if TYPE_CHECKING:
    from sqlite_utils import Database

log = logging.getLogger(__name__)
EXACT_UP_TO = 300_000
"""Passages that exact search serves fast enough (6 ms at 100,000 x 384 in half precision)."""

EXACT = "SQfp16"
"""FAISS's name of exact search in half precision."""
SLICE = 1024
"""Vectors that are read at a time where all of them are: on the way into FAISS, each is held four times over."""


class VectorIndex:
    """Passage vectors by row number; similarity 1.0 is identical. Lives as long as its edition."""

    def __init__(
        self, index: Any = None, unread: IO[bytes] | None = None, otherwise: Callable[[], VectorIndex] | None = None
    ) -> None:
        self._read, self._unread, self._otherwise = index, unread, otherwise
        self._trouble = ""
        self._lock = threading.Lock()
        self._closing = weakref.finalize(self, unread.close) if unread is not None else None

    def close(self) -> None:
        """Give back the file that was opened and never read."""
        if self._closing is not None:
            self._closing()

    @classmethod
    def build(cls, slices: Iterable[Vectors], count: int, dimension: int, folder: Path | None = None) -> VectorIndex:
        """An index over so many rows of length 1, given in slices of shape (n, d).

        Rows that are too many for memory go through a file in the folder. OSError where there is no room for it.
        """
        faiss = _faiss()
        chosen = kind(count)
        index = faiss.index_factory(dimension, chosen, faiss.METRIC_INNER_PRODUCT)
        if chosen != EXACT:  # what is added together is linked together
            _add_at_once(index, slices, count, dimension, folder)
            return cls(index)
        index.codes.resize(count * index.code_size)  # reserves, so that nothing is copied as it grows
        index.codes.resize(0)
        for vectors in slices:
            index.add(vectors)
        return cls(index)

    @classmethod
    def of(cls, database: Database, dimension: int, folder: Path | None = None) -> VectorIndex:
        """An index over the vectors that an edition's database holds; as for `build`."""
        ((count,),) = database.execute("select count(*) from passages").fetchall()
        rows = database.execute("select vector from passages order by id")
        slices = (
            np.frombuffer(b"".join(one for (one,) in some), np.float16)
            for some in iter(partial(rows.fetchmany, SLICE), [])
        )
        vectors = (some.astype(np.float32).reshape(-1, dimension) for some in slices)
        return cls.build(vectors, count, dimension, folder)

    @classmethod
    def in_database(cls, file: Path, dimension: int) -> VectorIndex:
        """The same of an edition's database in a file, by a connection of its own."""
        with closing(open_database(file)) as database:
            return cls.of(database, dimension)

    @classmethod
    def load(cls, file: Path, otherwise: Callable[[], VectorIndex] | None = None) -> VectorIndex:
        """The index in a file, which is opened now, and read when it is first asked: a build often need not.

        Where it cannot be read then, what `otherwise` makes takes its place.
        """
        return cls(unread=file.open("rb"), otherwise=otherwise)

    @property
    def _index(self) -> Any:
        """The index of FAISS.

        Raises:
            LibraryError: the file that was opened is not one, and nothing takes its place.
        """
        with self._lock:
            if self._unread is not None:
                stream, self._unread = self._unread, None
                self._read = self._first_read(stream)
            if self._trouble:
                raise LibraryError(self._trouble)
            return self._read

    def _first_read(self, stream: IO[bytes]) -> Any:
        try:
            return _index_in(stream)
        except LibraryError as error:
            if self._otherwise is None:
                self._trouble = str(error)
                return None
            log.error("%s Until then its vectors are taken from the database.", error)
            return self._otherwise()._index

    def save(self, file: Path) -> None:
        """Write the index to a file."""
        faiss = _faiss()
        with file.open("wb") as stream:
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(stream.write))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, limit: int) -> dict[int, float]:
        """Row number to similarity of the nearest rows, nearest first."""
        count = min(limit, len(self))
        if count == 0:
            return {}
        similarities, rows = self._index.search(_row(vector), count)
        return {row: value for row, value in zip(rows[0].tolist(), similarities[0].tolist(), strict=True) if row >= 0}

    def similarities(self, vector: Vectors, rows: Sequence[int]) -> dict[int, float]:
        """Similarity of the vector to each of these rows."""
        if not rows:
            return {}
        found = np.einsum("ij,j->i", _decoded(self._index, rows), _row(vector)[0])  # on one thread, as FAISS is
        return dict(zip(rows, found.tolist(), strict=True))


def _decoded(index: Any, rows: Sequence[int]) -> Vectors:
    """The vectors of these rows, in one call: FAISS's own `reconstruct_batch` makes one for each, at twice the cost."""
    if min(rows, default=0) < 0:
        raise IndexError("There is no vector before the first.")
    faiss = _faiss()
    held = faiss.downcast_index(index.storage) if hasattr(index, "storage") else index  # HNSW holds them in another
    codes = faiss.rev_swig_ptr(held.codes.data(), held.codes.size()).reshape(-1, held.code_size)
    return cast(Vectors, held.sa_decode(codes[np.asarray(rows)]))


def _index_in(stream: IO[bytes]) -> Any:
    faiss = _faiss()
    try:
        with stream:
            return faiss.read_index(faiss.PyCallbackIOReader(stream.read))
    except (RuntimeError, AssertionError, OSError, ValueError) as error:
        raise LibraryError(f"{stream.name} cannot be read as a FAISS index. Run: prevention-hub index build") from error


def from_half(stored: bytes, dimension: int) -> Vectors:
    """Vectors, shape (n, dimension), stored in half precision. They are everybody's: nobody may write in them."""
    vectors = np.frombuffer(stored, np.float16).astype(np.float32).reshape(-1, dimension)
    vectors.setflags(write=False)
    return vectors


def nearest_of_each(vector: Vectors, stored: Mapping[int, Vectors]) -> dict[int, float]:
    """Key to the similarity of the nearest of its vectors; no key without any."""
    held = {key: vectors for key, vectors in stored.items() if len(vectors)}
    if not held:
        return {}
    found = np.einsum("ij,j->i", np.concatenate([*held.values()]), vector)  # on one thread, as FAISS is
    starts = np.cumsum([0, *map(len, held.values())])[:-1]
    return dict(zip(held, np.maximum.reduceat(found, starts).tolist(), strict=True))


def _add_at_once(index: Any, slices: Iterable[Vectors], count: int, dimension: int, folder: Path | None) -> None:
    """Add all rows in one call, from a file without a name: in full precision they are too many for memory."""
    with tempfile.TemporaryFile(dir=folder) as aside:
        # its room is taken now: a disk that fills under a mapped file ends the program
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(aside.fileno(), 0, max(1, 4 * count * dimension))
        rows = np.memmap(aside, np.float32, "w+", shape=(count, dimension))
        start = 0
        for vectors in slices:
            rows[start : start + len(vectors)] = vectors
            start += len(vectors)
        index.train(rows)
        index.add(rows)


def kind(count: int) -> str:
    """The FAISS factory name of the index for so many passages: exact in half precision, HNSW beyond."""
    return EXACT if count <= EXACT_UP_TO else f"HNSW32_{EXACT}"


def _faiss() -> Any:
    """FAISS on one thread a question: its pool and torch's would wait for each other, at three times the cost."""
    import faiss

    faiss.omp_set_num_threads(1)
    return faiss


def _row(vector: Vectors) -> Vectors:
    """Shape (1, d) and length 1, which is what makes an inner product a similarity."""
    length = float(np.linalg.norm(vector)) or 1.0
    return np.ascontiguousarray(vector / length, dtype=np.float32).reshape(1, -1)
