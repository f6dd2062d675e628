"""Recognisers of what the police and their partners number: records, officers, operations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.reading.known import Known
from bot.safeguards.redaction.reading.spans import IS, Span, has_digit, values

_I = re.IGNORECASE
_KEPT_NUMBERS = frozenset({"999", "101", "111", "105", "112", "136", "135", "137"})
_OURS = re.compile(r"PF-\d+", _I)
"""The hub's own requests: who writes PF-0042 asks about one."""

_PNC = re.compile(r"(?<![\d/])(?P<value>(?:19|20)?\d{2}/\d{4,7}[A-HJ-NP-RT-Z])\b", _I)
_PNC_CUED = re.compile(rf"\b(?:pnc ?(?:id)?|cro)(?: ?(?:id|no|number|ref))?{IS}(?P<value>[a-z]{{0,2}}\d{{2,6}}/\d{{1,7}}[a-z]?)\b", _I)  # fmt: skip


def pnc(text: str) -> Iterator[Span]:
    """A PNC identity (year, number, check letter) or a number of the criminal records office."""
    yield from values(_PNC, text)
    yield from values(_PNC_CUED, text)


_URN = re.compile(r"\b(?P<value>\d{2}[A-Z]{1,2}\d{5,9}|\d{2} [A-Z]{2} \d{3,6} \d{2})\b")
_URN_CUED = re.compile(
    rf"\burn{IS}(?P<value>\d{{2}} [a-z]{{2}} \d{{3,6}} \d{{2}}|(?=[a-z/-]{{0,6}}\d)[a-z0-9][a-z0-9/-]{{3,24}})\b", _I
)


def urns(text: str) -> Iterator[Span]:
    """A unique reference number of a case file."""
    yield from values(_URN, text)
    yield from values(_URN_CUED, text)


_CUSTODY = re.compile(
    rf"\b(?:custody|detainee|detention|dp)(?: (?:record|rec|ref|reference|no|number|num|log)\b[.:#]?){{1,2}}{IS}"
    r"(?P<value>(?=[a-z/-]{0,6}\d)[a-z0-9][a-z0-9/-]{2,20})\b"
    r"|\bcustody[\s:#]{1,2}(?P<bare>\d{1,3}[a-z]{0,3}/\d{2,7}(?:/\d{2,4})?|[a-z]{2,4}[/-]\d{2,7}[/-]\d{2,4})\b",
    _I,
)


def _more_exhibits(text: str) -> Iterator[Span]:
    """ "exhibits KL/1 and AB/2": those that are listed behind the first one."""
    for first in _EXHIBIT.finditer(text):
        end = first.end()
        while match := _NEXT_EXHIBIT.match(text, end):
            yield match.span("value")
            end = match.end()


def custody(text: str) -> Iterator[Span]:
    """A custody record."""
    for match in _CUSTODY.finditer(text):
        yield match.span("value" if match["value"] else "bare")


