"""Whether a page's text is text: a font that does not say which letters its shapes are gives others in their place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from indexer.loaders.pdf.words import english

_LETTERS = re.compile(r"[^\W\d_]+")
_CID = re.compile(r"\(cid:\d+\)")
_WELSH = frozenset("yn yr ac ar ei eu am gan mae wedi neu nid hyn hon dros bod fod gyda gall rhaid heddlu".split())
"""Small words of the other language in which forces write, and the police."""
_FEWEST = 40
"""Letters from which it can be told."""
_LEAST = 0.1
"""The share of letters that are in words which are known, from which a text is taken for one without more ado."""
_MOST_SHAPES = 0.2
_NO_CHARACTERS = frozenset({"Co", "Cc", "Cn", "Cs"})
"""Categories of what no text has in quantity: characters for private use, for control, and none at all."""
_VOWELS = frozenset("aeiouyæøœıəɛɔ")
_VOWELS_LIE = (0.22, 0.75)
"""The shares of vowels among letters between which all languages in Latin letters lie, Polish and Hawaiian too."""
_MIXED = re.compile(r"[^\W_]*(?:\d[a-z]|[a-z]\d|[a-z][A-Z]+[a-z]|[a-z][A-Z]$)[^\W_]*")
_TOKENS = re.compile(r"[^\W_]{3,}")
_MOST_MIXED = 0.5


def is_garbled(lines: Iterable[str]) -> bool:
    """Whether these lines are only numbers of shapes, or Latin letters that can be no words of any language."""
    text = " ".join(lines)
    if sum(map(len, _CID.findall(text))) > _MOST_SHAPES * len(text) or _has_no_characters(text):
        return True
    words = [word for word in _LETTERS.findall(text.lower()) if len(word) > 1]
    letters = "".join(words)
    if len(letters) < _FEWEST or _is_known(words, len(letters)):
        return False
    latin = [base for char in letters if (base := _latin(char))]
    if len(latin) * 2 < len(letters):
        return False
    least, most = _VOWELS_LIE
    share = sum(base in _VOWELS for base in latin) / len(latin)
    return not least <= share <= most or _is_mixed(text)


def _has_no_characters(text: str) -> bool:
    """Whether much of a text is no characters; a bullet of a font of signs is one now and then."""
    seen = [char for char in text if not char.isspace()]
    return len(seen) >= _FEWEST and sum(map(_is_none, seen)) > _MOST_SHAPES * len(seen)


def _is_none(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in _NO_CHARACTERS


def _is_known(words: Sequence[str], letters: int) -> bool:
    """Whether some of the letters are in words of the two languages that the forces write."""
    return sum(len(word) for word in words if word in english() or word in _WELSH) >= _LEAST * letters


def _latin(char: str) -> str:
    """A letter without what is above or below it; empty if it is none of the Latin alphabet."""
    base = unicodedata.normalize("NFKD", char)[0]
    return base if "a" <= base <= "z" or unicodedata.name(base, "").startswith("LATIN") else ""


def _is_mixed(text: str) -> bool:
    """Whether most words have capitals or digits among their small letters."""
    tokens = _TOKENS.findall(text)
    return sum(bool(_MIXED.fullmatch(token)) for token in tokens) > _MOST_MIXED * len(tokens)
