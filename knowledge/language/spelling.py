"""Misspelt words: only what is no English word is mended, and only to what it is nearest to of all English words.

A word that is spelt rightly but is not in the library ("stabbing") must never be turned into one that is
("stalking"): it would find the answer to another question.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knowledge.language.counted import Counted

SHORTEST = 5
"""Letters below which a word is never mended: too many others are as near."""
_BRITISH = (
    (re.compile("our"), "or"),
    (re.compile("is(e|ed|es|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile("ys(e|ed|es|er|ers|ing)$"), r"yz\1"),
    (re.compile("re$"), "er"),
    (re.compile("ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile("[ao]e"), "e"),
    (re.compile("ence$"), "ense"),
    (re.compile("ogue(s?)$"), r"og\1"),
    (re.compile("gramme(s?)$"), r"gram\1"),
    (re.compile("yre"), "ire"),
    (re.compile("kerb"), "curb"),
)
"""How British spelling becomes the American one that the word list has."""
_CONTRACTED = re.compile(
    r"(?:should|would|could|must|might|need|ought|did|does|do|has|have|had|is|are|was|were|ca|wo|sha|ai)n(?:t|tve)?"
    r"|(?:they|you|we|who|what|there|should|would|could|must|might)(?:re|ve|ll|s|d)"
)
"""What an apostrophe was left out of, or stands before it: "shouldnt" must never become "should"."""
COMMON = 1200
"""How often an English word is used that is no name of a place: the list has towns, too, "london" 1088 times."""
_ENDINGS = ("s", "es", "ed", "ing", "er", "ers", "ly", "ness", "less", "able", "ment", "d", "r", "rs", "y", "ish")
_PARTS = re.compile(r"^(?:non|anti|over|under|re|un|out|mis|pre|self|multi|cyber|e|co)(?=\w{4})")


def mended(words: Sequence[str], known: Collection[str], *, also: frozenset[str] = frozenset()) -> dict[str, str]:
    """Misspelt word to the known word that was meant: one slip in 5 to 7 letters, two in 8 or more.

    Left alone are words of the library (`known`), of English, and those listed in `also`; and words which some other
    English word is as near to as the nearest known one.
    """
    known = known if isinstance(known, Counted) else Counted.of(known)
    found: dict[str, str] = {}
    for word in words:
        if len(word) < SHORTEST or not word.isalpha() or word in known or word in also or is_english(word):
            continue
        meant = _meant(word, known)
        if meant is not None:
            found[word] = meant
    return found


def is_english(word: str) -> bool:
    """Whether a word, in lower case, is spelt as English is, in Britain or America, inflected or contracted or not."""
    return _CONTRACTED.fullmatch(word) is not None or any(form in _english() for form in _forms(word))


def is_common(word: str) -> bool:
    """Whether a word, in lower case, is one of those that everybody uses, and so no name."""
    return _times().get(word, 0) >= COMMON


def _meant(word: str, known: Counted) -> str | None:
    slips = 1 if len(word) < 8 else 2
    mine = _nearest(word, known.beginning_with(word[0]), slips)
    if mine is None:
        return None
    other = _nearest(word, _english_by_letter().get(word[0], ()), slips)
    if other is None or mine[1] < other[1] or _same_word(mine[0], other[0]):
        return mine[0]
    ties = [entry for entry in _all_at(word, _english_by_letter().get(word[0], ()), other[1]) if entry not in known]
    if mine[1] > other[1] or any(not _same_word(mine[0], entry) and _commoner(entry, mine[0]) for entry in ties):
        return None
    return mine[0]


def _nearest(word: str, others: Iterable[str], slips: int) -> tuple[str, int] | None:
    alike = [other for other in others if abs(len(other) - len(word)) <= slips]
    best = process.extractOne(word, alike, scorer=DamerauLevenshtein.distance, score_cutoff=slips)
    return (str(best[0]), int(best[1])) if best is not None else None


def _all_at(word: str, others: Iterable[str], distance: int) -> list[str]:
    alike = [other for other in others if abs(len(other) - len(word)) <= distance]
    found = process.extract(word, alike, scorer=DamerauLevenshtein.distance, score_cutoff=distance, limit=None)
    return [str(entry[0]) for entry in found]


def _commoner(one: str, than: str) -> bool:
    """Whether one word is used as often as another, or nearly so."""
    return 5 * _times().get(one, 0) >= _times().get(than, 0)


def _same_word(one: str, other: str) -> bool:
    """Whether two words are forms of one: "burglary" and "burglaries"."""
    shorter, longer = sorted((one, other), key=len)
    stem = shorter.rstrip("esy")
    return len(stem) >= 4 and longer.startswith(stem) and len(longer) - len(stem) <= 4


def _forms(word: str) -> Iterator[str]:
    """A word and what it may be a form of."""
    bases = [word, _PARTS.sub("", word)]
    for base in dict.fromkeys(bases):
        yield base
        for british, american in _BRITISH:
            yield british.sub(american, base)
        for ending in _ENDINGS:
            if base.endswith(ending) and len(base) - len(ending) >= 4:
                plain = base[: -len(ending)]
                yield from (plain, plain + "e", plain.replace("our", "or"))
                if plain[-1:] == plain[-2:-1]:
                    yield plain[:-1]


@cache
def _times() -> Mapping[str, int]:
    """English words of five letters and more, with how often they are used (pyspellchecker's list: American)."""
    from spellchecker import SpellChecker

    listed = SpellChecker(language="en").word_frequency.dictionary
    return {word: times for word, times in listed.items() if len(word) >= 4 and word.isascii()}


def _english() -> Mapping[str, int]:
    return _times()


@cache
def _english_by_letter() -> Mapping[str, tuple[str, ...]]:
    return _grouped(_times())


def _grouped(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Words by their first letter, in order, so that of two equally near the same one is taken in every process."""
    groups: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        groups[word[0]].append(word)
    return {letter: tuple(group) for letter, group in groups.items()}
