"""One edition, opened to be read: passages, full text and vectors. It never changes."""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from knowledge.encoder import Span, Vectors
from knowledge.judging.calibration import Calibration
from knowledge.manifest import DATABASE, VECTORS, LibraryError, Manifest, checksum_or_none
from knowledge.passages import Document, Passage
from knowledge.phrasing_index import PhrasingIndex, phrasing_index
from knowledge.store.documents import document_of
from knowledge.store.vectors import VectorIndex, nearest_of_each

if TYPE_CHECKING:
    from sqlite_utils import Database

TITLE_WEIGHT, SECTION_WEIGHT, TEXT_WEIGHT = 5.0, 6.0, 1.0
"""BM25 weights: a word in a heading says more of a passage than one in its text."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the library: a passage with the vectors of its sentences."""

    row: int
    key: str
    kind: str
    """`guidance`, or a warning that is found but never quoted: `uncertain`, `unset` or `limit`."""
    passage: Passage
    document: Document
    sentences: tuple[Span, ...]
    parts: Vectors
    """Shape (number of sentences, d)."""


class Edition:
    """Lives until a newer edition is noticed; safe to share between threads."""

    def __init__(self, manifest: Manifest, database: Database, vectors: VectorIndex, trouble: str = "") -> None:
        self.manifest = manifest
        self.trouble = trouble
        self._vectors = vectors
        self._database = database
        self._lock = threading.Lock()
        self._closing = weakref.finalize(self, database.close)

    @classmethod
    def open(cls, folder: Path) -> Edition:
        """Check the files against the manifest and open them.

        A damaged vector file is made again in memory from the vectors that the database holds.

        Raises:
            LibraryError: the manifest or the database is damaged.
        """
        manifest = Manifest.read(folder)
        trouble = ""
        try:
            manifest.check(folder)
        except LibraryError as error:
            if checksum_or_none(folder / DATABASE) != manifest.checksums.get(DATABASE):
                raise
            trouble = str(error)
        database = open_database(folder / DATABASE)
        try:
            vectors = VectorIndex.of(database, manifest.dimension) if trouble else VectorIndex.load(folder / VECTORS)
        except ValueError as error:
            raise LibraryError(
                f"Edition {manifest.edition} is damaged: {error}. Run: prevention-hub index build"
            ) from error
        return cls(manifest, database, vectors, trouble)

    @property
    def number(self) -> int:
        """The edition's number."""
        return self.manifest.edition

    def close(self) -> None:
        """Give the database back; that happens by itself once nobody reads the edition any more."""
        self._closing()

    @cached_property
    def documents(self) -> dict[str, Document]:
        """All documents by id, those that are no longer current included."""
        return {row["id"]: document_of(row) for row in self._query("select * from documents order by id")}

    def rows_by_document(self) -> dict[str, int]:
        """Document id to the number of its rows, of those that have any."""
        return dict(self._rows("select document, count(*) from passages group by document"))

    def rows_beside(self, other: Edition) -> dict[str, int]:
        """The same of the rows that another edition does not have."""
        (file,) = [row[2] for row in other._rows("pragma database_list") if row[1] == "main"]
        with self._lock:
            self._database.execute("attach ? as other", (read_only(Path(file)),))
            try:
                query = (
                    "select document, count(*) from main.passages as mine where not exists "
                    "(select 1 from other.passages where key = mine.key) group by document"
                )
                return dict(self._database.execute(query).fetchall())
            finally:
                self._database.execute("detach other")

    def marks(self) -> dict[int, tuple[str, str, str]]:
        """Every row with its key, the digest of what was encoded, and its document: what tells two rows apart."""
        return {row: (k, d, of) for row, k, d, of in self._rows("select id, key, digest, document from passages")}

    @cached_property
    def warning_rows(self) -> frozenset[int]:
        """The rows that may be found and never quoted."""
        return frozenset(row for (row,) in self._rows("select id from passages where kind <> 'guidance'"))

    def rows_in(self, documents: Iterable[str]) -> frozenset[int]:
        """The rows of these documents."""
        wanted = list(documents)
        marks = ", ".join("?" * len(wanted))
        found = self._rows(f"select id from passages where document in ({marks})", wanted) if wanted else []  # noqa: S608 question marks only
        return frozenset(row for (row,) in found)

    @cached_property
    def term_counts(self) -> dict[str, int]:
        """Stemmed term to the number of passages it stands in."""
        return dict(self._rows("select term, doc from passages_terms"))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the library as written, lower case: what a misspelt word may have meant."""
        return frozenset(word for (word,) in self._rows("select word from words"))

    @cached_property
    def length(self) -> float:
        """How many words a passage has with its headings, on average."""
        return float(sum(n for (n,) in self._rows("select times from words"))) / self.manifest.passages

    def nearest(self, vector: Vectors, limit: int) -> dict[int, float]:
        """Row to similarity of the nearest passages, nearest first."""
        return {place + 1: value for place, value in self._vectors.nearest(vector, limit).items()}

    def similarities(self, vector: Vectors, rows: Sequence[int]) -> dict[int, float]:
        """Row to similarity of these passages; rows count from 1, places in the vector index from 0."""
        found = self._vectors.similarities(vector, [row - 1 for row in rows])
        return {place + 1: value for place, value in found.items()}

    def nearest_sentences(self, vector: Vectors, rows: Iterable[int]) -> dict[int, float]:
        """Row to similarity of its nearest sentence, of those of these passages that have any."""
        query = "select id, parts from passages where id in (select value from json_each(?))"
        return nearest_of_each(vector, self._rows(query, (json.dumps(list(rows)),)))

    def matching(self, terms: Sequence[str], limit: int, among: Collection[int] | None = None) -> dict[int, float]:
        """Row to BM25 of the passages that hold any of the terms, best first; higher is better.

        A term of several words is held where they stand side by side. Of all passages, or only `among` these rows,
        however many others hold the terms.
        """
        if not terms:
            return {}
        only = "" if among is None else "and rowid in (select value from json_each(?)) "
        query = (
            "select rowid, -bm25(passages_fts, ?, ?, ?) as bm25 from passages_fts "  # noqa: S608 fixed words only
            f"where passages_fts match ? {only}order by bm25 desc limit ?"
        )
        rows = [] if among is None else [json.dumps(sorted(among))]
        return dict(self._rows(query, (TITLE_WEIGHT, SECTION_WEIGHT, TEXT_WEIGHT, _any_of(terms), *rows, limit)))

    @property
    def calibration(self) -> Calibration | None:
        """What this edition is judged with; nothing if it was built without being measured."""
        return self.manifest.judge

    @cached_property
    def phrasings(self) -> PhrasingIndex:
        """How sections are asked for; empty for an edition of an earlier version."""
        asks = self._query("select 1 from sqlite_master where name = 'phrasings'")
        held = self._query("select document, section, text, vector from phrasings order by id") if asks else []
        stored = np.frombuffer(b"".join(row["vector"] for row in held), np.float16).astype(np.float32)
        sections = [(row["document"], row["section"]) for row in held]
        vectors = stored.reshape(-1, self.manifest.dimension)
        return phrasing_index([row["text"] for row in held], vectors, sections, self.rows_by_section)

    def asked_in_words(self, terms: Sequence[str], limit: int) -> dict[int, float]:
        """Number of a phrasing, from 1, to BM25 of those that hold any of the terms, best first; higher is better."""
        if not terms or not self.phrasings.holds_any:
            return {}
        query = (
            "select rowid, -bm25(phrasings_fts) as bm25 from phrasings_fts "
            "where phrasings_fts match ? order by bm25 desc limit ?"
        )
        return dict(self._rows(query, (_any_of(terms), limit)))

    def entries(self, rows: Iterable[int]) -> list[Entry]:
        """The entries of these rows, in the order asked for."""
        wanted = list(rows)
        marks = ", ".join("?" * len(wanted))
        found = {
            row["id"]: self._entry(row)
            for row in self._query(f"select * from passages where id in ({marks})", wanted)  # noqa: S608 question marks only
        }
        return [found[row] for row in wanted if row in found]

    def passage(self, key: str) -> Entry | None:
        """The entry with this key, which stays the same while its words do."""
        rows = self._query("select * from passages where key = ?", (key,))
        return self._entry(rows[0]) if rows else None

    def section(self, document: str, section: str) -> list[Entry]:
        """The entries of a section that may be quoted, in order."""
        query = "select * from passages where document = ? and section = ? and kind = 'guidance' order by position"
        return [self._entry(row) for row in self._query(query, (document, section))]

    def headings(self, document: str) -> list[str]:
        """The heading trails of a document's sections that may be quoted, in order."""
        query = (
            "select section from passages where document = ? and kind = 'guidance' group by section order by min(id)"
        )
        return [row["section"] for row in self._query(query, (document,))]

    def section_texts(self, document: str, section: str) -> list[str]:
        """The texts of a section's passages, in order."""
        query = "select text from passages where document = ? and section = ? order by position"
        return [row["text"] for row in self._query(query, (document, section))]

    def document_passages(self, document: str) -> list[Passage]:
        """A document's passages, in order, without topics that must not be quoted."""
        query = (
            "select document, section, text, page, position from passages "
            "where document = ? and kind in ('guidance', 'limit') order by position, id"
        )
        return [Passage(*row) for row in self._rows(query, (document,))]

    def passage_counts(self) -> dict[str, int]:
        """Document id to the number of its passages, of those that have any."""
        query = "select document, count(*) from passages where kind in ('guidance', 'limit') group by document"
        return dict(self._rows(query))

    @cached_property
    def rows_by_section(self) -> dict[tuple[str, str], list[int]]:
        rows: dict[tuple[str, str], list[int]] = {}
        for row, *of in self._rows("select id, document, section from passages where kind <> 'uncertain' order by id"):
            rows.setdefault((of[0], of[1]), []).append(row)
        return rows

    def rows_of(self, document: str, section: str) -> list[int]:
        """The rows of a section, in order."""
        return self.rows_by_section.get((document, section), [])

    def sections_of(self, entries: Iterable[Entry]) -> dict[tuple[str, str], tuple[Passage, ...]]:
        """Every passage, in order, of those sections of these entries that were cut into several."""
        keys = {(entry.document.id, entry.passage.section) for entry in entries}
        several = {key: rows for key in keys if len(rows := self.rows_of(*key)) > 1}
        held = {entry.row: entry.passage for entry in self.entries([row for rows in several.values() for row in rows])}
        return {key: tuple(held[row] for row in rows) for key, rows in several.items()}

    def _entry(self, row: dict[str, Any]) -> Entry:
        return Entry(
            row=row["id"],
            key=row["key"],
            kind=row["kind"],
            passage=Passage(row["document"], row["section"], row["text"], row["page"], row["position"]),
            document=self.documents[row["document"]],
            sentences=tuple((start, end) for start, end in json.loads(row["sentences"])),
            parts=np.frombuffer(row["parts"], np.float16).astype(np.float32).reshape(-1, self.manifest.dimension),
        )

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(sql, parameters).fetchall()

    def _query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._database.query(sql, parameters))


def _any_of(terms: Sequence[str]) -> str:
    """An FTS5 query for any of these words, whatever they hold."""
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)


def open_database(file: Path) -> Database:
    """An edition's database, read-only and immutable; usable from any thread under a lock."""
    from sqlite_utils import Database

    from knowledge.store.sqlite import sqlite3

    return Database(sqlite3.connect(read_only(file), uri=True, check_same_thread=False))


def read_only(file: Path) -> str:
    """The address by which SQLite opens a file that nobody writes to."""
    return f"{file.resolve().as_uri()}?mode=ro&immutable=1"
