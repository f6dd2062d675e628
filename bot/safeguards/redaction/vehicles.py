"""Recognisers of registration marks: British of every age, Northern Irish, personal, trade, diplomatic, foreign.

Marks of today's style speak for themselves. Older ones look like sections and forms, and so need capitals and a shape
that nothing else has, or a word for a vehicle or a plate in the message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.reading.lexicon import in_dictionary
from bot.safeguards.redaction.reading.names_data import bundled_names
from bot.safeguards.redaction.reading.spans import Span, has_digit, values

_I = re.IGNORECASE
_CURRENT = re.compile(r"(?<![\w-])(?P<area>[A-Z]{2})(?P<first>[ -]?)(?P<year>[0-7]\d)(?P<space>[ -]?)(?P<tail>[A-Z]{3})(?![\w])", _I)  # fmt: skip
_PREFIX = re.compile(
    r"(?<![\w-])(?P<letter>[A-HJ-NP-TV-Y])(?P<digits>\d{1,3})(?P<space>[ -]?)(?P<tail>[A-Z]{3})(?![\w-])"
)
_SUFFIX = re.compile(r"(?<![\w-])(?P<tail>[A-Z]{3})(?P<space>[ -]?)(?P<digits>\d{1,3})[A-HJ-NPR-TV-Y](?![\w-])")
_IRISH = re.compile(r"(?<![\w-])\d{2}[12]?-[A-Z]{1,2}-\d{1,6}(?![\w-])")
_NORTHERN = re.compile(r"(?<![\w-])(?P<tail>[A-HJ-Z](?:I[A-Z]|[A-Z]Z))[ -]?(?P<digits>\d{3,4})(?![\w-])")
_VIN = re.compile(r"\b(?=[A-Z0-9]{0,16}\d)(?=[A-Z0-9]{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}\b", _I)
PLATE = (
    r"(?:reg(?:istration)?s?(?: mark| plate| no| number| num)?|vrms?|vrns?|index(?: no| number| mark)?|number ?plates?|plates?|"
    r"licen[cs]e plate|(?:cherished|private|personal|personalised|show|false|cloned) (?:marks?|number))"
)
# up to three groups of letters or digits, with a digit somewhere
_GROUPS = (
    r"(?=[A-Z]{0,3}[ -]?\d|\d{1,5}[ -]?[A-Z]|[A-Z]{1,3}[ -]?[A-Z]{1,3}[ -]?\d)[A-Z0-9]{1,8}(?:[ -][A-Z0-9]{1,5}){0,2}"
)
_CUED = re.compile(
    rf"\b(?i:{PLATE})(?i:[\s:=.(\"'“]{{1,3}}(?:(?:is|was|of|partial|part|ending|starts|starting|begins|no|number|plate|mark)\b[\s:=.]{{1,2}})"
    rf"{{0,3}})(?P<value>{_GROUPS})(?![\w])"
)
_CUED_IN_LOWER_CASE = re.compile(
    rf"\b{PLATE}[\s:=.(\"'“]{{1,3}}(?:(?:is|was|of|partial|no|number|plate|mark)\b[\s:=.]{{1,2}}){{0,3}}"
    r"(?P<value>[a-z]{2}\d{2}[ -]?[a-z]{3}|[a-z]\d{1,3}[ -]?[a-z]{3}|[a-z]{3}[ -]?\d{1,3}[a-z]|[a-z]{1,3}[ -]?\d{1,4}|"
    r"\d{1,4}[ -]?[a-z]{1,3}|(?=[a-z]{0,7}\d)(?=\d{0,7}[a-z])[a-z0-9]{3,8})(?!\w)",
    _I,
)
_BEFORE_PLATE = re.compile(
    rf"(?<![\w-])(?P<value>[A-Z]{{1,3}} ?\d{{1,4}}|\d{{1,4}} ?[A-Z]{{1,3}}|(?=[A-Z]{{0,7}}\d)(?=\d{{0,7}}[A-Z])[A-Z0-9]{{3,8}})"
    rf"(?= (?:(?:is|was|the|its|a|private|personal|cherished|as|number|on|car|foreign) ){{0,3}}{PLATE}\b)",
    _I,
)
VEHICLE_WORD = re.compile(
    r"\b(?:cars?|vans?|lorr(?:y|ies)|vehicles?|veh|motor ?bikes?|motorcycles?|bikes?|mopeds?|scooters?|quads?|taxis?|trucks?|"
    r"transit|caravan|trailer|pick ?up|land ?rover|landy|range ?rover|bmw|audi|golf|vw|volkswagen|ford|fiesta|focus|corsa|"
    r"vauxhall|astra|polo|merc|mercedes|nissan|qashqai|toyota|honda|kia|hyundai|peugeot|renault|clio|skoda|octavia|seat|leon|"
    r"fiat|mini|tesla|volvo|mazda|suzuki|yamaha|kawasaki|driver|keeper|rk|driving|drove|drives|parked|plates?|reg|index|vrm|vrn|hatchback|"
    r"saloon|escort|mondeo|punto|micra|zafira|insignia|passat|touran|caddy|sprinter|vito|vivaro|trafic|kangoo|berlingo|picasso|juke|yaris|aygo|civic|jazz|picanto|sportage|tucson|defender|discovery|evoque|freelander|jaguar|porsche|lexus|mg|saab|rover|sierra|capri|cortina|beetle|camper|motorhome|minibus|coach|tractor|hgv|artic|silver|tipper|saloon|estate car|convertible|dumped|stolen)\b",
    _I,
)
POSTCODE_AREAS = frozenset(
    """
    ab al ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy ec eh en ex fk
    fy gl gu ha hd hg hp hr hs hu hx ig ip iv ka kt kw ky la ld le ll ln ls lu me mk ml na nd ne ng nn np nr
    nw ol ox pa pe ph pl po pr rg rh rm sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub
    wa wc wd wf wn wr ws wv yo ze
    """.split()
)
NOT_A_MARK = frozenset(
    """
    the and for are was has had not but can who how why our you his her its all any out off one two now day
    yrs hrs min max asb cpn cpw csp pcc ocg cse cce nrm mha iom pop pat npt snt dpo isa bwv nte tto oic nfa
    psd rtc spo cbo dvp dpa cps cad sar foi gdp ddt app apr jan feb mar may jun jul aug sep oct nov dec mon
    tue wed thu fri sat sun act sec ltd per via area team use way new old car van did get got let say set
    see cda poa pra oap rta csp lea nhs dwp fpn iso bsi pas een eha msa cja caa mda soa yja cta pca led key
    mph kmh usb ulez cyp mca dva vaw pps ndm apd ppu mru of in on at to is it if or as by an am pm si so we he she they i no
    """.split()
)
_YEAR_OF_PLATE = re.compile(r"an? \d\d", _I)
"""A plate of 2020 is "a 20 plate", "a 70 reg": the year of many vehicles."""
_SMALL_WORDS = frozenset({"in", "at", "to", "by", "of", "on", "is"})


_PHONETIC = (
    "alpha|alfa|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|"
    "sierra|tango|uniform|victor|whisk(?:e)?y|x-?ray|yankee|zulu"
)
_READ_OUT = re.compile(
    rf"\b(?:{_PHONETIC})(?:[ ,-]{{1,2}}(?:{_PHONETIC}|zero|nought|one|two|three|four|five|six|seven|eight|niner?|\d{{1,4}})){{3,8}}\b",
    _I,
)
"""A mark as it is read out over the radio: letters by their words, and a digit somewhere."""
_READ_OUT_DIGIT = re.compile(r"\d|\b(?:zero|nought|one|two|three|four|five|six|seven|eight|niner?)\b", _I)
_ANY_CASE = re.compile(r"(?<![\w-])[A-Za-z]{2}\d{2} ?[A-Za-z]{3}(?![\w-])")
_APART = re.compile(r"(?<![\w-])(?P<area>[a-z]{2}) (?P<year>[0-7]\d) (?P<tail>[a-z]{3})(?![\w])")
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z]\.){1,2}(?:\d\.){1,3}(?:[A-Z]\.){2}[A-Z](?!\w)", _I)
"""One character at a time, as it was read out: "V.R.1.4.H.K.S"."""
_FRAME = re.compile(
    r"\b(?:frame|chassis|serial|engine|hull)(?: (?:no|number|num)\b\.?)?[^\d\n]{0,30}?(?P<value>(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{6,17})\b"
)
_FLEET = re.compile(
    r"\b(?:taxi|cab|private hire|hackney|fleet)s?(?: (?:plate|licen[cs]e|badge|driver))?(?: (?:no|number|num)\b\.?)? "
    r"(?P<value>\d{3,6})\b(?! ?(?:people|passengers|miles|minutes|hours|times))|\b(?P<before>\d{3,6})(?= fleet (?:no|number)\b)",
    _I,
)


def vehicles(text: str) -> Iterator[Span]:
    """A registration mark, or the number of a chassis."""
    if not has_digit(text):
        yield from _read_out(text)
        return
    for pattern in (_CUED, _CUED_IN_LOWER_CASE, _BEFORE_PLATE):
        for match in pattern.finditer(text):
            if _is_cued_mark(match["value"]):
                yield _without_tail(match)
    for match in _CURRENT.finditer(text):
        if _is_current(match):
            yield match.span()
    yield from values(_DOTTED, text)
    yield from _older(text)
    yield from _by_other_signs(text)
    for match in _VIN.finditer(text):
        yield match.span()


def _by_other_signs(text: str) -> Iterator[Span]:
    """Read out over the radio, in capitals and small letters mixed, in three parts beside a vehicle; frames, fleets."""
    yield from _read_out(text)
    vehicle = bool(VEHICLE_WORD.search(text))
    for match in _ANY_CASE.finditer(text):
        mixed = match[0] not in (match[0].upper(), match[0].lower()) and not match[0][1:].islower()
        if mixed and match[0][-3:].lower() not in NOT_A_MARK:
            yield match.span()
    for match in _APART.finditer(text):
        if vehicle and match["tail"] not in NOT_A_MARK and match["area"] not in _SMALL_WORDS:
            yield match.span()
    for pattern in (_FRAME, _FLEET):
        for match in pattern.finditer(text):
            yield match.span(match.lastgroup or 0)


def _read_out(text: str) -> Iterator[Span]:
    for match in _READ_OUT.finditer(text):
        if _READ_OUT_DIGIT.search(match[0]):
            yield match.span()


def _without_tail(match: re.Match[str]) -> Span:
    """A mark of today's style or of the last one ends with it, whatever follows in capitals."""
    start, end = match.span("value")
    whole = re.match(
        r"(?:[A-Z]{2}[ -]?\d{2}[ -]?[A-Z]{3}|[A-Z][ -]?\d{1,3}[ -]?[A-Z]{3}|[A-Z]{3}[ -]?\d{1,3}[A-Z])\b",
        match["value"],
        _I,
    )
    return (start, start + whole.end()) if whole else (start, end)


