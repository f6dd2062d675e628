"""What an edition says of itself."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.judging.calibration import Calibration
from knowledge.reader.figures import ReaderFigures

MANIFEST = "manifest.json"
DATABASE = "library.db"
VECTORS = "vectors.faiss"


class LibraryError(Exception):
    """The library cannot serve or take an edition; the message names the remedy."""


class SourceFile(BaseModel):
    """A file that was read, or what became of it instead: held back, kept, passed over, or a copy of another."""

    model_config = ConfigDict(frozen=True)

    path: str
    digest: str = ""
    document: str = ""
    passages: int = 0
    audience: str = ""
    """Whom its document is for; empty for everybody."""
    refused: str = ""
    """Why nothing of it is in the edition."""
    kept: str = ""
    """Why its last good version is served instead of what the file holds now."""
    kept_from: int | None = None
    """The edition that read it last, where its last good version is served."""
    passed_over: str = ""
    """Why it was not looked into: a link that leads out of its folder, a folder's README."""
    copy_of: str = ""
    """The path of the file with the same text that is in the edition instead."""
    notes: tuple[str, ...] = ()
    """What an admin should know of it although it was read."""
    root: str = ""
    """The source it was found in."""
    reader: str = ""
    """What read it, with its version: "python-docx 1.2.0"."""
    inputs: str = ""
    """Digest of all that its passages were made of; while it stays, the file need not be read again."""

    @property
    def kept_in_words(self) -> str:
        """Why its last good version is served, with the edition that read it last."""
        return f"kept from edition {self.kept_from} because: {self.kept}"


class SourceRoot(BaseModel):
    """A folder or file that was named as a source."""

    model_config = ConfigDict(frozen=True)

    path: str
    files: int = 0
    """How many files were found in it."""
    trouble: str = ""
    """Why what it had was kept."""
    own: bool = False
    """Whether the program reads it unnamed, where it is on the machine that builds: nobody named it as a source."""


class Purge(BaseModel):
    """That a document was taken out of an edition after it was built; not which, which must not be read from this."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    passages: int = 0


class Manifest(BaseModel):
    """One edition: where it came from, how it was made, and the checksums of its files."""

    model_config = ConfigDict(frozen=True)

    edition: int
    built_at: datetime
    built_by: str
    encoder: str
    encoder_fingerprint: str
    dimension: int
    chunker: str
    index: str
    sources: tuple[SourceFile, ...]
    documents: int
    passages: int
    embedded: int = Field(description="passages whose vectors were made for this edition")
    kept: int = Field(description="passages that brought their vectors along")
    added: int
    removed: int
    phrasings: int = Field(0, description="ways to ask for a section: found, never quoted")
    phrasing_shift: float = Field(0.06, description="how much nearer a right section's phrasing is than its passage")
    phrasing_words: float = Field(0.63, description="BM25 of a right section's phrasing, as a share of its passage's")
    checksums: dict[str, str]
    judge: Calibration | None = Field(None, description="what this edition is judged with, and how well that did")
    golden: dict[str, Any] = Field(default_factory=dict)
    readers: dict[str, ReaderFigures] = Field(default_factory=dict, description="by model and version")
    why: str = ""
    roots: tuple[SourceRoot, ...] = ()
    purged: tuple[Purge, ...] = ()
    """What was taken out since, one entry for each document."""

    @property
    def refused(self) -> tuple[SourceFile, ...]:
        """The files that were held back."""
        return tuple(source for source in self.sources if source.refused)

    @property
    def kept_back(self) -> tuple[SourceFile, ...]:
        """The files whose last good version is served."""
        return tuple(source for source in self.sources if source.kept)

    @property
    def troubled(self) -> tuple[SourceRoot, ...]:
        """The sources whose documents were kept because they were missing, empty or much smaller."""
        return tuple(root for root in self.roots if root.trouble)

    @property
    def golden_summary(self) -> dict[str, Any]:
        """The figures of the golden questions, without what each was answered with."""
        return {name: value for name, value in self.golden.items() if name not in ("answers", "asked_with")}

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of the edition in a folder.

        Raises:
            LibraryError: there is none, or it cannot be understood.
        """
        try:
            return cls.model_validate_json((folder / MANIFEST).read_bytes())
        except (OSError, ValidationError) as error:
            raise LibraryError(
                f"The manifest of edition {folder.name} is missing or damaged. "
                "Run: prevention-hub index rollback, or prevention-hub index build"
            ) from error

    def check(self, folder: Path) -> None:
        """Compare the checksums of the edition's files.

        Raises:
            LibraryError: a file is missing or is not the one that was published.
        """
        for name, expected in self.checksums.items():
            file = folder / name
            if not file.is_file():
                raise LibraryError(_damaged(self.edition, name, "is missing"))
            if checksum(file) != expected:
                raise LibraryError(_damaged(self.edition, name, "is not the file that was published"))


def _damaged(edition: int, name: str, what: str) -> str:
    return (
        f"Edition {edition} is damaged: {name} {what}. "
        "Run: prevention-hub index rollback, or prevention-hub index build"
    )


def checksum(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def checksum_or_none(file: Path) -> str | None:
    """SHA-256 of a file, or nothing if it cannot be read."""
    try:
        return checksum(file)
    except OSError:
        return None
