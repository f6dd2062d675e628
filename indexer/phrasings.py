"""The phrasings of an edition: embedded as questions, written beside its passages."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.sidecar import Asked
from knowledge.encoder import Encoder, encode_questions
from knowledge.language.words import TOKENIZER, search_terms
from knowledge.manifest import DATABASE, SourceFile
from knowledge.passages import Document, Passage
from knowledge.phrasings import Phrasing, phrasing_files, read_phrasings, section_called
from knowledge.store.edition import Edition
from knowledge.store.opening import open_database

STEP = 256
"""Phrasings embedded at a time."""
SAMPLE = 200
"""Phrasings that are asked as questions, to see how they compare with passages."""
LEAST = 30
"""Of which so many must have a fellow in their section."""
MANY = 1000
"""Rows that a search for words brings at most."""


def digest_of(phrasing: Phrasing) -> str:
    """Of what is encoded: a vector is kept while this stays."""
    return hashlib.sha256(phrasing.text.encode()).hexdigest()[:24]


def phrasings_of(
    folders: Sequence[Path],
    documents: Sequence[tuple[Document, Sequence[Passage]]],
    purged: Collection[str] = (),
) -> tuple[list[Phrasing], list[SourceFile]]:
    """How sections are asked for; what is wrong in such a file is named, and holds up nothing else.

    A file for a purged document is left out in silence: nobody can mend one that comes with the program.
    """
    files = [file for file in phrasing_files(folders) if file.stem not in purged]
    phrasings, problems = read_phrasings(files, documents)
    return phrasings, [SourceFile(path=problem.path, refused=problem.reason) for problem in problems]


def described_phrasings(
    asked: Sequence[tuple[str, str, Asked]], documents: Sequence[tuple[Document, Sequence[Passage]]]
) -> tuple[list[Phrasing], list[SourceFile]]:
    """The same from the files beside documents: document id, path and how people ask for one of its sections."""
    passages = {document.id: held for document, held in documents}
    found: list[Phrasing] = []
    wrong: list[SourceFile] = []
    for document, path, one in asked:
        section = section_called(one.heading, passages[document])
        if section is None:
            why = f"What is asked for '{one.heading}': no section has that heading. Write it as the document has it."
            wrong.append(SourceFile(path=path, passed_over=why))
        else:
            found += [Phrasing(document, section, " ".join(text.split())) for text in one.asked]
    return found, wrong


def kept_phrasings(folder: Path | None) -> dict[str, Any]:
    """Digest to vector of the phrasings in an edition on disk; none in an edition of an earlier version."""
    if folder is None:
        return {}
    database = open_database(folder / DATABASE)
    try:
        if "phrasings" not in database.table_names():
            return {}
        return {row["digest"]: row["vector"] for row in database.query("select digest, vector from phrasings")}
    finally:
        database.close()


def embed_phrasings(phrasings: Sequence[Phrasing], encoder: Encoder, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Vectors of all phrasings in half precision, by digest; only new ones are embedded."""
    texts = {digest_of(phrasing): phrasing.text for phrasing in phrasings}
    made = {digest: kept[digest] for digest in texts if digest in kept}
    new = [digest for digest in texts if digest not in made]
    for start in range(0, len(new), STEP):
        step = new[start : start + STEP]
        vectors = encode_questions(encoder, [texts[digest] for digest in step])
        made.update(zip(step, (vector.astype(np.float16).tobytes() for vector in vectors), strict=True))
    return made


def write_phrasings(file: Path, phrasings: Sequence[Phrasing], vectors: Mapping[str, Any]) -> None:
    """Add the phrasings, with full text, to an edition's database."""
    from sqlite_utils import Database

    from knowledge.store.sqlite import sqlite3

    connection = sqlite3.connect(str(file))
    database = Database(connection)
    columns = {"id": int, "document": str, "section": str, "text": str, "digest": str, "vector": bytes}
    try:
        database["phrasings"].create(columns, pk="id")  # type: ignore[union-attr]
        database["phrasings"].insert_all(  # type: ignore[union-attr]
            {
                "id": number,
                "document": phrasing.document,
                "section": phrasing.section,
                "text": phrasing.text,
                "digest": digest_of(phrasing),
                "vector": vectors[digest_of(phrasing)],
            }
            for number, phrasing in enumerate(phrasings, 1)
        )
        database["phrasings"].enable_fts(["text"], tokenize=TOKENIZER)  # type: ignore[union-attr]
        connection.commit()
    finally:
        database.close()


def usual(edition: Edition) -> dict[str, float]:
    """How phrasings compare with passages in this edition: what a section without any is given in their place.

    Each of a sample of phrasings is asked as a question, with itself left out: how much nearer than its section's
    passage is the nearest other phrasing, and what share of the passage's BM25 has it?
    """
    index = edition.phrasings
    shifts, words, passages = [], 0.0, 0.0
    for i in range(0, len(index.texts), max(1, len(index.texts) // SAMPLE)):
        text, rows, itself = index.texts[i], index.rows[index.places[i]], frozenset([index.texts[i]])
        terms = search_terms(text)
        nearest = max(index.similarities(index.vectors[i], itself).get(row, -1.0) for row in rows)
        if nearest <= -1.0:
            continue  # the only phrasing of its section
        shifts.append(nearest - max(edition.similarities(index.vectors[i], rows).values()))
        passages += max(edition.matching(terms, MANY).get(row, 0.0) for row in rows)
        others = index.best_by_row(edition.asked_in_words(terms, MANY), itself)
        words += max(others.get(row, 0.0) for row in rows)
    if len(shifts) < LEAST or passages <= 0:
        return {}
    return {"phrasing_shift": round(float(np.mean(shifts)), 4), "phrasing_words": round(words / passages, 4)}
