"""Where a text names a person.

A walk over the words. A run of words that could be one name is taken if there is reason enough: what stands before it
(a title, a role, "called"), what stands after it (an age, what people do), and what the lists say of its words. Words
that are also names ("mark", "hope") need a second reason. Capitals help only where the writer uses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.known import Known, bundled_known
from bot.safeguards.redaction.name_cues import Cue, aged, before, does, is_civil, nicknamed, role_before
from bot.safeguards.redaction.name_lists import NameLists
from bot.safeguards.redaction.names_data import NameData, bundled_names, fold
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
_ONLY_PEOPLE = re.compile(
    r" (?:keeps|says|said|wants|rang|told|refuses|lives|has been (?:missing|arrested|threatened)|keep ringing)\b", re.I
)
_CITED = re.compile(r",? (?:\(?(?:19|20)\d{2}\b|et al\b|(?:&|and) [A-Z][a-z]+ (?:\(?(?:19|20)\d{2}|et al))")


class _Walk:
    """One reading of one text."""

    def __init__(self, reading: Reading, lists: NameLists) -> None:
        self.reading = reading
        self.words = reading.words
        self.lists = lists
        self.facts = [lists.of(word) for word in reading.words]
        self.kept = {word.folded for word in reading.words if word.kept}

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
        word, facts = self.words[at], self.facts[at]
        if word.kept is Kept.ALWAYS or (facts.common and not facts.maybe_given and not facts.maybe_family):
            return 0
        cue = before(self.reading, at, self.lists)
        if cue is Cue.ROLE and facts.ordinary and not self._role_is_small(at):
            cue = Cue.NONE
        if word.kept and cue < Cue.ROLE:
            return 0
        length = self._surname_first(at) or self._run(at, cue)
        while length and not self._reason(at, length, cue):
            length -= 1
        return 0 if length and self._is_place_or_rule(at, length, cue) else length

    # -- how far a name goes

    def _run(self, at: int, cue: Cue) -> int:
        """How many words from here on could be one name."""
        first = self.words[at]
        if not (self._may_begin(at, cue) or (first.initial and self._initials(at))):
            return 0
        length = 1
        while length < _MOST and at + length < len(self.words) and self.reading.joined(at + length - 1):
            step = self._step(at, at + length)
            if not step:
                break
            length += step
        return length

    def _step(self, begin: int, at: int) -> int:
        """How many words the name goes on by: two or three with particles and what follows them."""
        for particles in (0, 1, 2):
            last = at + particles
            if last >= len(self.words) or not all(self.reading.joined(place) for place in range(at, last)):
                return 0
            if self._may_go_on(begin, last) and not (particles and self.facts[last].common):
                return particles + 1
            if not self.facts[last].particle or self.words[last].kept:
                return 0
        return 0

    def _may_begin(self, at: int, cue: Cue) -> bool:
        word, facts = self.words[at], self.facts[at]
        if facts.never and (word.shouted or not facts.maybe_given):
            return False
        if not self.reading.seems_capital(word):
            return self._may_begin_in_lower_case(at, cue)
        if word.shouted and len(word.text) < 5 and not (facts.given or facts.family):
            return False
        if facts.maybe_given or facts.maybe_family or facts.unknown:
            return True
        if cue is Cue.CALLED:
            return nicknamed(self.reading, at)
        return cue is Cue.TITLE or (cue is Cue.ROLE and not facts.common)

    def _may_begin_in_lower_case(self, at: int, cue: Cue) -> bool:
        word, facts = self.words[at], self.facts[at]
        if facts.maybe_given or facts.family:
            return word.folded not in self.lists.data.acronyms
        if cue is Cue.TITLE and not is_civil(self.reading, at):
            return False
        return cue in {Cue.CALLED, Cue.TITLE} and not facts.ordinary and len(word.text) > 2

    def _role_is_small(self, at: int) -> bool:
        """ "victim Care" may name somebody; "Witness Care Unit" does not."""
        role = role_before(self.reading, at, self.lists)
        return role is not None and not (role.capital and self.reading.capitals_mean_something)

    def _may_go_on(self, begin: int, at: int) -> bool:
        word, facts, first = self.words[at], self.facts[at], self.words[begin]
        if word.kept is Kept.ALWAYS:
            return False
        if not self.reading.seems_capital(word):
            return self._may_go_on_in_lower_case(begin, at)
        if not self.reading.seems_capital(first) and not self.facts[begin].given:
            return False
        if facts.given or facts.family:
            return True
        if facts.never or facts.common:
            return False
        if word.shouted and (len(word.text) < 5 or not (first.shouted or self.facts[begin].given)):
            return False
        return len(word.text) > 1 or word.initial

    def _may_go_on_in_lower_case(self, begin: int, at: int) -> bool:
        facts = self.facts[at]
        if facts.common or facts.never or len(self.words[at].text) < 2:
            return False
        if self.reading.seems_capital(self.words[begin]):
            return facts.family and self.facts[begin].maybe_given
        return facts.given or facts.maybe_family or facts.unknown

    def _initials(self, at: int) -> bool:
        """ "J P Hargreaves", "S. Winterbourne": an initial, perhaps another, and a family name."""
        for ahead in (1, 2):
            if at + ahead >= len(self.words) or not self.reading.joined(at + ahead - 1):
                return False
            word, facts = self.words[at + ahead], self.facts[at + ahead]
            if not word.initial:
                dotted = "." in self.reading.gap(at) or ahead == 2 or facts.family
                named = (facts.maybe_family or facts.unknown) and self.reading.seems_capital(word)
                return named and dotted and self.words[at].text not in "AI"
        return False

    def _surname_first(self, at: int) -> int:
        """TILBURY, Joanne."""
        if at + 1 >= len(self.words) or self.reading.gap(at) != ", ":
            return 0
        surname, given = self.words[at], self.words[at + 1]
        if given.kept or not self.reading.seems_capital(given) or not self.reading.seems_capital(surname):
            return 0
        facts = self.facts[at]
        shouted = surname.shouted and len(surname.text) > 4 and not given.shouted
        if facts.never or not (shouted or ((facts.family or facts.unknown) and not facts.place)):
            return 0
        return 2 if self.facts[at + 1].given or (shouted and self.facts[at + 1].maybe_given) else 0

    # -- is there reason enough

    def _reason(self, at: int, length: int, cue: Cue) -> bool:
        """Whether these words are a name, all reasons taken together."""
        last = at + length - 1
        born = aged(self.reading, last)
        if all(word.kept for word in self.words[at : last + 1]) and not (cue >= Cue.ROLE or born):
            return False
        cited = _CITED.match(self.reading.text, self.words[last].end)
        if cited and cue < Cue.ROLE and not self.facts[at].given:
            return False
        if length > 1 and self.reading.gap(at) == ", ":
            return True
        after = born or does(self.reading, last)
        return self._alone(at, cue, after) if length == 1 else self._together(at, length, cue, after)

    def _alone(self, at: int, cue: Cue, after: bool) -> bool:
        word, facts = self.words[at], self.facts[at]
        capital = self.reading.seems_capital(word)
        if word.folded in self.kept and cue < Cue.ROLE:
            return False
        if cue is Cue.ROLE:
            return facts.given or facts.family or (capital and not facts.place)
        if cue in {Cue.TITLE, Cue.CALLED}:
            return capital or facts.given or facts.family or not facts.ordinary
        if facts.given:
            return self._given_alone(at, capital)
        if not capital or facts.place:
            return after and facts.unknown and len(word.text) > 4 and self._somebody(at)
        if facts.family:
            return after or cue is Cue.DEED or self._plural(at)
        return facts.maybe_given and after and not (facts.common and self.reading.opens_sentence(at))

    def _given_alone(self, at: int, capital: bool) -> bool:
        word = self.words[at]
        if capital:
            return not word.shouted or len(word.text) > 4
        article = at > 0 and self.words[at - 1].folded in {"a", "an"} and self.reading.joined(at - 1)
        return not article

    def _somebody(self, at: int) -> bool:
        """ "rhianna keeps ringing": in lower case, in no list, and with a verb that only people have."""
        return bool(_ONLY_PEOPLE.match(self.reading.text, self.words[at].end)) and self.reading.opens_sentence(at)

    def _plural(self, at: int) -> bool:
        """ "the Kowalczyks", "the McDonagh boys": a family."""
        return at > 0 and self.words[at - 1].folded == "the" and self.reading.joined(at - 1)

    def _together(self, at: int, length: int, cue: Cue, after: bool) -> bool:
        words, facts = self.words[at : at + length], self.facts[at : at + length]
        first, rest = facts[0], facts[1:]
        if words[0].initial or first.given:
            return True
        capitals = all(self.reading.seems_capital(w) or f.particle for w, f in zip(words, facts, strict=True))
        family = any(fact.family or fact.unknown for fact in rest)
        if first.maybe_given and any(fact.given for fact in rest):
            return capitals or cue >= Cue.ROLE or after
        if cue >= Cue.ROLE or (after and (capitals or family)):
            return capitals or family or first.family
        if first.maybe_given and not capitals:
            return any(fact.family for fact in rest) and not first.common
        if not capitals or any(fact.place for fact in facts):
            return False
        opens = self.reading.opens_sentence(at) and first.common
        if first.maybe_given:
            return family or (any(fact.maybe_family for fact in rest) and not opens and not first.common)
        strange = all(fact.unknown or fact.family or fact.particle for fact in facts)
        named = any(fact.given for fact in rest) and first.family
        return strange or named or cue is Cue.DEED or (first.maybe_family and any(f.family for f in rest) and not opens)

    def _is_place_or_rule(self, at: int, length: int, cue: Cue) -> bool:
        """Whether what follows, or the last word itself, makes a place, a body or a rule of it."""
        last = at + length - 1
        makers = self.lists.data.makes_a_place_or_rule
        own = self.words[last].folded
        if length > 1 and own in makers and not self.facts[last].family:
            return cue < Cue.ROLE or own in _PLACE_OR_RULE_IN_LOWER_CASE
        gap = self.reading.gap(last)
        following = self.words[last + 1] if last + 1 < len(self.words) and gap in (" ", "", "'s ", "’s ") else None
        if following is None or following.folded not in makers:
            return False
        if "s" in gap:
            return following.folded in {"law", "laws", "protocol"}
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
    spans = [(words[at].start, words[at + length - 1].end) for at, length in _Walk(reading, lists).names()]
    parts = {
        part for start, end in spans for part in WORD.findall(text[start:end]) if _worth_finding_again(part, lists)
    }
    taken = [start for start, _ in spans]
    spans += [
        (word.start, word.end) for word in words if word.text in parts and not word.kept and word.start not in taken
    ]
    return sorted(spans)


def _worth_finding_again(part: str, lists: NameLists) -> bool:
    word = Word(0, len(part), part, fold(part), None)
    facts = lists.of(word)
    if word.capital:
        return len(part) > 2 and not facts.common and not facts.place
    return facts.given
