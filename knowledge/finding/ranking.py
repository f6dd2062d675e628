"""Hybrid ranking: words (BM25) and meaning (similarity), min-max normalised and combined 40 to 60.

Measured better than reciprocal rank fusion on every set tried; `index evaluate --beir` repeats it. Words that stand
side by side in the question and in a passage count once more (the sequential dependence model: Metzler and Croft 2005,
doi 10.1145/1076034.1076115), and of the first passages the nearest sentence does. Where an edition
has phrasings, a section's nearest phrasing counts beside its passage, in meaning and in words. A section
without phrasings is given what a section with some would have on average, so that it is not punished.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Vectors
from knowledge.store.edition import Edition, Entry

POOL = 200
"""Passages that each search brings; normalising needs the weak ones too."""
WORDS_SHARE = 0.4
PAIRS = 0.3
"""Weight of two words side by side beside the words alone."""
SENTENCE = 0.2
"""Share of a passage's nearest sentence in what meaning says of it. This and the pairs were chosen on the training
questions of FeedbackQA; officers' questions to the starter library, and others of both sets, gain by them as well."""
FIRST = 20
"""Passages whose sentences are looked at: those of all would be much to read, and change little."""
PHRASED = 0.8
"""Weight of a section's nearest phrasing beside its passage: chosen on golden questions, the oblique ones above all."""
MOST_REMEMBERED = 32
"""Sets of hidden documents whose rows are remembered for an edition."""
_ROWS: WeakKeyDictionary[Edition, dict[frozenset[str], frozenset[int]]] = WeakKeyDictionary()
OWN_SHARE = 0.6
"""How much a follow-up's own words count beside the question it leans on."""

Column = NDArray[np.float64]
"""A value for each row, in the order of the rows: there are hundreds of them, and several columns."""


class Range(NamedTuple):
    """Where values begin to count, and the largest of them."""

    floor: float
    top: float


