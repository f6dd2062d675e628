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

from bot.safeguards.spans import IS, Span, values

_I = re.IGNORECASE


_PLACEHOLDER = re.compile(r"\[[a-z_]{2,15}\]")
_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}(?![\w-])")
# a site's own profile addresses, handles, and a name after the word for one
_PROFILE = re.compile(
    r"\b(?:facebook|fb|instagram|tiktok|twitter|x|snapchat|linkedin|t)\.(?:com|"
    r"me)/(?P<value>[\w.@/-]{2,60})",
    _I,
)
_HANDLE = re.compile(
    r"(?<![\w.@<%+-])(?P<value>@(?!(?:here|channel|everyone|all|home|work|"
    r"school)\b)[\w.]{0,30}[A-Za-z_][\w.]{1,30})"
)
_NAMED_HANDLE = re.compile(
    r"\b(?:snap ?chat|snap|insta|instagram|tik ?tok|twitter|face ?book|fb|telegram|discord|social media|"
    r"online|gaming|xbox|psn)?\s?"
    r"(?:user ?name|handle|screen ?name|gamertag|user id|account name|(?:snap|insta|tiktok|snapchat|"
    r"instagram|discord|telegram)(?: name)?)"
    r"(?:(?:\s?(?:is|was|of|:|=|-)\s?){1,2}|\s(?=\w{0,30}[\d_]|\w{2,30}\.\w))(?P<value>[\w.@-]{3,40})(?![\w-])",
    _I,
)


def placeholders(text: str) -> Iterator[Span]:
    """What has been removed already."""
    return values(_PLACEHOLDER, text)


def emails(text: str) -> Iterator[Span]:
    """somebody@example.org"""
    return values(_EMAIL, text)


def social_handles(text: str) -> Iterator[Span]:
    """@somebody, profile addresses, "snap: somebody"."""
    yield from values(_PROFILE, text)
    yield from values(_HANDLE, text)
    for match in _NAMED_HANDLE.finditer(text):
        if re.search(r"[\d_.@]", match["value"]) or match["value"] not in (
            "not",
            "the",
            "unknown",
            "needed",
            "required",
        ):
            yield match.span("value")


# letters that are never issued are taken too: who mistypes a number still typed one
_NI = re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", _I)
_PASSPORT = re.compile(rf"\bpassport\b{IS}(?P<value>[a-z]{{0,2}}\d{{7,9}})\b", _I)


def national_insurance(text: str) -> Iterator[Span]:
    """Two letters, six digits, a letter from A to D."""
    return values(_NI, text)


def passports(text: str) -> Iterator[Span]:
    """A number that is said to be a passport's."""
    return values(_PASSPORT, text)


_TEN_DIGITS = re.compile(r"(?<![\d/.+])(?P<value>[1-9]\d{2}[ -]?\d{3}[ -]?\d{4})(?![\d/])")
_NHS_CUED = re.compile(rf"\bnhs{IS}(?P<value>\d{{3}}[ -]?\d{{3}}[ -]?\d{{4}})(?!\d)", _I)


def nhs(text: str) -> Iterator[Span]:
    """An NHS number: said to be one, or ten digits whose last one checks the others."""
    yield from values(_NHS_CUED, text)
    for match in _TEN_DIGITS.finditer(text):
        if _is_nhs(_digits(match[0])):
            yield match.span()


def _is_nhs(digits: str) -> bool:
    total = sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits[:9], strict=True))
    return (11 - total % 11) % 11 == int(digits[9])


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdecimal())


_CARD_GROUPS = re.compile(r"(?<![\d/.+-])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?![\d/])", re.ASCII)
_CARD = re.compile(r"(?<![\d/.+-])\d(?:[ -]?\d){12,18}(?![\d/])", re.ASCII)


def cards(text: str) -> Iterator[Span]:
    """Thirteen to nineteen digits that pass the Luhn check, or sixteen written as on a card."""
    yield from (match.span() for match in _CARD_GROUPS.finditer(text))
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
    r"(?<![\d-])\d{2}[- ]\d{2}[- ]\d{2}[ ,/]{1,3}(?:a(?:cc(?:oun)?t?|/c)(?: no|"
    r" number)?[:. ]{0,2})?\d{8}(?!\d)",
    _I,
)
_SORT_CUED = re.compile(rf"\bsort ?code{IS}(?P<value>\d{{2}}[- ]?\d{{2}}[- ]?\d{{2}})(?!\d)", _I)
_ACCOUNT_CUED = re.compile(rf"\b(?:bank|acc(?:oun)?t?|a/c)(?: acc(?:oun)?t?)?{IS}(?P<value>\d{{7,8}})(?!\d)", _I)
_IBAN = re.compile(r"\bGB\d{2} ?[A-Z]{4}(?: ?\d){14}\b", _I)


def bank(text: str) -> Iterator[Span]:
    """A sort code, an account number, an IBAN."""
    for pattern in (_IBAN, _SORT_AND_ACCOUNT, _SORT_CUED, _ACCOUNT_CUED):
        yield from values(pattern, text)


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
    rf"(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d{{2}}|\d{{1,2}}(?:st|nd|rd|"
    rf"th)?[ -](?:of )?{_MONTH}[ ,-]{{1,2}}(?:19|20)?\d{{2}}|"
    r"(?:19|20)\d{2}-\d{2}-\d{2})(?![\d/])"
)
_BIRTH = re.compile(
    rf"(?<!\w)(?:d\.?o\.?b\.?|date of birth|birth ?date|birthday)[\s:=(-]{{0,4}}(?:is |was |"
    rf"of )?(?P<value>{_DATE}|(?:19|20)\d{{2}}\b)"
    rf"|(?<!\w)born(?: on)?[\s:]{{1,2}}(?:the )?(?P<full>{_DATE})"
    r"|(?<!\w)b(?:\.|\. | )(?P<year>(?:19|20)\d{2})\b"
    rf"|\[name\][,;]? ?\(?(?:b\.? ?|born (?:in |on )?)?(?P<named>{_DATE}|(?<=born )(?:19|20)\d{{2}}\b|"
    rf"(?<=in )(?:19|20)\d{{2}}\b)",
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
    r"\b(?:tel|phone|mob|mobile|ring|call|number|landline|contact)(?: (?:no|number|is|on|him|her|"
    r"them))*[\s:.]{1,3}(?P<value>\d{5,6}[ -]?\d{4,6})(?!\d)",
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
        if (found.raw_string.lstrip("(").startswith(("0", "+")) and len(written) >= 10) or (
            phonenumbers.is_valid_number(found.number) and len(written) == 10 and written.startswith("7")
        ):
            yield found.start, found.end
    for match in _UK_PHONE.finditer(text):  # grouped in ways the library does not know
        if not _digits(match[0]).startswith(_PUBLISHED):
            yield match.span()
    yield from values(_PHONE_CUED, text)
