"""Questions made ready to be searched: shorthand written out, misspellings mended, and encoded."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nlargest
from itertools import chain
from typing import NamedTuple

from knowledge.encoder import Encoder, encode_clauses, encode_questions
from knowledge.finding.ranking import Asked
from knowledge.language.words import (
    WORDS_REMEMBERED,
    anywhere,
    learn_stems,
    respelt,
    search_terms,
    side_by_side,
    words_of,
    written_out,
)  # fmt: skip
from knowledge.store.edition import Edition


class _Meant(NamedTuple):
    """A text as it was meant."""

    written: str
    """As it is encoded."""
    looked_up: tuple[str, ...]
    words: tuple[str, ...]
    pairs: tuple[str, ...]


def make_ready(edition: Edition, encoder: Encoder, question: str) -> Asked:
    """The question's vector and words: shorthand written out, misspellings mended."""
    return all_ready(edition, encoder, [question])[0]


def all_ready(edition: Edition, encoder: Encoder, questions: Sequence[str]) -> list[Asked]:
    """Several questions made ready, encoded together."""
    meant = [_as_meant(edition, question) for question in questions]
    vectors = encode_questions(encoder, [one.written for one in meant])
    return [Asked(vector, *one[1:]) for vector, one in zip(vectors, meant, strict=True)]


def clauses_ready(edition: Edition, encoder: Encoder, question: str, clauses: Sequence[str]) -> list[Asked]:
    """Clauses of a question made ready, each as it is meant there: "who signs it" after a word on closures is about
    closures. One that does not stand in the question as it is written out is made ready by itself.
    """
    whole = _as_meant(edition, question).written
    meant = [_as_meant(edition, clause) for clause in clauses]
    at = [whole.find(one.written) for one in meant]
    if -1 in at:
        return all_ready(edition, encoder, clauses)
    spans = [(start, start + len(one.written)) for start, one in zip(at, meant, strict=True)]
    vectors = encode_clauses(encoder, whole, spans)
    return [Asked(vector, *one[1:]) for vector, one in zip(vectors, meant, strict=True)]


def _as_meant(edition: Edition, question: str) -> _Meant:
    written = anywhere(written_out(question), edition.words)
    terms = search_terms(written)
    corrected = respelt(terms, edition.words)
    for wrong, right in corrected.items():
        written = written.replace(wrong, right)
    words = tuple(corrected.get(term, term) for term in terms)
    return _Meant(written, (*terms, *corrected.values()), words, tuple(side_by_side(written)))


def learn_words(edition: Edition) -> None:
    """Have the stems of an edition's words at hand before anybody asks: its phrasings', then the most frequent."""
    asked = (word for text in edition.phrasings.texts for word in words_of(text))
    learn_stems(chain(asked, nlargest(WORDS_REMEMBERED, edition.words, key=edition.words.__getitem__)))
