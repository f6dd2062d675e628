"""Retrieval sets in BEIR form: read them, index them aside, and measure search and judge on them."""

from __future__ import annotations

import json
import math
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import mean, quantiles
from typing import Any

from indexer import chunker
from indexer.build import Builder
from indexer.loaders import Block, Loaded
from indexer.measuring.scorecard import share
from indexer.rows import Progress
from knowledge.encoder import Encoder
from knowledge.found import Found
from knowledge.judging.calibration import shipped
from knowledge.judging.judge import Verdict, judge
from knowledge.manifest import LibraryError, SourceFile
from knowledge.passages import TRAIL, Document, Passage
from knowledge.search import search
from knowledge.store.edition import Edition
from knowledge.store.folder import Library

DEPTH = 40
"""Passages fetched for a question, so that ten different sections are among them."""


class BadSet(LibraryError):
    """A folder is not a retrieval set; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question of the set, with what is relevant to it: section id to grade."""

    id: str
    text: str
    answerable: bool
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what search brought for it."""

    query: Query
    ranked: tuple[str, ...]
    """Ids of the sections found, best first, each once."""
    found: Found
    confidence: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class BeirResult:
    """The figures of the contract; `None` where the set has nothing to measure them on."""

    ndcg_at_10: float
    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    mrr_at_10: float
    abstention_auroc: float | None
    coverage_at_95_precision: float
    seconds_to_index: float
    query_ms_p50: float
    query_ms_p95: float
    queries: int

    def as_json(self) -> dict[str, float | int | None]:
        """The figures under the contract's names."""
        return {
            name.replace("_at_", "@") if name.endswith(("_10", "_1", "_5")) else name: value
            for name, value in asdict(self).items()
        }


def read_queries(folder: Path) -> list[Query]:
    """The questions that have relevant sections, or are marked as not answerable.

    Raises:
        BadSet: a file is missing or not in BEIR form.
    """
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    try:
        for line in (folder / "qrels" / "test.tsv").read_text(encoding="utf-8-sig").splitlines()[1:]:
            query, section, grade = line.split("\t")
            relevant[query][section] = int(grade)
        rows = list(_lines(folder / "queries.jsonl"))
    except (OSError, ValueError) as error:
        raise BadSet(f"{folder} is not in BEIR form (corpus.jsonl, queries.jsonl, qrels/test.tsv).") from error
    queries = [
        Query(row["_id"], row["text"], _metadata(row).get("answerable", True), relevant.get(row["_id"], {}))
        for row in rows
    ]
    return [query for query in queries if query.relevant or not query.answerable]


def read_corpus(folder: Path) -> list[tuple[Document, list[Passage]]]:
    """The sections of the set, cut into passages: one document for each id.

    Raises:
        BadSet: the corpus is missing or not in BEIR form.
    """
    try:
        return [_section(row) for row in _lines(folder / "corpus.jsonl")]
    except (OSError, ValueError, KeyError) as error:
        raise BadSet(f"{folder / 'corpus.jsonl'} is missing or not in BEIR form.") from error


def _section(row: Mapping[str, Any]) -> tuple[Document, list[Passage]]:
    document = Document(id=row["_id"], title=row.get("title") or row["_id"], source=row["_id"])
    trail = [part for part in (_metadata(row).get("section") or "").split(TRAIL) if part.strip()]
    blocks = [Block("heading", part, level) for level, part in enumerate(trail, 2)]
    blocks += [Block("paragraph", part) for part in row["text"].split("\n\n") if part.strip()]
    return document, chunker.chunk(Loaded(document, tuple(blocks), ""))


def index_set(folder: Path, into: Path, encoder: Encoder, on_embed: Progress) -> tuple[Edition, float]:
    """The set's corpus as an edition below `into`, and the seconds that took."""
    corpus = read_corpus(folder)
    encoder.encode_question("warm")  # loading the model is not indexing
    start = time.perf_counter()
    library = Library(into)
    sources = [SourceFile(path=document.id, document=document.id) for document, _ in corpus]
    Builder(library, encoder, on_embed=on_embed).publish(corpus, sources)
    return library.edition(), time.perf_counter() - start


