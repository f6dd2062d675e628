"""Recognisers of addresses that are not "number, name, kind of street": Welsh and Gaelic, in words, rooms, units."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.places import AT, FORWARD, KIND_OF_STREET, NOT_A_STREET, NOT_AFTER_STREET, TAIL, UNIT
from bot.safeguards.redaction.reading.spans import Span, has_digit, values
from bot.safeguards.redaction.spoken import HOUSE_IN_WORDS

_I = re.IGNORECASE
_HOUSE = r"\d{1,4}[a-zA-Z]?(?: ?[-/&] ?\d{1,4}[a-zA-Z]?)?"
_CAPITAL = r"[^\W\d_a-z][\w'’-]{1,20}"
# the word for the street comes first: "7 Lôn y Felin", "9 Sràid na h-Eaglaise"
_CELTIC_SURE = (
    r"l[ôo]n|heol|hewl|ffordd|stryd|rhodfa(?:['’]r)?|stryt|sr[àa]id|rathad|b[óo]thar|sl[íi]|cearn[óo]g|ascaill|cabhsair"
)
_CELTIC = (
    rf"(?:(?i:{_CELTIC_SURE})|Maes|Clos|Cwrt|Bryn|Parc|Cae|Gerddi|Rhes|Trem|Llys|Erw|Allt|Gwaun|Nant|Plas|Pant|D[ôo]l|Cefn|Coed|"
    r"Pen|Tan|Teras|Rhiw|T[ŷy]|Taigh|Cnoc|Garradh|Gàrradh)(?:['’]r)?"
)
_CELTIC_PART = (
    r"(?:(?:y|yr|a|ar|na|nan|nam|an|am|a['’]r|wen|fach|fawr|newydd|h-[^\W\d_]\w{1,20})(?!\w)|" + _CAPITAL + ")"
)
_CELTIC_LAST = r"(?:(?:fach|fawr|newydd|wen|h-[^\W\d_]\w{1,20})(?!\w)|" + _CAPITAL + ")"
_CELTIC_STREET = re.compile(
    rf"(?<![\w/.£$-])(?:{UNIT}){{0,2}}{_HOUSE},? {_CELTIC}(?!\w)(?: {_CELTIC_PART}){{0,3}} {_CELTIC_LAST}{TAIL}"
)
_CELTIC_IN_LOWER_CASE = re.compile(
    rf"(?<![\w/.£$-]){_HOUSE},? (?:lôn|heol|ffordd|stryd|rhodfa|sràid|rathad|bóthar)(?: (?:y|yr|na|nan|an|a['’]r))? [^\W\d_]{{3,20}}(?!\w)",
    _I,
)
_IN_WORDS = re.compile(
    rf"(?<![\w/.£$-])(?i:{HOUSE_IN_WORDS}),? (?P<street>(?:{_CAPITAL} ){{1,3}}(?i:{KIND_OF_STREET}))(?![\w-]){TAIL}"
)
_IN_WORDS_LOWER = re.compile(
    rf"(?<![\w/.£$-]){HOUSE_IN_WORDS},? (?P<street>(?:[a-z'’]{{3,20}} ){{1,2}}(?:{KIND_OF_STREET}))(?![\w-])", _I
)
# an address that a message or a sentence begins with: "hi, thirty one beech close, the old man there …"
_BEGINS = re.compile(
    r"(?:^|[.!?:;\n–-]|\b(?:hi|hiya|hello|hey|morning|afternoon|evening|urgent|please|pls)(?: (?:all|team|there))?,?)\s*$",
    _I,
)
_BRAND = (
    r"(?:travelodge|premier inn|premier lodge|holiday inn(?: express)?|ibis(?: budget)?|days inn|best western|britannia(?: hotel)?|"
    r"hilton|marriott|novotel|mercure|ramada|jurys inn|leonardo|yha|salvation army|easyhotel|hampton by hilton|moxy|village hotel)"
)
_ROOM = re.compile(
    rf"\b(?i:(?:room|rm|suite|pod|bed|bay)\.? ?\d{{1,4}}[a-z]?[, ]{{1,2}}(?:at |in |of )?(?:the )?{_BRAND})\b(?: {_CAPITAL}){{0,2}}{TAIL}"
)
_UNIT_ON_AN_ESTATE = re.compile(
    r"(?<![\w/.-])(?:unit|plot|pitch|yard|bay|suite|workshop|lock ?up|garage)s?\.? ?\d{1,4}[a-z]?,? (?:at |on |of |in )?(?:the )?"
    r"(?:[a-z'’-]{2,20} ){1,4}(?:industrial|indust|ind|business|bus|trading|retail|enterprise|caravan|holiday|commercial|science|mobile home)"
    r" (?:estate|est|park|pk|centre|site|units)(?!\w)",
    _I,
)
_ON_A_SITE = re.compile(
    r"(?<![\w/.-])(?:caravan|pitch|plot|berth|chalet|cabin|trailer|mooring|room|rm|bedsit|tent|static)\.? ?[a-z]?\d{1,3}[a-z]?,? (?:on |at |in |of )?"
    r"(?:the )?(?:[a-z'’-]{2,20} ){0,4}?(?:site|park|hostel|marina|wharf|quay|basin|boatyard|encampment|hotel|refuge|shelter|b ?& ?b|bnb|lodge)(?!\w)"
    rf"(?-i:{TAIL})",
    _I,
)
_COMMON_STREET = re.compile(
    r"\b(?:at|on|from|no\.?|number|outside|above|behind|to|of|visited|attended|address|live|lives|living|stays) "
    r"(?P<value>\d{1,3}[a-z]? (?:high|main|market|church|station|mill|park|london|bridge|castle|front|back|side) "
    rf"(?:street|st|road|rd|hill|lane|place|square|row|parade)(?![\w-])(?-i:{TAIL}))",
    _I,
)
_CARE_HOME = re.compile(
    r"(?<![\w'’-])(?P<value>(?:[a-z][a-z'’-]{2,20} )(?:lodge|house|court|manor|grange|hall|villa|cottage|gardens|view)) "
    r"(?:care|nursing|residential|children['’]?s|childrens|kids['’]?) (?:home|unit)\b",
    _I,
)
_CALLED_IN_LOWER_CASE = re.compile(
    r"\b(?:(?:lives?|living|lived|stays|staying|stayed|resides?|residing|moved|address is|h/a|called|sent)(?: out)? (?:at|in|to|is)|"
    r"attended|attending|visited) "
    r"(?P<value>(?:the )?(?:(?:old|new|little|great|upper|lower) )?(?:[a-z'’-]{3,15} )?(?:forge|mill|barn|vicarage|rectory|farmhouse|"
    r"granary|stables|coach house|schoolhouse|school house|bakery|dairy|manse|priory|gatehouse|oast house|toll house|"
    r"station house|smithy|manor|cottage|grange|lodge|bungalow|croft|gables|haven|homestead)"
    r"(?:, (?:[a-z'’]{3,15} ){1,2}(?:lane|road|street|hill|close|way|green|common|drive|avenue)(?:, [a-z]{3,15}(?: [a-z]{4,15})?(?= |,|$))?)?)"
    r"(?=,? [a-z]|[.,]|$)",
    _I,
)
_THE_STREET = re.compile(
    r"(?<![\w/.£$-])(?:no\.? ?|number )?\d{1,3}[a-e]? the (?:maltings|limes|ridgeway|meadows?|mead|pastures|leys|spinney|"
    r"paddocks?|orchards?|chase|glebe|hollies|laurels|willows|beeches|elms|oaks|cedars|firs|poplars|hawthorns|causeway|"
    r"mews|dell|gables|croft|grove|close|crescent|avenue|drive|terrace|green|broadway|larches|pines|birches|lindens|"
    r"chestnuts|sycamores|rowans|copse|warren|hedgerows|furrows|vineyards?|moorings|knoll|rise)(?![\w'’-])"
    rf"(?! (?:{KIND_OF_STREET})\b)",
    _I,
)
_NUMBER_LAST = re.compile(
    rf"(?<![\w'’-])(?P<value>(?P<street>(?:{_CAPITAL} ){{1,3}}(?i:{KIND_OF_STREET})),? (?:at )?\(?(?i:numbers?|nos?\.?|house number|house|flat|door) ?\d{{1,4}}[a-z]?(?: ?(?:to|-|and) ?\d{{1,4}}[a-z]?)?\)?)(?![\w%])"
)
_NUMBER_ON = re.compile(
    rf"\b(?P<value>(?i:number|no\.?) ?\d{{1,4}}[a-z]? (?:on|in|down|off) (?P<street>(?:{_CAPITAL} ){{1,3}}(?i:{KIND_OF_STREET})))(?![\w-])"
)
# "narrowboat Kingfisher's Rest": a home that floats has a name for a number
_BOAT = re.compile(
    r"\b(?i:narrow ?boat|house ?boat|canal ?boat|dutch barge|barge|motor ?yacht|cabin cruiser|widebeam)(?: (?:is )?(?:called|named|is))?,? [\"'“‘]?"
    r"(?P<value>[A-Z][\w'’-]{1,20}(?: (?:of|the|and|o[’'])(?= ))?(?: [A-Z][\w'’-]{1,20}){0,3})"
)
_BOAT_IN_QUOTES = re.compile(
    r"\b(?:narrow ?boat|house ?boat|canal ?boat|barge|boat) (?P<value>['‘\"“][\w '’-]{3,30}?['’\"”])(?!\w)", _I
)
_NEIGHBOURS = re.compile(
    r"\b(?P<value>(?:no\.? ?|number )?\d{1,4}[a-z]?) (?:and|&|or) (?:no\.? ?|number )?\[address\]", _I
)
_HOME_IN_LOWER_CASE = re.compile(
    r"(?:^|\b(?:at|on|past|outside|from|to|behind|near|opposite|attended|attending|visited) )"
    r"(?P<value>(?P<name>(?:[a-z'’-]{3,15} ){1,3})(?:farm|farmhouse|cottage|bungalow|croft)(?:,? (?:on |off )?(?:[a-z]{3,15} ){1,2}"
    r"(?:lane|road|street|hill|drive|avenue|close))?)(?= (?:nr|near|in|is|on|has|have)\b|[,.]|$)"
)
_WELSH_LANE = re.compile(
    r"(?P<value>(?:[\w'’-]{2,15} ){0,2}[\w'’-]{2,15}, (?:ffordd|heol|l[ôo]n|stryd|rhodfa) [a-z]{3,20}(?: [a-z]{3,20})?)(?=,)",
    _I,
)
_DESCRIBES = frozenset(
    """
    local nearby remote rural isolated working dairy pig poultry fish wind solar cannabis chicken sheep cattle arable stud city
    community holiday rented rental empty derelict disused abandoned burnt converted cuckooed tied council listed thatched sale
    neighbouring
    """.split()
)
_NO_NAME = _DESCRIBES | frozenset(
    "the this that his her their our your its old new large small whole any every each some same next another one and for with".split()
)
_BOAT_IN_LOWER_CASE = re.compile(
    r"\b(?:narrow ?boat|house ?boat|canal ?boat|barge|boat) (?:is )?(?:called|named) (?P<value>(?:the )?[a-z'’-]{3,20}(?: [a-z'’-]{3,20})?)"
    r"(?= (?:moored|at|on|by|in|is|near)\b|[,.]|$)"
)
_NUMBER_LAST_LOWER = re.compile(
    r"\b(?:on|at|in|from|of|off|down|to|near) (?P<value>(?P<street>(?:[a-z'’]{3,20} ){1,2}(?:road|rd|street|lane|avenue|ave|crescent|"
    r"gardens|terrace|close|drive|court|grove|mews|row|walk)),? (?:at )?(?:number|no\.?|house number|flat|door) \d{1,4}[a-z]?)(?![\w%])",
    _I,
)


def dwellings(text: str) -> Iterator[Span]:
    """Addresses by other signs than a number, a name and a kind of street."""
    for match in _CALLED_IN_LOWER_CASE.finditer(text):
        # with capitals, what follows it belongs to it: "Rose Cottage, Back Lane"; "the derelict barn" has no name
        if match["value"].islower() and not set(match["value"].split()) & _DESCRIBES:
            yield match.span("value")
    for match in _THE_STREET.finditer(text):
        if not _goes_on(text, match.end()):
            yield match.span()
    numbered = has_digit(text)
    for pattern in _BY_OTHER_SIGNS if numbered else _WITHOUT_A_NUMBER:
        yield from values(pattern, text)
    for pattern in (_NUMBER_LAST, _NUMBER_ON, _NUMBER_LAST_LOWER) if numbered else ():
        for match in pattern.finditer(text):
            if _is_a_street(match["street"]):
                yield match.span("value")
    yield from _named_homes(text)
    yield from _with_a_common_street(text)
    yield from _in_words(text)


_BY_OTHER_SIGNS = (
    _ROOM,
    _UNIT_ON_AN_ESTATE,
    _ON_A_SITE,
    _CARE_HOME,
    _BOAT,
    _BOAT_IN_LOWER_CASE,
    _BOAT_IN_QUOTES,
    _NEIGHBOURS,
    _WELSH_LANE,
    _CELTIC_STREET,
    _CELTIC_IN_LOWER_CASE,
)
_WITHOUT_A_NUMBER = (_CARE_HOME, _BOAT, _BOAT_IN_LOWER_CASE, _BOAT_IN_QUOTES, _WELSH_LANE)


def _named_homes(text: str) -> Iterator[Span]:
    for match in _HOME_IN_LOWER_CASE.finditer(text):
        if not set(match["name"].split()) & _NO_NAME:  # "at the farm", "outside a remote cottage"
            yield match.span("value")


def _with_a_common_street(text: str) -> Iterator[Span]:
    for match in _COMMON_STREET.finditer(text):
        if not _goes_on(text, match.end("value")):
            yield match.span("value")


def _in_words(text: str) -> Iterator[Span]:
    for match in _IN_WORDS.finditer(text):
        if _is_a_house(match):
            yield match.span()
    for match in _IN_WORDS_LOWER.finditer(text):
        said = _BEGINS.search(text, 0, match.start()) and text[match.end() : match.end() + 1] == ","
        if _is_a_house(match) and (said or AT.search(text, max(match.start() - 40, 0), match.start())):
            yield match.span()


def _is_a_house(match: re.Match[str]) -> bool:
    """Not "three High Street shops", "two way street"."""
    return _is_a_street(match["street"]) and not _goes_on(match.string, match.end())


def _is_a_street(street: str) -> bool:
    """ "Larkspur Drive"; not "High Street", "county court", which many towns have."""
    return not set(street.lower().split()[:-1]) & NOT_A_STREET


def _goes_on(text: str, end: int) -> bool:
    return bool(NOT_AFTER_STREET.match(text, end) or FORWARD.match(text, end))
