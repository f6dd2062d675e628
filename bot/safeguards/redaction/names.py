"""Where a text names a person.

A walk over the words. A run of words that could be one name is taken if there is reason enough: what stands before it
(a title, a role, "called"), what stands after it (an age, what people do), and what the lists say of its words. Words
that are also names ("mark", "hope") need a second reason. Capitals help only where the writer uses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.known import Known, bundled_known
from bot.safeguards.redaction.name_cues import Cue, aged, before, does
from bot.safeguards.redaction.name_lists import PARTICLES, NameLists
from bot.safeguards.redaction.names_data import NameData, bundled_names
from bot.safeguards.redaction.tokens import WORD, Kept, Reading, Word

_MOST = 5
_PLACE_OR_RULE_IN_LOWER_CASE = frozenset(
    """
    street road rd lane avenue ave close estate ward park school hospital surgery protocol law laws act inquiry enquiry
    training scheme theory method model foundation fund trust charity workshop workshops guidelines guideline principle
    principles recommendations study experiment definition wheel review report syndrome competence ceasefire initiative
    pilot pilots trial trials evaluation matrix curve triangle council station bus town city borough court magistrates
    posters campaign appeal
    """.split()
)
_CITED = re.compile(r",? (?:\(?(?:19|20)\d{2}\b|et al\b|(?:&|and) [A-Z][a-z]+ (?:\(?(?:19|20)\d{2}|et al))")


class _Walk:
    """One reading of one text."""

    def __init__(self, reading: Reading, lists: NameLists) -> None:
        self.reading = reading
        self.words = reading.words
        self.lists = lists

    def names(self) -> Iterator[tuple[int, int]]:
        """First word and number of words of each name, left to right."""
        at = 0
        while at < len(self.words):
            length = self._name_at(at)
            if length:
                yield at, length
            at += max(length, 1)

    def _name_at(self, at: int) -> int:
        """How many words from here on are one name; 0 if none."""
        word = self.words[at]
        if word.kept is Kept.ALWAYS:
            return 0
        cue = before(self.reading, at, self.lists)
        if word.kept and cue < Cue.ROLE:
            return 0
        length = self._surname_first(at) or self._run(at, cue)
        while length and (self._is_place_or_rule(at, length, cue) or not self._reason(at, length, cue)):
            length = length - 1 if length > 1 and not self._is_place_or_rule(at, length, cue) else 0
        return length

    # -- how far a name goes

    def _run(self, at: int, cue: Cue) -> int:
        """How many words from here on could be one name."""
        first = self.words[at]
        if not (self._may_begin(first, cue) or (first.initial and self._initials(at))):
            return 0
        length = 1
        while length < _MOST and at + length < len(self.words) and self.reading.joined(at + length - 1):
            step = self._step(at, at + length)
            if not step:
                break
            length += step
        return length

    def _step(self, begin: int, at: int) -> int:
        """How many words the name goes on by: two for a particle and what follows it."""
        word = self.words[at]
        if word.folded in PARTICLES and not word.kept and at + 1 < len(self.words) and self.reading.joined(at):
            follows = self.words[at + 1]
            if follows.folded in PARTICLES and at + 2 < len(self.words) and self._may_go_on(begin, at + 2):
                return 3
            if self._may_go_on(begin, at + 1) and not self.lists.common(follows):
                return 2
        return int(self._may_go_on(begin, at))

    def _may_begin(self, word: Word, cue: Cue) -> bool:
        if self.lists.never(word) and not (self.lists.given(word) and not word.shouted):
            return False
        if not self.reading.seems_capital(word):
            return self._may_begin_in_lower_case(word, cue)
        if word.shouted and len(word.text) < 5 and not self._listed(word):
            return False
        listed = self.lists.maybe_given(word) or self.lists.maybe_family(word)
        return listed or self.lists.unknown(word) or (cue >= Cue.ROLE and not self.lists.common(word))

    def _may_begin_in_lower_case(self, word: Word, cue: Cue) -> bool:
        if self.lists.given(word):
            return not (word.folded in self.lists.data.acronyms)
        if cue >= Cue.ROLE and (self.lists.family(word) or self.lists.maybe_given(word)):
            return True
        if cue in {Cue.CALLED, Cue.TITLE}:
            return not self.lists.ordinary(word) and len(word.text) > 2
        return self.lists.maybe_given(word) or self.lists.family(word)

    def _may_go_on(self, begin: int, at: int) -> bool:
        word, first = self.words[at], self.words[begin]
        if word.kept is Kept.ALWAYS:
            return False
        if not self.reading.seems_capital(word):
            return self._may_go_on_in_lower_case(word, first)
        if not self.reading.seems_capital(first) and not self.lists.given(first):
            return False
        if self._listed(word):
            return True
        if self.lists.never(word) or (word.shouted and len(word.text) < 5) or self.lists.common(word):
            return False
        return len(word.text) > 1 or word.initial

    def _may_go_on_in_lower_case(self, word: Word, first: Word) -> bool:
        if self.lists.common(word) or self.lists.never(word) or len(word.text) < 2:
            return False
        if self.reading.seems_capital(first) and self.reading.capitals_mean_something:
            return self.lists.family(word) and self.lists.maybe_given(first)
        return self._listed(word) or self.lists.unknown(word) or self.lists.maybe_family(word)

    def _initials(self, at: int) -> bool:
        """ "J P Hargreaves", "S. Winterbourne": an initial, perhaps another, and a family name."""
        for ahead in (1, 2):
            if at + ahead >= len(self.words) or not self.reading.joined(at + ahead - 1):
                return False
            word = self.words[at + ahead]
            if not word.initial:
                named = self.lists.maybe_family(word) or self.lists.unknown(word)
                dotted = "." in self.reading.gap(at) or ahead == 2 or self.lists.family(word)
                return named and dotted and self.reading.seems_capital(word) and self.words[at].text not in "AI"
        return False

    def _surname_first(self, at: int) -> int:
        """TILBURY, Joanne."""
        if at + 1 >= len(self.words) or self.reading.gap(at) != ", ":
            return 0
        surname, given = self.words[at], self.words[at + 1]
        if given.kept or not self.reading.seems_capital(given) or not self.lists.maybe_given(given):
            return 0
        if not self.reading.seems_capital(surname) or self.lists.place(surname) or self.lists.never(surname):
            return 0
        if not (self.lists.family(surname) or self.lists.unknown(surname) or (surname.shouted and len(surname.text) > 4)):
            return 0
        return 2 if self.lists.given(given) or surname.shouted else 0

    # -- is there reason enough

    def _reason(self, at: int, length: int, cue: Cue) -> bool:
        """Whether these words are a name, all reasons taken together."""
        words = self.words[at : at + length]
        after = aged(self.reading, at + length - 1) or does(self.reading, at + length - 1)
        if all(word.kept for word in words) and not (cue >= Cue.ROLE or aged(self.reading, at + length - 1)):
            return False
        if _CITED.match(self.reading.text, words[-1].end) and cue < Cue.ROLE and not self.lists.given(words[0]):
            return False
        if length > 1 and self.reading.gap(at) == ", ":
            return True
        return self._alone(at, cue, after) if length == 1 else self._together(words, at, cue, after)

    def _alone(self, at: int, cue: Cue, after: bool) -> bool:
        word = self.words[at]
        capital = self.reading.seems_capital(word)
        if self.lists.given(word):
            return not word.shouted or cue >= Cue.ROLE or not self.reading.capitals_mean_something or len(word.text) > 4
        if cue in {Cue.TITLE, Cue.CALLED}:
            return capital or self._listed(word) or not self.lists.ordinary(word)
        if cue is Cue.ROLE:
            return (capital and not self.lists.place(word)) or self.lists.family(word)
        if self.lists.family(word) and capital:
            return after or cue is Cue.DEED or self._plural(at)
        if capital and not self.lists.place(word) and self.lists.maybe_given(word):
            return after and not (self.lists.common(word) and self.reading.opens_sentence(at))
        return False

    def _plural(self, at: int) -> bool:
        """ "the Kowalczyks", "the McDonagh boys": a family."""
        return at > 0 and self.words[at - 1].folded == "the" and self.reading.joined(at - 1)

    def _together(self, words: list[Word], at: int, cue: Cue, after: bool) -> bool:
        first, rest = words[0], words[1:]
        if first.initial:
            return True
        capitals = all(self.reading.seems_capital(word) or word.folded in PARTICLES for word in words)
        family = any(self.lists.family(word) or self.lists.unknown(word) for word in rest)
        if self.lists.given(first):
            return True
        if self.lists.maybe_given(first) and any(self.lists.given(word) for word in rest):
            return capitals or cue >= Cue.ROLE or after
        if cue >= Cue.ROLE or (after and (capitals or family)):
            return capitals or family or self._listed(first)
        if self.lists.maybe_given(first):
            return self._maybe_named(at, words, capitals, family)
        strange = all(self.lists.unknown(word) or self.lists.family(word) or word.folded in PARTICLES for word in words)
        if capitals and (strange or cue is Cue.DEED):
            return not any(self.lists.place(word) for word in words)
        return capitals and any(self.lists.given(word) for word in rest) and (self.lists.family(first) or after)

    def _maybe_named(self, at: int, words: list[Word], capitals: bool, family: bool) -> bool:
        """ "Hope Ndlovu", "mark jones", "Summer Hadley": the first is also a word."""
        if capitals:
            opens = self.reading.opens_sentence(at) and self.lists.common(words[0])
            listed = any(self.lists.maybe_family(word) for word in words[1:])
            return (family or listed) and not (opens and not family)
        return any(self.lists.family(word) for word in words[1:]) and not self.lists.common(words[0])

    # -- what the rules ask

    def _listed(self, word: Word) -> bool:
        return self.lists.given(word) or self.lists.family(word)

    def _is_place_or_rule(self, at: int, length: int, cue: Cue) -> bool:
        """Whether what follows, or the last word itself, makes a place, a body or a rule of it."""
        last = at + length - 1
        makers = self.lists.data.makes_a_place_or_rule
        if length > 1 and self.words[last].folded in makers and not self.lists.family(self.words[last]):
            return cue < Cue.ROLE or self.words[last].folded in _PLACE_OR_RULE_IN_LOWER_CASE
        following = self.words[last + 1] if last + 1 < len(self.words) and self.reading.gap(last) in (" ", "") else None
        if following is None or following.folded not in makers:
            return False
        if following.capital and self.reading.capitals_mean_something:
            return True
        return cue < Cue.ROLE and following.folded in _PLACE_OR_RULE_IN_LOWER_CASE


def name_spans(text: str, known: Known | None = None, data: NameData | None = None) -> list[tuple[int, int]]:
    """The spans of names, and of their parts where they stand alone elsewhere in the text.

    Args:
        text: What was typed.
        known: What is no name of a person; the bundled lists if left out.
        data: The lists of names; the bundled ones if left out.
    """
    reading = Reading(text, known or bundled_known())
    lists = NameLists(data or bundled_names())
    words = reading.words
    spans = [
        (words[at].start, words[at + length - 1].end) for at, length in _Walk(reading, lists).names()
    ]
    parts = {part for start, end in spans for part in WORD.findall(text[start:end]) if _worth_finding_again(part, lists)}
    taken = [start for start, _ in spans]
    spans += [
        (word.start, word.end) for word in words if word.text in parts and not word.kept and word.start not in taken
    ]
    return sorted(spans)


def _worth_finding_again(part: str, lists: NameLists) -> bool:
    word = Word(0, len(part), part, part.lower(), None)
    if word.capital:
        return len(part) > 2 and not lists.common(word) and not lists.place(word)
    return lists.given(word)