def _is_cued_mark(value: str) -> bool:
    """Letters and digits both, and no unit or word after the digits."""
    letters = re.sub(r"[^A-Za-z]", "", value).lower()
    return (
        bool(letters)
        and any(map(str.isdigit, value))
        and not _YEAR_OF_PLATE.fullmatch(value)
        and letters not in NOT_A_MARK | {"th", "st", "nd", "rd", "yo", "k", "m"}
    )


def _is_current(match: re.Match[str]) -> bool:
    """Not "WD18 ASB", nor "al10 and"; "in10 min" is written with other capitals than a mark."""
    if match["tail"].lower() in NOT_A_MARK:
        return False
    if match[0] == match[0].upper():
        return True
    together = match[0] == match[0].lower()
    apart = match["space"] == " " or match["first"] == " "
    if together and apart and match["area"].lower() in POSTCODE_AREAS:
        # "sa09 tkj": no district begins with nought, and letters that say nothing are no word after one
        tail = match["tail"].lower()
        return match["year"].startswith("0") or not (in_dictionary(tail) or tail in bundled_names().acronyms)
    return together and not (apart and match["area"].lower() in _SMALL_WORDS)


def _older(text: str) -> Iterator[Span]:
    """Marks before 2001 and of Northern Ireland and Ireland, in capitals."""
    vehicle = bool(VEHICLE_WORD.search(text))
    for match in _PREFIX.finditer(text):
        section = match["letter"] == "S" and match["space"] == " "
        if match["tail"].lower() not in NOT_A_MARK and (vehicle or (len(match["digits"]) == 3 and not section)):
            yield match.span()
    for match in _SUFFIX.finditer(text):
        if match["tail"].lower() not in NOT_A_MARK and (vehicle or len(match["digits"]) == 3):
            yield match.span()
    for match in _NORTHERN.finditer(text):
        year = match["digits"].startswith(("19", "20")) and len(match["digits"]) == 4
        if match["tail"].lower() not in NOT_A_MARK and (vehicle or not year):
            yield match.span()
    if vehicle:
        for match in _IRISH.finditer(text):
            yield match.span()
