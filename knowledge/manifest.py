"""What an edition says of itself."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.calibration import Calibration

MANIFEST = "manifest.json"
DATABASE = "library.db"
VECTORS = "vectors.faiss"


class LibraryError(Exception):
    """The library cannot serve or take an edition; the message names the remedy."""


class SourceFile(BaseModel):
    """A file that was read, or was held back with the reason."""

    model_config = ConfigDict(frozen=True)

    path: str
    digest: str = ""
    document: str = ""
    passages: int = 0
    refused: str = ""


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
    phrasing_shift: float = Field(0.05, description="how much nearer a right section's phrasing is than its passage")
    phrasing_words: float = Field(0.5, description="BM25 of a right section's phrasing, as a share of its passage's")
    checksums: dict[str, str]
    judge: Calibration | None = Field(None, description="what this edition is judged with, and how well that did")
    golden: dict[str, Any] = Field(default_factory=dict)
    why: str = ""

    @property
    def refused(self) -> tuple[SourceFile, ...]:
        """The files that were held back."""
        return tuple(source for source in self.sources if source.refused)

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
