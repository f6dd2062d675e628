"""What an officer says of a problem in free words, put into the fields of the hub's form; nothing is changed."""

from __future__ import annotations

import re

from bot.queue.intake import FIELDS, describe

_PLACES = (
    "estate|park|street|road|centre|precinct|square|village|town|school|station|car park|shops?|parade|flats|ward|patch"
    "|beat|high street|roof|market"
)
_COUNTS = r"(?:\d+|a|two|three|four|five|six|several|many)"
_PEOPLE = (
    "residents|neighbours|parents|farmers|shopkeepers|traders|pupils|tenants|staff|the whole team"
    r"|(?:all|\d+) (?:\w+ )?teams"
)
_PATTERNS = {
    "where": rf"\b(?:on|at|in|outside|near|behind) (?:the |our |my )?[\w' -]{{2,40}}?\b(?:{_PLACES})\b",
    "since": rf"\bsince [^,.;\n]{{2,40}}|\bfor (?:the (?:last|past) )?{_COUNTS} (?:day|week|month|year)s?\b",
    "often": (
        r"\b(?:every|each) (?:single )?\w+(?: (?:night|day|evening|morning|week|weekend))?\b"
        r"|\b\d+ (?:calls?|jobs?|incidents?|reports?|complaints?|times)\b(?: (?:a|per|each|this|last) \w+)?"
        r"|\b(?:once|twice|\d+ times) (?:a|per|each) \w+\b"
    ),
    "affected": rf"\b(?:{_PEOPLE})\b[^,.;\n]{{0,30}}",
    "tried": r"[^,.;\n]*\b(?:tried|we have done|already done|patrols|leaflets|letters sent)\b[^,.;\n]*",
    "minutes": r"\b\d+ ?(?:min|mins|minutes|hours?|hrs?)\b(?: (?:a|each|every|per) \w+)?",
}
_FIELDS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _PATTERNS.items()}
_ASKED_FOR = ("where", "since", "often", "affected", "tried")


def heard(text: str) -> dict[str, str]:
    """Field of the form to what was said of it, word for word; everything that was said is what happens."""
    found = {name: match[0].strip() for name, pattern in _FIELDS.items() if (match := pattern.search(text))}
    return {"what": text.strip(), **found}


def described(text: str) -> str:
    """What was said, as the form writes it down; as it is where nothing but the problem itself was said."""
    fields = heard(text)
    return describe(fields) if len(fields) > 1 else text


def missing(text: str) -> str:
    """The fields that the hub would like to know and that were not said, as a list in words; empty if all were."""
    fields = heard(text)
    names = [FIELDS[name].lower() for name in _ASKED_FOR if name not in fields]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
