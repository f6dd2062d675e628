"""Whether a run of words is a name: what stands around it and what the lists say of it, taken together."""

from __future__ import annotations

import re

from bot.safeguards.redaction.name_cues import Cue, aged, does, is_civil
from bot.safeguards.redaction.reading.name_lists import NameLists
from bot.safeguards.redaction.reading.tokens import Reading

_PLACE_OR_RULE_IN_LOWER_CASE = frozenset(
    """
    street road rd lane avenue ave close estate ward park school hospital surgery protocol law laws act inquiry enquiry
    training scheme theory method model foundation fund trust charity workshop workshops guidelines guideline principle
    principles recommendations study experiment definition wheel review report syndrome competence ceasefire initiative census typology experiment
    pilot pilots trial trials evaluation matrix curve triangle council station bus town city borough court magistrates
    posters campaign appeal
    """.split()
)
_NAMED_AFTER = frozenset("law laws rule protocol legacy story".split())
_TITLED_AFTER = frozenset(
    "place choice charter test trust fund foundation gift journey army star call voice day amendment pledge".split()
)
_NOT_AFTER_A_PERSON = frozenset(
    "a the out up off over house street road lane close court school park type style line class box bar clubs".split()
)
_PERSONAL = re.compile(
    r" (?:and (?:his|her)\b|has been (?:missing|arrested|threatened|reported)|keeps|lives|rang|is \d\d?\b|went missing)|"
    r"['’]s (?:ex|mum|dad|partner|brother|sister|son|daughter|flat|wife|husband|boyfriend|girlfriend|nan)\b",
    re.IGNORECASE,
)
FAMILY_AND_PLACE = frozenset(
    "green hill hills wood woods field fields moss banks rivers marsh mills brook brooks heath meadows".split()
)
_IN = re.compile(r"\b(?:in|at|on|near|around|to|across|off|through|behind) (?:the )?$", re.IGNORECASE)
_ONLY_PEOPLE = re.compile(
    r" (?:keeps|says|said|wants|rang|told|refuses|lives|has been (?:missing|arrested|threatened)|keep ringing)\b", re.I
)
_TELLS = re.compile(
    r" (?:keeps|says|said|wants|wanted|rang|rings|told|tells|refuses|refused|lives|has been|texted|phoned|asked|denies|denied|claims|"
    r"claimed|admits|admitted|threatened|assaulted|punched|reckons|thinks|moved (?:in|out)|went missing|who|is (?:sleeping|staying|living|back|out|on (?:tag|bail|licence|remand)|in (?:custody|hospital|prison)|"
    r"dealing|using|drinking|pushing|running|hiding|missing|wanted|pregnant|scared|homeless|the one|ringing|calling|being)|"
    r"got (?:jumped|robbed|arrested|stabbed|hit|attacked|mugged|out)|was (?:seen|stopped|arrested|nicked|stabbed|attacked|robbed|with))\b",
    re.IGNORECASE,
)
_NOT_A_FIRST_NAME = frozenset("will may can said major master don art lad man any chance cash true".split())
_BEFORE_A_VERB = frozenset(
    "i we you they to dont not id ill would can could should must the a an no any every this that".split()
)
_SHOP = re.compile(
    r"['’]s? (?:on|in|at|by|near|off|down|opposite) (?:the |our )?(?:high street|parade|precinct|corner|retail|shopping|mall|arcade|market|"
    r"town centre|shops|galleria|outlet|bus station|railway station|airport)",
    re.IGNORECASE,
)
_KIN = re.compile(r" (?:family|families|brothers|sisters|twins|household|clan|boys|lads)\b", re.IGNORECASE)
_NO_INITIAL = frozenset("a i x v n u r".split())
"""Single letters that are words, also as they are typed: "a", "and", "you"."""
_SEASONS = frozenset("spring summer autumn winter april may june august dawn eve hope faith grace joy".split())
_UP_TO = re.compile(
    r"['’]s (?:been (?:round|back|at|on|in|out|up|here|there|arrested|nicked|drinking|ringing|texting|threatening|shouting|"
    r"kicking|fighting|dealing|seen|missing|followed|hit|stabbed|robbed|sectioned|released|bailed)|"
    r"(?:round|back|out|in|off|up|kicking|threatening|shouting|coming|going|drinking|ringing|texting|messaging|hanging|"
    r"hiding|living|staying|sleeping|dealing|missing|drunk|here|there) ?(?:again|now|here|there|with|at|on|off|in|me|his|her)\b|"
    r"(?:gone|turned up|kicked|smashed|punched|threatened|told|said|texted|rung|rang|messaged|phoned|nicked|taken|left) "
    r"(?:me|us|him|her|his|the|my|our|off|out|again|back|missing|for|she|he)\b)",
    re.IGNORECASE,
)
_NOT_ALONE = frozenset("gold silver bronze platinum monday tuesday wednesday thursday friday saturday sunday".split())
"""Levels of command and days: names too, but not where nothing else says so."""
_CITED = re.compile(r",? (?:\(?(?:19|20)\d{2}\b|et al\b|(?:&|and) [A-Z][a-z]+ (?:\(?(?:19|20)\d{2}|et al))")


