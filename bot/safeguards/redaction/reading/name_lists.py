"""What the lists say of one word: is it a given name, a family name, a word, a place, or nothing known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.safeguards.redaction.reading.lexicon import in_dictionary
from bot.safeguards.redaction.reading.names_data import NameData
from bot.safeguards.redaction.reading.tokens import Word

PARTICLES = frozenset(
    "al el ul ur ud van von der den de da do dos das du di del della la le bin binti bint ibn ben ap ab ferch mac mc ó o ni st".split()
)
# "O'Kane", "McLeod", "al-Rashid", "FitzGerald": whoever is called so is not in a list
_FAMILY_SHAPE = re.compile(r"(?:o'[a-z]{3,}|(?:mc|fitz)[a-z]{3,}|(?:al|el|ul|ur|abd)-[a-z'-]{2,})")
_IRISH = re.compile(r"o'(?!clock|er\b)[a-z]{3,}")
_FAMILY_ENDING = re.compile(
    r"[a-z]{2,}(?:ski|ska|cki|cka|dzki|dzka|wicz|czyk|czak|escu|eanu|enko|chuk|ovic|evic|ovich|evich|opoulos|akis|"
    r"oglu|ashvili|aitis|auskas|iene|avicius|ovych|wala|singh|kaur|zadeh|ullah|uddin|swamy|aswamy|nathan|murthy)"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the lists say of a word, whatever its capitals."""

    given: bool
    """A given name and hardly ever anything else: "kayleigh", "Mary-Jane"."""
    maybe_given: bool
    """Also where it is a word too: "hope", "Jordan"."""
    family: bool
    """A family name and hardly ever anything else: "okonkwo", "O'Kane", "Kowalczyks"."""
    maybe_family: bool
    """Also where it is a word too: "Walker", "Brown"."""
    ordinary: bool
    """An English word, and no listed name that is nothing else."""
    place: bool
    never: bool
    """Written with a capital and nobody's name."""
    common: bool
    """Among the commonest words, which never follow a given name as its family name."""
    particle: bool
    unknown: bool
    """In no list and no dictionary: with a capital, likely a name."""


def _looks_like_a_family(word: str) -> bool:
    return bool(_FAMILY_SHAPE.fullmatch(word) or _FAMILY_ENDING.fullmatch(word))


class NameLists:
    """Looks words up in the lists, each once."""

    def __init__(self, data: NameData) -> None:
        self.data = data
        self._facts: dict[str, Facts] = {}

    def of(self, word: Word) -> Facts:
        """What is known of this word."""
        if word.folded not in self._facts:
            self._facts[word.folded] = self._look_up(word.folded)
        return self._facts[word.folded]

    def _look_up(self, word: str) -> Facts:
        data = self.data
        given, family = self._given(word), self._family(word)
        parts = word.split("-")
        maybe_given = given or word in data.given_or_word or parts[0] in data.given_or_word
        maybe_family = family or not data.family_or_word.isdisjoint(parts)
        ordinary = self._word(word) or (len(parts) > 1 and all(map(self._word, parts)))
        never = word in data.not_names or word in data.acronyms
        heard = ordinary or never or maybe_given or maybe_family or word in data.places
        return Facts(
            given=given,
            maybe_given=maybe_given,
            family=family,
            maybe_family=maybe_family,
            ordinary=ordinary,
            place=word in data.places,
            never=never,
            common=word in data.ordinary or word in data.not_names,
            particle=word in PARTICLES,
            unknown=len(word) > 2 and not heard,
        )

    def _given(self, word: str) -> bool:
        if word in self.data.given:
            return True
        first, dash, rest = word.partition("-")
        data = self.data
        short = len(rest) < 5 or any(rest in names for names in (data.given, data.given_or_word, data.family))
        return bool(dash) and first in data.given and short

    def _family(self, word: str) -> bool:
        parts = [part for part in word.split("-") if part not in PARTICLES]
        if not self.data.family.isdisjoint(parts):
            return len(parts) > 1 or not self._word(word)
        if len(parts) > 1 and not self.data.family_or_word.isdisjoint(parts):
            return not all(map(self._word, parts))
        if _IRISH.fullmatch(word):
            return True  # dictionaries have some of them, as names
        several = word.endswith("s") and word[:-1] in self.data.family and not in_dictionary(word)
        if self._word(word):
            return several and not _looks_like_a_family(word)
        return several or _looks_like_a_family(word)

    def _word(self, folded: str) -> bool:
        if folded in self.data.ordinary or folded in self.data.not_names:
            return True
        return folded not in self.data.given and folded not in self.data.family and in_dictionary(folded)