def ask_all(edition: Edition, encoder: Encoder, queries: Sequence[Query]) -> Iterator[Asked]:
    """Each question with what was found for it."""
    for query in queries:
        start = time.perf_counter()
        found = search(edition, encoder, query.text, limit=DEPTH)
        milliseconds = (time.perf_counter() - start) * 1000
        ranked = tuple(dict.fromkeys(hit.entry.document.id for hit in found.hits))
        yield Asked(query, ranked, found, shipped().confidence(found.signals), milliseconds)


def measure(asked: Sequence[Asked], seconds_to_index: float) -> BeirResult:
    """All figures of the contract over the questions asked."""
    answerable = [item for item in asked if item.query.relevant]
    if not answerable:
        raise BadSet("The set has no question with a relevant section (qrels/test.tsv).")
    times = sorted(item.milliseconds for item in asked)
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else times * 19
    return BeirResult(
        ndcg_at_10=mean(_ndcg(item) for item in answerable),
        recall_at_1=mean(_recall(item, 1) for item in answerable),
        recall_at_5=mean(_recall(item, 5) for item in answerable),
        recall_at_10=mean(_recall(item, 10) for item in answerable),
        mrr_at_10=mean(_reciprocal_rank(item) for item in answerable),
        abstention_auroc=_auroc(asked),
        coverage_at_95_precision=_coverage(asked, 0.95),
        seconds_to_index=seconds_to_index,
        query_ms_p50=cuts[9],
        query_ms_p95=cuts[18],
        queries=len(asked),
    )


def quoting(asked: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """How often the judge would quote: a relevant section, another one, and where nothing answers."""
    quoted = {item.query.id: judge(item.found, today=date.min).verdict is Verdict.QUOTE for item in asked}
    answerable = [item for item in asked if item.query.relevant]
    others = [item for item in asked if not item.query.answerable]
    right = sum(quoted[item.query.id] and first_is_right(item) for item in answerable)
    wrong = sum(quoted[item.query.id] for item in answerable) - right
    return {
        "quoted_right": share(right, len(answerable)),
        "quoted_wrong": share(wrong, len(answerable)),
        "near_misses_quoted": share(sum(quoted[item.query.id] for item in others), len(others)),
    }


def first_is_right(asked: Asked) -> bool:
    """Whether the section that would be quoted is a relevant one."""
    return bool(asked.ranked) and asked.query.relevant.get(asked.ranked[0], 0) > 0


def _ndcg(asked: Asked) -> float:
    gains = [asked.query.relevant.get(section, 0) for section in asked.ranked[:10]]
    ideal = sorted(asked.query.relevant.values(), reverse=True)[:10]
    best = _dcg(ideal)
    return _dcg(gains) / best if best else 0.0


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


def _recall(asked: Asked, depth: int) -> float:
    relevant = {section for section, grade in asked.query.relevant.items() if grade > 0}
    return len(relevant & set(asked.ranked[:depth])) / len(relevant)


def _reciprocal_rank(asked: Asked) -> float:
    ranks = (rank for rank, section in enumerate(asked.ranked[:10], 1) if asked.query.relevant.get(section, 0) > 0)
    first = next(ranks, None)
    return 1 / first if first else 0.0


def _auroc(asked: Sequence[Asked]) -> float | None:
    """Chance that an answerable question gets more confidence than one that is not; ties count half."""
    good = [item.confidence for item in asked if item.query.answerable]
    bad = [item.confidence for item in asked if not item.query.answerable]
    if not good or not bad:
        return None
    ranks = {}
    ordered = sorted(good + bad)
    for value in set(ordered):
        ranks[value] = _middle_rank(ordered, value)
    return (sum(ranks[value] for value in good) - len(good) * (len(good) + 1) / 2) / (len(good) * len(bad))


def _middle_rank(ordered: Sequence[float], value: float) -> float:
    from bisect import bisect_left, bisect_right

    return (bisect_left(ordered, value) + 1 + bisect_right(ordered, value)) / 2


def _coverage(asked: Sequence[Asked], precision: float) -> float:
    """The largest share of questions answered, most confident first, at which so many are still right."""
    right = covered = 0
    for count, item in enumerate(sorted(asked, key=lambda item: -item.confidence), 1):
        right += first_is_right(item)
        if right / count >= precision:
            covered = count
    return covered / len(asked)


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def _metadata(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return row.get("metadata") or {}
