"""Questions that point at one place: a section by its number, one sentence by its very words, what one may do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from knowledge.finding.ranking import Ranks
from knowledge.found import Hit
from knowledge.judging.conditions import is_list_line, lead_of_list
from knowledge.judging.signals import best_coverage, section_of, term_weights
from knowledge.language.words import search_terms, stems, stems_in
from knowledge.store.edition import Edition, Entry

BY_NUMBER = "by_number"
"""The signal that says that the first hit is the section whose number was asked for."""
WORD_FOR_WORD = 0.95
"""Share of the question's words, weighed by how rare they are, that one sentence must hold."""
MORE = 0.3
"""How much less of them the first section's best sentence must hold."""
A_LITTLE = 0.03
"""What a heading that says what one may do has ahead where that is asked: enough to part two that are about as near.

Tried from 0 to 0.1 on the golden, the held-out and the oblique questions: up to here no right section lost its place.
"""
_MAY = re.compile(r"\b(?:can|can['’]?t|cannot|could|may|allowed|able to|permitted)\b", re.IGNORECASE)
FEWEST = 4
"""Words that a question must have: two in common are chance."""
LOOKED_AT = 3
"""Sections among which such a sentence is looked for."""
_ASKED = re.compile(
    r"(?<![\w.£$€])(\d{1,3}(?:\.\d{1,3})+)\b"
    r"(?! ?(?:%|k|m|mm|cm|km|miles?|metres?|mph|kg|p|pm|am|st|s|secs?|mins?|minutes?|h|hrs?|hours?|days?|weeks?|"
    r"months?|years?|times|per|million|thousand|pounds?)(?!\w))",
    re.IGNORECASE,
)
"""A number with a dot in it: "section 2" is an Act's more often than a document's own heading."""
_OF_THE_LAW = re.compile(r"\b(?:acts?|codes?|pace|regulations?|schedules?|bill)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:section|part|chapter|step)? ?(\d{1,3}(?:\.\d{1,3})*)[.:)]?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Headings:
    """What an edition's own headings say, read once for as long as it is open."""

    may: frozenset[int]
    """Rows of sections whose heading says what one may do."""
    numbered: Mapping[str, Mapping[str, Sequence[int]]]
    """Number to document to rows, of sections whose heading begins with one."""

    def under(self, numbers: set[str], gone: frozenset[int]) -> dict[str, list[int]]:
        """Rows by document of the sections whose own heading begins with one of the numbers."""
        found: dict[str, list[int]] = {}
        for number in sorted(numbers & self.numbered.keys()):
            for document, rows in self.numbered[number].items():
                if gone.isdisjoint(rows):  # a document is hidden whole
                    found.setdefault(document, []).extend(rows)
        return found


_READ: WeakKeyDictionary[Edition, _Headings] = WeakKeyDictionary()


def _headings_of(edition: Edition) -> _Headings:
    if edition not in _READ:
        _READ[edition] = _read(edition)
    return _READ[edition]


def _read(edition: Edition) -> _Headings:
    may: set[int] = set()
    sections: dict[tuple[str, str, str], list[int]] = {}
    for row, document, section in edition.headed():
        heading = section.rsplit(" > ", 1)[-1]
        if _MAY.search(heading):
            may.add(row)
        number = _NUMBERED.match(heading + " ")
        if number is not None:
            sections.setdefault((number[1], document, section), []).append(row)
    numbered: dict[str, dict[str, list[int]]] = {}
    for (told, document, _), rows in sections.items():
        numbered.setdefault(told, {}).setdefault(document, []).extend(rows)
    return _Headings(frozenset(may), numbered)


def numbered_first(edition: Edition, ranks: Ranks, question: str) -> tuple[Ranks, bool]:
    """The ranks with the section first that a question asks for by its number, and whether there is one.

    "Section 2.2 of the keyholder scheme" is the heading "2.2 Second call" of the document whose title the question
    says most of. Without a word of its title the number says nothing, and where the law is named it is the law's. Of
    a follow-up (told by its line break) only its own words name a number: the one before was answered.
    """
    own = question.rsplit("\n", 1)[-1]
    numbers = set() if _OF_THE_LAW.search(question) else set(_ASKED.findall(own))
    under = _headings_of(edition).under(numbers, ranks.gone) if numbers else {}
    rows = _most_named(edition, under, question)
    if not rows:
        return ranks, False
    top = max(ranks.combined.values(), default=0.0)
    ahead = {row: top + 1 / (1 + place) for place, row in enumerate(rows)}
    combined = {row: value / (top + 1) for row, value in {**ranks.combined, **ahead}.items()}
    return replace(ranks, combined=combined), True


def _most_named(edition: Edition, rows: Mapping[str, list[int]], question: str) -> list[int]:
    """The rows of the document of whose title the question says most; none where it says nothing of any."""
    if not rows:
        return []
    weights = term_weights(edition, stems(search_terms(question)))

    def said(document: str) -> float:
        title = stems_in(edition.documents[document].title)
        return sum(weight for term, weight in weights.items() if term in title and not term.isdigit())

    best = max(rows, key=said, default=None)
    return rows[best] if best is not None and said(best) > 0 else []


def permission_first(edition: Edition, ranks: Ranks, question: str) -> Ranks:
    """The ranks with headings a little ahead that say what one may do, where a question asks what one may or may not.

    "When can I not use it" is answered by "Where can I use it?" and not by the steps of using it.
    """
    if not _MAY.search(question):
        return ranks
    ahead = _headings_of(edition).may
    combined = {row: (value + A_LITTLE * (row in ahead)) / (1 + A_LITTLE) for row, value in ranks.combined.items()}
    return replace(ranks, combined=combined)


def word_for_word_first(edition: Edition, terms: Sequence[str], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits with the one first that says nearly every word asked for in one sentence, where the first does not.

    Half a sentence in common and a nearer meaning do not outweigh the sentence itself: "may the crew paint the cabin
    door" is answered by the list that names painting the cabin door, not by what the crew may do ashore.
    """
    weights = term_weights(edition, stems(terms))
    total = sum(weights.values())
    if not hits or total <= 0 or len(weights) < FEWEST:
        return hits
    first = best_coverage(hits[0].entry, weights) / total
    for hit in _best_of_next(hits):
        held = _held(hit.entry, weights) / total
        if held >= WORD_FOR_WORD and held - first >= MORE:
            return (hit, *(other for other in hits if other is not hit))
    return hits


def _held(entry: Entry, weights: Mapping[str, float]) -> float:
    """The largest weight that one sentence holds, with its headings and, in a list, the line that says which list."""
    text, best = entry.passage.text, best_coverage(entry, weights)
    heading = stems_in(f"{entry.document.title} {entry.passage.section}")
    for start, end in entry.sentences:
        if is_list_line(text[start:end]):
            held = heading | stems_in(lead_of_list(text, start)) | stems_in(text[start:end])
            best = max(best, sum(weight for term, weight in weights.items() if term in held))
    return best


def _best_of_next(hits: tuple[Hit, ...]) -> list[Hit]:
    """Every hit of the sections behind the first one, as many as are looked at."""
    seen = {section_of(hits[0])}
    found = []
    for hit in hits[1:]:
        seen.add(section_of(hit))
        if len(seen) > LOOKED_AT:
            break
        if section_of(hit) != section_of(hits[0]):
            found.append(hit)
    return found
