"""Which words are ordinary English: those a dictionary knows.

A capitalised word that no dictionary knows is likely a name. The dictionary is pyspellchecker's; without it only the
bundled list of ordinary words is known, and fewer names are heard.
"""

from __future__ import annotations

import re
from functools import cache

_AMERICAN = (
    ("ise", "ize"),
    ("isi", "izi"),
    ("isa", "iza"),
    ("our", "or"),
    ("tre", "ter"),
    ("ence", "ense"),
    ("ll", "l"),
)
_ENDING = re.compile(r"(?:'s|s'|s|'d|'ll|nt|n't|ve|re|d|ing)$")
_RAREST = 120
"""Occurrences in the dictionary's own texts below which an entry is as likely a misspelling."""


@cache
def _dictionary() -> frozenset[str]:
    try:
        from spellchecker import SpellChecker
    except ImportError:
        return frozenset()
    frequencies = SpellChecker(language="en", distance=1).word_frequency.dictionary
    return frozenset(word for word, count in frequencies.items() if count >= _RAREST)


def warm() -> None:
    """Read the dictionary now (about half a second) rather than with the first message."""
    _dictionary()


def in_dictionary(word: str) -> bool:
    """Whether a folded word is English, in British spelling or without its apostrophe too."""
    known = _dictionary()
    if word in known:
        return True
    bare = _ENDING.sub("", word)
    if len(bare) > 2 and bare in known:
        return True
    return any(british in word and word.replace(british, other) in known for british, other in _AMERICAN)
