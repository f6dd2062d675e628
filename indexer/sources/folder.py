"""Folders and files as sources: which files are meant by what was named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from indexer.sources.source import Defaults, Found, PassedOver, SourceMissing, shown

PHRASINGS = "phrasings"
"""Name of folders whose TOML files say how sections are asked for."""
_READMES = {"readme.md", "readme.txt", "readme.markdown"}
_README = "It is a folder's README. Name the file itself as a source to have it read."
_OUT = "It is a link that leads out of its folder. Put the file itself here, or name it as a source."
_NOWHERE = "It is a link to something that is not there."
_FOLDER = "It is a link to a folder, which is not followed. Name that folder as a source."
_UNSEEN = "It cannot be looked at ({why}). Check its rights, or take it away."
_SHUT = "This folder cannot be opened ({why}). Check its rights, or take it away."
_NO_FILE = "It is not a plain file. Put the file itself in its place."


@dataclass(frozen=True, slots=True)
class FolderSource:
    """Everything below a folder, or one file."""

    path: Path
    guarded: bool = True
    defaults: Defaults = field(default_factory=Defaults)
    own: bool = False
    """Whether the program reads it unnamed: the starter library, approved advice, national guidance."""

    @property
    def name(self) -> str:
        """Its path from the root, links as they were named."""
        return shown(absolute(self.path))

    def look(self) -> Found:
        """Its files, each once, in sorted order.

        Raises:
            SourceMissing: it is not there, or cannot be opened.
        """
        path = absolute(self.path)
        try:
            if not path.exists():
                raise SourceMissing(f"{shown(path)} does not exist. Name a folder or a file that does.")
            if path.is_file():
                return Found((path,), sidecars=_beside(path))
        except OSError as error:
            _refuse(error)
        shut: list[PassedOver] = []
        found = _sorted_out(_below(path, shut))
        return replace(found, passed_over=(*found.passed_over, *shut))


def absolute(path: Path) -> Path:
    """The path from the root, without following links: one that is pointed elsewhere tomorrow is followed then."""
    return Path(os.path.abspath(path))


def find_sources(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Every file below the paths, each once, in sorted order.

    Raises:
        SourceMissing: a path does not exist, or a folder cannot be opened.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in FolderSource(path).look().files:
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _beside(file: Path) -> tuple[Path, ...]:
    named = (file.with_name(f"{file.name}.toml"), file.with_suffix(".toml"), file.with_name("_folder.toml"))
    return tuple(one for one in named if one.is_file() and one != file)


def _sorted_out(entries: Iterator[tuple[Path, str]]) -> Found:
    """Files, those that are passed over, and sidecars apart."""
    files: dict[Path, Path] = {}
    passed_over, sidecars = [], []
    for path, why in entries:
        if why:
            passed_over.append(PassedOver(path, why))
        elif path.suffix.lower() == ".toml":
            if path.parent.name != PHRASINGS:
                sidecars.append(path)
        else:
            files.setdefault(path.resolve(), path)
    return Found(tuple(files.values()), tuple(passed_over), tuple(sidecars))


def _below(folder: Path, shut: list[PassedOver]) -> Iterator[tuple[Path, str]]:
    """Every path below a folder that is not hidden, with why it is passed over, if it is; `shut` is added to."""
    inside = folder.resolve()

    def cannot_open(error: OSError) -> None:
        if Path(error.filename) == folder:
            _refuse(error)
        shut.append(PassedOver(Path(error.filename), _SHUT.format(why=error.strerror), shut=True))

    for root, folders, names in os.walk(folder, onerror=cannot_open):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if Path(root, name).is_symlink():
                yield Path(root, name), _FOLDER
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                yield Path(root, name), _why_not(Path(root, name), inside)


def _why_not(file: Path, inside: Path) -> str:
    if file.name.lower() in _READMES:
        return _README
    try:
        if not file.exists():
            return _NOWHERE
        if not file.is_file():
            return _NO_FILE
        return "" if file.resolve().is_relative_to(inside) else _OUT
    except (OSError, RuntimeError) as error:  # a link into another's folder, or one that leads to itself
        return _UNSEEN.format(why=getattr(error, "strerror", None) or "it leads to itself")


def _refuse(error: OSError) -> NoReturn:
    """A source passed over in silence would take its guidance out of the library."""
    raise SourceMissing(
        f"{shown(error.filename)} cannot be opened ({error.strerror}). Check its rights, or leave it out."
    ) from error
