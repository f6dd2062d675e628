"""Where a text names a person.

A walk over the words with a handful of rules, from the surest to the weakest. Capitals help only where the
writer uses them: in a message all in capitals, or in title case, every rule falls back to known names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.given_names import AMBIGUOUS_NAMES, GIVEN_NAMES, SURNAMES
from bot.safeguards.tokens import WORD, Word, capitals_mean_something, words_of
from bot.safeguards.words import (
    ACRONYMS,
    BETWEEN,
    COMMON,
    DEEDS,
    LINKS,
    MAKES_A_PLACE_OR_RULE,
    NOT_NAMES,
    ROLES,
)

_BEFORE_NAME = re.compile(r"(?:['’]s)?[\s:,\-–—=(\"'“‘]{1,4}(?:\([^)\n]{0,20}\) )?")
_AFTER_TITLE = re.compile(r"[.\s]{1,3}(?:\d{2,6} |\[collar_number\] )?")
_BORN_OR_AGED = re.compile(
    r",? ?\(?(?:b\.|b \d|born\b|d\.?o\.?b|aged \d|age \d|\d{1,2} ?(?:y/?o|yrs?)\b)", re.IGNORECASE
)

_TITLES = frozenset(
    """
    mr mrs ms miss mx dr prof rev pc dc ps ds di dci dsgt dinsp sgt sergeant insp inspector supt
    superintendent pcso wpc ci cinsp constable sp tpc
    """.split()
)
_PLACE_OR_RULE_IN_LOWER_CASE = frozenset(
    """
    street road rd lane avenue close estate ward park school hospital protocol law laws act inquiry training
    ocg gang boys report review scheme theory method model
    """.split()
)
_DOES = frozenset("from wants wanted says said lives lived keeps rang rings asked asks told called has was who".split())
_CIVIL_TITLES = frozenset({"mr", "mrs"})


class _Walk:
    """One reading of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(words_of(text))
        self.capitals_mean_something = capitals_mean_something(self.words)

    def names(self) -> Iterator[tuple[int, int]]:
        """The spans of names, left to right."""
        at = 0
        while at < len(self.words):
            length = self._name_at(at)
            if length:
                yield self.words[at].start, self.words[at + length - 1].end
            at += max(length, 1)

    def _name_at(self, at: int) -> int:
        """How many words from here on are one name; 0 if none."""
        if self.words[at].kept:
            return 0
        for rule in (
            self._titled,
            self._after_role,
            self._surname_first,
            self._pair,
            self._who_does,
            self._after_deed,
            self._aged,
            self._lone,
        ):
            length = rule(at)
            if length and not self._is_place_or_rule(at + length - 1):
                return length
        return 0

    # -- the rules, surest first

    def _titled(self, at: int) -> int:
        """Mr Tilbury, PC Smith, Sgt 412 Patel."""
        if at == 0 or not _AFTER_TITLE.fullmatch(self._gap(at - 1)):
            return 0
        title, word = self.words[at - 1], self.words[at]
        if title.lower not in _TITLES:
            return 0
        if self._surname_like(word) and title.capital:
            return self._run(at, 3)
        if title.lower in _CIVIL_TITLES and not self._seems_capital(word) and word.lower not in NOT_NAMES:
            return 1
        return int(word.lower in SURNAMES)

    def _after_role(self, at: int) -> int:
        """Victim Joanne, her ex Liam Frost, son called kayden."""
        role = self._role_before(at)
        if role is None:
            return 0
        word = self.words[at]
        known = _known_given(word) or (word.lower in AMBIGUOUS_NAMES and self._seems_capital(word))
        if self._surname_like(word) and (known or word.lower in SURNAMES or not self._seems_capital(role)):
            return self._run(at, 3)
        if (
            self._surname_like(word)
            and at + 1 < len(self.words)
            and self._joined(at)
            and self._surname_like(self.words[at + 1])
        ):
            return self._run(at, 3)
        return self._lower_name(at) if _known_given(word) else 0

    def _surname_first(self, at: int) -> int:
        """TILBURY, Joanne."""
        if at + 1 >= len(self.words) or self._gap(at) != ", ":
            return 0
        surname, given = self.words[at], self.words[at + 1]
        fits = (surname.shouted or surname.lower in SURNAMES) and self._surname_like(surname)
        return 2 if fits and _known_given(given) and self._seems_capital(given) and not given.kept else 0

    def _pair(self, at: int) -> int:
        """Shannon Prewitt; liam jones, both names being well known."""
        if at + 1 >= len(self.words) or not self._joined(at):
            return 0
        first, second = self.words[at], self.words[at + 1]
        if second.kept:
            return 0
        if (
            _known_given(first)
            and second.lower in SURNAMES
            and first.capital == second.capital
            and not self._acronym(first)
        ):
            return 2
        if not self._surname_like(second) or not self._seems_capital(first) or self._acronym(first):
            return 0
        if _known_given(first) or (
            first.lower in AMBIGUOUS_NAMES and not self._opens_sentence(at) and second.lower not in NOT_NAMES
        ):
            return self._run(at, 4)
        return self._run(at, 3) if second.lower in SURNAMES and self._surname_like(first) and not first.shouted else 0

    def _who_does(self, at: int) -> int:
        """Olamide Adeyemi wants, Zoltan Kovacs from: a pair nobody has listed, and what people do."""
        if at + 2 >= len(self.words) or not self.capitals_mean_something or not self._joined(at):
            return 0
        first, second, then = self.words[at : at + 3]
        fits = all(self._surname_like(word) and not word.shouted for word in (first, second))
        fits = fits and first.lower not in _TITLES
        return 2 if fits and then.lower in _DOES and self._gap(at + 1) == " " else 0

    def _after_deed(self, at: int) -> int:
        """Issued a CPW to Xochitl Ferris; check if kayden marsh has been flagged."""
        if not self._deed_before(at):
            return 0
        if (
            at + 1 < len(self.words)
            and self._joined(at)
            and self._surname_like(self.words[at])
            and self._surname_like(self.words[at + 1])
        ):
            return self._run(at, 3)
        length = self._lower_name(at) if _known_given(self.words[at]) else 0
        return length if length > 1 else 0

    def _aged(self, at: int) -> int:
        """Zebedee Thornquist b. 2009, or aged 14."""
        if not self._surname_like(self.words[at]):
            return 0
        length = self._run(at, 3)
        follows = _BORN_OR_AGED.match(self.text, self.words[at + length - 1].end)
        return length if follows and length > 1 else 0

    def _lone(self, at: int) -> int:
        """Kayden keeps going missing: a given name that is nothing else, standing alone."""
        word = self.words[at]
        alone = not (at + 1 < len(self.words) and self._joined(at) and self._seems_capital(self.words[at + 1]))
        before = (
            at > 0
            and self._joined(at - 1)
            and self._seems_capital(self.words[at - 1])
            and not self._opens_sentence(at - 1)
        )
        return int(_known_given(word) and self._seems_capital(word) and not word.shouted and alone and not before)

    # -- what the rules ask

    def _gap(self, at: int) -> str:
        return self.text[self.words[at].end : self.words[at + 1].start]

    def _joined(self, at: int) -> bool:
        gap = self._gap(at)
        return gap == " " or (gap == ". " and len(self.words[at].text) == 1)

    def _opens_sentence(self, at: int) -> bool:
        return at == 0 or any(mark in self._gap(at - 1) for mark in ".!?\n:-")

    def _seems_capital(self, word: Word) -> bool:
        return self.capitals_mean_something and word.capital

    def _acronym(self, word: Word) -> bool:
        return word.lower in ACRONYMS and (word.shouted or not word.capital)

    def _surname_like(self, word: Word) -> bool:
        if word.kept or not self._seems_capital(word) or word.lower in NOT_NAMES or word.lower in ACRONYMS:
            return False
        if word.shouted:
            return len(word.text) > 4 or word.lower in SURNAMES or word.lower in GIVEN_NAMES
        return len(word.text) > 1

    def _run(self, at: int, most: int) -> int:
        """How far the capitals go."""
        length = 1
        while length < most and at + length < len(self.words) and self._joined(at + length - 1):
            if not self._surname_like(self.words[at + length]):
                break
            length += 1
        return length

    def _lower_name(self, at: int) -> int:
        """A given name in lower case, with a surname if the next word is no ordinary word."""
        if self.words[at].kept or self._acronym(self.words[at]):
            return 0
        if at + 1 >= len(self.words) or not self._joined(at):
            return 1
        following = self.words[at + 1]
        ordinary = (
            following.lower in NOT_NAMES
            or following.lower.endswith(("ing", "ed", "ly", "n't"))
            or len(following.text) < 3
        )
        place = following.lower in MAKES_A_PLACE_OR_RULE
        return 1 if ordinary or place or following.kept else 2

    def _role_before(self, at: int) -> Word | None:
        """The role this word's name may belong to: at most three linking words back."""
        for back in range(at - 1, max(at - 5, -1), -1):
            if not _BEFORE_NAME.fullmatch(self._gap(back)):
                return None
            word = self.words[back]
            if word.lower in ROLES:
                return word
            if word.lower not in LINKS:
                return None
        return None

    def _deed_before(self, at: int) -> bool:
        for back in range(at - 1, max(at - 6, -1), -1):
            if self._gap(back) not in (" ", ": ", " - "):
                return False
            word = self.words[back].lower
            if word in DEEDS:
                return True
            if word not in BETWEEN:
                return False
        return False

    def _is_place_or_rule(self, last: int) -> bool:
        following = self.words[last + 1] if last + 1 < len(self.words) and self._gap(last) in (" ", "") else None
        if following is None or following.lower not in MAKES_A_PLACE_OR_RULE:
            return False
        return following.capital or following.lower in _PLACE_OR_RULE_IN_LOWER_CASE


def name_spans(text: str) -> list[tuple[int, int]]:
    """The spans of names, and of their parts where they stand alone elsewhere in the text."""
    walk = _Walk(text)
    spans = list(walk.names())
    parts = {part for start, end in spans for part in WORD.findall(text[start:end]) if _worth_finding_again(part)}
    taken = {start for start, _ in spans}
    spans += [
        (word.start, word.end)
        for word in walk.words
        if word.text in parts and not word.kept and word.start not in taken
    ]
    return sorted(spans)


def _worth_finding_again(part: str) -> bool:
    if part[0].isupper():
        return len(part) > 2 and part.lower() not in NOT_NAMES
    return part in GIVEN_NAMES and part not in AMBIGUOUS_NAMES and part not in COMMON


def _known_given(word: Word) -> bool:
    return word.lower in GIVEN_NAMES and word.lower not in AMBIGUOUS_NAMES and word.lower not in NOT_NAMES
