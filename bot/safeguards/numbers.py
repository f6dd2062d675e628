"""Recognisers of identifiers that have a shape: numbers, marks, addresses, handles.

Each yields the spans to remove. A shape that is common in guidance (a section, a duration, a year) counts only
after a word that says what it is. Repetition is bounded, so that a hostile message costs no more than its length.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

Span = tuple[int, int]

_I = re.IGNORECASE
_IS = r"[\s:=#.,-]{0,3}(?:(?:is|was|number|num|no|nr|ref|reference|record)\b[\s:=#.]{0,3}){0,3}"


def _value(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """The spans of the pattern's group "value", or of all of it."""
    group = "value" if "value" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        yield match.span(group)


_PLACEHOLDER = re.compile(r"\[[a-z_]{2,15}\]")
_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?![\w-])")
# a site's own profile addresses, handles, and a name after the word for one
_PROFILE = re.compile(
    r"\b(?:facebook|fb|instagram|tiktok|twitter|x|snapchat|linkedin|t)\.(?:com|me)/(?P<value>[\w.@/-]{2,60})", _I
)
_HANDLE = re.compile(
    r"(?<![\w.@<%+-])(?P<value>@(?!(?:here|channel|everyone|all|home|work|school)\b)[\w.]{0,30}[A-Za-z_][\w.]{1,30})"
)
_NAMED_HANDLE = re.compile(
    r"\b(?:snap ?chat|snap|insta|instagram|tik ?tok|twitter|face ?book|fb|telegram|discord|social media|online|gaming|xbox|psn)?\s?"
    r"(?:user ?name|handle|screen ?name|gamertag|user id|account name|(?:snap|insta|tiktok|snapchat|instagram|discord|telegram)(?: name)?)"
    r"(?:\s?(?:is|was|of|:|=|-)\s?){1,2}(?P<value>[\w.@-]{3,40})(?![\w-])",
    _I,
)


def placeholders(text: str) -> Iterator[Span]:
    """What has been removed already."""
    return _value(_PLACEHOLDER, text)


def emails(text: str) -> Iterator[Span]:
    """somebody@example.org"""
    return _value(_EMAIL, text)


def social_handles(text: str) -> Iterator[Span]:
    """@somebody, profile addresses, "snap: somebody"."""
    yield from _value(_PROFILE, text)
    yield from _value(_HANDLE, text)
    for match in _NAMED_HANDLE.finditer(text):
        if re.search(r"[\d_.@]", match["value"]) or match["value"] not in (
            "not",
            "the",
            "unknown",
            "needed",
            "required",
        ):
            yield match.span("value")


_PNC = re.compile(r"\b(?P<value>(?:19|20)?\d{2}/\d{4,7}[A-HJ-NP-RT-Z])\b", _I)
_PNC_CUED = re.compile(rf"\bpnc ?(?:id|no|number|ref)?{_IS}(?P<value>\d{{2,4}}/\d{{1,7}}[a-z]?)\b", _I)


def pnc(text: str) -> Iterator[Span]:
    """A PNC identity: year, number, check letter."""
    yield from _value(_PNC, text)
    yield from _value(_PNC_CUED, text)


_URN = re.compile(r"\b(?P<value>\d{2}[A-Z]{1,2}\d{5,9})\b")
_URN_CUED = re.compile(rf"\burn{_IS}(?P<value>(?=[a-z/-]{{0,6}}\d)[a-z0-9][a-z0-9/-]{{3,24}})\b", _I)


def urns(text: str) -> Iterator[Span]:
    """A unique reference number of a case file."""
    yield from _value(_URN, text)
    yield from _value(_URN_CUED, text)


_CUSTODY = re.compile(
    rf"\b(?:custody|detainee|detention)(?: (?:record|ref|reference|no|number|num|log)\b[.:#]?){{1,2}}{_IS}"
    r"(?P<value>(?=[a-z/-]{0,6}\d)[a-z0-9][a-z0-9/-]{2,20})\b"
    r"|\bcustody[\s:#]{1,2}(?P<bare>\d{1,3}[a-z]{0,3}/\d{2,7}(?:/\d{2,4})?)\b",
    _I,
)


def custody(text: str) -> Iterator[Span]:
    """A custody record."""
    for match in _CUSTODY.finditer(text):
        yield match.span("value" if match["value"] else "bare")


