"""What a build puts aside on disk because a large library has too much of it for memory."""

from __future__ import annotations

import json
import tempfile
import threading
import weakref
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar, overload

from knowledge.passages import Passage

T = TypeVar("T")


class Spool:
    """Records in a file that has no name: written once, read one by one, gone with the program that holds it."""

    def __init__(self, folder: Path) -> None:
        """Put the file into a folder, which should be on the disk that the edition will be on."""
        self._stream = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 it lives as long as this does
        self._end = 0
        self._lock = threading.Lock()  # what changed is shown to several people at once
        weakref.finalize(self, _close, self._stream)

    def put(self, data: bytes) -> int:
        """Write some bytes; where they stand."""
        with self._lock:
            start = self._end
            self._stream.seek(start)
            self._stream.write(data)
            self._end += len(data)
        return start

    def take(self, start: int, size: int) -> bytes:
        """Bytes that stand there."""
        with self._lock:
            self._stream.seek(start)
            return self._stream.read(size)

    def add(self, record: Any) -> int:
        """Write a record, of what JSON can hold; where it stands."""
        return self.put(json.dumps(record).encode() + b"\n")

    def read(self, start: int) -> Any:
        """The record that stands there."""
        with self._lock:
            self._stream.seek(start)
            line = self._stream.readline()
        return json.loads(line)


def _close(stream: IO[bytes]) -> None:
    with suppress(OSError):  # a full disk is told of where something is written
        stream.close()


class Spooled(Sequence[T]):
    """A sequence whose items stand in a spool, and are made anew whenever they are asked for."""

    def __init__(self, spool: Spool, items: Iterable[T], put: Callable[[T], Any], made: Callable[[Any], T]) -> None:
        """`put` turns an item into a record, `made` a record into the item."""
        self._spool, self._made = spool, made
        self._starts = array("q", (spool.add(put(item)) for item in items))

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        return self._made(self._spool.read(self._starts[at]))


class Passages(Sequence[Passage]):
    """A document's passages, read from disk whenever they are asked for."""

    __slots__ = ("_count", "_document", "_read", "edition")

    def __init__(self, count: int, read: Callable[[], Iterable[Passage]], document: str, edition: int = 0) -> None:
        """`edition` is the number of the one that has them as this program would cut them today, if one has."""
        self._count, self._read, self._document = count, read, document
        self.edition = edition

    def under(self, document: str) -> Passages:
        """The same under another document's id."""
        return Passages(self._count, self._read, document)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Passage]:
        for one in self._read():
            same = one.document == self._document
            yield one if same else Passage(self._document, one.section, one.text, one.page, one.position)

    @overload
    def __getitem__(self, at: int) -> Passage: ...
    @overload
    def __getitem__(self, at: slice) -> list[Passage]: ...
    def __getitem__(self, at: int | slice) -> Passage | list[Passage]:
        return list(self)[at]


def put_aside(spool: Spool, passages: Sequence[Passage]) -> Sequence[Passage]:
    """A document's passages, put on disk."""
    if not passages:
        return ()
    document = passages[0].document
    start = spool.add([(one.section, one.text, one.page, one.position) for one in passages])
    return Passages(len(passages), lambda: (Passage(document, *record) for record in spool.read(start)), document)


def under(document: str, passages: Sequence[Passage]) -> Sequence[Passage]:
    """Passages under the id of another document."""
    if isinstance(passages, Passages):
        return passages.under(document)
    return tuple(Passage(document, one.section, one.text, one.page, one.position) for one in passages)
