"""Recognisers of what the police number and name: records, officers, operations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.spans import IS, Span, values

_I = re.IGNORECASE
_PNC = re.compile(r"\b(?P<value>(?:19|20)?\d{2}/\d{4,7}[A-HJ-NP-RT-Z])\b", _I)
_PNC_CUED = re.compile(rf"\bpnc ?(?:id|no|number|ref)?{IS}(?P<value>\d{{2,4}}/\d{{1,7}}[a-z]?)\b", _I)


def pnc(text: str) -> Iterator[Span]:
    """A PNC identity: year, number, check letter."""
    yield from values(_PNC, text)
    yield from values(_PNC_CUED, text)


_URN = re.compile(r"\b(?P<value>\d{2}[A-Z]{1,2}\d{5,9})\b")
_URN_CUED = re.compile(rf"\burn{IS}(?P<value>(?=[a-z/-]{{0,6}}\d)[a-z0-9][a-z0-9/-]{{3,24}})\b", _I)


def urns(text: str) -> Iterator[Span]:
    """A unique reference number of a case file."""
    yield from values(_URN, text)
    yield from values(_URN_CUED, text)


_CUSTODY = re.compile(
    rf"\b(?:custody|detainee|detention)(?: (?:record|ref|reference|no|number|num|log)\b[.:#]?){{1,2}}{IS}"
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
    r"\b(?:crime|occurrence|occ|incident|inc|investigation|storm|cad|niche|athena|log|case|cris|crn|isr|"
    r"ref|reference|intel report|sir|job)"
    r"(?:\s(?:ref|reference|no|number|num|id|report|log)\b[.]?){1,2}[\s:=#]{0,3}(?:is |"
    r"was )?(?P<value>(?=[a-z/-]{0,6}\d)[a-z0-9][a-z0-9/-]{2,24}(?: of \d{1,2}[/ ]\d{1,2}[/ ]\d{2,4})?)\b"
    r"|\b(?:cad|crn|cris|crime|log|incident|inc|isr|ref|"
    r"occ)[\s:=#.]{1,3}(?:is )?(?P<bare>\d{3,9}(?:[/-]\d{1,8}){0,2}(?: of \d{1,2}[/ ]?(?:\d{1,2}|"
    r"[a-z]{3,9})[/ ]?(?:\d{2,4})?)?)\b(?!\s?(?:%|hours?|hrs?|days?|mins?|minutes|times|calls|reports|"
    r"incidents|metres|m\b))",
    _I,
)
# a command's log number with the day in it: "HC-23112026-0456"
_LOG = re.compile(r"\b(?P<value>[A-Z]{1,4}-\d{6,8}-\d{2,6})\b")
_KEPT_NUMBERS = frozenset({"999", "101", "111", "105", "112", "136", "135", "137"})


def crime_references(text: str) -> Iterator[Span]:
    """A crime, incident or log number."""
    yield from values(_LOG, text)
    yield from values(_SLASHED, text)
    for match in _CRIME_CUED.finditer(text):
        group = "value" if match["value"] else "bare"
        if match[group] not in _KEPT_NUMBERS:
            yield match.span(group)


_COLLAR = re.compile(
    r"\b(?:PCSO|PC|DC|PS|DS|Sgt|SC|WPC|Insp|Constable|pcso|pc|sgt|dc|ps) ?(?P<value>\d{3,6}|"
    r"[A-Z]{1,2}\d{3,5})\b(?! ?(?:%|hours?|hrs?|days?|mins?|officers))"
    rf"|\b(?i:collar|shoulder|warrant|epaulette)(?i: ?(?:no|num|number|"
    rf"id)\b\.?)?(?i:{IS})(?P<cued>[A-Z]{{0,2}}\d{{2,6}})\b"
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
    """
    encompass sceptre soteria hydrant bluestone modify opal snap signature aegis limelight makesafe innerste
    vigilant henry pivot toscana tutelage drive scorpion galileo checkpoint sherlock compass ceasefire topaz
    divert trident sanctuary safeguard stonegate yewtree linden resolve talla safety servator kestrel
    neptune nightingale liberal
    """.split()
)
_OPERATION = re.compile(
    r"(?<![\w-])(?:(?:[Oo]peration|OPERATION) |(?:[Oo]p|OP)\.? )(?P<value>[A-Z][A-Za-z]{2,20}(?: [A-Z][a-z]{2,20})?)\b"
)
_NOT_AN_OPERATION = frozenset(
    """
    order orders manual plan plans room rooms support model centre team guidance and policing the name names
    safety command commander
    """.split()
)


def operations(text: str) -> Iterator[Span]:
    """The name after "Operation" or "Op"."""
    for match in _OPERATION.finditer(text):
        first = match["value"].split(" ")[0].lower()
        if first not in _PUBLISHED_OPERATIONS and first not in _NOT_AN_OPERATION:
            yield match.span("value")
