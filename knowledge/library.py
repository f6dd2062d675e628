"""The library: a folder of editions, one of which is current."""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Sequence
from pathlib import Path

from knowledge.edition import Edition
from knowledge.manifest import LibraryError, Manifest

EDITIONS = "editions"
CURRENT = "current"
ROOTS = "sources.json"


class NoEdition(LibraryError):
    """Nothing has been indexed yet."""


class Library:
    """Readers see the old edition or the new one, whole. Lives as long as the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._open: Edition | None = None
        self._older: list[Edition] = []
        self._pointed: str = ""

    @property
    def editions(self) -> Path:
        """The folder that holds one folder for each edition."""
        return self.folder / EDITIONS

    def numbers(self) -> list[int]:
        """The numbers of all editions on disk, oldest first."""
        if not self.editions.is_dir():
            return []
        return sorted(int(entry.name) for entry in self.editions.iterdir() if re.fullmatch(r"\d+", entry.name))

    def path(self, number: int) -> Path:
        """The folder of an edition."""
        return self.editions / f"{number:04d}"

    def current_number(self) -> int | None:
        """The number of the edition that readers are pointed at, or nothing."""
        try:
            return int((self.folder / CURRENT).read_text(encoding="ascii").strip())
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

        If the current one is damaged, the newest older one that is whole is served, with its trouble told.

        Raises:
            NoEdition: nothing has been indexed.
            LibraryError: no edition is whole.
        """
        with self._lock:
            pointed = self._pointer()
            if self._open is None or pointed != self._pointed:
                opened = self._open_best()
                if self._open is not None:
                    self._older.append(self._open)  # another thread may still be reading it
                self._open, self._pointed = opened, pointed
            return self._open

    def close(self) -> None:
        """Close every edition that was opened."""
        with self._lock:
            for edition in [*self._older, *([self._open] if self._open else [])]:
                edition.close()
            self._older, self._open = [], None

    def point_at(self, number: int) -> None:
        """Make an edition current by one atomic replace."""
        self.manifest(number).check(self.path(number))
        replace_text(self.folder / CURRENT, f"{number:04d}\n")

    def roots(self) -> list[Path]:
        """The folders and files that were named for the last build, beside the starter library."""
        try:
            return [Path(root) for root in json.loads((self.folder / ROOTS).read_text(encoding="utf-8"))]
        except (OSError, ValueError):
            return []

    def remember(self, roots: Sequence[Path]) -> None:
        """Keep the named folders and files for the next build; apart from editions, so that none takes them along."""
        replace_text(self.folder / ROOTS, json.dumps([str(root.resolve()) for root in roots], indent=1) + "\n")

    def _pointer(self) -> str:
        number = self.current_number()
        if number is None:
            raise NoEdition("Nothing has been indexed yet. Run: prevention-hub index build")
        return str(number)

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
    """Write a small file so that a reader sees the old or the new one, also after a power cut."""
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    with aside.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(file)
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Make a folder's entries durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
