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

_GAP = r"\W{1,4}"
_SEPARATOR = re.compile(r"\s+/\s+|\n")
_CONTINUED = re.compile(r"\|\s*\n\s*")
_NAMED = re.compile(r"\{(\w+)\}")


def phrases(block: str, **named: str) -> re.Pattern[str]:
    """The pattern of a block of phrases, for text in the plain form."""
    wanted = [_phrase(line, named) for line in _SEPARATOR.split(_CONTINUED.sub("|", block).strip()) if line.strip()]
    return re.compile("|".join(wanted))


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