_EXHIBIT = re.compile(
    r"\b(?:exhibits?|exh)[\s:.#]{1,3}(?:(?:ref|no|number)\b[\s:.]{0,2})?(?P<value>[A-Z]{2,4}[/-]?\d{1,4})\b", _I
)
_NEXT_EXHIBIT = re.compile(r"(?:\s?[,;&/]\s?|\s(?:and|or|plus|to)\s)(?P<value>[A-Z]{2,4}/\d{1,4})\b", _I)
_SLASHED = re.compile(
    r"(?<![\w/])(?P<value>\d{2}[A-Z]{0,3}/\d{4,8}/\d{2,4}|\d{2}[A-Z]{2,3}/\d{2,8}/\d{2,4})(?![\d/])", _I
)
_OF_A_DAY = (
    r"(?:\s?(?:of|/|-|on|dated)\s?(?:the )?(?:\d{1,2}[/. -]\d{1,2}(?:[/. -]\d{2,4})?|\d{1,2}(?:st|nd|rd|th)?(?: of)? ?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?: ?\d{2,4})?|\d{6,8}))?"
)
_RECORD = (
    r"crimes?|occurrences?|occ|occno|incidents?|inc|investigation|inv|storm|cad|niche|athena|connect|log|case|cris|crn|isr|ois|"
    r"refs?|reference|intel(?:ligence)?|sir|job|nir|5x5x5|3x5x2|vist|ppn|merlin|compact|misper|genesis|unifi|guardian|"
    r"action fraud|fraud|nfrc|nrm|visor|safeguarding|referral|mash|marac|mappa|court|libra|cps|exhibit|exh|property|seizure|"
    r"prop|pocket ?note ?book|pnb|bwv|file|fixed penalty|fpn|ticket|tor|hort1?|collision|rtc|sudden death|coroner"
)
_SAYS_NUMBER = r"(?:rec|ref|reference|refs|no|nos|number|num|nr|id|report|log|record|submission)"
_RECORD_CUED = re.compile(
    rf"\b(?:{_RECORD})(?:\s{{0,2}}(?:(?:misper|intel|crime|incident|case|court) )?{_SAYS_NUMBER}\b[.:]?){{1,3}}[\s:=#-]{{0,3}}(?:(?:is|was)\s)?"
    rf"(?P<value>(?=[a-z/ -]{{0,6}}\d)[a-z0-9][a-z0-9/._-]{{2,24}}(?<=\w){_OF_A_DAY})\b",
    _I,
)
_RECORD_BARE = re.compile(
    r"\b(?:cad|crn|cris|crime|log|incident|inc|isr|refs?|occ|occurrence|storm|niche|athena|job|case|ois|file)[\s:=#.-]{1,3}(?:(?:is|was) )?"
    rf"(?P<value>(?:\d{{3,13}}(?:[/-]\d{{1,8}}){{0,2}}|[a-z]{{1,4}}[/-]?\d[\d/-]{{3,16}}|[a-z]/\d{{2}}/\d{{3,6}}|\d{{2}}-\d{{4,8}}){_OF_A_DAY})\b"
    r"(?!\s?(?:%|hours?|hrs?|days?|mins?|minutes|times|calls|reports|incidents|metres|m\b|form|people|pages|words|offences|years))",
    _I,
)
# a number with the day in it, or the letters of a station or a system before it
_SHAPES = re.compile(
    r"(?<![\w/-])(?P<value>\d{2}/[0-9A-Z]{4}/\d{2}/\d{1,7}[A-Z]?|[A-Z]{1,4}-\d{6,8}-\d{2,6}|\d{8}-\d{3,5}|[A-Z]{2,4}/\d{2,4}/\d{2,7}(?:/\d{2,4})?|NFRC ?\d{8,14}|"
    r"[A-Z]{1,3}/\d{4,7}/\d{2,4}|[A-Z]{1,4}-\d{3,7}-\d{2,4}(?:-\d{1,4})?)(?![\w/-])"
)
# a force's letters, a station's code, a number and its year; a number and its year; in capitals or not
_WITH_YEAR = re.compile(
    r"(?<![\w/-])(?P<value>[A-Z]{2,4}/(?=[A-Z]{0,3}\d)[A-Z0-9]{2,5}/\d{4,8}(?:/\d{2,4})?|[A-Z]{2,4}-\d{4,7}-\d{2,4}(?:-\d{1,4})?|"
    r"(?<!£)(?:(?-i:MPS|MET|COL|BTP|GMP|WMP|TVP|HC|KP|NP|SYP|WYP|NYP|ASP|DCP) )?\d{5,8}/(?:20)?[12]\d)(?![\w/-])",
    _I,
)


def crime_references(text: str) -> Iterator[Span]:
    """A crime, incident, log, intelligence or court number."""
    yield from values(_SHAPES, text)
    yield from values(_WITH_YEAR, text)
    yield from values(_SLASHED, text)
    yield from values(_EXHIBIT, text)
    yield from _more_exhibits(text)
    for match in _RECORD_CUED.finditer(text):
        if _is_reference(match["value"]):
            yield match.span("value")
    yield from values(_OF_THIS_MONTH, text)
    for match in _RECORD_BARE.finditer(text):
        if _is_reference(match["value"]):
            yield match.span("value")


_OF_THIS_MONTH = re.compile(
    r"\b(?:incident|log|cad|crime|event)\b[^.\n]{0,40}?\b(?P<value>\d{1,5} (?:of|on|from) (?:the )?\d{1,2}(?:st|nd|rd|th) (?:of )?(?:this|last) month)\b",
    _I,
)


