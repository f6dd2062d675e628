"""What a build has encoded so far, written down as it goes: one that is killed is taken up where it was.

One file beside the editions, of records that are only ever added: the digest of what was encoded, its vectors, and a
checksum. A record that was cut off by a kill or a power cut, and whatever stands behind it, is as if it were not there.
The build itself reads its vectors from there too, so that it never holds more of them in memory than one step's.
"""

from __future__ import annotations

import json
import os
import struct
import tempfile
import zlib
from collections.abc import Container, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO

from indexer.keeping.places import Places
from knowledge.encoder import Encoder
from knowledge.store.folder import Library
from knowledge.store.writing import Vector

FILE = "encoded.part"
_HEAD = struct.Struct("<24sIII")
"""Digest, bytes of the whole's vector, bytes of its sentences', checksum of all three."""
_LARGEST = 1 << 28
"""Bytes of vectors that one text can have: a head that says more is none."""


class Journal:
    """The vectors of one build by digest. Where its file cannot be opened, one without a name serves this build."""

    def __init__(self, library: Library, encoder: Encoder, chunker: str) -> None:
        self._file = library.folder / FILE
        made_by = json.dumps([encoder.fingerprint, encoder.dimension, chunker])
        self._first = made_by.encode() + b"\n"
        self._places = Places()
        self._stream: IO[bytes] | None = None

    def take_up(self, wanted: Container[str]) -> None:
        """Keep what is wanted of a build that did not end; others are forgotten."""
        with suppress(OSError), self._file.open("rb") as held:
            whole, others = self._look(held, wanted)
            if others or whole < os.fstat(held.fileno()).st_size:
                self._begin_anew(held, wanted)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, digest: object) -> bool:
        return digest in self._places

    def get(self, digest: str) -> Vector | None:
        """The vectors of what was encoded; nothing if it was not."""
        place = self._places.find(digest)
        if place is None:
            return None
        stream = self._opened()
        stream.seek(place)
        record = _next(stream)
        return record[1] if record is not None else None

    def add(self, made: Mapping[str, Vector]) -> None:
        """Write down what was encoded just now."""
        stream = self._opened()
        place = stream.seek(0, os.SEEK_END)
        for digest, vector in made.items():
            record = _record(digest, vector)
            stream.write(record)
            self._places.add(digest, place)
            place += len(record)
        stream.flush()

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

    def _opened(self) -> IO[bytes]:
        """The file, begun if it is not there."""
        if self._stream is None:
            try:
                self._stream = self._file.open("ab+")
            except OSError:
                self._stream = tempfile.TemporaryFile(dir=self._file.parent)  # noqa: SIM115 closed with the journal
            if self._stream.seek(0, os.SEEK_END) == 0:
                self._stream.write(self._first)
        return self._stream

    def _look(self, held: IO[bytes], wanted: Container[str]) -> tuple[int, int]:
        """Note where each wanted record stands; where the last whole one ends, and how many are not wanted."""
        self._places, others, end = Places(), 0, 0
        if held.read(len(self._first)) == self._first:
            end = len(self._first)
            for digest, _, after in _records(held, end):
                if digest in wanted:
                    self._places.add(digest, end)
                else:
                    others += 1
                end = after
        return end, others

    def _begin_anew(self, held: IO[bytes], wanted: Container[str]) -> None:
        """Write the wanted records to a new file, which takes the place of the old one."""
        if not self._places:
            self.forget()
            return
        handle, name = tempfile.mkstemp(prefix=f".{FILE}.", dir=self._file.parent)
        try:
            with os.fdopen(handle, "wb") as anew:
                anew.write(self._first)
                held.seek(len(self._first))
                anew.writelines(_record(digest, one) for digest, one, _ in _records(held, 0) if digest in wanted)
            self._places = Places()
            Path(name).replace(self._file)
        finally:
            Path(name).unlink(missing_ok=True)
        with self._file.open("rb") as new:
            self._look(new, wanted)


def _record(digest: str, vector: Vector) -> bytes:
    name, whole, parts = digest.encode(), bytes(vector.whole), bytes(vector.parts)
    return _HEAD.pack(name, len(whole), len(parts), zlib.crc32(name + whole + parts)) + whole + parts


def _records(held: IO[bytes], start: int) -> Iterator[tuple[str, Vector, int]]:
    """Each whole record with where it ends, counted from `start`; the first one that is not ends it."""
    while (found := _next(held)) is not None:
        digest, vector = found
        start += _HEAD.size + len(vector.whole) + len(vector.parts)
        yield digest, vector, start


def _next(held: IO[bytes]) -> tuple[str, Vector] | None:
    """The record that begins here, if it is whole."""
    head = held.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    name, of_whole, of_parts, checksum = _HEAD.unpack(head)
    if max(of_whole, of_parts) > _LARGEST:
        return None
    whole, parts = held.read(of_whole), held.read(of_parts)
    if len(whole) < of_whole or len(parts) < of_parts or zlib.crc32(name + whole + parts) != checksum:
        return None
    return name.decode(), Vector(whole, parts)
