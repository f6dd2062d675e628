"""Guidance files to documents with blocks; `readers` lists the kinds."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.loaders.archives import HOLDERS
from indexer.loaders.blocks import Block, Content, Loaded, LoadRefused, Refused
from indexer.loaders.characters import plain
from indexer.loaders.front_matter import document_of
from indexer.loaders.markings import without_markings
from indexer.loaders.notes import without_marks
from indexer.loaders.readers import KINDS, read_here
from indexer.loaders.sandbox import read_in_child, unpack_in_child
from indexer.loaders.standing import without_gone

__all__ = [
    "HOLDERS", "KINDS", "Block", "Content", "LoadRefused", "Loaded", "Refused", "largest", "load", "load_all",
    "unpack_in_child",
]  # fmt: skip

LARGEST_TEXT = 5 * 1024 * 1024
"""Bytes of a Markdown or text file."""
LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of any other file."""
_TEXT = {".md", ".markdown", ".txt", ".csv", ".tsv"}
_INSTEAD = "Save the guidance as Markdown, text, HTML, DOCX or PDF."
_EMPTY = "It is empty (0 bytes). Put the finished file in its place, or take it away."
_NOT_READ = {
    ".ppt": "Old PowerPoint files are not indexed. Save it as PPTX.",
    ".docm": "Files with macros are not indexed.",
    ".xlsm": "Files with macros are not indexed.",
    ".pptm": "Files with macros are not indexed.",
    ".rtf": "RTF files are not indexed.",
    ".zip": "Archives inside another file are not opened. Unpack it and put its files beside it.",
    ".7z": "Archives of this kind are not opened. Pack it as ZIP, or put its files here.",
    ".rar": "Archives of this kind are not opened. Pack it as ZIP, or put its files here.",
}


def largest(kind: str) -> int:
    """Bytes that a file of a kind (".pdf") may have."""
    return LARGEST_TEXT if kind in _TEXT else LARGEST_FILE


def load(path: Path) -> Loaded:
    """Read one file in this process; one that may be hostile belongs to `load_all`.

    Raises:
        LoadRefused: it cannot be read, with the reason and the remedy.
    """
    return _load(path, read_here)


def load_all(
    paths: Sequence[Path], *, on_done: Callable[[Path], None] | None = None, named: str = ""
) -> tuple[list[Loaded], list[Refused]]:
    """Read every file; one that cannot be read is held back with the reason, and the others go on.

    Files are parsed in a child process with limits on memory and computing time. `named` is what the library calls
    the file where that is not its path: it lies in an archive.
    """
    loaded: list[Loaded] = []
    refused: list[Refused] = []
    for path in paths:
        try:
            loaded.append(_load(path, read_in_child, named))
        except LoadRefused as error:
            refused.append(Refused(readable_path(path), str(error)))
        if on_done is not None:
            on_done(path)
    return loaded, refused


def _load(path: Path, read: Callable[[Path, str], Content], named: str = "") -> Loaded:
    kind = path.suffix.lower()
    if kind not in KINDS:
        what = _NOT_READ.get(kind, f"Files of the kind {kind or path.name!r} are not indexed.")
        says_what_to_do = ". " in what
        raise LoadRefused(what if says_what_to_do else f"{what} {_INSTEAD}")
    digest = _digest(path, largest(kind))
    content = read(path, kind)
    if _digest(path, LARGEST_FILE) != digest:
        raise LoadRefused("It changed while it was read. Build again when nobody writes to it.")
    content = replace(content, blocks=tuple(_cleaned(content.blocks)), title=_clean(content.title))
    document, standing, notes = document_of(Path(named) if named else readable_path(path), content)
    blocks, gone = without_gone(without_markings(content.blocks))
    if not any(block.kind != "heading" for block in blocks):
        raise LoadRefused("It has no text that can be read (a scan, or empty). Provide a version with text.")
    left_out = tuple(
        f"The section {heading!r} says of itself that it is withdrawn and is left out." for heading in gone
    )
    return Loaded(document, tuple(blocks), digest, (*content.notes, *notes, *left_out), standing)


def readable_path(path: Path) -> Path:
    """The path with a name that can be shown and stored, where the file system's bytes are no UTF-8."""
    if str(path).isprintable():
        return path
    name = os.fsencode(path)
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        text = name.decode("cp1252", errors="replace")
    return Path("".join(char if char.isprintable() else "?" for char in text))


def _digest(path: Path, most: int) -> str:
    """The SHA-256 of a file's bytes.

    Raises:
        LoadRefused: it is no plain file, empty, too large, or cannot be opened.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise LoadRefused("It is not a plain file. Put the file itself in its place.")
        if not found.st_size:
            raise LoadRefused(_EMPTY)
        if found.st_size > most:
            raise LoadRefused(f"It is larger than {most // (1024 * 1024)} MB. Split it.")
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise LoadRefused(f"It cannot be opened ({error.strerror}). Check the file and its rights.") from error


def _cleaned(blocks: Sequence[Block]) -> list[Block]:
    cleaned = [replace(block, text=_clean(block.text)) for block in blocks]
    return [block for block in cleaned if block.text]


def _clean(text: str) -> str:
    return without_marks(plain(text)).strip("\n ")
