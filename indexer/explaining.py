"""Why a file is or is not in the edition that serves, and where each of its passages comes from."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from indexer.loaders.front_matter import slug
from knowledge.manifest import LibraryError, SourceFile
from knowledge.passages import Document
from knowledge.store.edition import Edition

_RECORD = "prevention-hub audit show"
MOST = 20
"""Files that are explained at once at most: a word that fits more says too little."""


def explained(edition: Edition, wanted: str, purged: Collection[str] = ()) -> list[dict[str, Any]]:
    """What became of each file that is meant by an id, a path, or the end of a path; of a folder, how many files.

    `purged` are the ids and digests of what was purged.

    Raises:
        LibraryError: nothing of that name was read for this edition, or too much fits.
    """
    meant = _meant(edition, wanted)
    if not meant and Path(wanted).is_dir() and (below := _below(edition, wanted)):
        return [_of_folder(edition, wanted, below)]
    if not meant:
        raise LibraryError(_unknown(edition, wanted, purged))
    if len(meant) > MOST:
        raise LibraryError(f"{len(meant)} files fit '{wanted}'. Give more of the path.")
    return [_of_file(edition, file) for file in meant]


def _meant(edition: Edition, wanted: str) -> list[SourceFile]:
    files = edition.manifest.sources
    exact = [file for file in files if wanted in (file.document, file.path)]
    if exact:
        return exact
    absolute = str(Path(wanted).absolute())
    by_path = [file for file in files if file.path == absolute or file.path.endswith(f"/{wanted.lstrip('./')}")]
    return by_path or [file for file in files if file.document and file.document == wanted.lower()]


def _below(edition: Edition, wanted: str) -> list[SourceFile]:
    """The files that were read below a folder, those in archives too."""
    folder = f"{Path(os.path.abspath(wanted))}/".replace("//", "/")
    return [file for file in edition.manifest.sources if file.path.startswith(folder)]


def _of_folder(edition: Edition, wanted: str, files: Sequence[SourceFile]) -> dict[str, Any]:
    path = os.path.abspath(wanted)
    counts = {
        "in the edition": sum(bool(file.document) and not file.refused for file in files),
        "held back": sum(bool(file.refused) for file in files),
        "not read": sum(bool(file.passed_over or file.copy_of) for file in files),
    }
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    root = next((root.path for root in edition.manifest.roots if Path(path).is_relative_to(root.path)), "")
    what = "A source" if root == path else "A folder of a source"
    return {
        "path": path,
        "source": root,
        "edition": edition.number,
        "standing": f"{what}: {said}. Give one of its files to see why",
        "digest": "",
        "reader": "",
        "notes": [],
        "document": None,
        "passages": [],
    }


def _was_purged(wanted: str, purged: Collection[str]) -> bool:
    """Whether an id, or a file with what is in it, was purged."""
    path = Path(wanted)
    if wanted.lower() in purged or slug(path.stem) in purged:
        return True
    try:
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() in purged
    except OSError:
        return False


def _unknown(edition: Edition, wanted: str, purged: Collection[str]) -> str:
    path = Path(wanted)
    if _was_purged(wanted, purged):
        return f"'{wanted}' was purged from the library, and no build takes it again. See the record: {_RECORD}"
    if not path.exists():
        return f"No file and no document is called '{wanted}'. See them all: prevention-hub index list"
    absolute = path.absolute()
    inside = [root.path for root in edition.manifest.roots if absolute.is_relative_to(root.path)]
    if inside:
        return f"It came after the last build of {inside[0]}, or is hidden. Run: prevention-hub index build"
    return f"It is in none of the sources. Add it: prevention-hub index sources add {wanted}"


def _of_file(edition: Edition, file: SourceFile) -> dict[str, Any]:
    document = edition.documents.get(file.document) if not file.refused else None
    return {
        "path": file.path,
        "source": file.root,
        "edition": edition.number,
        "standing": _standing(file, document),
        "digest": file.digest,
        "reader": file.reader,
        "notes": list(file.notes),
        "document": _of_document(document) if document else None,
        "passages": _passages(edition, document) if document else [],
    }


def _standing(file: SourceFile, document: Document | None) -> str:
    """In one sentence: quoted, listed, kept, held back, passed over."""
    if file.refused:
        return f"Held back: {file.refused}"
    if file.passed_over:
        return f"Not read: {file.passed_over}"
    if file.copy_of:
        return f"Not read again: it says the same as {file.copy_of}"
    if file.kept:
        return f"Its last good version is quoted ({file.kept_in_words})"
    if document is not None and not document.status.is_current:
        return f"Listed and never quoted: its status is {document.status.value}"
    return "In the edition: it can be quoted"


def _of_document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "status": document.status.value,
        "version": document.version,
        "owner": document.owner,
        "marking": document.shown_marking,
        "audience": document.audience,
        "law_checked_on": document.law_checked_on.isoformat() if document.law_checked_on else None,
        "review_by": document.review_by.isoformat() if document.review_by else None,
        "replaces": list(document.replaces),
        "scanned": [{"page": page, "sure": sure} for page, sure in document.scanned],
    }


def _passages(edition: Edition, document: Document) -> Sequence[dict[str, Any]]:
    """Section, page and first words of each, in order; nothing of what is for some only."""
    if document.audience:
        return []
    return [
        {"section": passage.section, "page": passage.page, "begins": " ".join(passage.text.split()[:12])}
        for passage in edition.document_passages(document.id)
    ]
