"""What stands in the store: pieces named by their digest, one list of files for each edition, and the pointer.

blobs/<sha256>        a piece of a file
editions/0007.json    the files of an edition, each with its digest and its pieces; created once, never changed
current.json          which edition serves, by whom, since when, and the rollback that holds; swapped
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.store.hold import Hold
from knowledge.store.shared.bucket import StoreError

CURRENT = "current.json"
PIECE = 8 * 1024 * 1024
"""Bytes of a piece: what is held in memory at once, and what is fetched anew where anything in it changed."""
LISTED = "shared.json"
"""Beside a local edition: what the store says of it."""


class SharedFile(BaseModel):
    """A file of an edition."""

    model_config = ConfigDict(frozen=True)

    name: str
    size: int
    sha256: str
    pieces: tuple[str, ...]


class SharedEdition(BaseModel):
    """The files of an edition, its manifest among them."""

    model_config = ConfigDict(frozen=True)

    edition: int
    files: tuple[SharedFile, ...]

    @property
    def data(self) -> bytes:
        return self.model_dump_json(indent=1).encode()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


class Pointer(BaseModel):
    """Which edition serves on every machine."""

    model_config = ConfigDict(frozen=True)

    edition: int
    digest: str
    """Of the list of its files."""
    by: str
    at: datetime
    hold: Hold | None = None


def key_of(number: int) -> str:
    """The key of an edition's list."""
    return f"editions/{number:04d}.json"


def blob(digest: str) -> str:
    """The key of a piece."""
    return f"blobs/{digest}"


def pieces_of(file: Path) -> Iterator[bytes]:
    """A file in pieces."""
    with file.open("rb") as stream:
        while piece := stream.read(PIECE):
            yield piece


def listed(folder: Path, number: int) -> SharedEdition:
    """An edition on disk as the store will know it."""
    files = []
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.name != LISTED and not file.name.startswith("."):
            whole, pieces = hashlib.sha256(), []
            for piece in pieces_of(file):
                whole.update(piece)
                pieces.append(hashlib.sha256(piece).hexdigest())
            files.append(
                SharedFile(name=file.name, size=file.stat().st_size, sha256=whole.hexdigest(), pieces=tuple(pieces))
            )
    return SharedEdition(edition=number, files=tuple(files))


def read_pointer(data: bytes) -> Pointer:
    """StoreError where it cannot be understood."""
    try:
        return Pointer.model_validate_json(data)
    except ValidationError as error:
        raise StoreError("The shared library's pointer cannot be understood. Publish again: index build") from error


def read_listed(data: bytes, digest: str) -> SharedEdition:
    """StoreError where it is not the list that the pointer names."""
    try:
        found = SharedEdition.model_validate_json(data)
    except ValidationError as error:
        raise StoreError("The shared library's list of an edition cannot be understood. Publish again") from error
    if hashlib.sha256(data).hexdigest() != digest or any(_is_elsewhere(file.name) for file in found.files):
        raise StoreError("The shared library's list of an edition is not the one that was published. Publish again")
    return found


def _is_elsewhere(name: str) -> bool:
    """Whether a file's name would lead out of its edition's folder."""
    return "/" in name or "\\" in name or name.startswith(".") or not name