_SLASHED = re.compile(r"(?<![\d/])(?P<value>\d{2}[A-Z]{0,3}/\d{4,8}/\d{2,4})(?![\d/])", _I)
_CRIME_CUED = re.compile(
    r"\b(?:crime|occurrence|occ|incident|inc|investigation|storm|cad|niche|athena|log|case|cris|crn|isr|ref|reference|intel report|sir|job)"
    r"(?:\s(?:ref|reference|no|number|num|id|report|log)\b[.]?){1,2}[\s:=#]{0,3}(?:is |was )?(?P<value>(?=[a-z/-]{0,6}\d)[a-z0-9][a-z0-9/-]{2,24}(?: of \d{1,2}[/ ]\d{1,2}[/ ]\d{2,4})?)\b"
    r"|\b(?:cad|crn|cris|crime|log|incident|inc|isr|ref|occ)[\s:=#.]{1,3}(?:is )?(?P<bare>\d{3,9}(?:[/-]\d{1,8}){0,2}(?: of \d{1,2}[/ ]?(?:\d{1,2}|[a-z]{3,9})[/ ]?(?:\d{2,4})?)?)\b(?!\s?(?:%|hours?|hrs?|days?|mins?|minutes|times|calls|reports|incidents|metres|m\b))",
    _I,
)
_KEPT_NUMBERS = frozenset({"999", "101", "111", "105", "112", "136", "135", "137"})


def crime_references(text: str) -> Iterator[Span]:
    """A crime, incident or log number."""
    yield from _value(_SLASHED, text)
    for match in _CRIME_CUED.finditer(text):
        group = "value" if match["value"] else "bare"
        if match[group] not in _KEPT_NUMBERS:
            yield match.span(group)


_NI = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", _I)
_PASSPORT = re.compile(rf"\bpassport\b{_IS}(?P<value>[a-z]{{0,2}}\d{{7,9}})\b", _I)


def national_insurance(text: str) -> Iterator[Span]:
    """Two letters, six digits, a letter from A to D."""
    return _value(_NI, text)


def passports(text: str) -> Iterator[Span]:
    """A number that is said to be a passport's."""
    return _value(_PASSPORT, text)


_TEN_DIGITS = re.compile(r"(?<![\d/.+])(?P<value>[1-9]\d{2}[ -]?\d{3}[ -]?\d{4})(?![\d/])")
_NHS_CUED = re.compile(rf"\bnhs{_IS}(?P<value>\d{{3}}[ -]?\d{{3}}[ -]?\d{{4}})(?!\d)", _I)


def nhs(text: str) -> Iterator[Span]:
    """An NHS number: said to be one, or ten digits whose last one checks the others."""
    yield from _value(_NHS_CUED, text)
    for match in _TEN_DIGITS.finditer(text):
        if _is_nhs(_digits(match[0])):
            yield match.span()


def _is_nhs(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits[:9], strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


_CARD = re.compile(r"(?<![\d/.+-])\d(?:[ -]?\d){12,18}(?![\d/])", re.ASCII)


def cards(text: str) -> Iterator[Span]:
    """Thirteen to nineteen digits that pass the Luhn check."""
    for match in _CARD.finditer(text):
        if _passes_luhn(_digits(match[0])):
            yield match.span()


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 * (value > 9)
    return total % 10 == 0


_SORT_AND_ACCOUNT = re.compile(
    r"(?<![\d-])\d{2}[- ]\d{2}[- ]\d{2}[ ,/]{1,3}(?:a(?:cc(?:oun)?t?|/c)(?: no| number)?[:. ]{0,2})?\d{8}(?!\d)", _I
)
_SORT_CUED = re.compile(rf"\bsort ?code{_IS}(?P<value>\d{{2}}[- ]?\d{{2}}[- ]?\d{{2}})(?!\d)", _I)
_ACCOUNT_CUED = re.compile(rf"\b(?:bank|acc(?:oun)?t?|a/c)(?: acc(?:oun)?t?)?{_IS}(?P<value>\d{{7,8}})(?!\d)", _I)
_IBAN = re.compile(r"\bGB\d{2} ?[A-Z]{4}(?: ?\d){14}\b", _I)


def bank(text: str) -> Iterator[Span]:
    """A sort code, an account number, an IBAN."""
    for pattern in (_IBAN, _SORT_AND_ACCOUNT, _SORT_CUED, _ACCOUNT_CUED):
        yield from _value(pattern, text)


_DOTTED = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)", re.ASCII)
_COLONS = re.compile(r"(?<![\w:])[0-9a-f]{1,4}(?::{1,2}[0-9a-f]{1,4}){3,7}(?![\w:])", _I)


