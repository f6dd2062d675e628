"""The phrasings of an edition: embedded as questions, written beside its passages."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.edition import open_database
from knowledge.encoder import Encoder, encode_questions
from knowledge.manifest import DATABASE
from knowledge.phrasings import Phrasing
from knowledge.words import TOKENIZER

STEP = 256
"""Phrasings embedded at a time."""


def digest_of(phrasing: Phrasing) -> str:
    """Of what is encoded: a vector is kept while this stays."""
    return hashlib.sha256(phrasing.text.encode()).hexdigest()[:24]


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

    from knowledge.sqlite import sqlite3

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
