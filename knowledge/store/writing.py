"""Writing an edition: its database, its vectors, its manifest. The one place that knows the columns of `library.db`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter

from knowledge.language.sentences import split_sentences
from knowledge.language.words import TOKENIZER
from knowledge.manifest import DATABASE, MANIFEST, VECTORS, Manifest, checksum
from knowledge.passages import TRAIL, Document, Passage
from knowledge.store.opening import open_database, read_only
from knowledge.store.vectors import VectorIndex, kind
from knowledge.store.word_counts import WordCounts

PASSAGES = {
    "id": int, "key": str, "digest": str, "kind": str, "document": str, "title": str, "section": str, "text": str,
    "page": int, "position": int, "sentences": str, "vector": bytes, "parts": bytes,
}  # fmt: skip
"""The columns of a passage."""
_TAKE_OVER = (
    f"insert into main.passages select :before + row_number() over (order by id), {', '.join(list(PASSAGES)[1:])} "  # noqa: S608 our own columns only
    "from was.passages where document = :document order by id"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A passage on its way into an edition."""

    passage: Passage
    document: Document
    kind: str
    key: str
    """Stays the same while document, section and words do."""
    digest: str
    """Of what is encoded: a vector is kept while this stays."""

    @property
    def heading(self) -> str:
        """Title and section: what stands above the text when it is encoded."""
        return heading_of(self.document, self.passage.section)

    @property
    def own_heading(self) -> str:
        """The lowest heading it stands under; empty above the first one."""
        return self.passage.section.rsplit(TRAIL, 1)[-1]


@dataclass(frozen=True, slots=True)
class Same:
    """The rows of a document that are in the edition before as they are now."""

    document: str
    count: int


@dataclass(frozen=True, slots=True)
class Vector:
    """What a row brings along: its own vector (d,) and its sentences' (n, d), in half precision."""

    whole: Any
    parts: Any
    sentences: str = ""
    """Where the sentences begin and end, as JSON; empty where that is still to be found."""


class Vectors(Protocol):
    """Vectors by digest: a dictionary, or what reads them from disk one by one."""

    def __getitem__(self, digest: str, /) -> Vector:
        """Those of one digest."""


def heading_of(document: Document, section: str) -> str:
    """Title and section of a passage as one line."""
    return TRAIL.join(part for part in (document.title, section) if part)


def write_database(
    file: Path, documents: Iterable[Document], rows: Iterable[Row | Same], vectors: Vectors, before: Path | None = None
) -> None:
    """The edition's SQLite file: documents, passages with full text, words. No more than one row is held at a time.

    What is the same is taken over from the database of the edition `before`, without looking at it.
    """
    from sqlite_utils import Database

    from knowledge.store.sqlite import sqlite3

    connection = sqlite3.connect(str(file), uri=True)
    database = Database(connection)
    try:
        # one writer, nobody reads yet, and the file is synced whole when it is done
        database.execute("pragma journal_mode = off")
        database.execute("pragma synchronous = off")
        if before is not None:
            database.execute("attach ? as was", (read_only(before),))
        words = WordCounts(connection)
        database["documents"].insert_all(map(_document_row, documents), pk="id")  # type: ignore[union-attr]
        database["passages"].create(PASSAGES, pk="id")  # type: ignore[union-attr]
        _write_passages(connection, rows, vectors, words)
        database["passages"].create_index(["key"], unique=True)  # type: ignore[union-attr]
        database["passages"].create_index(["document"])  # type: ignore[union-attr]
        database["passages"].enable_fts(["title", "section", "text"], tokenize=TOKENIZER)  # type: ignore[union-attr]
        database.execute("create virtual table passages_terms using fts5vocab(passages_fts, row)")
        database["words"].create({"word": str, "times": int}, pk="word")  # type: ignore[union-attr]
        words.write()
        connection.commit()
    finally:
        database.close()


def _write_passages(connection: Any, rows: Iterable[Row | Same], vectors: Vectors, words: WordCounts) -> None:
    """Every row in order, numbered from 1."""
    columns = ", ".join(f":{column}" for column in PASSAGES)
    insert = f"insert into passages values ({columns})"  # noqa: S608 our own columns only
    written = 0
    for kind_of_row, some in groupby(rows, key=type):
        if kind_of_row is Same:
            for document in (same.document for same in some):
                written += connection.execute(_TAKE_OVER, {"before": written, "document": document}).rowcount
                words.take_over(str(document))
        else:
            new = (_passage_row(number, row, vectors[row.digest]) for number, row in _counted(some, written, words))
            written += connection.executemany(insert, new).rowcount


def _counted(rows: Iterable[Any], before: int, words: WordCounts) -> Iterator[tuple[int, Row]]:
    """The rows with their numbers, their words counted on the way."""
    for number, row in enumerate(rows, before + 1):
        words.add(f"{row.heading} {row.passage.text}")
        yield number, row


def _document_row(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title,
        "summary": document.summary,
        "status": document.status.value,
        "law_checked_on": document.law_checked_on.isoformat() if document.law_checked_on else None,
        "review_by": document.review_by.isoformat() if document.review_by else None,
        "owner": document.owner,
        "marking": document.marking.value,
        "handling": document.handling,
        "link": document.link,
        "source": document.source,
        "uncertain": json.dumps(document.uncertain),
        "local_fill": json.dumps(document.local_fill),
        "unset": json.dumps(document.unset),
        "version": document.version,
        "replaces": json.dumps(document.replaces),
        "audience": document.audience,
        "jurisdiction": document.jurisdiction,
        "subject": document.subject,
        "scanned": json.dumps(document.scanned),
    }


def _passage_row(number: int, row: Row, vector: Vector) -> dict[str, Any]:
    return {
        "id": number,
        "key": row.key,
        "digest": row.digest,
        "kind": row.kind,
        "document": row.document.id,
        "title": row.document.title if row.kind == "guidance" else "",  # a short warning must not win on its title
        "section": row.passage.section,
        "text": row.passage.text,
        "page": row.passage.page,
        "position": row.passage.position,
        "sentences": vector.sentences or json.dumps(split_sentences(row.passage.text)),
        "vector": vector.whole,
        "parts": vector.parts,
    }


def write_vectors(file: Path, database: Path, dimension: int) -> str:
    """The edition's FAISS file, of the vectors in its database; the name of the index that was chosen."""
    held = open_database(database)
    try:
        index = VectorIndex.of(held, dimension, file.parent)
    finally:
        held.close()
    index.save(file)
    return kind(len(index))


def with_checksums(folder: Path, manifest: Manifest) -> Manifest:
    """The manifest with the checksums of the edition's files, which are not written any more."""
    return manifest.model_copy(update={"checksums": {name: checksum(folder / name) for name in (DATABASE, VECTORS)}})


def seal(folder: Path, manifest: Manifest) -> Manifest:
    """Write the manifest, and make every file durable; what a damaged disk made of them is seen when it is chosen."""
    with (folder / MANIFEST).open("wb") as stream:  # as bytes from the beginning: as a text it would be held twice
        stream.write(TypeAdapter(Manifest).dump_json(manifest, indent=2))
        stream.write(b"\n")
    for name in (DATABASE, VECTORS, MANIFEST):
        handle = os.open(folder / name, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return manifest
