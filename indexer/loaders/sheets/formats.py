"""A cell's value as its sheet shows it, by its number format: 0.125 under 0.0% is 12.5%.

No library that is kept up does this in Python; what is done here is what guidance holds, and any other format shows
the value as it is.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from indexer.loaders.sheets.figures import figure, plain_figure
from indexer.loaders.sheets.pieces import NO_PIECES, pieces_of, sections_of

_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_COLOUR = re.compile(r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r\s*\d+)\]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_NOON = re.compile(r"am/pm|a/p")
"""The mark of the half of a day, whose letters stand for no month."""
_NOT_TEXT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_SIGNS = ("-", "(", "−", "–")


def shown(value: object, code: str = "General") -> str:
    """A cell's value as a person reads it in the sheet; a date is written as 2 January 2026."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        return _number(Decimal(repr(value) if isinstance(value, float) else value), code)
    if isinstance(value, timedelta):
        return _elapsed(value, code)
    if isinstance(value, (datetime, date, time)):
        return _moment(value, code)
    return "" if value is None else _words(str(value), code)


def is_elapsed(code: str) -> bool:
    """Whether a format counts hours on over a day, as [h]:mm does."""
    return bool(_ELAPSED.search(sections_of(code)[0]))


def _words(text: str, code: str) -> str:
    """Text in a cell, with what its format writes around each text."""
    if "@" not in code:
        return text
    sections = sections_of(code)
    wanted = sections[3] if len(sections) == 4 else sections[-1]
    if "@" not in _NOT_TEXT.sub("", wanted):
        return text
    return "".join(text if piece.kind == "text" else piece.text for piece in pieces_of(wanted))


def _number(value: Decimal, code: str) -> str:
    if not value.is_finite():
        return ""
    section, unsigned = _section(value, sections_of(code))
    pieces = pieces_of(section)
    if pieces == NO_PIECES or any(piece.kind == "text" for piece in pieces):
        return plain_figure(value)
    said = figure(abs(value), pieces)
    # a negative number that only its red colour tells from others keeps its sign
    red = unsigned and _COLOUR.search(section) and not any(sign in said for sign in _SIGNS)
    nothing = not any(char in "123456789" for char in said)
    return f"-{said}" if said and value < 0 and not nothing and (red or not unsigned) else said


def _section(value: Decimal, sections: tuple[str, ...]) -> tuple[str, bool]:
    """The part of a format that is for a number, and whether it says itself that the number is negative."""
    if any(_CONDITION.search(section) for section in sections):
        fits = (section for section in sections if _fits(value, section))
        return next(fits, sections[-1]), False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    return (sections[2] if value == 0 and len(sections) > 2 else sections[0]), False


def _fits(value: Decimal, section: str) -> bool:
    found = _CONDITION.search(section)
    if found is None:
        return True
    bound = Decimal(found.group(2))
    return {
        "<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound,
        "=": value == bound, "<>": value != bound,
    }[found.group(1)]  # fmt: skip


def _moment(value: datetime | date | time, code: str) -> str:
    """A date or a time with the parts of it that the format shows; all of it where the format is none of dates."""
    marks = "" if code in {"General", "@", ""} else _date_marks(sections_of(code)[0])
    day = "" if isinstance(value, time) else _day(value, marks)
    clock = _clock(value, marks)
    return ", ".join(part for part in (day, clock) if part)


def _date_marks(section: str) -> str:
    """The letters of a format that stand for parts of a date, with those of minutes as "n"."""
    kept = re.sub(r"\[\$[^\]]*\]", "", section)
    kept = _NOON.sub("", re.sub(r'"[^"]*"|\\.', "", kept).lower())
    return re.sub(r"(?<=h)(\W*)m{1,2}|m{1,2}(?=\W*s)", lambda found: f"{found.group(1) or ''}n", kept)


def _day(value: date, marks: str) -> str:
    named = [
        f"{value:%A}" if "ddd" in marks else "",
        str(value.day) if re.search(r"(?<!d)d{1,2}(?!d)", marks) else "",
        f"{value:%B}" if "m" in marks else "",
        str(value.year) if "y" in marks else "",
    ]
    # the weekday alone, a month with its year, or the whole date: what a sheet shows, and no more
    if any(named) or "h" in marks:
        return " ".join(part for part in named if part)
    return f"{value.day} {value:%B %Y}"


def _clock(value: datetime | date | time, marks: str) -> str:
    if not isinstance(value, (datetime, time)):
        return ""
    moment = value.time() if isinstance(value, datetime) else value
    if marks and "h" not in marks and not isinstance(value, time):
        return ""
    if not marks and isinstance(value, datetime) and moment == time():
        return ""
    # a date at midnight is shown with a time by many formats that only copy a database's
    if isinstance(value, datetime) and moment == time() and "y" in marks:
        return ""
    return f"{moment:%H:%M:%S}" if "s" in marks and moment.second else f"{moment:%H:%M}"


def _elapsed(value: timedelta, code: str) -> str:
    """Hours and minutes that may be more than a day: 30:15."""
    seconds = round(abs(value.total_seconds()))
    sign = "-" if value < timedelta() else ""
    found = _ELAPSED.search(code)
    unit = found.group(1)[0].lower() if found else "h"
    if unit == "s":
        return f"{sign}{seconds}"
    minutes, rest = divmod(seconds, 60)
    tail = f":{rest:02}" if "s" in _NOT_TEXT.sub("", code).lower() else ""
    if unit == "m":
        return f"{sign}{minutes}{tail}"
    hours, minutes = divmod(minutes, 60)
    shows_minutes = "m" in _NOT_TEXT.sub("", code).lower() or not found
    return f"{sign}{hours}:{minutes:02}{tail}" if shows_minutes else f"{sign}{hours}"
