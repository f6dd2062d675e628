"""Publishing to the store and taking from it: the old edition serves until the new one is whole on this machine."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock
from filelock import Timeout as LockTimeout

from knowledge.manifest import Manifest
from knowledge.store.folder import MANIFESTS, Library, replace_text, sync_folder
from knowledge.store.hold import HOLD, Hold
from knowledge.store.shared.bucket import Bucket, StoreError, Taken
from knowledge.store.shared.editions import (
    CURRENT,
    LISTED,
    PIECE,
    Pointer,
    SharedEdition,
    SharedFile,
    blob,
    key_of,
    listed,
    pieces_of,
    read_listed,
    read_pointer,
)

ASIDE = ".pulled-"
_QUICKER = (
    "Not published: another machine published edition {number} meanwhile. "
    "Build again: it begins from that one. The edition that serves is the same on every machine"
)


@dataclass(frozen=True, slots=True)
class Pulled:
    """An edition that came from the store."""

    edition: int
    fetched: int
    """Bytes."""
    had: int
    """Bytes that were here already, in other editions."""


@dataclass(slots=True)
class Sharing:
    """One library's place in the store. Every call may raise StoreError: then what is here goes on serving."""

    library: Library
    bucket: Bucket
    _tag: object = None
    _pointer: Pointer | None = None

    def pointer(self) -> Pointer | None:
        """Which edition serves, as the store says now; nothing before the first was published."""
        found = self.bucket.get(CURRENT)
        self._tag = found[1] if found else None
        self._pointer = read_pointer(found[0]) if found else None
        return self._pointer

    # -- publishing

    def before_building(self) -> None:
        """Take what serves, and leave out the numbers that other machines have used."""
        self.pull()
        for key in self.bucket.keys("editions/"):
            number = key.rsplit("/", 1)[-1].removesuffix(".json")
            if number.isdigit() and not self.library.path(int(number)).exists():
                (self.library.folder / MANIFESTS / number).mkdir(parents=True, exist_ok=True)

    def send(self, folder: Path, number: int) -> SharedEdition:
        """Write an edition's pieces, those that are not there yet, and its list. Nothing serves it so far.

        Raises:
            Taken: another machine has published under this number.
        """
        edition = listed(folder, number)
        (folder / LISTED).write_bytes(edition.data)
        for file in edition.files:
            for digest, piece in zip(file.pieces, pieces_of(folder / file.name), strict=True):
                if not self.bucket.has(blob(digest)):
                    self.bucket.put(blob(digest), piece)
        try:
            self.bucket.create(key_of(number), edition.data)
        except Taken as error:
            there = self.bucket.get(key_of(number))
            if there is None or there[0] != edition.data:  # the same was sent before, by a process that was killed
                raise Taken(_QUICKER.format(number=number)) from error
        return edition

    def choose(self, edition: SharedEdition, by: str, hold: Hold | None = None) -> None:
        """Let an edition serve on every machine.

        Raises:
            Taken: the pointer was swapped since it was read.
        """
        pointer = Pointer(edition=edition.edition, digest=edition.digest, by=by, at=datetime.now(UTC), hold=hold)
        try:
            self.bucket.swap(CURRENT, pointer.model_dump_json(indent=1).encode(), self._tag)
        except Taken as error:
            now = self.pointer()
            raise Taken(_QUICKER.format(number=now.edition if now else "?")) from error
        self.pointer()

    def choose_number(self, number: int, by: str, hold: Hold | None) -> None:
        """Let an edition that was published before serve again; StoreError where the store has none of that number."""
        self.pointer()
        found = self.bucket.get(key_of(number))
        if found is None:
            raise StoreError(f"The shared library has no edition {number}. Run: prevention-hub index list")
        self.choose(read_listed(found[0], hashlib.sha256(found[0]).hexdigest()), by, hold)

    # -- taking

    def pull(self) -> Pulled | None:
        """Take the edition that serves, if it is another than here; nothing where nothing changed.

        One process of a machine at a time; the others find it done.
        """
        pointer = self.pointer()
        if pointer is None or self._is_here(pointer):
            return None
        self.library.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.library.folder / ".pulling.lock", timeout=0):
                return None if self._is_here(pointer) else self._pull(pointer)
        except LockTimeout:
            return None

    def _is_here(self, pointer: Pointer) -> bool:
        if self.library.current_number() != pointer.edition or not self._is_whole(pointer):
            return False
        hold = self.library.hold
        return (hold.model_dump() if hold else None) == (pointer.hold.model_dump() if pointer.hold else None)

    def _is_whole(self, pointer: Pointer) -> bool:
        """Whether the edition stands on this disk as the store lists it."""
        with suppress(OSError):
            data = (self.library.path(pointer.edition) / LISTED).read_bytes()
            return hashlib.sha256(data).hexdigest() == pointer.digest
        return False

    def _pull(self, pointer: Pointer) -> Pulled:
        fetched = had = 0
        if not self._is_whole(pointer):
            found = self.bucket.get(key_of(pointer.edition))
            if found is None:
                raise StoreError(f"The shared library has no list of edition {pointer.edition}. Publish again")
            edition = read_listed(found[0], pointer.digest)
            fetched, had = self._take(edition, found[0])
        with self.library.choosing():
            if pointer.hold is not None:
                replace_text(self.library.folder / HOLD, pointer.hold.model_dump_json(indent=1) + "\n")
            else:
                self.library.release()
            self.library.point_at(pointer.edition)
        return Pulled(pointer.edition, fetched, had)

    def _take(self, edition: SharedEdition, data: bytes) -> tuple[int, int]:
        """Bring an edition onto this disk, whole or not at all; bytes that were fetched, and that were here."""
        self.library.editions.mkdir(parents=True, exist_ok=True)
        for left in self.library.editions.glob(f"{ASIDE}*"):
            shutil.rmtree(left, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=self.library.editions))
        here, fetched, had = dict(self._here()), 0, 0
        try:
            for file in edition.files:
                got, found = self._write(aside / file.name, file, here)
                fetched, had = fetched + got, had + found
            (aside / LISTED).write_bytes(data)
            Manifest.read(aside).check(aside)
            aside.chmod(0o755)
            target = self.library.path(edition.edition)
            if target.exists():  # what stood here under this number is not what the store has
                target.rename(target.with_name(f".removed-{target.name}"))
            aside.rename(target)
            sync_folder(self.library.editions)
        except OSError as error:
            raise StoreError(
                f"The edition cannot be written here ({error.strerror}). Free some space, or look at the rights"
            ) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
        return fetched, had

    def _write(self, target: Path, file: SharedFile, here: dict[str, tuple[Path, int]]) -> tuple[int, int]:
        """One file, each piece checked; bytes that were fetched, and that were here."""
        whole, fetched, had = hashlib.sha256(), 0, 0
        with target.open("wb") as stream:
            for digest in file.pieces:
                piece = _piece_here(here, digest)
                if piece is not None:
                    had += len(piece)
                else:
                    piece = self._fetched(digest)
                    fetched += len(piece)
                whole.update(piece)
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        if whole.hexdigest() != file.sha256:
            raise StoreError(f"{file.name} in the shared library is not the file that was published. Publish again")
        return fetched, had

    def _fetched(self, digest: str) -> bytes:
        found = self.bucket.get(blob(digest))
        if found is None or hashlib.sha256(found[0]).hexdigest() != digest:
            what = "is missing" if found is None else "is not what was published"
            raise StoreError(f"A piece of the edition in the shared library {what}. Publish again")
        return found[0]

    def _here(self) -> Iterator[tuple[str, tuple[Path, int]]]:
        """Digest to file and place of every piece of the editions on this disk."""
        for number in self.library.numbers():
            folder = self.library.path(number)
            with suppress(OSError, ValueError):
                edition = SharedEdition.model_validate_json((folder / LISTED).read_bytes())
                for file in edition.files:
                    yield from ((digest, (folder / file.name, n * PIECE)) for n, digest in enumerate(file.pieces))

    # -- clearing

    def prune(self, keep: int) -> list[int]:
        """Take all but the newest `keep` editions out of the store, and pieces that no kept one names."""
        pointer = self.pointer()
        numbers = sorted(int(key.rsplit("/", 1)[-1].removesuffix(".json")) for key in self.bucket.keys("editions/"))
        held = {pointer.edition, pointer.hold.instead_of if pointer.hold else None} if pointer else set()
        gone = [number for number in numbers if number not in {*numbers[-max(keep, 1) :], *held}] if keep else []
        kept = {digest for number in numbers if number not in gone for digest in self._pieces(number)}
        for number in gone:
            pieces = self._pieces(number)
            self.bucket.delete(key_of(number))
            for digest in pieces - kept:
                self.bucket.delete(blob(digest))
        return gone

    def purge(self, by: str) -> tuple[list[int], list[int]]:
        """After editions were changed on this disk: put them into the store in the place of what it has.

        Editions that are not here cannot be looked into, and are taken out. Pieces that no edition names go too. The
        numbers of those that were put in place, and of those that were taken out.
        """
        pointer = self.pointer()
        numbers = sorted(int(key.rsplit("/", 1)[-1].removesuffix(".json")) for key in self.bucket.keys("editions/"))
        here = [number for number in numbers if number in self.library.numbers()]
        for number in numbers:
            self.bucket.delete(key_of(number))
        for number in here:
            edition = self.send(self.library.path(number), number)
            if pointer is not None and pointer.edition == number:
                self.choose(edition, by, pointer.hold)
        kept = {digest for number in here for digest in self._pieces(number)}
        for key in list(self.bucket.keys("blobs/")):
            if key.rsplit("/", 1)[-1] not in kept:
                self.bucket.delete(key)
        return here, [number for number in numbers if number not in here]

    def _pieces(self, number: int) -> set[str]:
        found = self.bucket.get(key_of(number))
        if found is None:
            return set()
        return {digest for file in SharedEdition.model_validate_json(found[0]).files for digest in file.pieces}


def _piece_here(here: dict[str, tuple[Path, int]], digest: str) -> bytes | None:
    """A piece from another edition on this disk, if it still is what its digest says."""
    if digest not in here:
        return None
    file, start = here[digest]
    with suppress(OSError), file.open("rb") as stream:
        stream.seek(start)
        piece = stream.read(PIECE)
        if hashlib.sha256(piece).hexdigest() == digest:
            return piece
    return None
