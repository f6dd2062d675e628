"""A small notation for phrases, so that lists of cues read like the words people type.

One phrase a line, or several with " / " between them. In a phrase, words stand in order, and

    a|b|c     is any of these words          get_round    is two words that belong together
    strang*   is a word that begins so       #            is a number
    word?     may be left out                ~4           is up to four words of any kind
    {names}   is a named set of the same     !a|b         at the end: none of these may follow
    ^ and $   are the ends of the sentence, and a line that ends in | goes on in the next

Every gap is bounded, so that matching takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

_GAP = r"\W{1,4}"
_SEPARATOR = re.compile(r"\s+/\s+|\n")
_CONTINUED = re.compile(r"\|\s*\n\s*")
_NAMED = re.compile(r"\{(\w+)\}")


class Phrases:
    """A list of phrases, made into a pattern when it is first needed: so importing the safeguards takes no time."""

    def __init__(self, block: str, named: dict[str, str]) -> None:
        self._block, self._named = block, named

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        lines = _SEPARATOR.split(_CONTINUED.sub("|", self._block).strip())
        return re.compile("|".join(_phrase(line, self._named) for line in lines if line.strip()))

    def search(self, text: str) -> re.Match[str] | None:
        """The first place where one of the phrases stands."""
        return self._pattern.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place where one of the phrases stands."""
        return self._pattern.finditer(text)

    def sub(self, replacement: str, text: str) -> str:
        """The text with the phrases replaced."""
        return self._pattern.sub(replacement, text)


def phrases(block: str, **named: str) -> Phrases:
    """The phrases of a block, for text in the plain form."""
    return Phrases(block, named)


def _phrase(line: str, named: dict[str, str]) -> str:
    """One phrase. A word that may be left out takes its gap along: up to the first sure word the gap behind it,
    after that the gap before it."""
    pieces: list[str] = []
    before, behind = "", _GAP
    for word in line.split():
        if word in "^$":
            pieces.append(r"^\W*" if word == "^" else r"\W*$")
        elif word[0] == "!":
            pieces.append(rf"(?!{_GAP}(?:{_alternatives(word[1:], named)})\b)")
        elif word[0] == "~":
            pieces.append(rf"(?:{before}\w+{behind}){{0,{word[1:]}}}?")
        elif word[-1] == "?":
            pieces.append(rf"(?:{before}\b(?:{_alternatives(word[:-1], named)})\b{behind})?")
        else:
            pieces.append(rf"{before}\b(?:{_alternatives(word, named)})\b")
            before, behind = _GAP, ""
    return "".join(pieces)


def _alternatives(word: str, named: dict[str, str]) -> str:
    word = _NAMED.sub(lambda name: "|".join(named[name[1]].split()), word)
    return "|".join(_one(part) for part in word.split("|"))


def _one(word: str) -> str:
    escaped = re.escape(word.replace("_", " "))
    return escaped.replace(r"\ ", r"\W").replace(r"\*", r"\w*").replace(r"\#", r"\d+")
