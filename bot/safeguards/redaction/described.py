"""Recognisers of homes that are told by what stands around them: over a shop, at the top of a street, a hostel's bed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.places import KIND_OF_STREET, NOT_A_STREET, common
from bot.safeguards.redaction.reading.lexicon import in_dictionary
from bot.safeguards.redaction.reading.names_data import bundled_names
from bot.safeguards.redaction.reading.spans import Span, has_digit, values

_I = re.IGNORECASE
_CAPITAL = r"[^\W\d_a-z][\w'’-]{1,20}"
_STREET = rf"(?P<street>(?:{_CAPITAL} ){{1,3}}(?i:{KIND_OF_STREET}|steps))(?![\w-])"
_BED = r"(?:rooms?|rm|beds?|bay|flat|pod)\.? ?\d{1,4}[a-z]?"
_HOSTEL = (
    r"(?:hostel|foyer|ymca|refuge|shelter|hotel|travelodge|premier inn|holiday inn|b ?& ?b|guest ?house|residential(?: home)?|"
    r"(?:care|nursing|rest) home|almshouses?)"
)

# "88 Copperfields", "12 Deansway": a street of one word, by how such words end
_ONE_WORD = re.compile(
    r"(?<![\w/.£$-])(?P<value>\d{1,4}[a-z]?,? (?P<word>[A-Z][a-z]{2,12}(?:mere|fields?|way|gate|croft|meads?|meadows?|leys?|side|bank|view|"
    r"ridge|brook|acres?|lands|moor|hurst|woods?|dene|garth|holme|thorpe|combe|leaze|lease|holt|thwaite|mount|dale|dell|grove|rise)))(?!\w)"
    rf"(?! (?:{_CAPITAL} )?(?:{KIND_OF_STREET})\b)"
)
_UNIT_BEFORE = re.compile(
    r"(?<![\w/.-])(?P<value>(?:flat|block|unit|room|rm|floor|apt|apartment|stair(?:case)?|bed)\.? ?\w{1,4}(?:,? (?:flat|apt|room) ?\w{0,4})?"
    r"(?:,? (?:at |to )?(?:the )?(?:rear of|back of|above|behind|over|below|side of))?),? \[address\]",
    _I,
)
# "flat above the vape shop, top of Cheap St", "34a (above the kebab shop, Station Parade)"
_OVER_A_SHOP = re.compile(
    r"\b(?P<value>(?i:(?:the )?(?:flat|rooms?|bedsit|maisonette|(?:first|second|third|top|ground|1st|2nd|3rd) floor(?: flat)?|upstairs|"
    r"\d{1,4}[a-z]?)),? \(?(?i:above|over|behind|upstairs from) (?i:the|a) (?:[\w'’-]+ ){0,2}[\w'’-]+,? (?i:(?:(?:top|bottom|end|corner) of |on |at |in |down ))?"
    rf"{_STREET}\)?)"
)
_FLOOR = re.compile(
    r"\b(?P<value>(?i:(?:\w{2,6} floor )?flat(?:,? (?:left|right|front|rear)(?: hand)?(?: side)?)?,? (?:at |in )?)"
    rf"(?:{_CAPITAL} ){{1,2}}(?:Court|House|Point|Tower|Heights|Villas|Mansions|Lodge|Buildings))(?!\w)"
)
_ONE_OF_THEM = re.compile(
    r"\b(?P<value>(?:number|no\.?) ?\d{1,3}[a-z]?,? (?:in|at|of) the (?:almshouses|cottages|flats|maisonettes|bungalows|prefabs|chalets|mews)"
    r"(?-i:(?: (?:by|behind|on|off|at|near) (?:[A-Z][\w.'’-]{1,20} ?){1,3})?))(?!\w)",
    _I,
)
# "Tennyson Street 55 today": not "Mill Lane 12 incidents", "Market Street 40 mph"
_NUMBER_AFTER = re.compile(
    rf"(?<![\w'’-])(?P<value>{_STREET} \d{{1,3}}[a-z]?)(?![\w%:.-]| (?:[a-z]+s|mph|am|pm|of|people|more|year|metre|yard|min|hour|day|week|month)\b)"
)
_AFTER_ADDRESS = re.compile(
    r"\[(?:address|postcode)\],? (?P<value>(?:apt|flat|flt|apartment|room|house|hse|unit)\.? ?(?:no\.? ?|number )?\d{1,4}[a-z]?)(?![\w%])",
    _I,
)
_BOAT = re.compile(r"\b(?:NB|MV|WB) (?P<value>[A-Z][\w'’-]{2,15}(?: [A-Z][\w'’-]{2,15}){0,2})")
_OFF_A_ROAD = re.compile(
    r"(?<![\w'’-])(?P<value>(?:[A-Z][\w'’-]{2,20} ){1,3}(?:Cottages?|Farm|Farmhouse|Bungalow|Lodge|Barn|Croft|Villa),? (?i:off|on|down|up|along) "
    rf"(?:the )?{_STREET})"
)
_CHILDRENS_HOME = re.compile(
    r"\b(?P<value>[A-Z][\w'’-]{3,20} (?i:(?:childrens|children['’]s|care|nursing|residential|kids) home)(?:, (?:[A-Z][\w'’-]{1,20} ){1,2}"
    rf"(?i:{KIND_OF_STREET}))?)(?!\w)"
)
# a home with a description of its own; "the flats on Mill Lane" may be many, and stay
_DESCRIBED = re.compile(
    r"\b(?P<value>(?i:(?:the |a )?(?:(?:end|mid)[ -]terraced?(?: house)?|corner house|(?:house|bungalow|cottage|flat|caravan|static)"
    r"(?= (?:with|at the|that has|which has)\b)|\d{1,2} doors? (?:up|down|along|past|from)))(?: [\w'’/-]+,?){0,10}? "
    rf"(?:(?i:on|at the (?:top|bottom|end|corner|back) of|off|in|at|down|along) )?{_STREET})"
)
_AT_THE_END = re.compile(
    r"\b(?P<value>(?i:(?:bungalow|house|cottage|flat))(?: [\w'’/-]+){0,6} (?i:at the (?:top|bottom|end|corner) of) "
    + _STREET
    + r")"
)
_PITCH = re.compile(
    r"(?<![\w/.-])(?P<value>(?i:caravan|pitch|chalet|static|cabin|plot|berth|mooring)\.? ?(?i:number |no\.? ?)?\d{1,3}[a-z]? (?i:at|in|on) "
    rf"(?:{_CAPITAL} ){{0,2}}{_CAPITAL})"
)
_BED_AT = re.compile(
    rf"(?<![\w/.-])(?P<value>{_BED},? (?:at |in |of )?(?:the )?(?:[\w'’-]+ ){{0,2}}{_HOSTEL}(?: (?:on|in|at) (?:[\w'’-]+ ){{1,2}}(?:{KIND_OF_STREET}))?)(?!\w)",
    _I,
)
_BED_LAST = re.compile(
    rf"(?<![\w/.-])(?P<value>(?:(?!the\b|a\b|at\b|in\b)[a-z'’-]{{3,20}} ){{0,2}}{_HOSTEL}(?: (?:on|in|at) (?:[\w'’-]+ ){{1,2}}(?:{KIND_OF_STREET}))?,? (?:in )?{_BED})(?!\w)",
    _I,
)
_SOMEBODY = r"(?:he|she|they|vic|victim|suspect|subject|caller|informant|mum|dad|nan|tenant|offender|ip)"
_WHOSE = re.compile(
    rf"\b{_SOMEBODY}(?:['’]?s|['’]?re| is| are| lives)? (?:at |in )?(?P<value>(?:flat|number|no\.?|room|house) ?\d{{1,4}}[a-z]?|\d{{1,3}}[a-e])(?![\w%])(?!,? (?:[\w'’]+ ){{1,2}}(?:{KIND_OF_STREET})\b)",
    _I,
)
_CELTIC_LAST = re.compile(
    r"\b(?P<value>(?:Heol|Hewl|Ffordd|L[ôo]n|Stryd|Rhodfa|Maes|Clos|Bryn|Parc|Cae|Gerddi|Trem|Llys|Erw|Nant|Plas)(?: (?:y|yr))?(?: "
    rf"{_CAPITAL}){{1,2}},? (?:(?i:number|no\.?|rhif) ?)?\d{{1,3}}[a-z]?)(?![\w%])"
)
# the house, its lane and its village: "Tallyho, Church Lane, Upper Snetterby"
_HOUSE_LANE_VILLAGE = re.compile(
    rf"(?<![\w'’-])(?P<value>(?P<house>[A-Z][a-z'’-]{{3,20}}(?: \([^)\n]{{3,40}}\))?), {_STREET}(?:, {_CAPITAL}(?: {_CAPITAL}){{0,2}})?)"
)
_WITH_ASIDE = re.compile(
    r"\b(?:at|from|to|lives|of|outside) (?P<value>[A-Z][a-z'’-]{3,20}(?: \d{1,3})? \((?i:the (?:big|little|old|white|end|last|first|one|ones|house|"
    r"flat|bungalow|cottage))\b[^)\n]{0,60}\))"
)
_QUOTED_HOUSE = re.compile(
    r"(?<!\w)(?P<value>['‘“\"](?:The )?(?:(?:Old|New|Little|Great|Upper|Lower) )?(?:[A-Z][a-z'’-]{2,20} ){0,2}(?:Cottage|Farm|Farmhouse|Vicarage|Rectory|"
    r"Grange|Barn|Mill|Bakery|Forge|Stables|Coach House|Bungalow|Dairy|Granary|Croft|Lodge|Manor|Oast|Chapel|Schoolhouse)['’”\"])(?!\w)"
)
_LODGING = re.compile(
    r"\b(?:lodging|lodges|living|lives|staying|stays|sleeping|upstairs|rooms?) (?:at|in|above|over) (?P<value>(?:the )?(?:[A-Z][a-z'’-]{2,20} ){1,2}"
    r"(?:Arms|Inn|Tavern|Head|Hotel|Bell|Swan|Lion)(?: \((?:room|flat)[^)\n]{0,30}\))?)(?!\w)"
)


def described(text: str) -> Iterator[Span]:
    """Homes by what stands around them, and streets of one word."""
    for match in _ONE_WORD.finditer(text):
        word = match["word"].lower()
        if not in_dictionary(word) and not common(word):
            yield match.span("value")
    for pattern in (_OVER_A_SHOP, _DESCRIBED, _AT_THE_END, _HOUSE_LANE_VILLAGE, _NUMBER_AFTER, _OFF_A_ROAD):
        for match in pattern.finditer(text):
            if not set(match["street"].lower().split()[:-1]) & NOT_A_STREET and _is_a_house(match):
                yield match.span("value")
    for pattern in _BY_WHAT_IS_BESIDE if has_digit(text) else _WITHOUT_A_NUMBER:
        yield from values(pattern, text)


_BY_WHAT_IS_BESIDE = (
    _UNIT_BEFORE,
    _AFTER_ADDRESS,
    _BOAT,
    _CHILDRENS_HOME,
    _FLOOR,
    _ONE_OF_THEM,
    _PITCH,
    _BED_AT,
    _BED_LAST,
    _WHOSE,
    _CELTIC_LAST,
    _WITH_ASIDE,
    _QUOTED_HOUSE,
    _LODGING,
)
_WITHOUT_A_NUMBER = (_UNIT_BEFORE, _BOAT, _CHILDRENS_HOME, _FLOOR, _WITH_ASIDE, _QUOTED_HOUSE, _LODGING)


def _is_a_house(match: re.Match[str]) -> bool:
    """Not "Stevenage, London Road": a town before its street is no home, nor is a word that begins a sentence."""
    house = match.groupdict().get("house")
    if house is None:
        return True
    word = house.split(" ")[0].lower()
    return word not in bundled_names().places and not common(word) and not (in_dictionary(word) and "(" not in house)