def ip_addresses(text: str) -> Iterator[Span]:
    """An IPv4 or IPv6 address; "1.2.3.4" with single digits throughout is a paragraph."""
    for pattern in (_DOTTED, _COLONS):
        for match in pattern.finditer(text):
            if (
                pattern is _DOTTED
                and len(match[0]) == 7
                and not text[: match.start()].lower().rstrip(" :").endswith("ip")
            ):
                continue
            if _is_ip(match[0]):
                yield match.span()


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?{_MONTH}[ ,-]{{1,2}}(?:19|20)?\d{{2}}|"
    r"(?:19|20)\d{2}-\d{2}-\d{2})(?![\d/])"
)
_BIRTH = re.compile(
    rf"(?<!\w)(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday)[\s:=(-]{{0,4}}(?:is |was |of )?(?P<value>{_DATE}|(?:19|20)\d{{2}}\b)"
    rf"|(?<!\w)born(?: on)?[\s:]{{1,2}}(?:the )?(?P<full>{_DATE})"
    r"|(?<!\w)b(?:\.|\. | )(?P<year>(?:19|20)\d{2})\b"
    rf"|\[name\][,;]? ?\(?(?:b\.? ?|born (?:in |on )?)?(?P<named>{_DATE}|(?<=born )(?:19|20)\d{{2}}\b|(?<=in )(?:19|20)\d{{2}}\b)",
    _I,
)


def dates_of_birth(text: str) -> Iterator[Span]:
    """A date that is said to be of birth, or stands right after a name."""
    for match in _BIRTH.finditer(text):
        yield match.span(match.lastgroup or 0)


_PHONE_SHAPE = re.compile(r"\d(?:[\s().-]{0,3}\d){6}")
# Freephone, charity and single-price numbers are published help lines, not somebody's.
_PUBLISHED = ("0800", "0808", "0300", "0303", "0330", "0333", "0344", "0345", "0370", "116")
_UK_PHONE = re.compile(r"(?<![\d/.+-])(?:\+44|0044|0)(?:[ ()-]{0,2}\d){9,10}(?![\d/])")
_PHONE_CUED = re.compile(
    r"\b(?:tel|phone|mob|mobile|ring|call|number|landline|contact)(?: (?:no|number|is|on|him|her|them))*[\s:.]{1,3}(?P<value>\d{5,6}[ -]?\d{4,6})(?!\d)",
    _I,
)


def phones(text: str) -> Iterator[Span]:
    """A telephone number, dialled from here or abroad."""
    if not _PHONE_SHAPE.search(text):
        return
    for found in PhoneNumberMatcher(text, "GB", leniency=Leniency.POSSIBLE):
        written = _digits(found.raw_string)
        national = "0" + str(found.number.national_number) if found.number.country_code == 44 else written
        if national.startswith(_PUBLISHED) or written.startswith(_PUBLISHED):
            continue
        if (found.raw_string.lstrip("(").startswith(("0", "+")) and len(written) >= 10) or (phonenumbers.is_valid_number(found.number) and len(written) == 10 and written.startswith("7")):
            yield found.start, found.end
    for match in _UK_PHONE.finditer(text):  # grouped in ways the library does not know
        if not _digits(match[0]).startswith(_PUBLISHED):
            yield match.span()
    yield from _value(_PHONE_CUED, text)


_AREA = r"(?:[A-PR-UWYZ][A-HK-Y]?\d[A-Z\d]?)"
_INWARD = r"\d[ABD-HJLNP-UW-Z]{2}"
_POSTCODE = re.compile(rf"\b{_AREA} ?{_INWARD}\b", _I)
_ORDINAL_OR_TIME = re.compile(r"(?:1st|2nd|3rd|\dth|\dhr|\dpt|\dyr|\dst|\dnd|\drd)$", _I)


