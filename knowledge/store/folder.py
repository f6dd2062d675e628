"""The library: a folder of editions, one of which is current."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from weakref import WeakSet

from filelock import FileLock

from knowledge.language.words import forget_texts
from knowledge.manifest import DATABASE, MANIFEST, VECTORS, LibraryError, Manifest
from knowledge.store.edition import Edition
from knowledge.store.hold import HOLD, Hold, read_hold

EDITIONS = "editions"
CURRENT = "current"
MANIFESTS = "manifests"
"""Folder of the manifests of editions that were removed."""
REMOVED = ".removed-"
CHOOSING = ".choosing.lock"
CHOOSING_SECONDS = 30
Seen = tuple[object, ...]


class NoEdition(LibraryError):
    """Nothing has been indexed yet."""


class Library:
    """Readers see the old edition or the new one, whole. Lives as long as the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._open: Edition | None = None
        self._seen: Seen = ()
        self._given: WeakSet[Edition] = WeakSet()
        """Editions that were opened: each closes by itself once no thread reads it any more."""

    @property
    def editions(self) -> Path:
        """The folder that holds one folder for each edition."""
        return self.folder / EDITIONS

    def numbers(self) -> list[int]:
        """The numbers of all editions on disk, oldest first."""
        if not self.editions.is_dir():
            return []
        return sorted(int(entry.name) for entry in self.editions.iterdir() if re.fullmatch(r"\d+", entry.name))

    def next_number(self) -> int:
        """A number that no edition has had, those that were removed among them."""
        removed = (self.folder / MANIFESTS).glob("[0-9]*")
        return max([0, *self.numbers(), *(int(folder.name) for folder in removed if folder.name.isdigit())]) + 1

    def path(self, number: int) -> Path:
        """The folder of an edition."""
        return _edition_in(self.folder, number)

    def current_number(self) -> int | None:
        """The number of the edition that readers are pointed at, or nothing."""
        try:
            # every question asks, and several times: so nothing is put together or read beyond what is needed
            with open(os.path.join(self.folder, CURRENT), "rb", buffering=0) as pointer:
                return int(pointer.read(64))
        except (OSError, ValueError):
            numbers = self.numbers()
            return numbers[-1] if numbers else None

    def manifest(self, number: int | None = None) -> Manifest:
        """The manifest of an edition, of the current one unless a number is given.

        Raises:
            LibraryError: there is no such edition, or its manifest is damaged.
        """
        wanted = number if number is not None else self.current_number()
        if wanted is None:
            raise NoEdition("Nothing has been indexed yet. Run: prevention-hub index build")
        if not self.path(wanted).is_dir():
            have = ", ".join(str(n) for n in self.numbers()) or "none"
            raise LibraryError(f"There is no edition {wanted}. Editions here: {have}.")
        return Manifest.read(self.path(wanted))

    def edition(self) -> Edition:
        """The current edition, opened; a newer one is noticed at the next call.

        If the current one is damaged, or only half copied yet, the newest older one that is whole is served, with
        its trouble told, until the files of the current one change.

        Raises:
            NoEdition: nothing has been indexed.
            LibraryError: no edition is whole.
        """
        with self._lock:
            seen = self._look()
            if self._open is None or seen != self._seen:
                self._open, self._seen = self._open_best(), seen
                forget_texts()  # those of the edition before, of which something may have been taken out
                self._given.add(self._open)
            return self._open

    def close(self) -> None:
        """Close every edition that was opened."""
        with self._lock:
            for edition in list(self._given):
                edition.close()
            self._given, self._open = WeakSet(), None

    def point_at(self, number: int) -> None:
        """Make an edition current by one atomic replace."""
        self.manifest(number).check(self.path(number))
        replace_text(self.folder / CURRENT, f"{number:04d}\n")

    @contextmanager
    def choosing(self) -> Iterator[None]:
        """Nobody else chooses which edition serves meanwhile. It takes milliseconds, so that others wait."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / CHOOSING, timeout=CHOOSING_SECONDS):
            yield

    @property
    def hold(self) -> Hold | None:
        """The rollback that holds, if one does."""
        return read_hold(self.folder, self.current_number())

    def roll_back(self, hold: Hold) -> None:
        """Serve the edition that a person chose, until a person builds or releases it."""
        with self.choosing():
            self.manifest(hold.edition).check(self.path(hold.edition))
            replace_text(self.folder / HOLD, hold.model_dump_json(indent=1) + "\n")
            self.point_at(hold.edition)

    def release(self) -> None:
        """Let the next edition be published without anybody asking again."""
        (self.folder / HOLD).unlink(missing_ok=True)

    def prune(self, keep: int) -> list[int]:
        """Remove all but the newest `keep` editions; their manifests stay. The numbers of those that were removed.

        The edition that serves, the one it took the place of by a rollback, and the newest are never removed.
        """
        hold = self.hold
        safe = {self.current_number(), hold.instead_of if hold else None, *self.numbers()[-max(keep, 1) :]}
        gone = [number for number in self.numbers() if number not in safe] if keep else []
        for number in gone:
            self._remove(number)
        for left in self.editions.glob(f"{REMOVED}*"):
            shutil.rmtree(left, ignore_errors=True)
        self._sweep()
        return gone

    def _sweep(self) -> None:
        """Remove what writers that were killed left beside the small files; one at work takes no hour."""
        for left in self.folder.glob(".*.????????"):
            with suppress(OSError):
                if time.time() - left.stat().st_mtime > 3600:
                    left.unlink()

    def history(self) -> list[Manifest]:
        """The manifests of all editions that can be read, those that were removed since among them, oldest first."""
        found: dict[int, Manifest] = {}
        for folder in sorted([*(self.folder / MANIFESTS).glob("[0-9]*"), *map(self.path, self.numbers())]):
            with suppress(LibraryError):
                manifest = Manifest.read(folder)
                found[manifest.edition] = manifest
        return [found[number] for number in sorted(found)]

    def _remove(self, number: int) -> None:
        folder = self.path(number)
        kept = self.folder / MANIFESTS / folder.name
        with suppress(OSError):  # what cannot be removed now is removed after the next build
            kept.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / MANIFEST, kept / MANIFEST)
            folder.rename(folder.with_name(f"{REMOVED}{folder.name}"))

    def _look(self) -> Seen:
        """What would change if another edition were pointed at, or the files of this one were changed."""
        number = self.current_number()
        if number is None:
            raise NoEdition("Nothing has been indexed yet. Run: prevention-hub index build")
        return (number, *map(_stamp, _files_in(self.folder, number)))

    def _open_best(self) -> Edition:
        current = self.current_number()
        older = [number for number in reversed(self.numbers()) if current is None or number < current]
        trouble = ""
        for number in ([current] if current is not None else []) + older:
            try:
                edition = Edition.open(self.path(number))
            except LibraryError as error:
                trouble = trouble or str(error)
                continue
            if trouble:
                edition.trouble = f"{trouble}. Meanwhile edition {number} is served."
            return edition
        raise LibraryError(trouble)


def replace_text(file: Path, text: str) -> None:
    """Write a small text file, as `replace_bytes` does."""
    replace_bytes(file, text.encode("utf-8"))


def replace_bytes(file: Path, data: bytes) -> None:
    """Write a small file so that a reader sees the old or the new one, also after a power cut.

    Several may write at once, also from containers that share the disk and count their processes from 1: each
    writes aside under a name of its own.
    """
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        aside.chmod(0o644)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _edition_in(folder: Path, number: int) -> Path:
    return folder / EDITIONS / f"{number:04d}"


@lru_cache(maxsize=16)
def _files_in(folder: Path, number: int) -> tuple[str, ...]:
    """The names of an edition's files: putting them together takes longer than looking at the files."""
    return tuple(str(_edition_in(folder, number) / name) for name in (MANIFEST, DATABASE, VECTORS))


def _stamp(file: str) -> tuple[int, int, int] | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
