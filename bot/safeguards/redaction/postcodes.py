"""Recognisers of postcodes, whole, mistyped, and with spaces where none belong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.reading.spans import IS, Span, values
from bot.safeguards.redaction.vehicles import POSTCODE_AREAS

_I = re.IGNORECASE
AREA = r"(?:[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?)"
INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
_POSTCODE = re.compile(rf"\b{AREA} ?{INWARD}\b", _I)
_TOGETHER = re.compile(rf"\b(?:GIR ?0AA|{AREA}[ -]{INWARD}|{AREA}{INWARD})\b", _I)
_PARTIAL = re.compile(
    rf"\b(?:post ?code|p/?code|postal code|zip)(?:s|d)?(?: (?:area|begins|starts|beginning|starting|with|of|is|partial|part|sector)){{0,3}}{IS}"
    rf"(?P<value>{AREA}(?: ?\d(?:[A-Z]{{1,2}})?)?)(?!\w)",
    _I,
)
# the letters after a space: none are left out, for who mistypes a postcode still typed one
_MISTYPED = re.compile(
    r"\b[A-PR-UWYZ][A-HK-Y]\d{1,2}[A-Z]? \d(?!am|pm|km|mm|cm|mi|mg|kg|ml|in|is|of|on|or|ok)[A-Z]{2}\b", _I
)
# "m 14 6 lz", "SW1 7 9ZB", "DE56.2LN": with a space or a dot where none belongs
_APART = re.compile(
    r"(?<![\w£$/.-])(?P<area>[A-Z]{1,2}) ?\d ?\d?[A-Z]?[ .,-]{0,2}\d ?(?P<end>[ABD-HJLNP-UW-Z]{2})(?!\w)", _I
)
_NO_END = frozenset(
    "as at am an am be by do go he if is it me my no of on or so to up us we am pm hr hrs yr st nd rd th ft".split()
)
_ONE_LETTER = frozenset("begmlnsw")
_AT_PLACE = re.compile(r"\b(?:at|in|from|to|of|near|covers?|post ?code|pc|is)[ :]$", _I)
_UNIT_OR_TIME = re.compile(r"\d(?:hr|pt|yr|mi)$", _I)
_ORDINAL = re.compile(r"(?:1st|2nd|3rd|[04-9]th)$", _I)
_AFTER_ORDINAL = re.compile(
    r" (?:edition|amendment|version|form|schedule|anniversary|round|stage|quarter|century|birthday|tier|level|time|warning|floor|offence|visit|breach|attempt|party|degree|notice|report|call|incident|strike|one|of|day|"
    r"week|month|year|person|victim|january|february|march|april|may|june|july|august|september|october|november|december)",
    _I,
)
# "s139AA", "s66ZA": a section and the letters of later ones, written together and with a small s, or with A to B
_SECTION = re.compile(r"s\d{2,4}(?:[A-Z]{2}|[abz][a-z])|S\d{2,4}(?:A[A-Z]|Z[A-Z])")


def postcodes(text: str) -> Iterator[Span]:
    """A whole postcode, or what is said to be a part of one; a district alone ("WD18") is an area and stays."""
    yield from values(_PARTIAL, text)
    for pattern in (_POSTCODE, _TOGETHER, _MISTYPED):
        for match in pattern.finditer(text):
            if _is_postcode(match):
                yield match.span()
    for match in _APART.finditer(text):
        if _is_apart(match):
            yield match.span()


def _is_apart(match: re.Match[str]) -> bool:
    """A known area, an end that is no word, and capitals or a word before it that places follow."""
    area, end = match["area"], match["end"]
    known = area.lower() in (POSTCODE_AREAS if len(area) == 2 else _ONE_LETTER)
    said = area.isupper() or bool(_AT_PLACE.search(match.string, max(match.start() - 12, 0), match.start()))
    return known and said and (end.lower() not in _NO_END) and not _SECTION.fullmatch(match[0])


def _is_postcode(match: re.Match[str]) -> bool:
    """Not "s34 2nd warning", "s139AA"; "al7 3rd" is one, for no section begins so."""
    found = match[0]
    area = re.match(r"[A-Za-z]+", found)
    known = area is not None and len(area[0]) == 2 and area[0].lower() in POSTCODE_AREAS
    if _SECTION.fullmatch(found):
        return False
    if _ORDINAL.search(found):
        return known and not _AFTER_ORDINAL.match(match.string, match.end())
    return known or not (_UNIT_OR_TIME.search(found) or match.re is _MISTYPED)
