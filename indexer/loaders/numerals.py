"""Numbers as lists show them, and numbers that people wrote into a file."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 99_999


def whole(text: object, default: int) -> int:
    """A whole number from a file; the default for anything else, "²" and a thousand figures among it."""
    word = str(text).strip()
    figures = word[1:] if word[:1] in "+-" else word
    if not (figures.isascii() and figures.isdecimal() and len(figures) <= len(str(_LARGEST))):
        return default
    return int(word)


def letters(number: int) -> str:
    """1 as "a", 27 as "aa": as lists count by letters in Word."""
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 10) if number > 0 else str(number)


def bijective(number: int) -> str:
    """1 as "a", 27 as "aa", 28 as "ab": as browsers count by letters."""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def roman(number: int) -> str:
    """4 as "iv"; figures for what Romans could not write."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        while number >= value:
            text, number = text + sign, number - value
    return text
