"""The clauses of a message: one of them may be about something that the whole is too long to say."""

from __future__ import annotations

import re

from knowledge.language.followups import subject_words

LONGEST_READ = 1000
"""Characters of a message in which clauses are looked for: what is pasted is many things at once."""
MOST = 8
"""Clauses that are looked at."""
_BETWEEN = re.compile(r"[,;:.?!]+\s+|\s[-–]\s|\s+(?=(?:and|or|plus|also|but|n|&)\s)", re.IGNORECASE)


def clauses_of(message: str) -> tuple[str, ...]:
    """The clauses of a message that name something, as they stand in it; nothing where it is one clause."""
    if len(message) > LONGEST_READ:
        return ()
    clauses = [clause.strip() for clause in _BETWEEN.split(message)]
    naming = [clause for clause in dict.fromkeys(clauses) if subject_words(clause)]
    return tuple(naming[:MOST]) if len(clauses) > 1 else ()
