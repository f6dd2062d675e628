"""What the lists say of one word: is it a given name, a family name, a word, a place, or nothing known."""

from __future__ import annotations

import re

from bot.safeguards.redaction.lexicon import in_dictionary
from bot.safeguards.redaction.names_data import NameData
from bot.safeguards.redaction.tokens import Word

PARTICLES = frozenset(
    "al el ul ur ud van von der den de da do dos das du di del della la le bin binti bint ibn ben ap ab ferch mac mc ó o ni st".split()
)
# "O'Kane", "McLeod", "al-Rashid", "FitzGerald": whoever is called so is not in a list
_FAMILY_SHAPE = re.compile(r"(?:o'[a-z]{3,}|(?:mc|fitz)[a-z]{3,}|(?:al|el|ul|ur|abd)-[a-z'-]{2,})")
_FAMILY_ENDING = re.compile(
    r"[a-z]{2,}(?:ski|ska|cki|cka|dzki|dzka|wicz|czyk|czak|escu|eanu|enko|chuk|ovic|evic|ovich|evich|opoulos|akis|"
    r"oglu|ashvili|aitis|auskas|iene|avicius|ovych|wala|singh|kaur|zadeh|ullah|uddin|swamy|aswamy|nathan|murthy)"
)


class NameLists:
    """Questions about a word, answered from the lists; the writer's capitals are not looked at."""

    def __init__(self, data: NameData) -> None:
        self.data = data

    def given(self, word: Word) -> bool:
        """A given name and hardly ever anything else: "kayleigh", "Mary-Jane"."""
        if word.folded in self.data.given:
            return True
        first, dash, rest = word.folded.partition("-")
        return bool(dash) and first in self.data.given and not self._word(rest)

    def maybe_given(self, word: Word) -> bool:
        """Also where it is a word too: "hope", "Jordan"."""
        first = word.folded.partition("-")[0]
        return self.given(word) or word.folded in self.data.given_or_word or first in self.data.given_or_word

    def family(self, word: Word) -> bool:
        """A family name and hardly ever anything else: "okonkwo", "O'Kane", "Kowalczyks"."""
        parts = [part for part in word.folded.split("-") if part not in PARTICLES]
        if any(part in self.data.family for part in parts):
            return not any(self._word(part) for part in parts)
        if _FAMILY_SHAPE.fullmatch(word.folded) or _FAMILY_ENDING.fullmatch(word.folded):
            return not self.ordinary(word)
        return word.folded.endswith("s") and word.folded[:-1] in self.data.family and not in_dictionary(word.folded)

    def maybe_family(self, word: Word) -> bool:
        """Also where it is a word too: "Walker", "Brown"."""
        parts = word.folded.split("-")
        return self.family(word) or any(part in self.data.family_or_word for part in parts)

    def ordinary(self, word: Word) -> bool:
        """An English word, and no listed name that is nothing else."""
        return all(self._word(part) for part in word.folded.split("-")) or self._word(word.folded)

    def unknown(self, word: Word) -> bool:
        """In no list and no dictionary: with a capital, likely a name."""
        return len(word.text) > 2 and not (
            self.never(word) or self.ordinary(word) or self.place(word) or self.maybe_given(word) or self.maybe_family(word)
        )

    def place(self, word: Word) -> bool:
        return word.folded in self.data.places

    def never(self, word: Word) -> bool:
        """Written with a capital and nobody's name."""
        return word.folded in self.data.not_names or word.folded in self.data.acronyms

    def common(self, word: Word) -> bool:
        """Among the commonest words, which never follow a given name as its family name."""
        return word.folded in self.data.ordinary or word.folded in self.data.not_names

    def _word(self, folded: str) -> bool:
        if folded in self.data.ordinary or folded in self.data.not_names:
            return True
        return folded not in self.data.given and folded not in self.data.family and in_dictionary(folded)
