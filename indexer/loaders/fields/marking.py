"""What a field for the protective marking states, in the words that people write there."""

from __future__ import annotations

import difflib
import re
from typing import Any

from indexer.loaders.fields.wrong import TooHigh
from indexer.loaders.markings import without_denied
from knowledge.passages import Marking

_HIGH = re.compile(r"\b(?:TOP[\s-]+SECRET|SECRET|CONFIDENTIAL|RESTRICTED)\b", re.IGNORECASE)
_UNMARKED = frozenset(
    "none no nil public unmarked unclassified not open npm na unrestricted nonsensitive insensitive".split()
)
"""Words of which a field for the marking may consist where there is none: "not protectively marked"."""
_NOT_APPLICABLE = re.compile(r"\W*n\W?a\W*", re.IGNORECASE)


def stated_marking(value: Any) -> Marking:
    """The marking that a field states; ValueError where it is none, or above what the library may hold."""
    if value is None:
        return Marking.OFFICIAL
    if not isinstance(value, str):
        raise ValueError("not text")
    text = without_denied(value)
    found = _HIGH.search(text)
    if found:
        raise TooHigh(found.group().upper())
    words = re.findall(r"[a-z]+", text.lower())
    if "sensitive" in words or "officialsensitive" in words:
        return Marking.OFFICIAL_SENSITIVE
    # "OFFICIAL SENSITVE" and the like must not be published as if nothing was said
    unmarked = bool(_UNMARKED & set(words)) or text != value or _NOT_APPLICABLE.fullmatch(text) is not None
    said = "official" in words or not text.strip() or unmarked
    near = set(difflib.get_close_matches("sensitive", words, 1, 0.75)) - _UNMARKED
    if near or not said:
        raise ValueError("no marking")
    return Marking.OFFICIAL