def _is_reference(value: str) -> bool:
    return value not in _KEPT_NUMBERS and not _OURS.match(value)


_RANK = (
    r"(?:PCSO|PC|DC|PS|DS|DI|TDC|SC|WPC|SPC|DCI|CSO|Sgt|Insp|Inspector|Sergeant|Constable|Officer|pcso|pc|sgt|dc|ps|ds|insp|spc|tdc|"
    r"constable|sergeant|inspector|officer|Pcso|Pc|Dc|Ps|SGT|INSP)"
)
_COLLAR = re.compile(
    rf"\b{_RANK}s?[ -]?(?:\[name\] )?(?:(?:no|number|num)\.? ?)?(?P<value>\d{{2,6}}|[A-Za-z]{{1,2}}\d{{2,6}}|\d{{3,5}}[A-Z]{{1,2}})\b"
    r"(?! ?(?:%|hours?|hrs?|days?|mins?|minutes|weeks?|months?|years?|officers|times|calls|to \d|-\d|and \d|or \d|st\b|th\b|nd\b))"
)
_COLLAR_CUED = re.compile(
    rf"\b(?:collar|shoulder|warrant|epaulette|epaulet|force|badge|staff|employee|payroll|personnel|pin|officer|fin)"
    rf"(?: ?(?:card|no|nos|num|number|id)\b\.?){{1,2}}{IS}(?P<value>[A-Z]{{0,3}}\d{{2,8}})\b"
    rf"|\b(?:collar|shoulder|payroll|warrant){IS}(?P<bare>[A-Z]{{0,3}}\d{{2,8}})\b"
    r"|\b(?:i'?m|i am|this is|its|it's) (?P<me>\d{3,5}|[A-Z]{1,2}\d{3,5})\b(?= (?:on|from|at|here|in)\b)",
    _I,
)


_MORE_COLLARS = re.compile(
    r"\b(?:det|detective)\.? (?:con|const|constable|sgt|sergeant|insp|inspector|supt)\.? (?P<det>\d{3,6})\b"
    r"|\b(?:driver|epaulettes?|epaulets?|shoulder|collar|badge)(?: (?:no|number|said|says|reads|was|is))? (?P<driver>\d{3,5}[A-Z]{0,2}|[A-Z]{1,2}\d{3,5})\b"
    r"|^(?P<first>\d{3,6}) (?:\[name\]|[A-Z][a-z]+) (?:here|from|at)\b"
    r"|\[name\] (?:from|at|on|in) [a-z ]{3,25}\((?P<team>\d{3,6})\)"
    r"|\b(?:collar|shoulder|warrant|force)(?: (?:no|number|num))?[ :]{1,2}(?P<spoken>(?:(?:zero|nought|oh|one|two|three|four|five|six|seven|eight|nine)[ -]?){3,6})\b"
)


def collar_numbers(text: str) -> Iterator[Span]:
    """PC 1234, collar number 2211; not "can a PC 136 somebody"."""
    for match in _COLLAR.finditer(text):
        if match["value"] not in _KEPT_NUMBERS and not _counts(match):
            yield match.span("value")
    for pattern in (_COLLAR_CUED, _MORE_COLLARS) if has_digit(text) else (_MORE_COLLARS,):  # a spoken one has none
        for match in pattern.finditer(text):
            yield match.span(match.lastgroup or 0)


def _counts(match: re.Match[str]) -> bool:
    """ "PC 24" may be a number of hours; a sergeant's two digits are a number only where the message ends or goes on."""
    return len(match["value"]) == 2 and match[0][:2].upper() not in {"SG", "PS", "SE"}


_OPERATION = re.compile(
    r"(?<![\w-])(?:(?:[Oo]peration|OPERATION) |(?:[Oo]p|OP)\.? )(?P<value>[A-Z][A-Za-z]{2,20}(?: [A-Z][a-z]{2,20})?)\b"
)
# An operation's name identifies nobody; that of a running case does, with what is said of it.
_RUNNING_BEFORE = re.compile(r"\b(?:under|part of|nominals? (?:on|in|of)|subjects? (?:on|in|of)|suspects? (?:in|on|of)|arrested (?:on|in|under|for)|target(?:s|ed)? (?:of|on|in|by)|linked to|intel (?:on|from|for)|working on|assigned to|seconded to) $", _I)  # fmt: skip
_RUNNING_AFTER = re.compile(r"(?:'s)? (?:briefing|warrants?|arrests?|suspects?|nominals?|targets?|intel|strike day|subjects?|surveillance|case|trial|exhibits?|file|oic|sio)\b", _I)  # fmt: skip


