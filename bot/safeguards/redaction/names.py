"""Where a text names a person.

A walk over the words. A run of words that could be one name is taken if there is reason enough: what stands before it
(a title, a role, "called"), what stands after it (an age, what people do), and what the lists say of its words. Words
that are also names ("mark", "hope") need a second reason. Capitals help only where the writer uses them.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.safeguards.redaction.name_cues import Cue, before, is_civil, nicknamed, role_before
from bot.safeguards.redaction.name_reasons import FAMILY_AND_PLACE, Reasons
from bot.safeguards.redaction.reading.known import Known, bundled_known
from bot.safeguards.redaction.reading.name_lists import NameLists
from bot.safeguards.redaction.reading.names_data import NameData, bundled_names, fold
from bot.safeguards.redaction.reading.tokens import WORD, Kept, Reading, Word

_MOST = 5
_PROJECT = frozenset(
    "project projects programme operation op ops exercise campaign storm hurricane saint st system".split()
)
_PHONETIC = frozenset(
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whiskey whisky xray yankee zulu one two three".split()
)


class _Walk:
    """One reading of one text."""

    def __init__(self, reading: Reading, lists: NameLists) -> None:
        self.reading = reading
        self.words = reading.words
        self.lists = lists
        self.reasons = Reasons(reading, lists)
        self.facts = self.reasons.facts

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
        initial = word.initial and self._initials(at)
        if word.kept is Kept.ALWAYS or (
            facts.common and not facts.maybe_given and not facts.maybe_family and not initial
        ):
            return 0
        cue = before(self.reading, at, self.lists)
        if cue < Cue.ROLE and (self._after_project(at) or self._spelt_out(at)):
            return 0
        if cue is Cue.ROLE and facts.ordinary and not self._role_is_small(at):
            cue = Cue.NONE
        length = self._surname_first(at) or self._run(at, cue)
        while length and not self.reasons.enough(at, length, cue):
            length -= 1
        return 0 if length and self.reasons.is_place_or_rule(at, length, cue) else length

    def _after_project(self, at: int) -> bool:
        """ "Project Edward", "Operation Henry"."""
        return at > 0 and self.words[at - 1].folded in _PROJECT and self.reading.gap(at - 1) == " "

    def _spelt_out(self, at: int) -> bool:
        """ "victor charlie": letters over the radio."""
        beside = {self.words[place].folded for place in (at - 1, at + 1) if 0 <= place < len(self.words)}
        return self.words[at].folded in _PHONETIC and bool(beside & _PHONETIC)

    # -- how far a name goes

    def _run(self, at: int, cue: Cue) -> int:
        """How many words from here on could be one name."""
        first = self.words[at]
        letter = cue is Cue.TITLE and len(first.text) == 1  # "mr k. asante"
        if not (self._may_begin(at, cue) or ((first.initial or letter) and self._initials(at, titled=letter))):
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
            small = particles and self.facts[last].common and not self.reading.seems_capital(self.words[last])
            if (self._may_go_on(begin, last) or self._after_particle(begin, last, particles)) and not small:
                return particles + 1
            if not self.facts[last].particle or self.words[last].kept:
                return 0
        return 0

    def _after_particle(self, begin: int, at: int, particles: int) -> bool:
        """ "Omar bin Said": a capital after a particle, whatever word it is."""
        return particles > 0 and self.facts[begin].given and self.reading.seems_capital(self.words[at])

    def _may_begin(self, at: int, cue: Cue) -> bool:
        word, facts = self.words[at], self.facts[at]
        if facts.never and (word.shouted or not facts.maybe_given):
            return False
        if word.shouted and min(map(len, word.text.split("-"))) == 1 < len(word.text):
            return False  # "S-DASH"
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
            return facts.unknown or (facts.maybe_family and not facts.common)
        if facts.unknown and len(word.text) > 3:
            return True
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
        if word.folded in FAMILY_AND_PLACE and self.facts[begin].given:
            return True
        if facts.never or facts.common:
            # "Bernadette Ward": a place too, which is weighed when the whole is known
            return (
                facts.maybe_family and word.folded in self.lists.data.makes_a_place_or_rule and self.facts[begin].given
            )
        if word.shouted and (len(word.text) < 5 or not (first.shouted or self.facts[begin].given)):
            return False
        return len(word.text) > 1 or word.initial

    def _may_go_on_in_lower_case(self, begin: int, at: int) -> bool:
        facts = self.facts[at]
        if facts.common and facts.maybe_family and self.words[at].folded in FAMILY_AND_PLACE:
            return self.facts[begin].maybe_given
        if facts.common or facts.never or len(self.words[at].text) < 2:
            return False
        if self.reading.seems_capital(self.words[begin]):
            return facts.family and self.facts[begin].maybe_given
        return facts.given or facts.maybe_family or facts.unknown

    def _initials(self, at: int, *, titled: bool = False) -> bool:
        """ "J P Hargreaves", "S. Winterbourne": an initial, perhaps another, and a family name."""
        for ahead in (1, 2):
            if at + ahead >= len(self.words) or not self.reading.joined(at + ahead - 1):
                return False
            word, facts = self.words[at + ahead], self.facts[at + ahead]
            if not word.initial:
                dotted = "." in self.reading.gap(at) or ahead == 2 or facts.family
                written = titled or self.reading.seems_capital(word)
                named = (facts.maybe_family or facts.unknown) and written
                alone = "." not in self.reading.gap(at) and ahead == 1
                return named and dotted and not (alone and self.words[at].text in "AI")
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
    named = {part for start, end in spans for part in _parts(text[start:end])}
    parts = {part for part in named if _worth_finding_again(part, lists)}
    taken = {start for start, _ in spans}
    ends = {end for _, end in spans}
    spans += [
        (word.start, word.end)
        for word in words
        if (word.text in parts and not word.kept and word.start not in taken)
        # "named Hope, Darren Hope": an ordinary word, but it was named and stands right behind another name
        or (word.text in named and word.capital and word.start not in taken and word.start - 1 in ends)
    ]
    return sorted(spans)


def _parts(name: str) -> Iterator[str]:
    """The words of a name, and the two halves of a double one."""
    for part in WORD.findall(name):
        yield part
        if "-" in part:
            yield from (half for half in part.split("-") if len(half) > 3)


def _worth_finding_again(part: str, lists: NameLists) -> bool:
    word = Word(0, len(part), part, fold(part), None)
    facts = lists.of(word)
    if word.capital:
        return len(part) > 2 and not facts.common and not facts.place
    return facts.given
