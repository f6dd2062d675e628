"""Every kept edition without a document: written anew beside the old one, checked, and put in its place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from indexer.keeping.kept import Kept
from indexer.phrasings import write_phrasings
from indexer.workplace import aside
from knowledge.manifest import DATABASE, MANIFEST, VECTORS, LibraryError, Manifest, Purge, SourceFile
from knowledge.passages import Document, Passage
from knowledge.phrasings import Phrasing
from knowledge.store.edition import Edition
from knowledge.store.folder import MANIFESTS, REMOVED, Library, replace_text, sync_folder
from knowledge.store.opening import open_database
from knowledge.store.writing import Row, seal, with_checksums, write_database, write_vectors

PURGED = "purged.json"
"""What is left of an edition that held nothing else, in the place of its manifest: nobody takes its number again."""
REPLACED = ".replaced-"
"""Before the number of an edition that another is about to take the place of."""


@dataclass(slots=True)
class Taken:
    """What was taken out of one edition."""

    edition: int
    passages: int
    phrasings: int
    removed: bool = False
    """Whether nothing else was in it, so that the whole edition is gone."""


@dataclass(slots=True)
class _Read:
    """What an edition has without a document, beside its rows: those are read one by one."""

    rows: int = 0
    phrasings: list[Phrasing] = field(default_factory=list)
    phrased: dict[str, Any] = field(default_factory=dict)
    taken: Taken = field(default_factory=lambda: Taken(0, 0, 0))


def files_of(library: Library, document: str) -> list[SourceFile]:
    """The files that a document came from, in any edition that was ever built here."""
    found = {
        (source.path, source.digest): source
        for manifest in library.history()
        for source in manifest.sources
        if source.document == document
    }
    return list(found.values())


def texts_of(library: Library, document: str) -> tuple[list[str], list[str]]:
    """The texts of a document in all kept editions, and those of all other documents of the newest ones.

    Raises:
        LibraryError: a kept edition is damaged, so that nobody can say what it holds.
    """
    own: dict[str, None] = {}
    others: dict[str, None] = {}
    for number in library.numbers():
        database = _opened(library, number)
        try:
            for row in database.query("select document, text from passages"):
                (own if row["document"] == document else others).setdefault(row["text"])
            for row in database.query("select id, title, summary from documents"):
                into = own if row["id"] == document else others
                into.update(dict.fromkeys((row["title"], row["summary"])))
        finally:
            database.close()
    return [text for text in own if text], [text for text in others if text]


def take_out(library: Library, document: str) -> list[Taken]:
    """Take a document out of every kept edition, the one that serves last; its number stays, its files are others.

    The caller sees to it that nobody builds meanwhile. What is killed on the way leaves each edition as it was or
    done; run again, it goes on.

    Raises:
        LibraryError: an edition is damaged, or the one that serves holds nothing else.
    """
    _tidy(library)
    done = []
    current = library.current_number()
    for number in sorted(library.numbers(), key=lambda one: one == current):
        if document in _documents(library, number):
            done.append(_rewritten(library, number, document, is_current=number == current))
    _forget(library, document)
    _tidy(library)
    return done


def _tidy(library: Library) -> None:
    """Delete what was replaced; an edition whose successor never took its place, because of a kill, is back in it."""
    for left in library.editions.glob(f"{REMOVED}*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in library.editions.glob(f"{REPLACED}*"):
        own = left.with_name(left.name.removeprefix(REPLACED))
        if own.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.rename(own)


def _documents(library: Library, number: int) -> frozenset[str]:
    database = _opened(library, number)
    try:
        return frozenset(row["id"] for row in database.query("select id from documents"))
    finally:
        database.close()


def _opened(library: Library, number: int) -> Any:
    library.manifest(number).check(library.path(number))
    return open_database(library.path(number) / DATABASE)


def _rewritten(library: Library, number: int, document: str, *, is_current: bool) -> Taken:
    old = library.path(number)
    edition = Edition.open(old)
    try:
        read = _read(old, document)
        read.taken.edition = number
        kept = [replace(d, replaces=tuple(n for n in d.replaces if n != document)) for d in edition.documents.values()]
        kept = [one for one in kept if one.id != document]
    finally:
        edition.close()
    if not read.rows and is_current:
        raise LibraryError("The edition that serves holds nothing else. Build one with other documents first.")
    with aside(library) as folder:
        if read.rows:
            with closing(open_database(old / DATABASE)) as database, closing(Kept(old)) as vectors:
                write_database(folder / DATABASE, kept, _rows(database, kept), vectors)
            index = write_vectors(folder / VECTORS, folder / DATABASE, edition.manifest.dimension)
            write_phrasings(folder / DATABASE, read.phrasings, read.phrased)
            changed = {"passages": read.rows, "phrasings": len(read.phrasings), "index": index}
            manifest = _without(edition.manifest, document, read.taken.passages).model_copy(update=changed)
            seal(folder, with_checksums(folder, manifest))
        else:
            purges = [*edition.manifest.purged, _purge(read.taken.passages)]
            left = library.folder / MANIFESTS / old.name
            left.mkdir(parents=True, exist_ok=True)
            replace_text(left / PURGED, json.dumps([one.model_dump(mode="json") for one in purges]) + "\n")
        with library.choosing():
            old.rename(old.with_name(f"{REPLACED if read.rows else REMOVED}{old.name}"))
            if read.rows:
                folder.chmod(0o755)
                folder.rename(old)
            sync_folder(library.editions)
        read.taken.removed = not read.rows
    return read.taken


def _rows(database: Any, documents: Sequence[Document]) -> Iterator[Row]:
    """The rows of these documents, in order."""
    held = {document.id: document for document in documents}
    query = "select document, section, text, page, position, kind, key, digest from passages order by id"
    for document, section, text, page, position, kind, key, digest in database.execute(query):
        if document in held:
            passage = Passage(document, section, text, page, position)
            yield Row(passage, held[document], kind, key, digest)


def _read(folder: Path, document: str) -> _Read:
    read = _Read()
    database = open_database(folder / DATABASE)
    try:
        query = "select count(*), coalesce(sum(document = ?), 0) from passages"
        ((rows, read.taken.passages),) = database.execute(query, (document,)).fetchall()
        read.rows = rows - read.taken.passages
        if "phrasings" in database.table_names():
            for row in database.query("select * from phrasings order by id"):
                if row["document"] == document:
                    read.taken.phrasings += 1
                    continue
                read.phrasings.append(Phrasing(row["document"], row["section"], row["text"]))
                read.phrased[row["digest"]] = row["vector"]
    finally:
        database.close()
    return read


def _purge(passages: int) -> Purge:
    return Purge(at=datetime.now(UTC), passages=passages)


def _without(manifest: Manifest, document: str, passages: int) -> Manifest:
    """The manifest without a document, and with that something of so many passages was taken out: not what."""
    sources = tuple(source for source in manifest.sources if source.document != document)
    return manifest.model_copy(
        update={
            "sources": sources,
            "documents": len({source.document for source in sources if source.document}),
            "purged": (*manifest.purged, _purge(passages)),
            "golden": _golden(manifest.golden, document),
        }
    )


def _golden(golden: Mapping[str, Any], document: str) -> dict[str, Any]:
    """What was answered to the golden questions, without what this document answered: it is asked anew."""
    answers = golden.get("answers")
    if not isinstance(answers, dict):
        return dict(golden)
    return {**golden, "answers": {name: given for name, given in answers.items() if document not in given}}


def _forget(library: Library, document: str) -> None:
    """Take it out of the manifests of editions that were removed before."""
    for file in (library.folder / MANIFESTS).glob(f"[0-9]*/{MANIFEST}"):
        with suppress(LibraryError):
            manifest = Manifest.read(file.parent)
            own = [source.passages for source in manifest.sources if source.document == document]
            if own:
                kept = _without(manifest, document, sum(own))
                replace_text(file, kept.model_dump_json(indent=2) + "\n")