class Reasons:
    """Weighs the words of one reading."""

    def __init__(self, reading: Reading, lists: NameLists) -> None:
        self.reading = reading
        self.words = reading.words
        self.lists = lists
        self.facts = [lists.of(word) for word in reading.words]
        self._kept = {word.folded for word in reading.words if word.kept}

    def enough(self, at: int, length: int, cue: Cue) -> bool:
        """Whether these words are a name, all reasons taken together."""
        last = at + length - 1
        born = aged(self.reading, last)
        if all(word.kept for word in self.words[at : last + 1]) and not (
            cue >= Cue.ROLE or born or self._acts(at, last)
        ):
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
        if word.folded in self._kept and cue < Cue.ROLE and not self._acts(at, at):
            return False
        if capital and self._beside_a_name(at):
            return True
        if cue < Cue.ROLE and (word.folded in _NOT_ALONE or _SHOP.match(self.reading.text, word.end)):
            return False  # "Silver wants a plan", "Claire's on the high street"
        if cue >= Cue.ROLE:
            return self._alone_after(cue, at, capital, after)
        if facts.given:
            return self._given_alone(at, capital)
        if capital and facts.unknown and (_PERSONAL.match(self.reading.text, word.end) or aged(self.reading, at)):
            return True
        if not capital or facts.place:
            return self._alone_in_lower_case(at, after)
        if facts.family:
            return after or cue is Cue.DEED or self._plural(at)
        if facts.maybe_given and cue is Cue.DEED:
            return not facts.common
        return facts.maybe_given and after and not (facts.common and self.reading.opens_sentence(at))

    def _alone_in_lower_case(self, at: int, after: bool) -> bool:
        """ "patel family"; a word in no list with a verb that only people have."""
        word, facts = self.words[at], self.facts[at]
        if facts.family and _KIN.match(self.reading.text, word.end):
            return True
        if facts.maybe_given and self._is_up_to(at):
            return True
        return after and facts.unknown and len(word.text) > 4 and self._somebody(at)

    def _is_up_to(self, at: int) -> bool:
        """ "dean's been round again": a word that is a name too, with what only a person is or has been."""
        word = self.words[at]
        if word.folded in _NOT_A_FIRST_NAME | _NOT_ALONE | _SEASONS:
            return False
        return bool(_UP_TO.match(self.reading.text, word.end))

    def _alone_after(self, cue: Cue, at: int, capital: bool, after: bool) -> bool:
        """One word after a role, a title or "called"."""
        facts = self.facts[at]
        if facts.given or facts.family:
            return True
        if cue is Cue.ROLE:
            return (capital and not facts.place) or (facts.unknown and after)
        if cue is Cue.TITLE and not capital and not is_civil(self.reading, at):
            # "sgt pike wants to know", not "pc support wants"
            named = facts.unknown or (facts.maybe_family and not facts.common)
            return named and bool(_TELLS.match(self.reading.text, self.words[at].end))
        return capital or not facts.ordinary

    def _acts(self, at: int, last: int) -> bool:
        """ "Sara keeps ringing me", where the library names a method SARA: a given name, and what only people do."""
        word = self.words[last]
        if at != last or word.shouted or not self.facts[at].given:
            return False
        return does(self.reading, last) or bool(_ONLY_PEOPLE.match(self.reading.text, word.end))

    def _beside_a_name(self, at: int) -> bool:
        """ "Demilade [name]", "[name] Costa": the other half of a name that was taken out before."""
        facts, text, word = self.facts[at], self.reading.text, self.words[at]
        if facts.common or facts.never or facts.place or (facts.ordinary and not facts.maybe_family):
            return False
        before = text[max(word.start - 9, 0) : word.start]
        return text.startswith(" [name]", word.end) or before.endswith(("[name] ", "[name] ("))

    def _given_alone(self, at: int, capital: bool) -> bool:
        word = self.words[at]
        if capital:
            return not word.shouted or len(word.text) > 4
        article = at > 0 and self.words[at - 1].folded in {"a", "an"} and self.reading.joined(at - 1)
        return not article and self._goes_on_as_a_person(at)

    def _goes_on_as_a_person(self, at: int) -> bool:
        """ "kayden keeps", "liam, who", "ask liam again"; not "tommy guns", "peter out", "jimmy a lock"."""
        follows = self.words[at + 1] if at + 1 < len(self.words) and self.reading.gap(at) == " " else None
        if follows is None or not self.reading.capitals_mean_something:
            return True
        if follows.folded in _NOT_AFTER_A_PERSON:
            return False
        if len(follows.text) == 1 and follows.folded not in _NO_INITIAL:
            return True  # "harpreet s.", "jayden p keeps"
        goes_on = self.facts[at + 1].common or self.facts[at + 1].given or follows.folded.endswith(("ed", "ing"))
        return goes_on or does(self.reading, at)

    def _somebody(self, at: int) -> bool:
        """ "rhianna keeps ringing": in lower case, in no list, and with a verb that only people have."""
        return bool(_ONLY_PEOPLE.match(self.reading.text, self.words[at].end)) and self.reading.opens_sentence(at)

    def _plural(self, at: int) -> bool:
        """ "the Kowalczyks", "the McDonagh boys": a family."""
        return at > 0 and self.words[at - 1].folded == "the" and self.reading.joined(at - 1)

    def _together(self, at: int, length: int, cue: Cue, after: bool) -> bool:
        words, facts = self.words[at : at + length], self.facts[at : at + length]
        first, rest = facts[0], facts[1:]
        if words[0].initial or first.given or self._of_a_listed_family(at, length):
            return True
        capitals = all(self.reading.seems_capital(w) or f.particle for w, f in zip(words, facts, strict=True))
        family = any(fact.family or fact.unknown for fact in rest)
        if first.maybe_given and any(fact.given for fact in rest):
            return capitals or cue >= Cue.ROLE or after
        if not capitals and length == 2 and self._both_are_words(at, cue):
            return True
        if cue >= Cue.ROLE or (after and (capitals or family)):
            return capitals or family or first.family
        if first.maybe_given and not capitals:
            return any(fact.family for fact in rest) and not first.common
        if not capitals or first.place or any(fact.place and not fact.maybe_family for fact in rest):
            return False
        opens = self.reading.opens_sentence(at) and first.common
        if first.maybe_given:
            return family or (any(fact.maybe_family for fact in rest) and not opens and not first.common)
        strange = all(fact.unknown or fact.family or fact.given or fact.particle for fact in facts)
        named = any(fact.given for fact in rest) and first.family
        mixed = (first.maybe_family and any(fact.family for fact in rest)) or (first.unknown and rest[-1].maybe_family)
        return strange or named or cue is Cue.DEED or (mixed and not opens)

    def _of_a_listed_family(self, at: int, length: int) -> bool:
        """ "rokeya uddin": a word that is in no list and no dictionary, and a family name that is nothing else."""
        last = at + length - 1
        return self.facts[at].unknown and len(self.words[at].text) > 3 and self.facts[last].family

    def _both_are_words(self, at: int, cue: Cue) -> bool:
        """ "grace field told me", "her ex mark rivers follows her": words that are names too, and a person's verb."""
        first, last = self.facts[at], self.facts[at + 1]
        surname = last.maybe_family and (not last.common or self.words[at + 1].folded in FAMILY_AND_PLACE)
        if not first.maybe_given or not surname or self.words[at].folded in _NOT_A_FIRST_NAME:
            return False
        if at > 0 and self.words[at - 1].folded in _BEFORE_A_VERB and self.reading.gap(at - 1) == " ":
            return False
        does_so = does if cue >= Cue.ROLE else self._only_people
        return bool(does_so(self.reading, at + 1))

    @staticmethod
    def _only_people(reading: Reading, last: int) -> bool:
        return bool(_TELLS.match(reading.text, reading.words[last].end))

    def is_place_or_rule(self, at: int, length: int, cue: Cue) -> bool:
        """Whether what follows, or the last word itself, makes a place, a body or a rule of it."""
        last = at + length - 1
        makers = self.lists.data.makes_a_place_or_rule
        own = self.words[last].folded
        if length == 2 and own in FAMILY_AND_PLACE and self.facts[at].given:
            return cue < Cue.ROLE and bool(
                _IN.search(self.reading.text[max(self.words[at].start - 14, 0) : self.words[at].start])
            )
        if length > 1 and own in makers and not self.facts[last].family:
            person = (
                cue >= Cue.ROLE
                or aged(self.reading, last)
                or bool(_ONLY_PEOPLE.match(self.reading.text, self.words[last].end))
            )
            return not (person and self.facts[last].maybe_family)
        gap = self.reading.gap(last)
        following = self.words[last + 1] if last + 1 < len(self.words) and gap in (" ", "", "'s ", "’s ") else None
        if following is None or following.folded not in makers:
            return False
        if "s" in gap:
            return following.folded in _NAMED_AFTER or (following.capital and following.folded in _TITLED_AFTER)
        if following.capital and self.reading.capitals_mean_something:
            return True
        return cue < Cue.ROLE and following.folded in _PLACE_OR_RULE_IN_LOWER_CASE
