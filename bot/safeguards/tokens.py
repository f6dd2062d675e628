"""The words of a text as the name recogniser reads them, and the phrases it must leave alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\[[a-z_]{2,15}\]")

# Law, method and research that bear a person's name.
_KEPT = re.compile(
    r"\b(?:[^\W\d_]{2,20}['’]?s law\b|herbert|philomena|osman|koper|goldstein|herman goldstein|"
    r"(?:derek )?cornish|(?:ron(?:ald)? )?clarke and|"
    r"cornish (?:and|&) clarke|clarke (?:and|&) eck|(?:john )?eck\b|spelman|kate bowers|shane johnson|"
    r"bowers (?:and|&) johnson|(?:lawrence|larry) sherman|"
    r"(?:david )?weisburd|anthony braga|braga|hinkle|telep|(?:sir )?robert peel|peel(?:ian)?|(?:stephen|"
    r"doreen) lawrence|sarah everard|"
    r"victoria climbi[eé]|daniel morgan (?:report|panel|inquiry)|macpherson|angiolini|louise casey|"
    r"casey (?:review|report)|alexis jay|nicole jacobs|"
    r"claire waxman|(?:nick |the )?tilley|ken pease|pease|(?:marcus )?felson|ratcliffe|mazerolle|"
    r"sidebottom|armitage|monchuk|"
    r"stanley (?:knife|blade)|bobby van|harry potter|alice ruggles|suzy lamplugh|gaia pope|"
    r"jill dando|ann craft|jean charles|"
    r"victoria derbyshire|martyn|"
    r"carol\b(?= cohort)|maria\b(?= protocol)|jack the lad|jo public|joe (?:public|bloggs)|"
    r"tom,? dick|rosa\b(?= order))",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    start: int
    end: int
    text: str
    kept: bool
    """Part of a phrase that must stay."""

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


def words_of(text: str) -> Iterator[Word]:
    kept = [match.span() for pattern in (_KEPT, _PLACEHOLDER) for match in pattern.finditer(text)]
    kept.sort()
    at = 0
    for match in WORD.finditer(text):
        word = _POSSESSIVE.sub("", match[0]) or match[0]
        while at < len(kept) and kept[at][1] <= match.start():
            at += 1
        inside = at < len(kept) and kept[at][0] < match.end()
        yield Word(match.start(), match.start() + len(word), word, inside)


def capitals_mean_something(words: list[Word]) -> bool:
    """Not in a message all in capitals or in title case."""
    counted = [word for word in words if len(word.text) > 1 and not (word.shouted and len(word.text) < 5)]
    shouted = [word for word in words if word.shouted]
    if len(shouted) > 3 and len(shouted) > 0.7 * len(words):
        return False
    return len(counted) < 4 or sum(word.capital for word in counted) <= 0.75 * len(counted)
