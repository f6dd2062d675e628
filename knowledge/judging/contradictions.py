"""What a question names and a passage must name too: sections, Acts, places, ages."""

from __future__ import annotations

import re

_SECTION = re.compile(
    r"\b(?:sections?|secs?|ss?\.?|articles?|art\.?|regulations?|reg\.?|schedules?|part|code)"
    r" ?(\d{1,3}[a-z]{0,2})(?:\(\d\))?\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d{1,3}[a-z]{0,2}\b")
_ACT = re.compile(r"\b((?:[a-z]+[ -]){1,4})acts?\b(?: (?:19|20)\d\d)?", re.IGNORECASE)
_ACT_STOP = frozenset(
    "the a an this that what which under of in by does do did is are was new old same any and or for to it they he she "
    "we you can could should must will would i who how when if about human criminal mental crime public".split()
)
_PLACES = tuple(
    re.compile(rf"\b(?:{place})", re.IGNORECASE)
    for place in (
        r"scot(?:land|tish|s)\b",
        r"northern ir(?:eland|ish)\b|\bpsni\b|\bulster\b",
        r"wales\b|welsh\b",
        r"jersey\b|guernsey\b|isle of man\b|channel islands\b",
        r"(?<!northern )ireland\b|\bgarda\w*",
        r"abroad\b|overseas\b|europe\w*\b|\beu\b",
    )
)
_YOUNG = re.compile(
    r"\b(?:child(?:ren)?|kids?|juveniles?|minors?|teen\w*|youths?|young (?:person|people|lad|girl|boy)s?|lads?|"
    r"schoolkids?|"
    r"under[ -]?(?:1[0-8]|age)s?|(?:[5-9]|1[0-7])[ -]?(?:years?|yrs?|yr|yo|y/o)(?:[ -]old)?|"
    r"toddlers?|bab(?:y|ies)|pupils?)\b"
    r"|\b(?:hes|she's|shes|he's|is|aged?|theyre|they're|only) (?:[5-9]|1[0-7])\b"
    r"(?! ?(?:days?|hours?|weeks?|months?|minutes?|mins?|%))",
    re.IGNORECASE,
)
_ADULTS = re.compile(r"\badults?\b", re.IGNORECASE)
_LIMIT = re.compile(
    r"\b(?:1[0-8]|sixteen|eighteen|ten) (?:or|and|years) (?:over|above|older|under|of age)\b"
    r"|\bunder 1[0-8]\b|\bover 1[0-8]\b",
    re.I,
)
"""An age from which or up to which a rule holds: that answers a question about any age."""
_GROWN = re.compile(
    r"\badults?\b|\bgrown[ -]?(?:up|man|woman)\b|\bover[ -]?18s?\b|\b18 (?:or|and) over\b", re.IGNORECASE
)
_GROWN_BY_THE_WAY = re.compile(
    r"\b(?:wom[ae]n|lad(?:y|ies)|m[ae]n|blokes?|pensioners?|elderly|wife|husband|grand(?:ad|dad|ma|mother|father)|nan"
    r"|mum|dad|old (?:boy|girl|dear)|(?:1[89]|[2-9]\d)[ -]?(?:ish|years?|yrs?|yr|yo|y/o)(?: old)?)\b",
    re.IGNORECASE,
)
"""Somebody who is no child; a section that touches on children may well be about them, one headed by a child is not."""


def sections_named(text: str) -> frozenset[str]:
    """Numbers of sections, articles and the like that a text names: "136", "17a"."""
    return frozenset(match[1].lower() for match in _SECTION.finditer(text))


def other_section(question: str, passage: str) -> bool:
    """Whether a question names a section that the passage, with its headings, does not."""
    named = sections_named(question)
    return bool(named) and not named <= frozenset(_NUMBER.findall(passage.lower()))


def acts_named(text: str) -> list[frozenset[str]]:
    """The words of each Act that a text names, without those that tell nothing."""
    named = []
    for match in _ACT.finditer(text):
        words = [word for word in re.split(r"[ -]+", match[1].lower()) if word]
        while words and words[0] in _ACT_STOP:
            words.pop(0)
        kept = frozenset(word for word in words if word not in _ACT_STOP and len(word) > 2)
        if kept:
            named.append(kept)
    return named


def other_act(question: str, passage: str) -> bool:
    """Whether a question names an Act of which the passage, with its headings, names no word."""
    held = passage.lower()
    return any(not any(word in held for word in act) for act in acts_named(question))


def other_place(question: str, passage: str) -> bool:
    """Whether a question is about a country that the passage, with its headings, does not name."""
    return any(place.search(question) and not place.search(passage) for place in _PLACES)


def names_age(text: str) -> bool:
    """Whether a text says that somebody is a child, or that they are none."""
    return any(pattern.search(text) for pattern in (_YOUNG, _GROWN, _GROWN_BY_THE_WAY))


def headed_by_other_age(question: str, heading: str) -> bool:
    """Whether a question tells of a grown person alone, and the section is one on children: "a woman, must she"."""
    if _YOUNG.search(question) or not _GROWN_BY_THE_WAY.search(question):
        return False
    return bool(_YOUNG.search(heading)) and not _GROWN.search(heading) and not _LIMIT.search(heading)


def other_age(question: str, passage: str) -> bool:
    """Whether a question is about children and the passage only about adults, or the other way round."""
    if _YOUNG.search(question):
        return bool(_ADULTS.search(passage)) and not _YOUNG.search(passage) and not _LIMIT.search(passage)
    if _GROWN.search(question):
        return bool(_YOUNG.search(passage)) and not _GROWN.search(passage) and not _LIMIT.search(passage)
    return False
