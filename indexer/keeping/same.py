"""An edition that would be the one before it, byte for byte, is copied: nothing of it is written anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from knowledge.manifest import DATABASE, VECTORS, checksum
from knowledge.passages import Document
from knowledge.phrasings import Phrasing
from knowledge.store.edition import Edition
from knowledge.store.opening import open_database
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


def copied(was: Path, folder: Path, checksums: Mapping[str, str]) -> bool:
    """Copy the files of an edition that has these checksums; False, and nothing is there, where one is damaged."""
    for name in (DATABASE, VECTORS):
        shutil.copyfile(was / name, folder / name)
    if all(checksum(folder / name) == checksums.get(name) for name in (DATABASE, VECTORS)):
        return True
    for name in (DATABASE, VECTORS):
        (folder / name).unlink()
    return False
