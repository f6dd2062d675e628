"""Comparisons: each side is searched by itself, and what says what it is or when it is right goes first.

"CPW or CPN?" asks which one to use, so that a section on what each is for is nearer to what is meant than one on how
to fill it in. Where a comparison asks for one thing of both ("how long does each last"), nothing goes first.
"""

from __future__ import annotations

import re
from dataclasses import replace
from weakref import WeakKeyDictionary

from knowledge.ranking import Ranks
from knowledge.store.edition import Edition

AHEAD = 0.15
"""What a section that says what something is, or when it is right, has ahead of the others of its side."""
_SAYS_WHAT_IT_IS = re.compile(
    r"\b(?:what (?:is|are|counts)|test|difference|which|wrong|right (?:tool|for)|when (?:is|can|do|should|would|to)"
    r"|purpose|criteri\w+|definitions?|overview|meaning|scope|threshold|eligib\w+|grounds|about)\b",
    re.IGNORECASE,
)

_READ: WeakKeyDictionary[Edition, frozenset[int]] = WeakKeyDictionary()


def _read(edition: Edition) -> frozenset[int]:
    """The rows under headings that say what something is, read once for each edition."""
    return frozenset(
        row
        for (_, section), rows in edition.rows_by_section.items()
        if _SAYS_WHAT_IT_IS.search(section.rsplit(" > ", 1)[-1])
        for row in rows
    )


def what_it_is_first(edition: Edition, ranks: Ranks) -> Ranks:
    """The ranks of one side, with sections that say what it is and when it is right ahead; still from 0 to 1."""
    if edition not in _READ:
        _READ[edition] = _read(edition)
    ahead = _READ[edition]
    combined = {row: (value + AHEAD * (row in ahead)) / (1 + AHEAD) for row, value in ranks.combined.items()}
    return replace(ranks, combined=combined)
