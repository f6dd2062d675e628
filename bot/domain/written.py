"""What a force writes into its settings, read; ValueError says how to write what cannot be read."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.passages import Marking

_RATE = re.compile(r"(\d+ ?(/|per) ?\d* ?(second|minute|hour|day)s?;? ?)*")
_DATABASE = re.compile(r"(postgresql|postgres|sqlite)(\+\w+)?://", re.IGNORECASE)
HIDDEN = "…"


def rate(text: str) -> str:
    """A rate such as "30/minute"."""
    if not _RATE.fullmatch(text.strip()):
        raise ValueError('write it as "30/minute", or "10/minute;200/day"')
    return text


def zone(name: str) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError('there is no such time zone; write it as "Europe/London"') from error


def database_url(text: str) -> str:
    """The address of a database, with a port that can be one; without its contents, which may be secret."""
    remedy = (
        'write it as "postgresql://NAME:PASSWORD@HOST:5432/DATABASE", or leave it out for a file in the data folder'
    )
    if not _DATABASE.match(text):
        raise ValueError(f"it is no address of a database; {remedy}")
    try:
        port = urlsplit(text).port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError(f"its port is no number from 1 to 65535; {remedy}")
    return text


def without_secrets(url: str) -> str:
    """An address as it may be shown: the name and password before the @, and what follows the ?, may be secret."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return HIDDEN if url else ""
    where = parts.netloc.rpartition("@")
    netloc = f"{HIDDEN}@{where[2]}" if where[1] else where[2]
    return urlunsplit(
        (parts.scheme, netloc, parts.path, HIDDEN if parts.query else "", HIDDEN if parts.fragment else "")
    )


def bank_holidays(name: str) -> Callable[[date], bool]:
    """Whether a day is a bank holiday there; ValueError where nobody knows the place."""
    if name.strip().lower() in ("", "none"):
        return lambda day: False
    import holidays  # only where the hours are asked for

    country, _, part = name.strip().partition("-")
    try:
        kept = holidays.country_holidays(country, subdiv=part or None)
    except NotImplementedError as error:
        raise ValueError('nobody knows the bank holidays of that place; write it as "GB-ENG", or "none"') from error
    lock = threading.Lock()  # it works a year out when it is first asked for it, and threads ask at once

    def is_holiday(day: date) -> bool:
        with lock:
            return day in kept

    return is_holiday


def labels(text: str) -> dict[str, str]:
    """ "OFFICIAL=id" as a mapping; ValueError where it cannot be read."""
    found = {}
    for part in filter(None, map(str.strip, text.split(","))):
        marking, _, label = part.partition("=")
        if marking.strip().upper() not in list(Marking) or not label.strip():
            raise ValueError(f'write it as "OFFICIAL=<id of the label>"; the markings are {", ".join(Marking)}')
        found[marking.strip().upper()] = label.strip()
    return found


def places(text: str) -> dict[str, Marking]:
    """ "slack=OFFICIAL,teams=OFFICIAL" as a mapping; ValueError where it cannot be read."""
    found = {}
    for part in filter(None, map(str.strip, text.split(","))):
        place, _, marking = part.partition("=")
        if marking.strip().upper() not in list(Marking):
            raise ValueError(f'write it as "slack=OFFICIAL"; the markings are {", ".join(Marking)}')
        found[place.strip()] = Marking(marking.strip().upper())
    return found
