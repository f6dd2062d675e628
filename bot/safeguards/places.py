"""Recognisers of where somebody lives and what they drive."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.spans import Span, values

_I = re.IGNORECASE
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
    r"road|rd|street|st|lane|ln|close|cl|avenue|ave|drive|dr|way|court|ct|crescent|cres|gardens|gdns|"
    r"place|pl|terrace|grove|hill|"
    r"walk|mews|square|sq|row|view|rise|green|parade|mount|path|yard|wharf|quay|broadway|gate|field|"
    r"meadow|croft|vale|house"
)
_FLAT = r"(?:(?:flat|apartment|apt|room|unit|plot)\.? ?\d{1,4}[a-z]?,? ){0,2}"
_TAIL = rf"(?:,? (?:{_AREA} ?{_INWARD}|{_AREA}(?=\W|$)(?! ?\d)))?"
_PROPER = r"[A-Z][A-Za-z'’.-]{1,20}(?!\w)"
_ADDRESS = re.compile(
    rf"(?<![\w/.-])(?i:{_FLAT})\d{{1,4}}(?:[a-zA-Z]|[-/]\d{{1,4}})?"
    rf"(?:(?: and |, ?| ?& ?)\d{{1,4}}[a-z]?)?,? (?P<street>{_PROPER}(?: {_PROPER}){{0,3}})"
    rf"(?P<town>,? {_AREA}(?: ?{_INWARD})?(?![\w-])|"
    rf", (?:{_PROPER} ?){{1,2}},? {_AREA}(?: ?{_INWARD})?(?![\w-]))?"
)
_ADDRESS_IN_LOWER_CASE = re.compile(
    rf"(?<![\w/.-]){_FLAT}\d{{1,4}}[a-z]?,? (?P<first>[a-z'’]{{3,20}})(?: (?P<second>[a-z'’]{{3,20}}))?"
    rf" (?P<kind>road|rd|street|st|lane|avenue|ave|crescent|cres|gardens|gdns|terrace|close|drive|court|"
    rf"grove|mews)(?![\w-]){_TAIL}",
    _I,
)
_STREET_WORD = re.compile(rf"\b(?:{_KIND_OF_STREET})$", _I)
_NOT_A_STREET = frozenset(
    """
    a an the this that these different busy main high fatal serious side back residential rural minor major
    private local police other new same whole local problem day days week weeks month months year years hour
    hours hrs min mins minute minutes metres meters miles mile people person pcs officers shops bars pubs
    schools kids youths houses homes cars calls incidents reports times breaches on in of from at and to for
    down along near off by up is are was were per our my your their his her each every most some any all
    wide narrow one two three open closed safe safer long short quiet public bus train crown county
    magistrates youth family criminal supreme tennis working separate recent known named repeat open-air
    test case first second third last next
    """.split()
)
_NOT_AFTER_STREET = re.compile(
    r" (?:shops?|stores?|bars?|pubs?|traffic|policing|deaths?|safety|users?|collisions?|closures?|orders?|"
    r"names?|cases?|hearings?|robber\w*|crime|lights?|lighting|drinking|dealing|workers?|works|retailers?|"
    r"businesses|patrols?|thefts?)\b",
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
_OLD_VEHICLE = (
    r"(?:[A-HJ-NP-TV-Y]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-HJ-NP-TV-Y]|[A-Z]{1,3} ?\d{1,4}|"
    r"\d{1,4} ?[A-Z]{1,3}|"
    r"[A-Z]{2}\d{2} ?[A-Z]{3})"
)
_VEHICLE_CUED = re.compile(
    rf"\b(?:reg(?:istration)?(?: mark| plate| no| number)?|vrm|vrn|index(?: no| number)?|number ?plate|"
    rf"plates?)[\s:=.]{{1,3}}(?:is |was |of )?(?P<value>{_OLD_VEHICLE})\b",
    _I,
)
_POSTCODE_AREAS = frozenset(
    """
    ab al ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy ec eh en ex fk
    fy gl gu ha hd hg hp hr hs hu hx ig ip iv ka kt kw ky la ld le ll ln ls lu me mk ml na nd ne ng nn np nr
    nw ol ox pa pe ph pl po pr rg rh rm sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub
    wa wc wd wf wn wr ws wv yo ze
    """.split()
)
_NOT_A_MARK = frozenset(
    """
    the and for are was has had not but can who how why our you his her its all any out off one two now day
    yrs hrs min max asb cpn cpw csp pcc ocg cse cce nrm mha iom pop pat npt snt dpo isa bwv nte tto oic nfa
    psd rtc spo cbo dvp dpa cps cad sar foi gdp ddt app apr jan feb mar may jun jul aug sep oct nov dec mon
    tue wed thu fri sat sun act sec ltd per via area team
    """.split()
)


def vehicles(text: str) -> Iterator[Span]:
    """A registration mark of today's style, or an older one after a word for it."""
    yield from values(_VEHICLE_CUED, text)
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
