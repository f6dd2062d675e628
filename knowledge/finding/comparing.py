"""Comparisons: each side is searched by itself, and what says what it is or when it is right goes first.

"CPW or CPN?" asks which one to use, so that a section on what each is for is nearer to what is meant than one on how
to fill it in. Where a comparison asks for one thing of both ("how long does each last"), nothing goes first. And the
section of one side that speaks of the other is nearer to what is meant than one that does not: of "cpn or pspo" the one
that says "then a CPN may fit better".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

from knowledge.finding.ranking import POOL, Asked, Ranks, first_of
from knowledge.language.followups import subject_words
from knowledge.store.edition import Edition

AHEAD = 0.15
"""What a section that says what something is, or when it is right, has ahead of the others of its side."""
_SAY_NOTHING = frozenset("use used using each one thing idea".split())
SPEAKS = 0.2
"""What a section of one side has ahead that speaks of the other side at most."""
_SAYS_WHAT_IT_IS = re.compile(
    r"\b(?:what (?:is|are|counts)|test|difference|which|wrong|right (?:tool|for)|when (?:is|can|do|should|would|to)"
    r"|purpose|criteri\w+|definitions?|overview|meaning|scope|threshold|eligib\w+|grounds|about)\b",
    re.IGNORECASE,
)

_READ: WeakKeyDictionary[Edition, frozenset[int]] = WeakKeyDictionary()


def _read(edition: Edition) -> frozenset[int]:
    """The rows under headings that say what something is, read once for each edition."""
    return frozenset(
        row for row, _, section in edition.headed() if _SAYS_WHAT_IT_IS.search(section.rsplit(" > ", 1)[-1])
    )


def what_it_is_first(edition: Edition, ranks: Ranks) -> Ranks:
    """The ranks of one side, with sections that say what it is and when it is right ahead; still from 0 to 1."""
    if edition not in _READ:
        _READ[edition] = _read(edition)
    ahead = _READ[edition]
    combined = {row: (value + AHEAD * (row in ahead)) / (1 + AHEAD) for row, value in ranks.combined.items()}
    return replace(ranks, combined=combined)


def what_speaks_of_both_first(edition: Edition, asked: Sequence[Asked], ranks: Sequence[Ranks]) -> tuple[Ranks, ...]:
    """The ranks of all sides, each with sections of its own document ahead that speak of another side; from 0 to 1.

    What speaks of another side holds a word that only that side has; where no section does, one of the title of the
    document that the other side is found in.
    """
    first = [_first_document(edition, one) for one in ranks]
    names = [_telling(" ".join(one.looked_up)) for one in asked]
    titles = [_telling(edition.documents[document].title) if document else set() for document in first]
    return tuple(
        _ahead(
            ranks[own],
            _speaking(edition, first[own], _others(names, first, own) - names[own])
            or _speaking(edition, first[own], _others(titles, first, own) - names[own] - titles[own]),
        )
        for own in range(len(ranks))
    )


def _telling(text: str) -> set[str]:
    return set(subject_words(text)) - _SAY_NOTHING


def _others(words: Sequence[set[str]], first: Sequence[str], own: int) -> set[str]:
    """The words of sides found in other documents: where one document has both, every section speaks of both."""
    return {word for theirs, document in zip(words, first, strict=True) if document != first[own] for word in theirs}


def _first_document(edition: Edition, ranks: Ranks) -> str:
    """The document of the first section that may be quoted; empty where nothing was found."""
    first = first_of(edition, ranks)
    return "" if first is None else first.document.id


def _speaking(edition: Edition, document: str, words: set[str]) -> dict[int, float]:
    """Row to how much it speaks of something, as BM25 has it, for those of a document's rows that do."""
    rows = edition.rows_in({document} if document else ())
    return {row: value for row, value in edition.matching(sorted(words), POOL, rows).items() if value > 0}


def _ahead(ranks: Ranks, speaking: dict[int, float]) -> Ranks:
    most = max(speaking.values(), default=1.0)
    combined = {
        row: (value + SPEAKS * speaking.get(row, 0.0) / most) / (1 + SPEAKS) for row, value in ranks.combined.items()
    }
    return replace(ranks, combined=combined)
