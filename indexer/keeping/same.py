"""An edition that would be the one before it, byte for byte, is copied: nothing of it is written anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from indexer.outcome import FULL
from knowledge.manifest import DATABASE, VECTORS, LibraryError, Manifest, checksum
from knowledge.passages import Document
from knowledge.phrasings import Phrasing
from knowledge.store.edition import Edition
from knowledge.store.opening import open_database
from knowledge.store.vectors import VectorIndex
from knowledge.store.writing import Row, Same


def is_the_same(
    documents: Iterable[Document],
    rows: Iterable[Row | Same],
    phrasings: Sequence[Phrasing],
    before: Edition,
    folder: Path,
) -> bool:
    """Whether an edition of these would hold what the one before, in this folder, holds, in the same order."""
    if not all(isinstance(row, Same) for row in rows):
        return False
    with closing(open_database(folder / DATABASE)) as database:
        held = (before.documents[name] for (name,) in database.execute("select id from documents order by rowid"))
        if list(held) != list(documents):
            return False
        asked = database.execute("select document, section, text from phrasings order by id")
        return [Phrasing(*one) for one in asked] == list(phrasings)


def copied(was: Path, folder: Path, manifest: Manifest) -> bool:
    """Copy the files of an edition with this manifest; False, and nothing is there, where one is damaged or gone.

    OSError where there is no room for them.
    """
    if _copied(was, folder, manifest.checksums) and _is_read(folder / VECTORS, manifest.passages):
        return True
    for name in (DATABASE, VECTORS):
        (folder / name).unlink(missing_ok=True)
    return False


def _copied(was: Path, folder: Path, checksums: Mapping[str, str]) -> bool:
    try:
        for name in (DATABASE, VECTORS):
            shutil.copyfile(was / name, folder / name)
    except OSError as error:
        if error.errno in FULL:
            raise
        return False
    return all(checksum(folder / name) == checksums.get(name) for name in (DATABASE, VECTORS))


def _is_read(file: Path, passages: int) -> bool:
    """Whether FAISS reads it as an index of so many passages: another version of it may not."""
    with closing(VectorIndex.load(file)) as index:
        try:
            return len(index) == passages
        except LibraryError:
            return False
