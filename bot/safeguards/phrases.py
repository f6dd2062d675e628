"""A small notation for phrases, so that lists of cues read like the words people type.

One phrase a line, or several with " / " between them. In a phrase, words stand in order, and

    a|b|c     is any of these words          get_round    is two words that belong together
    strang*   is a word that begins so       #            is a number
    word?     may be left out                ~4           is up to four words of any kind
    {names}   is a named set of the same     !a|b         at the end: none of these may follow
    ^ and $   are the ends of the sentence

Every gap is bounded, so that matching takes time in proportion to the text.
"""

from __future__ import annotations

import re

_GAP = r"\W{1,4}"
_SEPARATOR = re.compile(r"\s+/\s+|\n")
_NAMED = re.compile(r"\{(\w+)\}")


def phrases(block: str, **named: str) -> re.Pattern[str]:
    """The pattern of a block of phrases, for text in the plain form."""
    wanted = [_phrase(line, named) for line in _SEPARATOR.split(block.strip()) if line.strip()]
    return re.compile("|".join(wanted))


def _phrase(line: str, named: dict[str, str]) -> str:
    """One phrase: each word brings the gap behind it, so that a word left out takes its gap along."""
    pieces: list[str] = []
    words = line.split()
    last = max(at for at, word in enumerate(words) if word[0] not in "!$")
    for at, word in enumerate(words):
        gap = _GAP if at < last else r"\b"
        if word == "^":
            pieces.append(r"^\W*")
        elif word == "$":
            pieces.append(r"\W*$")
        elif word[0] == "!":
            pieces.append(rf"(?!{_GAP}(?:{_alternatives(word[1:], named)})\b)")
        elif word[0] == "~":
            pieces.append(rf"(?:\w+{_GAP}){{0,{word[1:] or '3'}}}?")
        elif word.endswith("?"):
            pieces.append(rf"(?:\b(?:{_alternatives(word[:-1], named)}){gap})?")
        else:
            pieces.append(rf"\b(?:{_alternatives(word, named)}){gap}")
    return "".join(pieces)


def _alternatives(word: str, named: dict[str, str]) -> str:
    word = _NAMED.sub(lambda name: "|".join(named[name[1]].split()), word)
    return "|".join(_one(part) for part in word.split("|"))


def _one(word: str) -> str:
    escaped = re.escape(word.replace("_", " "))
    return escaped.replace(r"\ ", r"\W").replace(r"\*", r"\w*").replace(r"\#", r"\d+")