def operations(text: str, known: Known) -> Iterator[Span]:
    """The name of an operation that is spoken of as a running case; one that is published stays."""
    for match in _OPERATION.finditer(text):
        first = match["value"].split(" ")[0].lower()
        running = _RUNNING_BEFORE.search(text, max(match.start() - 40, 0), match.start()) or _RUNNING_AFTER.match(
            text, match.end()
        )
        if running and first not in known.operations and first not in _NOT_AN_OPERATION:
            yield match.span("value")


_NOT_AN_OPERATION = frozenset(
    """
    order orders manual plan plans room rooms support model centre team guidance and policing the name names
    safety command commander
    """.split()
)

_OTHER = (
    r"hospital|patient|medical|ward|clinic|home office|ho|brp|evisa|visa|asylum|immigration|national identity|identity|id card|"
    r"id|national id|id no|tax|utr|vat|benefits?|uc|pip|jsa|dwp|prison|prisoner|nomis|p-?nomis|probation|crn|delius|"
    r"social (?:services|care|worker)|lcs|mosaic|eclipse|student|pupil|upn|uln|school|firearms?|shotgun|sgc|fac|certificate|"
    r"cert|licen[cs]e|permit|serial|frame|tag|asset|device|tenancy|rent|customer|client|membership|member|application|"
    r"applicant|claim|policy|insurance|booking|parcel|tracking|registration|personal|service user|unique|pin|charity|company|"
    r"bail|summons|warrant|chip|microchip|pet|insta|blue badge|oyster|bus pass|ref|reference|account|chassis|engine|op ref"
)
_OTHER_CUED = re.compile(
    rf"\b(?:{_OTHER})\b(?: (?:ref|reference|no|nos|number|num|id|card|pass|certificate|cert|record|code|ident)\b\.?){{0,3}}\b{IS}#?"
    r"(?P<value>(?=[a-z/ -]{0,6}\d)[a-z0-9]{1,5}[/ -][a-z]{0,3}/?\d{3,9}(?:[/-]\d{2,4})?|(?=[a-z]{0,6}\d)[a-z0-9][a-z0-9/-]{3,24})\b",
    _I,
)
_NUMBER_CUED = re.compile(
    r"\b(?:number|no|num|ref|reference|id)(?:\.|:| is| was)?[ :#]{1,2}(?P<value>(?=[a-z/-]{0,6}\d)[a-z0-9][a-z0-9/-]{4,24})\b",
    _I,
)
_LONG = re.compile(
    r"(?<![\w£$€./,:-])(?:[A-Z]{1,5}[/-]?\d{5,16}[A-Z]{0,2}|\d{5,12}[A-Z]{1,3}|\d{7,18}|\d{2,4}[A-Z]{1,4}\d{4,12}|[A-Z]{1,2}\d{4}[A-Z]{2})"
    r"(?![\w%]|[.,/:-]\d| ?(?:people|residents|pounds|offences|crimes|households))",
)


def other_references(text: str) -> Iterator[Span]:
    """Whatever else is said to be a number or reference, and letters with many digits."""
    for match in _OTHER_CUED.finditer(text):
        if _enough_digits(match["value"], 3):
            yield match.span("value")
    for match in _NUMBER_CUED.finditer(text):
        if _enough_digits(match["value"], 4):
            yield match.span("value")
    for match in _LONG.finditer(text):
        if not match[0].startswith(_HELP_LINES):
            yield match.span()


_HELP_LINES = ("0800", "0808", "0300", "0303", "0330", "0333", "0344", "0345", "0370", "116", "PF-")


def _enough_digits(value: str, least: int) -> bool:
    digits = sum(map(str.isdigit, value))
    year = re.fullmatch(r"(?:[A-Za-z]{1,5} )?(?:19|20)\d\d", value)
    return digits >= least and not year and not value.upper().startswith(_HELP_LINES) and value not in _KEPT_NUMBERS
