"""Names that belong to the work: what the bundled lists know, and what the library itself names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from bot.safeguards.redaction.reading.names_data import bundled_names, fold

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
# a run of capitals in a library's text, with the small words that names of bodies have
_NAMED = re.compile(
    r"(?<![\w'’])[A-Z][\w'’\-]{1,30}(?: (?:of|and|the|for|in|&) (?=[A-Z])| (?=[A-Z])[A-Z]?[\w'’\-]{1,30}){0,8}"
)
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:|\n]\s*|[-*#>]\s+)$")
_SHORTEST = 3
"""Characters of a name that tells it from a particle of people's names."""
Phrase = tuple[str, ...]


class Known:
    """Phrases to leave alone, looked up word by word.

    Args:
        fixed: Phrases that stay whatever stands beside them.
        people: Phrases that stay unless the message makes a person of them.
        operations: Names of operations that are no secret.
    """

    def __init__(self, fixed: Iterable[str], people: Iterable[str], operations: Iterable[str]) -> None:
        self._fixed = _by_first_word(fixed)
        self._people = _by_first_word(people)
        self.operations = frozenset(map(fold, operations))

    def stand_at(self, words: Sequence[tuple[str, str]]) -> tuple[set[int], set[int]]:
        """Places of the words that belong to fixed phrases, and to people's.

        Args:
            words: Each word folded, without and with its possessive.
        """
        plain = [(word.replace("'", ""), written.replace("'", "")) for word, written in words]
        return _places(self._fixed, plain), _places(self._people, plain)


def known_to(texts: Iterable[str]) -> Known:
    """What the bundled lists and these texts of a library name.

    A name in the library stays in a message, unless a role, a title or an age makes a person of it.
    """
    data = bundled_names()
    named = {phrase for text in texts for phrase in _named(text)}
    operations = {phrase.split(" ")[1] for phrase in named if phrase.startswith(("operation ", "op "))}
    return Known(data.known, data.known_people | named, data.known_operations | operations)


@cache
def bundled_known() -> Known:
    """What the bundled lists name."""
    return known_to(())


def _named(text: str) -> Iterable[str]:
    """The names in a text: pairs of capitals, and single ones inside a sentence, folded."""
    for match in _NAMED.finditer(text):
        phrase = fold(match[0].strip())
        if len(phrase) < _SHORTEST:
            continue  # "DA" in the guidance is no reason to keep "Maria da Conceição"
        if " " in phrase or not _SENTENCE_ENDS.search(text[max(match.start() - 8, 0) : match.start()]):
            yield re.sub(r"'s$", "", phrase)


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[Phrase]]:
    found: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        words = tuple(word.replace("'", "") for word in _WORD.findall(fold(phrase)))
        if words:
            found[words[0]].append(words)
    return dict(found)


def _places(phrases: dict[str, list[Phrase]], words: Sequence[tuple[str, str]]) -> set[int]:
    found: set[int] = set()
    for at, forms in enumerate(words):
        for form in dict.fromkeys(forms):
            for phrase in phrases.get(form, ()):
                if len(phrase) == 1 or _goes_on(phrase, words[at : at + len(phrase)]):
                    found.update(range(at, at + len(phrase)))
    return found


def _goes_on(phrase: Phrase, words: Sequence[tuple[str, str]]) -> bool:
    """Whether the words behind the first one are those of the phrase, too."""
    if len(words) < len(phrase) or phrase[1] not in words[1]:
        return False  # as for most phrases that begin with this word
    return all(part in forms for part, forms in zip(phrase, words, strict=True))
