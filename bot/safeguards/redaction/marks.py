"""Recognisers of registration marks that are rare, read in part or come from abroad.

Each has a shape that other things have too, and so needs a vehicle in the message, or a word before it that says whose
mark it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.reading.lexicon import in_dictionary
from bot.safeguards.redaction.reading.names_data import bundled_names
from bot.safeguards.redaction.reading.spans import Span, has_digit, values
from bot.safeguards.redaction.vehicles import NOT_A_MARK, PLATE, VEHICLE_WORD

_I = re.IGNORECASE
_COUNTRY = (
    r"(?:foreign|french|german|polish|romanian|lithuanian|latvian|estonian|bulgarian|hungarian|czech|slovak(?:ian)?|dutch|belgian|"
    r"italian|spanish|portuguese|greek|irish|swedish|danish|norwegian|finnish|austrian|swiss|turkish|ukrainian|russian|"
    r"moldovan|albanian|serbian|croatian|slovenian|maltese|cypriot|northern irish|european|eu)"
)
_KIND = (
    r"(?:cars?|vans?|lorr(?:y|ies)|trucks?|vehicles?|hgvs?|artics?|coach(?:es)?|minibus(?:es)?|trailers?|campers?|motorhomes?|"
    r"caravans?|motor ?bikes?|motorcycles?|mopeds?|scooters?|bikes?|taxis?|vespas?|transits?|tippers?|pick ?ups?|tractor units?|flatbeds?)"
)
_MAKE = r"(?:bmw|audi|golf|vw|volkswagen|ford|merc(?:edes)?|skoda|dacia|renault|citroen|peugeot|fiat|volvo|opel|toyota|iveco|daf|scania|sprinter)"
_ABROAD = re.compile(rf"\b{_COUNTRY}[ -](?:(?:registered|reg|plated|number|plates?|marked|scrap|white|black|blue|red|silver|grey|old) )*(?:{_KIND}|bus(?:es)?|{_MAKE}|plated?|plates|number|reg|registered|registration)\b", _I)  # fmt: skip
_MARK_ABROAD = (
    r"(?:[A-Z]{1,3}[ -]\d{2,4}[ -][A-Z]{2,3}|[A-Z]{1,3}[ -]?\d{3,5}[ -]?[A-Z]{0,2}|\d{1,4}[ -][A-Z]{2,3}(?:[ -]\d{1,4})?|"
    r"[A-Z]{2,3}[ -](?=[A-Z0-9]{0,4}\d)(?=\d{0,4}[A-Z])[A-Z0-9]{4,5}|[A-Z]{2}[ -]\d{2}[ -]\d{2}|\d{1,2}-[A-Z]{2,3}-\d{1,2}|[A-Z]{1,2}-[A-Z]{1,2}[ -]?\d{1,4})"
)
_FROM_ABROAD = re.compile(rf"(?<![\w/-])(?P<value>{_MARK_ABROAD})(?![\w/-])")
_HYPHENED = re.compile(
    r"(?<![\w/-])(?:[A-Z]{1,3}-\d{2,4}-[A-Z]{2,3}|\d{1,2}-[A-Z]{2,3}-\d{1,3}|\d-[A-Z]{3}-\d{3})(?![\w/-])"
)
_AFTER_VEHICLE = re.compile(
    rf"\b(?i:{_KIND}),? (?i:(?:reg|index|plates?|with|number|on|is|was|no|mark)\b[.:,]? ){{0,2}}"
    r"(?P<value>[A-Z]{2}[0-7]\d|[A-Z]{2,3}[ -]?\d{4,5}[A-Z]{0,2}|[A-Z]{1,3} \d{1,3}(?: [A-Z]{2,3})?|\d{1,4} ?[A-Z]{2,3}|[A-Z]{1,2}-[A-Z]{1,2} ?\d{1,4})(?![\w/-])"
)
_OF_A_KEEPER = re.compile(
    rf"\b(?i:(?:rk|keepers?|owners?|drivers?|riders?|hirers?|insurers?|owns?|drives?) (?:(?:of|for|on|is|to|a|the|registered|{_KIND}) )*)"
    r"(?P<value>\d{1,4} ?[A-Z]{1,3}|[A-Z]{1,3} ?\d{1,4})(?![\w/-])"
)
_IN_PART = re.compile(
    rf"\b(?i:{_KIND}|{_MAKE}|reg|index|plate)\b,? (?i:(?:with |which |that |its |reg |index |plate |number ){{0,3}})"
    r"(?i:ending|ends|beginning|begins|starting|starts)(?i: in| with)? (?P<value>[A-Z]{2,3}|[A-Z]{2}\d{2})(?![\w/-])"
)
_OF_A_BOAT = re.compile(
    r"\b(?i:ssr|boat (?:index|reg(?:istration)?|number|no)|index)(?i: no\.?| number)? ?(?P<value>\d{4,7})(?![\w/-])"
)
_SPACED = re.compile(r"(?<![\w-])(?P<value>[A-HJ-NP-TV-Y] \d{1,3} (?P<tail>[A-Z]{3}))(?![\w-])")
# letters or digits that the witness did not see: "WR73 ?LD", "EJ2* PVX", "K?17 LMR"
_UNSEEN = re.compile(
    r"(?<![\w?*])(?=[A-Z0-9 ]{0,7}[?*])(?P<value>[A-Z?*]{2}[0-9?*]{2} ?[A-Z?*]{3}|[A-Z][0-9?*]{1,3} ?[A-Z?*]{3}|[A-Z?*]{3} ?[0-9?*]{1,3}[A-Z])"
    r"(?![\w?*])"
)
_UNSEEN_IN_LOWER_CASE = re.compile(
    r"(?<![\w?*])(?=[a-z0-9 ]{0,7}[?*])(?P<value>[a-z?*]{2}[0-9?*]{2} ?[a-z?*]{3})(?![\w?*])", _I
)
_BEGUN = re.compile(r"(?<![\w?*])(?P<value>[A-Z]{2}(?:[?*]\d|\d\*)|[A-Z][?*]\d\d|[?*][A-Z]\d\d)(?![\w?*])")
_PLATE_WORD = re.compile(rf"\b(?:{PLATE}|partial|anpr|{_KIND})\b", _I)


def rarer_marks(text: str) -> Iterator[Span]:
    """Foreign, dateless and half-read marks, and those of old style written apart."""
    yield from _unseen(text)
    yield from values(_OF_A_BOAT, text)
    for pattern in _patterns_for(text):
        for start, end in values(pattern, text):
            if _letters_of_a_mark(text[start:end]):
                yield start, end


def _patterns_for(text: str) -> list[re.Pattern[str]]:
    """What may find a mark in this text: without a digit only what tells its letters."""
    if not has_digit(text):
        return [_IN_PART]
    patterns = [_OF_A_KEEPER, _AFTER_VEHICLE, _IN_PART]
    if VEHICLE_WORD.search(text):
        patterns = [_HYPHENED, _SPACED, *patterns]
    if _ABROAD.search(text):
        patterns = [_FROM_ABROAD, *patterns]
    return patterns


def _unseen(text: str) -> Iterator[Span]:
    for pattern in (_UNSEEN, _UNSEEN_IN_LOWER_CASE, _BEGUN):
        for match in pattern.finditer(text):
            if pattern is not _UNSEEN and not _PLATE_WORD.search(text):
                return
            seen = re.sub(r"[^A-Z0-9]", "", match["value"].upper())
            digits = any(map(str.isdigit, seen)) or (len(seen) == 5 and "??" in match["value"].replace("*", "?"))
            if len(seen) >= 3 and digits and (pattern is _BEGUN or any(map(str.isalpha, seen[2:]))):
                yield match.span("value")


_NEVER = frozenset(
    "pc ps dc ds di sgt pcso xl xxl kg km cm mm ml hgv cctv anpr m a b j s no id ref psv lgv suv ev cc hp jcb btl pts nb sb eb wb ton pax".split()
)


def _letters_of_a_mark(value: str) -> bool:
    """No abbreviation, unit, road or English word is a mark: "driver of 3 HGV", "van M 25", "2 XL"."""
    groups = [group.lower() for group in re.findall(r"[A-Za-z]+", value)]
    acronyms = bundled_names().acronyms
    if len(groups) == 1 and groups[0] in _NEVER:
        return False
    return not any(
        group in NOT_A_MARK
        or group in acronyms
        or (len(group) > 1 and group in _NEVER)
        or (len(group) > 2 and in_dictionary(group))
        for group in groups
    )
