"""Follow-ups: a short question is searched for itself and together with what was asked before, near its document.

Measured on questions of our own: with what the earlier question is about put beside its words, and the document that
answered the earlier one preferred, the right section comes first for 69 of 75 follow-ups; with the two questions
searched apart and their ranks added, for 59. How sure the first section is, is told by its lead over the next one,
and by what the library says it leaves out, which must not be nearer than the section.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain, zip_longest

from knowledge.finding.ranking import Ranks, first_of
from knowledge.found import Found, Hit
from knowledge.judging.signals import section_of
from knowledge.language.followups import follows, subject_words
from knowledge.store.edition import Edition

OWN_SHARE = 0.5
"""How much a follow-up's own words count beside its words with the subject of the question it leans on."""
SAME_DOCUMENT = 0.3
"""What a section of the document that answers the earlier question has ahead of the others."""
SUBJECT_UP_TO = 8
"""Words that name the subject of the earlier question at most."""

OWN_NEAREST = 0.25
"""Nearness to the section found from which a message that names its own subject may still be a follow-up."""
OWN_UNSAID = 0.35
"""Share of what such a message asks that this section may leave unsaid."""

ALONE = 0.6
"""Nearness from which a message that does not open like a follow-up stands alone."""
AGREED = 2.0
"""How many of words, meaning and phrasings must then put the same section first."""
FAR = 0.35
"""Nearness below which a short message that does not open like a follow-up is one after all."""
NAMES_MUCH = 3
"""Words that the question before has not, beyond which a message that does not open like a follow-up is none for what
it is near."""
NAMES_ITSELF = 2
"""Words of its own subject with which the second question of a message needs nothing of the first; and which a message
has at most that says nothing without what was said before."""
AGAIN = "again"
"""Signal: the section found is the one that the question before brought."""


def joined(question: str, after: str) -> str:
    """A follow-up with what the earlier question is about: "who can extend it keep section 136"."""
    return " ".join([question, *subject_words(after)[:SUBJECT_UP_TO]])


def near_the_same(edition: Edition, own: Ranks, together: Ranks, before: Ranks) -> Ranks:
    """The ranks of a follow-up with its subject, its own beside them, ahead in the document answering what was before.

    `combined` stays between 0 and 1; similarities and words are those of the follow-up with its subject.
    """
    same = _rows_of_first(edition, before)
    rows = own.combined.keys() | together.combined.keys()
    combined = {
        row: (
            OWN_SHARE * own.combined.get(row, 0.0)
            + (1 - OWN_SHARE) * together.combined.get(row, 0.0)
            + SAME_DOCUMENT * (row in same)
        )
        / (1 + SAME_DOCUMENT)
        for row in rows
    }
    return replace(together, combined=combined)


def _rows_of_first(edition: Edition, before: Ranks) -> frozenset[int]:
    """The rows of the document whose section the earlier question would be answered with."""
    first = first_of(edition, before)
    return frozenset() if first is None else edition.rows_in(frozenset([first.document.id]))


def own_signals(signals: Mapping[str, float]) -> dict[str, float]:
    """What a follow-up's own words say of the section that was found, beside the signals of the whole."""
    names = {"nearest": "own_nearest", "warning_gap": "own_warning_gap", "unsaid": "own_unsaid"}
    return {new: signals[old] for old, new in names.items() if old in signals}


def told_again(edition: Edition, found: Found, before: Ranks) -> dict[str, float]:
    """Whether a follow-up found the section that the question before it brought, as a signal."""
    first = first_of(edition, before)
    if first is None or not found.hits:
        return {}
    same = section_of(found.hits[0]) == (first.document.id, first.passage.section)
    return {AGAIN: float(same)}


def leans_on_it(question: str, after: str, signals: Mapping[str, float]) -> bool:
    """Whether a message is a follow-up after all: by its words, or since what it names stands in the section found.

    "who can issue the notice" after a question on closures names a notice, and the section does; "how long does a
    restraining order last" after one on warnings names what no section there says.
    """
    near = signals.get("own_nearest", 0.0) >= OWN_NEAREST and signals.get("own_unsaid", 1.0) <= OWN_UNSAID
    names = set(subject_words(question)) - set(subject_words(after))
    return follows(question) or (near and len(names) <= NAMES_MUCH)


def either_way(alone: Found, following: Found, limit: int) -> Found:
    """What a message brings by itself, by turns with what it brings as a follow-up; each passage once."""
    taken: dict[int, Hit] = {}
    for hit in chain.from_iterable(zip_longest(alone.hits, following.hits)):
        if hit is not None:
            taken.setdefault(hit.entry.row, hit)
    first = {(hit.entry.document.id, hit.entry.passage.section) for hit in (*alone.hits[:1], *following.hits[:1])}
    return replace(alone, hits=tuple(taken.values())[:limit], either=len(first) > 1)


def names_nothing(alone: Found) -> bool:
    """Whether a message names next to nothing, and asks by itself for nothing that the library has."""
    return alone.signals.get("nearest", 0.0) < FAR and len(subject_words(alone.question)) <= NAMES_ITSELF


def stands_alone(found: Found) -> bool:
    """Whether a message asks for something by itself: a section is near, and words and meaning agree on it."""
    return found.signals.get("nearest", 0.0) >= ALONE and found.signals.get("votes", 0.0) >= AGREED
