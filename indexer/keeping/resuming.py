"""What a build has encoded so far, written down as it goes: one that is killed is taken up where it was.

One file beside the editions, of records that are only ever added: the digest of what was encoded, its vectors, and a
checksum. A record that was cut off by a kill or a power cut, and whatever stands behind it, is as if it were not there.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from typing import BinaryIO

from knowledge.encoder import Encoder
from knowledge.store.folder import Library, replace_bytes
from knowledge.store.writing import Vector

FILE = "encoded.part"
_HEAD = struct.Struct("<24sIII")
"""Digest, bytes of the whole's vector, bytes of its sentences', checksum of all three."""


class Journal:
    """The vectors of one build. One that cannot be written costs time after a kill, nothing else."""

    def __init__(self, library: Library, encoder: Encoder, chunker: str) -> None:
        self._file = library.folder / FILE
        made_by = json.dumps([encoder.fingerprint, encoder.dimension, chunker])
        self._first = made_by.encode() + b"\n"
        self._stream: BinaryIO | None = None

    def read(self, wanted: Collection[str]) -> dict[str, Vector]:
        """Vectors by digest of what is wanted and was encoded by a build that did not end; others are forgotten."""
        try:
            held = self._file.read_bytes()
        except OSError:
            return {}
        found: dict[str, Vector] = {}
        whole = len(self._first)
        if held.startswith(self._first):
            for digest, vector, end in _records(held, len(self._first)):
                found[digest], whole = vector, end
        kept = {digest: vector for digest, vector in found.items() if digest in wanted}
        if len(kept) < len(found) or whole < len(held):
            self._begin_anew(kept)
        return kept

    def add(self, made: Mapping[str, Vector]) -> None:
        """Write down what was encoded just now."""
        with suppress(OSError):
            if self._stream is None:
                self._stream = self._file.open("ab")
                if self._stream.tell() == 0:
                    self._stream.write(self._first)
            self._stream.write(b"".join(_record(digest, vector) for digest, vector in made.items()))
            self._stream.flush()

    def close(self) -> None:
        """Let go of the file, which stays."""
        with suppress(OSError):
            if self._stream is not None:
                self._stream.close()
        self._stream = None

    def forget(self) -> None:
        """Remove the file: an edition holds it all."""
        self.close()
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _begin_anew(self, kept: Mapping[str, Vector]) -> None:
        if not kept:
            self.forget()
            return
        with suppress(OSError):
            records = b"".join(_record(digest, vector) for digest, vector in kept.items())
            replace_bytes(self._file, self._first + records)


def _record(digest: str, vector: Vector) -> bytes:
    name, whole, parts = digest.encode(), bytes(vector.whole), bytes(vector.parts)
    return _HEAD.pack(name, len(whole), len(parts), zlib.crc32(name + whole + parts)) + whole + parts


def _records(held: bytes, start: int) -> Iterator[tuple[str, Vector, int]]:
    """Each whole record with where it ends; the first one that is not ends it."""
    while start + _HEAD.size <= len(held):
        name, of_whole, of_parts, checksum = _HEAD.unpack_from(held, start)
        middle = start + _HEAD.size + of_whole
        end = middle + of_parts
        whole, parts = held[start + _HEAD.size : middle], held[middle:end]
        if end > len(held) or zlib.crc32(name + whole + parts) != checksum:
            return
        yield name.decode(), Vector(whole, parts), end
        start = end
