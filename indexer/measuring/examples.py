"""Questions of a library with known answers, asked as they are and with the answering document hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.measuring.evaluate import Expectation, may_cite
from knowledge.encoder import Encoder
from knowledge.finding.asked import all_ready
from knowledge.finding.ranking import Asked, Hidden, rank
from knowledge.found import Found
from knowledge.judging.fitting import misfits
from knowledge.judging.signals import section_of
from knowledge.language.words import search_terms, side_by_side
from knowledge.search import found_of
from knowledge.store.edition import Edition

MOST_PHRASINGS = 300
"""Phrasings that are asked as questions, spread evenly over the library."""


@dataclass(frozen=True, slots=True)
class Example:
    """What one question brought, and whether its first hit answers it."""

    found: Found
    answers: bool
    hidden: bool
    """Whether the document that answers was hidden, or there is none: nothing should be quoted."""
    group: str
    """The document asked about: examples of one document are fitted together or not at all."""
    may_be_quoted: bool
    """Whether nothing that was asked for is missing from the first hit."""


def from_questions(edition: Edition, encoder: Encoder, questions: Iterable[Expectation]) -> Iterator[Example]:
    """Each question as it is, and, where a document answers it, with that document hidden."""
    held = list(questions)
    ready = all_ready(edition, encoder, [question.text for question in held])
    for question, asked in zip(held, ready, strict=True):
        documents = frozenset(document for document in edition.documents if may_cite(question, document))
        if question.documents and not documents:
            continue  # about a document that this library does not hold
        found = _search(edition, asked, question.text, Hidden())
        first = found.hits[0] if found.hits else None
        right = first is not None and first.entry.document.id in documents and _right_section(question, found)
        group = min(documents, default=first.entry.document.id if first else "")
        yield _example(found, right, not documents, group)
        if documents:
            yield _example(_search(edition, asked, question.text, Hidden(documents)), False, True, group)


def from_phrasings(edition: Edition) -> Iterator[Example]:
    """Phrasings asked as questions: each with itself left out of the library, and with its document hidden."""
    index = edition.phrasings
    step = max(1, len(index.texts) // MOST_PHRASINGS)
    for i in range(0, len(index.texts), step):
        text = index.texts[i]
        entry = edition.entries([index.rows[index.places[i]][0]])[0]
        own = (entry.document.id, entry.passage.section)
        words = tuple(search_terms(text))
        asked = Asked(index.vectors[i], words, words, tuple(side_by_side(text)))
        itself = frozenset([text])
        found = _search(edition, asked, text, Hidden(phrasings=itself))
        right = bool(found.hits) and section_of(found.hits[0]) == own
        yield _example(found, right, False, own[0])
        yield _example(_search(edition, asked, text, Hidden(frozenset([own[0]]), itself)), False, True, own[0])


def _search(edition: Edition, asked: Asked, text: str, hidden: Hidden) -> Found:
    ranks = rank(edition, asked, hidden)
    return found_of(edition, asked, ranks, 10, question=text, unheard=hidden.phrasings)


def _right_section(question: Expectation, found: Found) -> bool:
    return not question.sections or found.hits[0].entry.passage.section in question.sections


def _example(found: Found, answers: bool, hidden: bool, group: str) -> Example:
    fits = bool(found.hits) and not misfits(found.question, found.hits[0])
    return Example(found, answers, hidden, group, fits)


def groups_of(examples: Sequence[Example]) -> int:
    """How many documents the examples are about."""
    return len({example.group for example in examples})
