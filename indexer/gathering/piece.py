"""A file on its way into an edition: its document, cut into passages, with all that it was made of."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import indexer
import knowledge
from indexer.keeping.spool import under
from indexer.local import Local
from indexer.sidecar import Asked
from knowledge.manifest import SourceFile
from knowledge.passages import Document, Passage

_READERS = (
    "python-docx", "lxml", "beautifulsoup4", "pdfplumber", "pdfminer.six", "pypdfium2", "markdown-it-py",
    "python-pptx", "openpyxl", "xlrd", "odfdo", "python-oxmsg",
)  # fmt: skip
_PROGRAMS = ("tesseract", "soffice", "antiword")
"""Programs that read what no library does, where they are installed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One document with the file it comes from."""

    path: str
    root: str
    """Name of the source it was found in."""
    document: Document
    passages: Sequence[Passage]
    digest: str
    inputs: str
    stated: bool = False
    """Whether the file itself, or what stands beside it, states the id."""
    described: bool = False
    """Whether something beside it says what it is."""
    described_itself: bool = False
    """Whether that is said of this file by its name, and not only of its folder."""
    notes: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    """How people ask for its sections, as a file beside it says."""
    reader: str = ""
    """What read it, with its version."""
    kept: str = ""
    kept_from: int | None = None

    def under(self, identifier: str) -> Piece:
        """The same with another id."""
        if identifier == self.document.id:
            return self
        passages = under(identifier, self.passages)
        return replace(self, document=replace(self.document, id=identifier), passages=passages)

    @property
    def text_digest(self) -> str:
        """Of what it says, whatever its file is called and however it is saved."""
        text = "\n".join(f"{passage.section}\n{' '.join(passage.text.split())}" for passage in self.passages)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def opening(self) -> str:
        """The beginning of its text, where a version and a date stand."""
        return self.passages[0].text[:600] if self.passages else ""

    def as_source(self) -> SourceFile:
        """What the manifest says of it."""
        return SourceFile(
            path=self.path,
            digest=self.digest,
            document=self.document.id,
            passages=len(self.passages) if self.document.status.is_current else 0,
            audience=self.document.audience,
            kept=self.kept,
            kept_from=self.kept_from,
            notes=self.notes,
            root=self.root,
            reader=self.reader,
            inputs=self.inputs,
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A file that is not taken as it is now, and why."""

    path: str
    root: str
    reason: str
    keeps: bool = True
    """Whether its last good version may stay; not where that must not be shown any more."""

    def as_source(self) -> SourceFile:
        """What the manifest says of it."""
        return SourceFile(path=self.path, root=self.root, refused=self.reason)


def unstorable(document: Document, passages: tuple[Passage, ...]) -> str:
    """Why a document cannot be stored; empty if it can."""
    try:
        for text in _texts(document, passages):
            text.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"It holds a character that is none (U+{ord(error.object[error.start]):04X}). Save it again as UTF-8."
    return ""


def _texts(document: Document, passages: tuple[Passage, ...]) -> Iterator[str]:
    for name in document.__slots__:
        value = getattr(document, name)
        items = value if isinstance(value, tuple) else (value,)
        yield from (item for item in items if isinstance(item, str))
    for passage in passages:
        yield from (passage.section, passage.text)


def inputs_of(digest: str, beside: str, document: Document, local: Local) -> str:
    """Digest of all that a file's passages are made of: itself, what stands beside it, local facts, our code."""
    facts = [f"{name}={local.value(document.id, name)}" for name in document.local_fill]
    return hashlib.sha256("\0".join([digest, beside, *facts, made_by()]).encode()).hexdigest()[:24]


@cache
def made_by() -> str:
    """Changes with everything that could read or cut a file differently: our own code, and the libraries that read."""
    digest = hashlib.sha256()
    for package in (indexer, knowledge):
        folder = Path(str(package.__file__)).parent
        for file in sorted(folder.rglob("*.py")):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    for name in _READERS:
        try:
            digest.update(f"{name} {version(name)}\0".encode())
        except PackageNotFoundError:
            continue
    digest.update("\0".join(name for name in _PROGRAMS if shutil.which(name)).encode())
    return digest.hexdigest()
