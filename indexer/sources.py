"""Which files are meant by the folders and files that were named."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.manifest import LibraryError
from knowledge.phrasings import FOLDER


class SourceMissing(LibraryError):
    """A folder or file that was named is not there."""


def find_sources(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Every file below the paths, each once, in sorted order.

    Hidden files, a folder's README and links that lead out of their folder are passed over.

    Raises:
        SourceMissing: a path does not exist, or a folder cannot be opened.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise SourceMissing(f"{path} does not exist. Name a folder or a file that does.")
        for file in [path] if path.is_file() else _below(path):
            found.setdefault(file.resolve(), file)
    return tuple(found.values())


def _below(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    for root, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(root, name)
            if name.lower().endswith(".toml") and os.path.basename(root) == FOLDER:
                continue  # how sections are asked for: read beside the documents, never one of them
            hidden = name.startswith((".", "~$")) or name.lower() in {"readme.md", "readme.txt"}
            if not hidden and file.is_file() and file.resolve().is_relative_to(inside):
                yield file


def _refuse(error: OSError) -> None:
    """A folder passed over in silence would take its guidance out of the library."""
    raise SourceMissing(
        f"{error.filename} cannot be opened ({error.strerror}). Check its rights, or leave it out."
    ) from error