def postcodes(text: str) -> Iterator[Span]:
    """A whole postcode; a district ("WD18") is an area and stays."""
    for match in _POSTCODE.finditer(text):
        if not _ORDINAL_OR_TIME.search(match[0]):  # "s34 2nd warning"
            yield match.span()


_KIND_OF_STREET = (
    r"road|rd|street|st|lane|ln|close|cl|avenue|ave|drive|dr|way|court|ct|crescent|cres|gardens|gdns|place|pl|terrace|grove|hill|"
    r"walk|mews|square|sq|row|view|rise|green|parade|mount|path|yard|wharf|quay|broadway|gate|field|meadow|croft|vale|house"
)
_FLAT = r"(?:(?:flat|apartment|apt|room|unit|plot)\.? ?\d{1,4}[a-z]?,? ){0,2}"
_TAIL = rf"(?:,? (?:{_AREA} ?{_INWARD}|{_AREA}(?=\W|$)(?! ?\d)))?"
_PROPER = r"[A-Z][A-Za-z'’.-]{1,20}(?!\w)"
_ADDRESS = re.compile(
    rf"(?<![\w/.-])(?i:{_FLAT})\d{{1,4}}(?:[a-zA-Z]|[-/]\d{{1,4}})?,? (?P<street>{_PROPER}(?: {_PROPER}){{0,3}})"
    rf"(?P<town>,? {_AREA}(?: ?{_INWARD})?(?![\w-])|, (?:{_PROPER} ?){{1,2}},? {_AREA}(?: ?{_INWARD})?(?![\w-]))?"
)
_ADDRESS_IN_LOWER_CASE = re.compile(
    rf"(?<![\w/.-]){_FLAT}\d{{1,4}}[a-z]?,? (?P<first>[a-z'’]{{3,20}})(?: (?P<second>[a-z'’]{{3,20}}))?"
    rf" (?P<kind>road|rd|street|st|lane|avenue|ave|crescent|cres|gardens|gdns|terrace|close|drive|court|grove|mews)(?![\w-]){_TAIL}",
    _I,
)
_STREET_WORD = re.compile(rf"\b(?:{_KIND_OF_STREET})$", _I)
_NOT_A_STREET = frozenset(
    "a an the this that these different busy main high fatal serious side back residential rural minor major private local police other "
    "new same whole local problem day days week weeks month months year years hour hours hrs min mins minute minutes metres meters miles mile "
    "people person pcs officers shops bars pubs schools kids youths houses homes cars calls incidents reports times breaches on in of from at and to for "
    "down along near off by up is are was were per our my your their his her each every most some any all "
    "wide narrow one two three open closed safe safer long short quiet public bus train crown county magistrates youth family criminal supreme tennis "
    "working separate recent known named repeat open-air test case first second third last next".split()
)
_NOT_AFTER_STREET = re.compile(
    r" (?:shops?|stores?|bars?|pubs?|traffic|policing|deaths?|safety|users?|collisions?|closures?|orders?|names?|cases?|hearings?|robber\w*|crime|lights?|lighting|drinking|dealing|workers?|works|retailers?|businesses|patrols?|thefts?)\b",
    _I,
)


def addresses(text: str) -> Iterator[Span]:
    """A house number and its street, with the postcode or district that follows."""
    for match in _ADDRESS.finditer(text):
        span = _street_span(match)
        if span and not _NOT_AFTER_STREET.match(text, span[1]):
            yield span
    for match in _ADDRESS_IN_LOWER_CASE.finditer(text):
        words = {match["first"].lower(), (match["second"] or match["first"]).lower()}
        if not words & _NOT_A_STREET and not _NOT_AFTER_STREET.match(text, match.end()):
            yield match.span()


def _street_span(match: re.Match[str]) -> Span | None:
    """The span up to the last word for a street, and on to the end if a postcode follows it."""
    words = match["street"].split(" ")
    for count in range(len(words), 1, -1):
        if _STREET_WORD.search(words[count - 1].rstrip(".,")):
            complete = count == len(words)
            end = match.end() if complete else match.start("street") + len(" ".join(words[:count]))
            return match.start(), end
    return None


