"""Numbers in words: those of a telephone as they are read out, and those of a house.

The two share the words; what is a number of which kind is decided by how many there are and how they begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.contacts import PUBLISHED
from bot.safeguards.redaction.reading.spans import Span

_I = re.IGNORECASE
_DIGITS = {"o": "0", "oh": "0", "zero": "0", "nought": "0", "naught": "0"} | {
    word: str(digit) for digit, word in enumerate("one two three four five six seven eight nine".split(), 1)
}
_TIMES = {"double": 2, "treble": 3, "triple": 3}
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
HOUSE_IN_WORDS = rf"(?:(?:one hundred and )?(?:(?:{_TENS})(?:[ -](?:{_UNITS}))?|{_TEENS}|{_UNITS})(?: ?[a-d])?)"
_WORD = rf"(?:{'|'.join(_DIGITS)}|{'|'.join(_TIMES)}|hundred|thousand|\d)"
# the first digit is nought, or "plus four four"
_SPOKEN = re.compile(
    rf"(?<![\w-])(?:plus four four|0\d{{0,9}}|o|oh|zero|nought)(?:(?: ?[,.\-–] ?| (?:and )?){_WORD}){{3,14}}(?!\w)", _I
)
_LEAST = 10


def spoken_phones(text: str) -> Iterator[Span]:
    """A telephone number in words: "oh double seven double oh, nine hundred …"; published help lines stay."""
    for match in _SPOKEN.finditer(text):
        digits = _dialled(match[0])
        if len(digits) >= _LEAST and not digits.startswith(PUBLISHED):
            yield match.span()


def _dialled(words: str) -> str:
    """The digits that words stand for: "double" counts for the next one, "hundred" for two noughts."""
    dialled, times = "", 1
    for word in re.findall(r"[a-z]+|\d", words.lower()):
        if word in _TIMES:
            times = _TIMES[word]
        elif word in {"hundred", "thousand"}:
            dialled += "00" if word == "hundred" else "000"
        elif digit := _DIGITS.get(word, word if word.isdigit() else ""):
            dialled, times = dialled + digit * times, 1
    return dialled
