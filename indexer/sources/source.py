"""What a build asks of a source of guidance: which files it has now, and which it passes over."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from knowledge.manifest import LibraryError
from knowledge.passages import Document, Marking


class SourceMissing(LibraryError):
    """A source is not there, or cannot be opened."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file or a folder that was not looked into, and why."""

    path: Path
    why: str
    shut: bool = False
    """Whether it is a folder that cannot be opened: nobody knows what it has now, and so it keeps what it had."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a source has now."""

    files: tuple[Path, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    sidecars: tuple[Path, ...] = ()
    """TOML files that say something of the files beside them."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a source says of all its documents, where they say nothing themselves."""

    owner: str = ""
    marking: Marking = Marking.OFFICIAL
    audience: str = ""

    def applied(self, document: Document, said: Collection[str] = ()) -> Document:
        """A document with what it does not say itself; `said` are the fields that somebody stated beside it.

        Nobody sees of a marking or an audience in a file whether it was meant or left as it is: only what stands
        beside it takes away what its source says.
        """
        marking = max(document.marking, self.marking, key=list(Marking).index)
        return replace(
            document,
            owner=document.owner or ("" if "owner" in said else self.owner),
            marking=document.marking if "classification" in said else marking,
            audience=document.audience or ("" if "audience" in said else self.audience),
        )

    @property
    def digest(self) -> str:
        """Changes when anything that is said changes; empty where nothing is."""
        return "" if self == Defaults() else f"{self.owner}|{self.marking.value}|{self.audience}"


class Source(Protocol):
    """A folder or a file, also one that a web site or a document library is brought into. Lives for one build."""

    @property
    def name(self) -> str:
        """The same in every build: what it had is known by it."""

    @property
    def guarded(self) -> bool:
        """Whether it keeps what it had when it is missing, empty or much smaller than it was."""

    @property
    def defaults(self) -> Defaults:
        """What it says of all its documents."""

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