NOTHING = Range(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question made ready to be searched."""

    vector: Vectors
    looked_up: tuple[str, ...]
    """Every word that is looked up, misspellings beside what they may mean."""
    meant: tuple[str, ...]
    """The words as they were meant."""
    pairs: tuple[str, ...] = ()
    """Those that stand side by side in the question, two and two."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is left out of a search, as if the library did not hold it: so that a judge can be measured."""

    documents: frozenset[str] = frozenset()
    phrasings: frozenset[str] = frozenset()
    """Texts of phrasings."""


@dataclass(frozen=True, slots=True)
class Ranks:
    """Row to each value, for the union of all pools; of meaning alone only where its values lie."""

    combined: Mapping[int, float]
    similarities: Mapping[int, float]
    bm25: Mapping[int, float]
    phrased: Mapping[int, float] = field(default_factory=dict)
    """Similarity of the section's nearest phrasing; rows without phrasings are not in it."""
    words: Mapping[int, float] = field(default_factory=dict)
    """What words alone say, phrasings included, before normalising."""
    meaning: Range = NOTHING
    """From where to where what meaning alone says goes, phrasings included, before normalising."""
    gone: frozenset[int] = frozenset()
    """Rows that nothing may bring back: they are hidden."""


def rank(edition: Edition, asked: Asked, hidden: Hidden) -> Ranks:
    """Every passage that words, meaning or phrasings bring, with what each says of it."""
    gone = _rows_in(edition, hidden.documents)
    similarities = _visible(edition.nearest(asked.vector, POOL + len(gone)), gone)
    bm25 = _visible(edition.matching(asked.looked_up, POOL + len(gone)), gone)
    phrased, phrased_words = _phrased(edition, asked, hidden, gone)
    missing = (bm25.keys() | phrased_words.keys() | set(_top(phrased))) - similarities.keys()
    similarities |= edition.similarities(asked.vector, sorted(missing))
    words = _with_phrased_words(edition, _with_pairs(edition, asked, bm25), phrased_words)
    meaning = _with_phrasings(edition, similarities, phrased)
    within = range_of(meaning.tolist())
    combined = (1 - WORDS_SHARE) * _min_max(meaning, within) + WORDS_SHARE * _in_words(words, similarities)
    combined = _from_0_to_1(_with_sentences(edition, asked, similarities, combined, within))
    by_row = dict(zip(similarities, combined.tolist(), strict=True))
    return Ranks(by_row, similarities, bm25, phrased, words, within, gone)


def first_of(edition: Edition, ranks: Ranks) -> Entry | None:
    """The first passage that may be quoted; none where nothing was found."""
    rows = sorted(ranks.combined.keys() - edition.warning_rows)
    best = max(rows, key=ranks.combined.__getitem__, default=None)
    return None if best is None else edition.entries([best])[0]


def _with_sentences(
    edition: Edition, asked: Asked, similarities: Mapping[int, float], combined: Column, meaning: Range
) -> Column:
    """What is combined, the first rows with how much nearer their nearest sentences are than is usual among these.

    A sentence, which has no heading in its vector, is farther than its passage as a rule.
    """
    rows = list(similarities)
    first = {rows[place]: place for place in np.argsort(-combined, kind="stable")[:FIRST].tolist()}
    nearest = edition.nearest_sentences(asked.vector, first)
    nearer = {row: value - similarities[row] for row, value in nearest.items()}
    usual = sum(nearer.values()) / (len(nearer) or 1)
    width = meaning.top - meaning.floor
    share = (1 - WORDS_SHARE) * SENTENCE / width if width > 0 else 0.0
    added = combined.copy()
    for row, value in nearer.items():
        added[first[row]] += share * (value - usual)
    return added


def _with_pairs(edition: Edition, asked: Asked, bm25: Mapping[int, float]) -> dict[int, float]:
    """BM25 of passages with that of the pairs in them, of those that words brought."""
    pairs = edition.matching(asked.pairs, POOL)
    return {row: value + PAIRS * pairs.get(row, 0.0) for row, value in bm25.items()}


def unit(vector: Vectors) -> Vectors:
    """A vector scaled to length 1."""
    return np.asarray(vector / (np.linalg.norm(vector) or 1.0), dtype=np.float32)


def _rows_in(edition: Edition, documents: frozenset[str]) -> frozenset[int]:
    """The rows of what is hidden, remembered: what is for others is hidden from nearly everybody."""
    known = _ROWS.setdefault(edition, {})
    if documents not in known:
        if len(known) >= MOST_REMEMBERED:
            known.clear()
        known[documents] = edition.rows_in(documents)
    return known[documents]


def _phrased(
    edition: Edition, asked: Asked, hidden: Hidden, gone: frozenset[int]
) -> tuple[dict[int, float], dict[int, float]]:
    """Row to the similarity, and to the BM25, of its section's nearest phrasing."""
    index = edition.phrasings
    if not index.holds_any:
        return {}, {}
    similarities = index.similarities(asked.vector, hidden.phrasings)
    words = index.best_by_row(edition.asked_in_words(asked.looked_up, POOL), hidden.phrasings)
    return _visible(similarities, gone), _visible(words, gone)


def _with_phrasings(edition: Edition, similarities: Mapping[int, float], phrased: Mapping[int, float]) -> Column:
    """The similarity of each row, and beside it that of its section's nearest phrasing, or what that is usually."""
    near = _column(similarities, similarities)
    if not edition.phrasings.holds_any:
        return near
    asked_so = _column(phrased, similarities)
    return near + PHRASED * np.where(np.isnan(asked_so), near + edition.manifest.phrasing_shift, asked_so)


def _with_phrased_words(edition: Edition, bm25: dict[int, float], phrased: Mapping[int, float]) -> dict[int, float]:
    if not edition.phrasings.holds_any:
        return bm25
    covered = edition.phrasings.covered
    usual = 1 + PHRASED * edition.manifest.phrasing_words
    words = {row: value if row in covered else usual * value for row, value in bm25.items()}
    for row, value in phrased.items():
        words[row] = words.get(row, 0.0) + PHRASED * value
    return words


def _in_words(words: Mapping[int, float], rows: Collection[int]) -> Column:
    """What words say of each row, from 0 to 1; nothing where none brought it."""
    said = _column(words, rows)
    return np.where(np.isnan(said), 0.0, _min_max(said, range_of(words.values())))


def _visible(found: dict[int, float], gone: frozenset[int]) -> dict[int, float]:
    return {row: value for row, value in found.items() if row not in gone} if gone else found


def _top(values: Mapping[int, float]) -> Sequence[int]:
    return sorted(values, key=values.__getitem__, reverse=True)[:POOL]


def range_of(values: Iterable[float]) -> Range:
    """From the value at the end of the pool, which counts as nothing, to the largest."""
    kept = sorted(values, reverse=True)[:POOL]
    return Range(kept[-1], kept[0]) if kept else NOTHING


def _column(values: Mapping[int, float], rows: Collection[int]) -> Column:
    """The value of each row; not a number where it has none."""
    return np.fromiter(map(values.get, rows, repeat(math.nan)), np.float64, len(rows))


def _min_max(values: Column, within: Range) -> Column:
    width = within.top - within.floor
    if width <= 0:
        return np.ones_like(values)
    return np.where(values > within.floor, (values - within.floor) / width, 0.0)


def _from_0_to_1(values: Column) -> Column:
    """Between 0 and 1; what is no number, as a broken encoder may give, counts as nothing and leads nothing."""
    values = np.fmax(values, 0.0)
    return values / max(1.0, float(values.max(initial=0.0)))
