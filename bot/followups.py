"""Follow-ups: a question that only makes sense after the one before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPENING = re.compile(
    r"^\W*(?:and|but|or|also|so)\b(?! the hub\b)|^\W*(?:what|how) (?:about|if)\b|^\W*(?:same|even|only) (?:for|if|with)\b|"
    r"^\W*(?:what|how) (?:then|else)\b|^\W*why(?: not| is that)?\W*$|^\W*who (?:by|with|for)\W*$",
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


def in_context(text: str, earlier: Sequence[str]) -> str:
    """The question as it was meant: with the last one that stood on its own before it, if it leans on it."""
    if not is_follow_up(text):
        return text
    topic = next((question for question in reversed(earlier) if question and not is_follow_up(question)), None)
    return f"{topic} {text}" if topic else text
