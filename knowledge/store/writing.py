"""Writing an edition: its database, its vectors, its manifest. The one place that knows the columns of `library.db`."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from knowledge.language.sentences import split_sentences
from knowledge.language.words import TOKENIZER, lowered, written_words
from knowledge.manifest import DATABASE, MANIFEST, VECTORS, Manifest, checksum
from knowledge.passages import TRAIL, Document, Passage
from knowledge.store.opening import open_database
from knowledge.store.vectors import VectorIndex, kind

PASSAGES = {
    "id": int, "key": str, "digest": str, "kind": str, "document": str, "title": str, "section": str, "text": str,
    "page": int, "position": int, "sentences": str, "vector": bytes, "parts": bytes,
}  # fmt: skip
"""The columns of a passage."""


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


def write_database(file: Path, documents: Iterable[Document], rows: Iterable[Row], vectors: Vectors) -> None:
    """The edition's SQLite file: documents, passages with full text, words. No more than one row is held at a time."""
    from sqlite_utils import Database

    from knowledge.store.sqlite import sqlite3

    connection = sqlite3.connect(str(file))
    database = Database(connection)
    try:
        # one writer, nobody reads yet, and the file is synced whole when it is done
        database.execute("pragma journal_mode = off")
        database.execute("pragma synchronous = off")
        database["documents"].insert_all([_document_row(document) for document in documents], pk="id")  # type: ignore[union-attr]
        database["passages"].create(PASSAGES, pk="id")  # type: ignore[union-attr]
        columns = ", ".join(f":{column}" for column in PASSAGES)
        insert = f"insert into passages values ({columns})"  # noqa: S608 our own columns only
        words: Counter[str] = Counter()
        counted = _counting(rows, words)
        connection.executemany(insert, (_passage_row(i, row, vectors[row.digest]) for i, row in enumerate(counted, 1)))
        database["passages"].create_index(["key"], unique=True)  # type: ignore[union-attr]
        database["passages"].create_index(["document"])  # type: ignore[union-attr]
        database["passages"].enable_fts(["title", "section", "text"], tokenize=TOKENIZER)  # type: ignore[union-attr]
        database.execute("create virtual table passages_terms using fts5vocab(passages_fts, row)")
        database["words"].create({"word": str, "times": int}, pk="word")  # type: ignore[union-attr]
        connection.executemany("insert into words values (?, ?)", sorted(lowered(words).items()))
        connection.commit()
    finally:
        database.close()


def _counting(rows: Iterable[Row], words: Counter[str]) -> Iterator[Row]:
    """The rows, their words counted on the way."""
    for row in rows:
        words.update(written_words(f"{row.heading} {row.passage.text}"))
        yield row


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
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    for name in (DATABASE, VECTORS, MANIFEST):
        handle = os.open(folder / name, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return manifest
