"""Whether a page's text is text: a font that does not say which letters its shapes are gives others in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.loaders.pdf.words import english

_LETTERS = re.compile(r"[^\W\d_]+")
_CID = re.compile(r"\(cid:\d+\)")
_WELSH = frozenset("yn yr ac ar ei eu am gan mae wedi neu nid hyn hon dros bod fod gyda gall rhaid heddlu".split())
"""Small words of the other language in which forces write, and the police."""
_FEWEST = 40
"""Letters from which it can be told."""
_LEAST = 0.1
"""The share of letters that are in words which are known, in any text of the languages; mostly it is beyond a half."""
_MOST_SHAPES = 0.2


def is_garbled(lines: Iterable[str]) -> bool:
    """Whether the letters of these lines make hardly any word, or are only numbers of shapes."""
    text = " ".join(lines)
    if sum(map(len, _CID.findall(text))) > _MOST_SHAPES * len(text):
        return True
    words = [word for word in _LETTERS.findall(text.lower()) if len(word) > 1]
    letters = sum(map(len, words))
    known = sum(len(word) for word in words if word in english() or word in _WELSH)
    return bool(english()) and letters >= _FEWEST and known < _LEAST * letters
