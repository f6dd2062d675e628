"""Recognisers of the numbers that the state, the health service and banks give a person.

A shape that is common in guidance (a section, a duration, a year) counts only after a word that says what it is.
Check digits are python-stdnum's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban as iban_number
from stdnum import luhn
from stdnum.gb import nhs as nhs_number

from bot.safeguards.redaction.reading.spans import IS, Span, digits_of, values

_I = re.IGNORECASE
_PLACEHOLDER = re.compile(r"\[[a-z_]{2,15}\]")


def placeholders(text: str) -> Iterator[Span]:
    """What has been removed already."""
    return values(_PLACEHOLDER, text)


# letters that are never issued are taken too: who mistypes a number still typed one
_NI = re.compile(r"(?<![A-Za-z])[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D]\b", _I)
_NI_CUED = re.compile(rf"\b(?:ni|nino|n\.i\.|national insurance)\b(?: no\.?| number)?{IS}(?P<value>[a-z]{{2}}(?: ?\d){{6}}(?: ?[a-z])?)\b", _I)  # fmt: skip
_PASSPORT = re.compile(
    rf"\bpass ?port\b(?: (?:no|number|held|document|from [a-z]+)\b)*{IS}(?P<value>[a-z]{{0,3}} ?\d{{6,9}}[a-z]?)\b", _I
)
_LICENCE = re.compile(r"\b(?P<value>[A-Z]{1,5}9{0,4} ?\d{6} ?[A-Z9]{2} ?\d[A-Z]{2}(?: ?\d{2})?)\b", _I)
_LICENCE_CUED = re.compile(
    rf"\b(?:driv(?:ing|ers?|er's) licen[cs]e|licen[cs]e|d/l|dl|dvla(?: ref)?)\b(?: (?:no|number|driver)\b\.?)?{IS}"
    r"(?P<value>(?=[a-z]{0,5}\d)[a-z0-9]{6,18}(?: \d{6} ?[a-z0-9]{5})?)\b",
    _I,
)


def national_insurance(text: str) -> Iterator[Span]:
    """Two letters, six digits, a letter from A to D."""
    yield from values(_NI, text)
    yield from values(_NI_CUED, text)


def passports(text: str) -> Iterator[Span]:
    """A number that is said to be a passport's."""
    return values(_PASSPORT, text)


def driving_licences(text: str) -> Iterator[Span]:
    """A driver number: five letters of the name, six digits, five characters; or what is said to be one."""
    for match in _LICENCE.finditer(text):
        if len(match["value"].replace(" ", "")) >= 16:
            yield match.span("value")
    yield from values(_LICENCE_CUED, text)


_TEN_DIGITS = re.compile(r"(?<![\d/.+])(?P<value>[1-9]\d{2}[ -]?\d{3}[ -]?\d{4})(?![\d/])")
_NHS_CUED = re.compile(rf"\bnhs{IS}(?P<value>\d{{3}}[ -]?\d{{3}}[ -]?\d{{4}})(?!\d)", _I)


def nhs(text: str) -> Iterator[Span]:
    """An NHS number: said to be one, or ten digits whose last one checks the others."""
    yield from values(_NHS_CUED, text)
    for match in _TEN_DIGITS.finditer(text):
        if nhs_number.is_valid(digits_of(match[0])):
            yield match.span()


_CARD_GROUPS = re.compile(r"(?<![\d/.+-])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?![\d/])", re.ASCII)
_CARD = re.compile(r"(?<![\d/.+-])\d(?:[ -]?\d){12,18}(?![\d/])", re.ASCII)
_CARD_CUED = re.compile(
    rf"\b(?:visa|mastercard|amex|american express|maestro|(?:debit|credit|bank) card|card)\b(?: (?:no|number|ending|full)\b)*{IS}"
    r"(?P<value>\d{4}(?:[ -]?\d{4,6}){2,3}(?:[ -]?\d{1,4})?)(?!\d)",
    _I,
)
_CARD_ENDS = re.compile(
    r"\b(?:card|account|acct|a/c|number|phone|mobile)s? (?:that |which )?(?:ends?|ending|finish(?:es|ing)?)(?: in| with)? "
    r"(?P<value>\d{3,6})(?!\d)",
    _I,
)


def cards(text: str) -> Iterator[Span]:
    """Thirteen to nineteen digits that pass the Luhn check, or sixteen written as on a card."""
    yield from (match.span() for match in _CARD_GROUPS.finditer(text))
    for match in _CARD.finditer(text):
        if luhn.is_valid(digits_of(match[0])):
            yield match.span()
    yield from values(_CARD_CUED, text)
    yield from values(_CARD_ENDS, text)


_SORT = r"\d{2}[- ]?\d{2}[- ]?\d{2}"
_ACCOUNT = r"(?:a(?:cc(?:oun)?t?|/c)(?: ?(?:no|number|num))?[:. ]{0,2})?\d{8}"
_SORT_AND_ACCOUNT = re.compile(rf"(?<![\d-])\d{{2}}[- ]\d{{2}}[- ]\d{{2}}[ ,/]{{1,3}}{_ACCOUNT}(?!\d)", _I)
_SORT_CUED = re.compile(
    rf"\b(?:sort ?codes?|sort|s/c|sc){IS}(?P<value>{_SORT}(?:[ ,/]{{1,3}}{_ACCOUNT})?)(?![\d-])", _I
)
_ACCOUNT_CUED = re.compile(
    rf"\b(?:bank(?:ing)?(?: details)?|acc(?:oun)?ts?|a/c|acc)(?: acc(?:oun)?t?)?{IS}(?P<value>\d{{7,10}}(?:[ ,/]{{1,3}}{_SORT})?)(?!\d)",
    _I,
)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", _I)
_UK_IBAN = re.compile(r"\bGB\d{2} ?[A-Z]{4}(?: ?\d){14}\b", _I)
_IBAN_CUED = re.compile(rf"\b(?:iban|swift|bic){IS}(?P<value>[a-z]{{2,8}}\d{{2}}[a-z0-9 ]{{0,32}}[a-z0-9])\b", _I)
_WALLET = re.compile(
    r"(?<!\w)(?:bc1[a-z0-9]{20,60}|0x[0-9a-fA-F]{40}|[13][a-km-zA-HJ-NP-Z1-9]{25,34}|[LM][a-km-zA-HJ-NP-Z1-9]{26,33}|"
    r"4[0-9AB][1-9A-HJ-NP-Za-km-z]{93})(?!\w)"
)


def ibans(text: str) -> Iterator[Span]:
    """An international account number of any country."""
    for match in _IBAN.finditer(text):
        if iban_number.is_valid(match[0], check_country=False):
            yield match.span()
    yield from values(_UK_IBAN, text)
    yield from values(_IBAN_CUED, text)


def bank(text: str) -> Iterator[Span]:
    """A sort code, an account number, a wallet."""
    for pattern in (_SORT_AND_ACCOUNT, _SORT_CUED, _ACCOUNT_CUED, _WALLET):
        yield from values(pattern, text)
