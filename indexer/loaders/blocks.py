"""What every loader gives: blocks of text in reading order, under a document."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.passages import Document

BlockKind = Literal["heading", "paragraph", "list", "table", "code"]


class LoadRefused(Exception):
    """A file is held back; the message is one sentence with the reason and the remedy."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, or a whole list or table."""

    kind: BlockKind
    text: str
    level: int = 0
    """Of a heading: 1 is the highest. Of a table: how many of its first lines are its head (0 is not known)."""
    page: int | None = None
    """From 1, where the file has pages."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, before it is known which document it is."""

    blocks: tuple[Block, ...]
    title: str = ""
    front_matter: str = ""
    around: tuple[str, ...] = ()
    """Lines that stand around the text: running headers and footers, watermarks, the name of the page."""
    notes: tuple[str, ...] = ()
    """What of the file could not be read, a sentence with its remedy each."""
    scanned: tuple[tuple[int, float], ...] = ()
    """Pages that are pictures and were read by OCR, each with how sure that is, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document with its blocks; `digest` is the SHA-256 of the file's bytes."""

    document: Document
    blocks: tuple[Block, ...]
    digest: str
    notes: tuple[str, ...] = ()
    """What of the file was not read although the rest was: a sentence with its remedy each."""
    standing: str = ""
    """Where its standing was read: "its title: “Bonfires (withdrawn)”"."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was held back, with the reason."""

    path: Path
    reason: str
