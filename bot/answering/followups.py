"""Follow-ups: a question that only makes sense after the one before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPENING = re.compile(
    r"^\W*(?:"
    r"(?:and|but|or|also|so)\b(?! the hub\b)"
    r"|(?:what|how) (?:about|if|then|else)\b"
    r"|(?:same|even|only) (?:for|if|with)\b"
    r"|why(?: not| is that)?\W*$"
    r"|who (?:by|with|for)\W*$"
    r")",
    re.IGNORECASE,
)
_POINTING = re.compile(r"\b(?:it|its|that|those|they|them|their|this one|these|he|she|there|then)\b", re.IGNORECASE)
_LONGEST = 9
"""Words up to which "can they extend it" points back; a longer sentence says what it is about."""


def is_follow_up(text: str) -> bool:
    """Whether a question leans on the one before: it opens like one, or is short and points back."""
    if _OPENING.search(text):
        return len(text.split()) <= 2 * _LONGEST
    return len(text.split()) <= _LONGEST and bool(_POINTING.search(text))


def topic_of(earlier: Sequence[str]) -> str:
    """What a follow-up leans on: the last question that stood on its own; empty if there is none."""
    return next((question for question in reversed(earlier) if question and not is_follow_up(question)), "")
