"""Recognisers of dates of birth, in every form in which officers type them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.safeguards.redaction.reading.spans import Span, has_digit, values

_I = re.IGNORECASE
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)"
_NUMERIC = rf"(?:\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]{_YEAR}|\d{{1,2}} ?/ ?\d{{1,2}} ?/ ?{_YEAR}|\d{{1,2}} [.\-] \d{{1,2}} [.\-] {_YEAR}|(?:19|20)\d\d[/.\-]\d{{1,2}}[/.\-]\d{{1,2}})(?![\d/])"
_WRITTEN = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ \-./]?(?:of )?{_MONTH}(?:[ ,\-./]{{0,2}}{_YEAR}(?!\d))?|"
    rf"{_MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}(?!\d)|{_MONTH}[ ,]{{1,2}}(?:19|20)\d\d)"
)
_IN_WORDS = (
    r"(?:the )?(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    rf"[a-z]{{3,6}}teenth|twentieth|thirtieth)(?: of)? {_MONTH},? {_YEAR}(?!\d)"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]{3,6}teenth|"
    r"twentieth|thirtieth)"
)
_YEAR_IN_WORDS = (
    r"(?:(?:nineteen|twenty|two thousand(?: and)?|oh|nought) ?-?){0,2}(?:(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:oh )?(?:one|two|three|four|five|six|seven|eight|nine)|"
    r"eleven|twelve|[a-z]{3,6}teen|hundred)"
)
_WHOLLY_IN_WORDS = (
    rf"(?:the )?{_ORDINAL}(?: of)?(?: the)? (?:{_ORDINAL}|{_MONTH})(?: of)?,? (?:{_YEAR_IN_WORDS}|{_YEAR}(?!\d))"
)
_DATE = rf"(?:{_WHOLLY_IN_WORDS}|(?<!\d)1[2-4]\d\d[/.\-]\d{{1,2}}[/.\-]\d{{1,2}}(?!\d)|{_NUMERIC}|{_WRITTEN}|{_IN_WORDS}|\d{{1,2}} \d{{1,2}} {_YEAR}(?!\d)|(?<!\d)(?:\d{{8}}|\d{{6}})(?!\d)|(?:19|20)\d\d(?!\d))"
_BIRTH = r"(?:d ?[./]? ?o ?[./]? ?b(?:[./]|\b)?|date of birth|birth ?dates?|birth ?day|birth)"
_TOWN = r"[^\W\d_][\w'’.-]{1,20}(?: [^\W\d_][\w'’.-]{1,20}){0,3}?"
_CUED = re.compile(
    rf"(?<![^\W\d])(?:{_BIRTH}(?:['’]s)?[\s:=(,\-–]{{0,4}}(?:(?:is|was|of|on|the|as|to be|given|shown|shows|recorded|stated|says|said|listed|provided|down|supplied|confirmed)\b[\s:]{{1,2}}){{0,3}}(?P<after>{_DATE})|"
    rf"born[\s:]{{1,2}}(?:(?:on|in|about|around|circa|c|the)[\s.]{{1,2}}){{0,2}}(?P<born>{_DATE})|"
    rf"(?:turn(?:ed|s|ing)?|be|is|was) (?:only )?\d{{1,2}} on (?:the )?(?P<turned>{_NUMERIC}|{_WRITTEN})|"
    rf"born (?:in|at|near|abroad in) {_TOWN},? (?:on (?:the )?)?(?P<there>{_NUMERIC}|\d{{1,2}}(?:st|nd|rd|th)?[ \-]?(?:of )?{_MONTH}[ ,\-]{{0,2}}{_YEAR}(?!\d))|"
    rf"b(?:\.|\. |: ?|orn:? | )(?P<b>{_NUMERIC}|(?:19|20)\d\d(?!\d)|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH} {_YEAR}(?!\d)))",
    _I,
)
_BEFORE_CUE = re.compile(rf"(?<![\w/.])(?P<value>{_NUMERIC}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH} {_YEAR}) ?\(?(?:d\.?o\.?b\b|is (?:his|her|their) (?:dob|birthday|date of birth))", _I)  # fmt: skip
_AFTER_NAME = re.compile(
    rf"\[name\][,;:\-]? ?\(?(?:b\.? ?|born (?:in |on )?|[mf],? )?(?P<value>{_NUMERIC}|\d{{1,2}} \d{{1,2}} {_YEAR}(?!\d)|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH} {_YEAR}(?!\d)|(?<=born )(?:19|20)\d\d|(?<=in )(?:19|20)\d\d)",
    _I,
)
# a whole date long past is nobody's deadline: "male, 14/03/1991, shoplifting"
_LONG_PAST = re.compile(
    r"(?<![\w/.\-])(?:0?[1-9]|[12]\d|3[01])[/.\-](?:0?[1-9]|1[0-2])[/.\-](?:19[2-9]\d|200\d|201[0-4]|[4-9]\d)(?![\w/.\-])"
)

_LONG_PAST_ISO = re.compile(
    r"(?<![\w/.\-])(?:19[2-9]\d|200\d|201[0-4])([-/.])(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?![\w/\-])"
)
_LONG_PAST_SPACED = re.compile(
    r"(?<![\w/])(?:0?[1-9]|[12]\d|3[01]) ?/ ?(?:0?[1-9]|1[0-2]) ?/ ?(?:19[2-9]\d|200\d|201[0-4])(?![\w/])"
)
# the same with the month in letters: run together it is no date of a law; apart only beside a person
_LONG_PAST_YEAR = r"(?:19[2-9]\d|200\d|201[0-4])(?!\d)"
_RUN_TOGETHER = re.compile(rf"(?<![\w/.\-])\d{{1,2}}-?(?:{_MONTH})-?{_LONG_PAST_YEAR}", _I)
_A_PERSON = r"(?:male|female|man|woman|boy|girl|lad|lady|child|juvenile|teen(?:ager)?|youth|aged? \d{1,2}|\d{1,2} ?yo)"
_BESIDE_A_PERSON = re.compile(
    rf"\b{_A_PERSON}(?:[,;:\- (]{{1,3}}| (?:is|was) )(?P<value>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? {_LONG_PAST_YEAR})|"
    rf"(?<![\w/])(?P<first>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? {_LONG_PAST_YEAR}),? {_A_PERSON}\b",
    _I,
)


_SO = re.compile(
    rf"\b(?:turn(?:ed|s|ing)?|be|is|was) (?:only )?\d{{1,2}}\b[^.\n]{{0,40}}?\((?:so |i\.?e\.? |dob |that is )?(?P<value>{_NUMERIC})\)",
    _I,
)


def dates_of_birth(text: str) -> Iterator[Span]:
    """A date that is said to be of birth, stands right after a name, or is long past."""
    numbered = has_digit(text)  # a date that is wholly in words needs a cue before it
    for pattern in (_CUED, _BEFORE_CUE, _AFTER_NAME, _BESIDE_A_PERSON) if numbered else (_CUED,):
        for match in pattern.finditer(text):
            yield match.span(match.lastgroup or 0)
    if not numbered:
        return
    yield from values(_SO, text)
    for pattern in (_LONG_PAST, _LONG_PAST_ISO, _LONG_PAST_SPACED, _RUN_TOGETHER):
        yield from values(pattern, text)
