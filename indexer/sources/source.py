"""What a build asks of a source of guidance: which files it has now, and which it passes over."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from knowledge.manifest import LibraryError


class SourceMissing(LibraryError):
    """A source is not there, or cannot be opened."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that was not looked into, and why."""

    path: Path
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a source has now."""

    files: tuple[Path, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    sidecars: tuple[Path, ...] = ()
    """TOML files that say something of the files beside them."""


class Source(Protocol):
    """A folder, a file, or later a web site or a document library. Lives for one build."""

    @property
    def name(self) -> str:
        """The same in every build: what it had is known by it."""

    @property
    def guarded(self) -> bool:
        """Whether it keeps what it had when it is missing, empty or much smaller than it was."""

    def look(self) -> Found:
        """What it has now.

        Raises:
            SourceMissing: it is not there, or cannot be opened.
        """


def shown(path: Path | str) -> str:
    """A path as text that can be stored and printed, whatever bytes its name is made of."""
    text = str(path)
    if text.isascii():
        return text
    return os.fsencode(text).decode("utf-8", "replace")
