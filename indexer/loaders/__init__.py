"""Guidance files to documents with blocks: Markdown, text, HTML, DOCX and PDF."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.loaders.blocks import Block, Content, Loaded, LoadRefused, Refused
from indexer.loaders.front_matter import document_of
from indexer.loaders.markings import without_markings
from indexer.loaders.readers import read_here
from indexer.loaders.sandbox import read_in_child
from indexer.loaders.text import read_markdown, read_plain

__all__ = ["Block", "Content", "LoadRefused", "Loaded", "Refused", "load", "load_all"]

LARGEST_TEXT = 5 * 1024 * 1024
"""Bytes of a Markdown or text file."""
LARGEST_FILE = 100 * 1024 * 1024
"""Bytes of any other file."""
_TEXT = {".md": read_markdown, ".markdown": read_markdown, ".txt": read_plain}
_IN_CHILD = {".html", ".htm", ".docx", ".pdf"}
_INSTEAD = "Save the guidance as Markdown, text, HTML, DOCX or PDF."
_NOT_READ = {
    ".xlsx": "Spreadsheets are not indexed.",
    ".xls": "Spreadsheets are not indexed.",
    ".ods": "Spreadsheets are not indexed.",
    ".csv": "Tables of data are not indexed.",
    ".pptx": "Slides are not indexed.",
    ".ppt": "Slides are not indexed.",
    ".doc": "Old Word files are not indexed.",
    ".docm": "Files with macros are not indexed.",
    ".rtf": "RTF files are not indexed.",
}
_LINE_END = re.compile(r"\r\n|[\r\u000b\u000c\u0085\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
)


def load(path: Path) -> Loaded:
    """Read one file in this process; one that may be hostile belongs to `load_all`.

    Raises:
        LoadRefused: it cannot be read, with the reason and the remedy.
    """
    return _load(path, read_here)


def load_all(
    paths: Sequence[Path], *, on_done: Callable[[Path], None] | None = None
) -> tuple[list[Loaded], list[Refused]]:
    """Read every file; one that cannot be read is held back with the reason, and the others go on.

    HTML, DOCX and PDF are parsed in a child process with limits on memory and time.
    """
    loaded: list[Loaded] = []
    refused: list[Refused] = []
    for path in paths:
        try:
            loaded.append(_load(path, read_in_child))
        except LoadRefused as error:
            refused.append(Refused(path, str(error)))
        if on_done is not None:
            on_done(path)
    return loaded, refused


def _load(path: Path, read: Callable[[Path, str], Content]) -> Loaded:
    kind = path.suffix.lower()
    if kind not in _TEXT and kind not in _IN_CHILD:
        what = _NOT_READ.get(kind, f"Files of the kind {kind or path.name!r} are not indexed.")
        raise LoadRefused(f"{what} {_INSTEAD}")
    data = _bytes(path, LARGEST_TEXT if kind in _TEXT else LARGEST_FILE)
    content = _TEXT[kind](_decoded(data)) if kind in _TEXT else read(path, kind)
    content = replace(content, blocks=tuple(_cleaned(content.blocks)), title=_clean(content.title))
    document = document_of(path, content)
    blocks = without_markings(content.blocks)
    if not any(block.kind != "heading" for block in blocks):
        raise LoadRefused("It has no text that can be read (a scan, or empty). Provide a version with text.")
    return Loaded(document, blocks, hashlib.sha256(data).hexdigest())


def _bytes(path: Path, most: int) -> bytes:
    try:
        if path.stat().st_size > most:
            raise LoadRefused(f"It is larger than {most // (1024 * 1024)} MB. Split it.")
        return path.read_bytes()
    except OSError as error:
        raise LoadRefused(f"It cannot be opened ({error.strerror}). Check the file and its rights.") from error


def _decoded(data: bytes) -> str:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise LoadRefused("It is not text, whatever its name says. Save it as text in UTF-8.")
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise LoadRefused("Its characters cannot be read. Save it as UTF-8.") from error
    return _INVISIBLE.sub("", _LINE_END.sub("\n", text))


def _cleaned(blocks: Sequence[Block]) -> list[Block]:
    cleaned = [replace(block, text=_clean(block.text)) for block in blocks]
    return [block for block in cleaned if block.text]


def _clean(text: str) -> str:
    """NFC, without control, zero-width and direction characters."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).strip("\n ")
