"""Spans of text, and the few pieces all recognisers share."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

# Between the word for a number and the number: "no.", "ref is", ":".
IS = r"[\s:=#.,-]{0,3}(?:(?:is|was|number|num|no|nr|nos|id|ref|reference|record|code|here|says|starts|ends)\b[\s:=#.]{0,3}){0,3}"

_DIGIT = re.compile(r"\d")


def values(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    """The spans of the pattern's group "value", or of all of it."""
    group = "value" if "value" in pattern.groupindex else 0
    for match in pattern.finditer(text):
        yield match.span(group)


def has_digit(text: str) -> bool:
    """Whether a digit stands in a text: most questions have none, and so nothing that takes one to be found."""
    return _DIGIT.search(text) is not None


def digits_of(text: str) -> str:
    """The digits of a text, in order."""
    return "".join(character for character in text if character.isdecimal())
