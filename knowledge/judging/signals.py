"""What tells a covered question from one that only sounds alike: signals for the judge, each about the first hit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from knowledge.finding.ranking import Ranks
from knowledge.found import Hit
from knowledge.language.words import search_terms, stems, stems_in
from knowledge.store.edition import Edition, Entry

AS_MUCH = 0.02
"""Difference in coverage that is none."""
NO_WARNING = 0.1
"""How much nearer than the first hit a warning is taken to be where the library has none near.

A library that does not say what it leaves out is judged with more care: on clapnq_dev near misses quoted fall from
190 to 64 of 300.
"""


def signals_of(
    edition: Edition, terms: Sequence[str], hits: Sequence[Hit], ranks: Ranks, unheard: frozenset[str] = frozenset()
) -> dict[str, float]:
    """Similarities from -1 to 1, shares from 0 to 1, and 1.0 or 0.0 for what is so or not.

    `unheard` are phrasings that are left out, as if the library did not hold them.
    """
    first, others = hits[0], other_sections(hits)
    weights = term_weights(edition, stems(terms))
    total = sum(weights.values()) or 1.0
    nearest = [hit.similarity for hit in others[:4]]
    signals = {
        "similarity": first.similarity,
        "closeness": first.closeness,
        "sentence": max(first.sentence_similarities, default=first.similarity),
        "lead": first.similarity - (sum(nearest) / len(nearest) if nearest else 0.0),
        "margin": first.combined - (others[0].combined if others else 0.0),
        "covered": best_coverage(first.entry, weights) / total,
        "bm25": first.bm25 / total,
        "unknown": sum(w for term, w in weights.items() if term not in edition.term_counts) / total,
        "unsaid": _unsaid(edition, first, weights, unheard) / total,
        **_agreement(edition, first, ranks),
    }
    signals["nearest"] = max(first.closeness, signals.get("phrased", 0.0))
    signals |= {"warning_gap": NO_WARNING, "warned": 0.0}
    return signals


def other_sections(hits: Sequence[Hit]) -> list[Hit]:
    """The best hit of each section but the first one's."""
    seen = {section_of(hits[0])}
    others = []
    for hit in hits[1:]:
        if section_of(hit) not in seen:
            seen.add(section_of(hit))
            others.append(hit)
    return others


def section_of(hit: Hit) -> tuple[str, str]:
    """Document and heading trail."""
    return hit.entry.document.id, hit.entry.passage.section


def _agreement(edition: Edition, first: Hit, ranks: Ranks) -> dict[str, float]:
    """Whether words, meaning and phrasings each, alone, would have put the first hit's section first, and how near."""
    own = frozenset(edition.section_rows(first.entry.row))
    quotable = ranks.combined.keys() - edition.warning_rows
    phrased = ranks.phrased.keys() & quotable
    mine = max(map(ranks.phrased.__getitem__, phrased & own), default=0.0)
    rest = max(map(ranks.phrased.__getitem__, phrased - own), default=0.0)
    votes = {
        "words_first": float(_leads(own, ranks.bm25, quotable)),
        "meaning_first": float(_leads(own, ranks.similarities, quotable)),
        "phrased_first": float(mine > rest) if phrased else 0.0,
    }
    return votes | {
        "votes": sum(votes.values()),
        "phrased": mine,
        "phrased_lead": mine - rest if mine else 0.0,
    }


def _leads(own: frozenset[int], values: Mapping[int, float], quotable: Iterable[int]) -> bool:
    best = max([row for row in quotable if row in values], key=values.__getitem__, default=None)
    return best in own


def warning_signals(
    edition: Edition, terms: Sequence[str], warnings: Sequence[Hit], signals: Mapping[str, float]
) -> dict[str, float]:
    """How near the nearest warning is, how much of what it says was asked, and of what was asked it says."""
    nearest = max(warnings, key=lambda hit: hit.closeness)
    said = term_weights(edition, stems(search_terms(nearest.entry.passage.text)))
    asked = term_weights(edition, stems(terms))
    held = said.keys() | stems_in(nearest.entry.document.title)
    more = sum(w for term, w in asked.items() if term in held) / (sum(asked.values()) or 1.0) - signals["covered"]
    return {
        "warned": 1.0,
        "warning": nearest.closeness,
        "warning_gap": nearest.closeness - signals["closeness"],
        "warning_asked": sum(w for term, w in said.items() if term in asked) / (sum(said.values()) or 1.0),
        "warning_more": 0.0 if abs(more) <= AS_MUCH else math.copysign(1.0, more),
        "warning_unset": float(nearest.entry.kind == "unset"),
    }


def term_weights(edition: Edition, terms: Iterable[str]) -> dict[str, float]:
    """How much each term tells: its inverse passage frequency (as BM25 has it)."""
    count = edition.manifest.passages
    return {
        term: math.log(1 + (count - n + 0.5) / (n + 0.5))
        for term in dict.fromkeys(terms)
        for n in [edition.term_counts.get(term, 0)]
    }


def _unsaid(edition: Edition, first: Hit, weights: Mapping[str, float], unheard: frozenset[str]) -> float:
    """The weight of question terms that neither the section, its headings nor its phrasings say."""
    _, section = section_of(first)
    texts = [piece.text for piece in first.section] or [first.entry.passage.text]
    asked = (text for text in edition.phrasings.of_row(first.entry.row) if text not in unheard)
    said = frozenset().union(*map(stems_in, (first.entry.document.title, section, *texts, *asked)))
    return sum(weight for term, weight in weights.items() if term not in said)


def best_coverage(entry: Entry, weights: Mapping[str, float]) -> float:
    """The largest weight of question terms that one sentence, with its headings, holds."""
    heading, text = stems_in(f"{entry.document.title} {entry.passage.section}"), entry.passage.text
    stems_in(text)  # words that are new are learnt all at once, and not sentence by sentence
    best = 0.0
    for start, end in entry.sentences or ((0, len(text)),):
        held = heading | stems_in(text[start:end])
        best = max(best, sum(weight for term, weight in weights.items() if term in held))
    return best