_VEHICLE = re.compile(r"\b(?P<letters>[A-Z]{2})(?P<year>[0-7]\d)(?P<space> ?)(?P<tail>[A-Z]{3})\b", _I)
_OLD_VEHICLE = r"(?:[A-HJ-NP-TV-Y]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-HJ-NP-TV-Y]|[A-Z]{1,3} ?\d{1,4}|\d{1,4} ?[A-Z]{1,3}|[A-Z]{2}\d{2} ?[A-Z]{3})"
_VEHICLE_CUED = re.compile(
    rf"\b(?:reg(?:istration)?(?: mark| plate| no| number)?|vrm|vrn|index(?: no| number)?|number ?plate|plates?)[\s:=.]{{1,3}}(?:is |was |of )?(?P<value>{_OLD_VEHICLE})\b",
    _I,
)
_POSTCODE_AREAS = frozenset(
    "ab al ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy ec eh en ex fk fy gl gu ha hd hg hp hr hs hu hx "
    "ig ip iv ka kt kw ky la ld le ll ln ls lu me mk ml na nd ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm sa se sg sk sl sm sn so sp sr ss "
    "st sw sy ta td tf tn tq tr ts tw ub wa wc wd wf wn wr ws wv yo ze".split()
)
_NOT_A_MARK = frozenset(
    "the and for are was has had not but can who how why our you his her its all any out off one two now day yrs hrs min max asb cpn cpw csp pcc "
    "ocg cse cce nrm mha iom pop pat npt snt dpo isa bwv nte tto oic nfa psd rtc spo cbo dvp dpa cps cad sar foi gdp ddt app apr jan feb mar may jun "
    "jul aug sep oct nov dec mon tue wed thu fri sat sun act sec ltd per via area team".split()
)


def vehicles(text: str) -> Iterator[Span]:
    """A registration mark of today's style, or an older one after a word for it."""
    yield from _value(_VEHICLE_CUED, text)
    for match in _VEHICLE.finditer(text):
        if _is_mark(match):
            yield match.span()


def _is_mark(match: re.Match[str]) -> bool:
    """Not "WD18 ASB", nor "al10 and"; "in10 min" is written with other capitals than a mark."""
    if match["tail"].lower() in _NOT_A_MARK:
        return False
    if match[0] == match[0].upper():
        return True
    together = match[0] == match[0].lower()
    return together and not (
        match["space"] and match["letters"].lower() in _POSTCODE_AREAS | {"in", "at", "to", "by", "of", "on", "is"}
    )


_COLLAR = re.compile(
    r"\b(?:PCSO|PC|DC|PS|DS|Sgt|SC|WPC|Insp|Constable|pcso|pc|sgt|dc|ps) ?(?P<value>\d{3,6}|[A-Z]{1,2}\d{3,5})\b(?! ?(?:%|hours?|hrs?|days?|mins?|officers))"
    rf"|\b(?i:collar|shoulder|warrant|epaulette)(?i: ?(?:no|num|number|id)\b\.?)?(?i:{_IS})(?P<cued>[A-Z]{{0,2}}\d{{2,6}})\b"
)


def collar_numbers(text: str) -> Iterator[Span]:
    """PC 1234, collar number 2211; not "can a PC 136 somebody"."""
    for match in _COLLAR.finditer(text):
        if match["cued"]:
            yield match.span("cued")
        elif match["value"] not in _KEPT_NUMBERS:
            yield match.span("value")


# National operations are guidance and have public pages; a force's own name a case.
_PUBLISHED_OPERATIONS = frozenset(
    "encompass sceptre soteria hydrant bluestone modify opal snap signature aegis limelight makesafe innerste vigilant henry pivot toscana tutelage "
    "drive scorpion galileo checkpoint sherlock compass ceasefire topaz divert trident sanctuary safeguard stonegate yewtree linden resolve talla "
    "safety servator kestrel neptune nightingale liberal".split()
)
_OPERATION = re.compile(
    r"\b(?:[Oo]peration|OPERATION|[Oo]p|OP)\.? (?P<value>[A-Z][A-Za-z]{2,20}(?: [A-Z][a-z]{2,20})?)\b"
)
_NOT_AN_OPERATION = frozenset(
    "order orders manual plan plans room rooms support model centre team guidance and policing the name names safety command commander".split()
)


def operations(text: str) -> Iterator[Span]:
    """The name after "Operation" or "Op"."""
    for match in _OPERATION.finditer(text):
        first = match["value"].split(" ")[0].lower()
        if first not in _PUBLISHED_OPERATIONS and first not in _NOT_AN_OPERATION:
            yield match.span("value")
