"""The notation of the cues, so that a list of them reads like the words people type.

In a phrase, words stand in order, and

    a|b|c     is any of these words          get_round    is two words that belong together
    strang*   is a word that begins so       #            is a number
    word?     may be left out                ~4           is up to four words of any kind
    {names}   is a named set of words        !a|b         at the end: none of these may follow
    ^ and $   are the ends of the sentence

Every gap is bounded, so that matching takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

_GAP = r"\W{1,4}"
_NAMED = re.compile(r"\{(\w+)\}")
_WIDEST = 12
"""Words that a gap may span: beyond it a phrase joins what has nothing to do with each other."""
_LONGEST = 40
_PIECE = re.compile(r"[\w*#]+")
_WORD = re.compile(r"\w+")


Key = tuple[str, str]
"""The file and the name of a group of phrases."""


@dataclass(frozen=True)
class Phrase:
    """One phrase of a group, and the sets of words that it may name."""

    group: Key
    line: str
    named: Mapping[str, Sequence[str]]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds it, compiled when a message first has its words."""
        return re.compile(_phrase(self.line, self.named))


class Phrases:
    """The phrases of all groups, looked for together in text in the plain form.

    Only those are tried whose sure words all occur in the text: a few of two thousand. So a phrase costs nothing until
    a message has its words, neither to compile nor to look for.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._phrases = list(phrases)
        self._needs = [_needed(phrase.line, phrase.named) for phrase in self._phrases]
        self._always = [i for i, needs in enumerate(self._needs) if not needs]
        self._by_word: dict[str, list[int]] = {}
        often = Counter(word for needs in self._needs for words in needs for word in words)
        for i, needs in enumerate(self._needs):
            # of its sure words the one that fewest phrases have: "what" would bring hundreds along
            for word in min(needs, key=lambda words: sum(often[word] for word in words), default=()):
                self._by_word.setdefault(word, []).append(i)

    def possible(self, text: str) -> Mapping[Key, Sequence[re.Pattern[str]]]:
        """Of each group, in order, the phrases that may stand in a text; groups of which none may are left out."""
        words = frozenset(_WORD.findall(text))
        named = {i for word in words for i in self._by_word.get(word, ())}
        found: dict[Key, list[re.Pattern[str]]] = {}
        for i in sorted([*self._always, *named]):
            if not any(map(words.isdisjoint, self._needs[i])):
                found.setdefault(self._phrases[i].group, []).append(self._phrases[i].pattern)
        return found

    def make_ready(self) -> None:
        """Compile every phrase, so that no message has to wait for those it needs."""
        for phrase in self._phrases:
            _ = phrase.pattern


def first_match(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    """The first place where one of them stands."""
    found = (pattern.search(text) for pattern in patterns)
    return min(filter(None, found), key=lambda match: match.start(), default=None)


def _needed(line: str, named: Mapping[str, Sequence[str]]) -> list[frozenset[str]]:
    """For each sure word of a phrase, what it may begin with; a word with a sign in it may begin with anything."""
    found = []
    for word in line.split():
        if word[0] not in "^$~!" and word[-1] != "?":
            begins = frozenset(part.split("_")[0] for part in _expanded(word.split("|"), named))
            if not any(sign in part for part in begins for sign in "*#"):
                found.append(begins)
    return found


def fault_in(phrase: str, named: Mapping[str, Sequence[str]]) -> str:
    """What is wrong with a phrase, with the remedy; empty if nothing is."""
    words = phrase.split()
    if not any(word[0] not in "^$~!" and word[-1] != "?" for word in words):
        return "it needs a word that must be there."
    if len(words) > _LONGEST:
        return f"it has more than {_LONGEST} parts. Make two of it."
    return next(filter(None, (_fault_in_word(word, named) for word in words)), "")


def _fault_in_word(word: str, named: Mapping[str, Sequence[str]]) -> str:
    if word in "^$":
        return ""
    if word[0] == "~":
        good = word[1:].isdecimal() and 0 < int(word[1:]) <= _WIDEST
        return "" if good else f"'{word}' must be ~ and a number from 1 to {_WIDEST}."
    inner = word[1:] if word[0] == "!" else word.removesuffix("?")
    unknown = [name for name in _NAMED.findall(inner) if name not in named]
    if unknown:
        return f"there is no set of words called '{unknown[0]}'."
    wrong = [part for part in _NAMED.sub("set", inner).split("|") if not _PIECE.fullmatch(part)]
    return f"'{wrong[0] or word}' is not a word. Write words in lower case without apostrophes." if wrong else ""


def _phrase(line: str, named: Mapping[str, Sequence[str]]) -> str:
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


def _alternatives(word: str, named: Mapping[str, Sequence[str]]) -> str:
    return "|".join(_one(part) for part in _expanded(word.split("|"), named))


def _expanded(parts: Iterable[str], named: Mapping[str, Sequence[str]]) -> list[str]:
    """The parts with the named sets written out."""
    found: list[str] = []
    for part in parts:
        name = _NAMED.fullmatch(part)
        found += named[name[1]] if name else [part]
    return found


def _one(word: str) -> str:
    escaped = re.escape(word.replace("_", " "))
    return escaped.replace(r"\ ", r"\W").replace(r"\*", r"\w*").replace(r"\#", r"\d+")
