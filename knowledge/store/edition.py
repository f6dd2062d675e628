"""One edition, opened to be read: passages, full text and vectors. It never changes."""

from __future__ import annotations

import json
import threading
import weakref
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.encoder import Span, Vectors
from knowledge.judging.calibration import Calibration
from knowledge.language.counted import Counted
from knowledge.manifest import DATABASE, VECTORS, LibraryError, Manifest, checksum_or_none
from knowledge.passages import Document, Passage
from knowledge.phrasing_index import PhrasingIndex, phrasing_index
from knowledge.store.documents import document_of
from knowledge.store.opening import open_database, read_only
from knowledge.store.sections import Sections
from knowledge.store.vectors import VectorIndex, from_half, nearest_of_each

if TYPE_CHECKING:
    from sqlite_utils import Database

TITLE_WEIGHT, SECTION_WEIGHT, TEXT_WEIGHT = 5.0, 6.0, 1.0
"""BM25 weights: a word in a heading says more of a passage than one in its text."""
AT_A_TIME = 1000
"""Rows that are read at a time where all of them are."""
REMEMBERED = 1000
"""Entries that are kept once they were read, some ten kilobytes each: most questions bring the same ones again."""


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
        self._known: dict[int, Entry] = {}
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
        made_again = partial(VectorIndex.in_database, folder / DATABASE, manifest.dimension)
        vectors = made_again() if trouble else VectorIndex.load(folder / VECTORS, made_again)
        return cls(manifest, open_database(folder / DATABASE), vectors, trouble)

    @property
    def number(self) -> int:
        """The edition's number."""
        return self.manifest.edition

    def close(self) -> None:
        """Give the database back; that happens by itself once nobody reads the edition any more."""
        self._closing()
        self._vectors.close()

    @cached_property
    def documents(self) -> dict[str, Document]:
        """All documents by id, those that are no longer current included."""
        return {row["id"]: document_of(row) for row in self._query("select * from documents order by id")}

    def rows_by_document(self) -> dict[str, int]:
        """Document id to the number of its rows, of those that have any."""
        return dict(self._rows("select document, count(*) from passages group by document"))

    def against(self, other: Edition, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds in the tables of this edition, `main`, beside those of another, `other`."""
        (file,) = [row[2] for row in other._rows("pragma database_list") if row[1] == "main"]
        with self._lock:
            self._database.execute("attach ? as other", (read_only(Path(file)),))
            try:
                return self._database.execute(sql).fetchall()
            finally:
                self._database.execute("detach other")

    @cached_property
    def warning_rows(self) -> frozenset[int]:
        """The rows that may be found and never quoted."""
        return frozenset(row for (row,) in self._rows("select id from passages where kind <> 'guidance'"))

    def rows_in(self, documents: Iterable[str]) -> frozenset[int]:
        """The rows of these documents."""
        wanted = json.dumps(list(documents))  # a variable for each would be more than SQLite takes
        found = self._rows("select id from passages where document in (select value from json_each(?))", [wanted])
        return frozenset(row for (row,) in found)

    @cached_property
    def term_counts(self) -> Counted:
        """Stemmed term to the number of passages it stands in."""
        return Counted(self._streamed("select term, doc from passages_terms order by term"))

    @cached_property
    def words(self) -> Counted:
        """Every word of the library as written, lower case, with how often: what a misspelt word may have meant."""
        return Counted(self._streamed("select word, times from words order by word"))

    @cached_property
    def length(self) -> float:
        """How many words a passage has with its headings, on average."""
        return float(self.words.total()) / self.manifest.passages

    def nearest(self, vector: Vectors, limit: int) -> dict[int, float]:
        """Row to similarity of the nearest passages, nearest first."""
        return {place + 1: value for place, value in self._vectors.nearest(vector, limit).items()}

    def similarities(self, vector: Vectors, rows: Sequence[int]) -> dict[int, float]:
        """Row to similarity of these passages; rows count from 1, places in the vector index from 0."""
        found = self._vectors.similarities(vector, [row - 1 for row in rows])
        return {place + 1: value for place, value in found.items()}

    def nearest_sentences(self, vector: Vectors, rows: Iterable[int]) -> dict[int, float]:
        """Row to similarity of its nearest sentence, of those of these passages that have any."""
        return nearest_of_each(vector, {entry.row: entry.parts for entry in self.entries(sorted(rows))})

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
        sections = [(row["document"], row["section"]) for row in held]
        vectors = from_half(b"".join(row["vector"] for row in held), self.manifest.dimension)
        rows: dict[tuple[str, str], list[int]] = {section: [] for section in sections}
        for row, *of in self.headed() if held else ():
            if (section := (of[0], of[1])) in rows:
                rows[section].append(row)
        return phrasing_index([row["text"] for row in held], vectors, sections, rows)

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
        known = self._known if len(self._known) < REMEMBERED else {}
        unread = [row for row in wanted if row not in known]
        if unread:
            marks = ", ".join("?" * len(unread))
            read = self._query(f"select * from passages where id in ({marks})", unread)  # noqa: S608 question marks only
            known.update((row["id"], self._entry(row)) for row in read)
        self._known = known
        return [known[row] for row in wanted if row in known]

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

    def headed(self) -> Iterator[tuple[int, str, str]]:
        """Every row with its document and section, in order, without topics that are uncertain."""
        return self._streamed("select id, document, section from passages where kind <> 'uncertain' order by id")

    @cached_property
    def _sections(self) -> Sections:
        query = "select id, document, section, kind <> 'uncertain' from passages order by document, id"
        return Sections(self._streamed(query), sum(self.rows_by_document().values()))

    def section_rows(self, row: int) -> list[int]:
        """The rows of the section that a row stands in, in order."""
        return self._sections.beside(row)

    def sections_of(self, entries: Iterable[Entry]) -> dict[tuple[str, str], tuple[Passage, ...]]:
        """Every passage, in order, of those sections of these entries that were cut into several."""
        rows = {(entry.document.id, entry.passage.section): self.section_rows(entry.row) for entry in entries}
        several = {key: own for key, own in rows.items() if len(own) > 1}
        held = {entry.row: entry.passage for entry in self.entries([row for own in several.values() for row in own])}
        return {key: tuple(held[row] for row in own) for key, own in several.items()}

    def _entry(self, row: dict[str, Any]) -> Entry:
        return Entry(
            row=row["id"],
            key=row["key"],
            kind=row["kind"],
            passage=Passage(row["document"], row["section"], row["text"], row["page"], row["position"]),
            document=self.documents[row["document"]],
            sentences=tuple((start, end) for start, end in json.loads(row["sentences"])),
            parts=from_half(row["parts"], self.manifest.dimension),
        )

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(sql, parameters).fetchall()

    def _streamed(self, sql: str) -> Iterator[Any]:
        """The same a few rows at a time."""
        with self._lock:
            cursor = self._database.execute(sql)
        while some := self._some(cursor):
            yield from some

    def _some(self, cursor: Any) -> list[Any]:
        with self._lock:
            return list(cursor.fetchmany(AT_A_TIME))

    def _query(self, sql: str, parameters: Sequence[Any] = ()) -> list[dict[str, Any]]:
        with self._lock:
            return list(self._database.query(sql, parameters))


def _any_of(terms: Sequence[str]) -> str:
    """An FTS5 query for any of these words, whatever they hold."""
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
