"""The words of a text as the recogniser of names reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bot.safeguards.redaction.reading.known import Known
from bot.safeguards.redaction.reading.names_data import fold

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[a-z_]{2,20}\]")
_QUOTES = "\"'“”‘’"
_BETWEEN_NAMES = frozenset({" ", *(f" {quote}" for quote in _QUOTES), *(f"{quote} " for quote in _QUOTES)})


class Kept(Enum):
    """Why a word is left alone."""

    ALWAYS = "a law, a scheme, a placeholder"
    UNLESS_A_PERSON = "an author or an inquiry, unless a role or title makes a person of it"


@dataclass(frozen=True, slots=True)
class Word:
    """A word, where it stands, and whether it is to be left alone."""

    start: int
    end: int
    text: str
    folded: str
    kept: Kept | None

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """All in capitals: "MARAC", and "PCSOs"."""
        return len(self.text) > 1 and (self.text.isupper() or (self.text[-1] == "s" and self.text[:-1].isupper()))

    @property
    def initial(self) -> bool:
        return len(self.text) == 1 and self.capital


class Reading:
    """A text, its words, and whether its writer uses capitals."""

    def __init__(self, text: str, known: Known) -> None:
        self.text = text
        self.words = list(_words_of(text, known))
        self.capitals_mean_something = _capitals_mean_something(self.words)

    def gap(self, at: int) -> str:
        """What stands between this word and the next; a newline after the last."""
        return self.text[self.words[at].end : self.words[at + 1].start] if at + 1 < len(self.words) else "\n"

    def joined(self, at: int) -> bool:
        """Whether this word and the next may be parts of one name."""
        gap = self.gap(at)
        return gap in _BETWEEN_NAMES or (gap in {". ", "."} and len(self.words[at].text) == 1)

    def opens_sentence(self, at: int) -> bool:
        return at == 0 or any(mark in self.gap(at - 1) for mark in ".!?\n:-")

    def seems_capital(self, word: Word) -> bool:
        """Whether the word has a capital that says something."""
        return self.capitals_mean_something and word.capital


def _words_of(text: str, known: Known) -> Iterator[Word]:
    inside = {place for match in _PLACEHOLDER.finditer(text) for place in range(*match.span())}
    found = list(_forms_in(text))
    fixed, people = known.stand_at([forms for _, _, forms in found])
    for at, (start, word, (folded, _)) in enumerate(found):
        always = at in fixed or start in inside
        kept = Kept.ALWAYS if always else Kept.UNLESS_A_PERSON if at in people else None
        yield Word(start, start + len(word), word, folded, kept)


def _forms_in(text: str) -> Iterator[tuple[int, str, tuple[str, str]]]:
    """Where each word begins, the word without its possessive, and folded without and with it."""
    for match in WORD.finditer(text):
        written = match[0]
        word = _POSSESSIVE.sub("", written) or written
        folded = fold(word)
        yield match.start(), word, (folded, folded if word == written else fold(written))


def _capitals_mean_something(words: list[Word]) -> bool:
    """Not in a message all in capitals or in title case."""
    counted = [word for word in words if len(word.text) > 1 and not (word.shouted and len(word.text) < 5)]
    shouted = [word for word in words if word.shouted]
    if len(shouted) > 3 and len(shouted) > 0.7 * len(words):
        return False
    return len(counted) < 5 or sum(word.capital for word in counted) <= 0.75 * len(counted)
