"""What a question asks for by kind, and whether a passage can have it: a quote without it answers something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_NUMBER_WORD = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety|"
    r"hundred|thousand|million|half|third|quarter|twice|once|none|no limit|double|dozen"
)
_QUANTITY = re.compile(rf"\d|\b(?:{_NUMBER_WORD})\b", re.IGNORECASE)
_UNIT = r"(?:second|minute|min|hour|hr|day|week|fortnight|month|year)s?"
_TIME = re.compile(
    rf"(?:\d|\b(?:{_NUMBER_WORD}|a|an|the|same|next|each|every|few|first|as long)\b)[\w ,.-]{{0,20}}\b{_UNIT}\b"
    r"|\b(?:immediate(?:ly)?|straight ?away|at once|as soon as|until|no (?:maximum|minimum|limit|set|fixed|time)\b|"
    r"indefinite\w*|permanent\w*|without delay|same day|overnight|tonight|deadline|\d{4})\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"£|\b(?:pounds?|pence|free|no (?:charge|fee|cost)|costs?|fined?|fines|fee|price|level \d)\b", re.IGNORECASE
)
_FORM = re.compile(r"\b(?:forms?|template|booklet|leaflet|checklist|\w*[A-Z]{2,}\d+|DASH|DARA|app)\b")
_CONTACT = re.compile(r"\d[\d ]{2,}\d|@|\bwww\.|\.uk\b|\b(?:999|101|helpline|hotline)\b", re.IGNORECASE)
_AGE = re.compile(
    r"\b(?:aged?|under|over|older|younger|years?|child\w*|adults?|teen\w*|young\w*|birthday|any age|juveniles?)\b",
    re.IGNORECASE,
)
_RANK = (
    r"constable|sergeant|inspector|superintendent|commissioner|chief|officers?|supervisors?|pcsos?|doctor|nurse|amhp|"
    r"courts?|magistrates?|judge|crown|cps|council\w*|police|home secretary|secretary of state|manager|lead|hub|"
    r"authority|authorities|board|panel|partner\w*|provider|landlord|coroner|local authority|staff|team|you|person"
)
_WHO = re.compile(rf"\b(?:{_RANK})\b", re.IGNORECASE)
_PLACE = re.compile(
    r"https?:|\bwww\.|\.uk\b|\b(?:intranet|sharepoint|links?|folder|website|drive|online|app)\b", re.IGNORECASE
)
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december)\b|\bnot yet\b",
    re.IGNORECASE,
)


class Wanted(StrEnum):
    """A kind of answer."""

    FIGURE = "figure"
    TIME = "time"
    MONEY = "money"
    FORM = "form"
    CONTACT = "contact"
    AGE = "age"
    WHO = "who"
    DATE = "date"
    PLACE = "place"
    """Where a document or a form is kept."""


@dataclass(frozen=True, slots=True)
class _Kind:
    asks: re.Pattern[str]
    has: re.Pattern[str]


def _asks(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_KINDS = {
    Wanted.TIME: _Kind(
        _asks(
            r"\bhow (?:long|soon|quick(?:ly)?|often|frequently|late|early|far in advance)\b"
            r"|\bhow many (?:minutes|mins|hours|hrs|days|weeks|months|years|times a)\b"
            r"|\b(?:time ?limit|deadline|time ?frame|timescale|expir\w+|run out|how much (?:time|notice))\b"
        ),
        _TIME,
    ),
    Wanted.MONEY: _Kind(
        _asks(
            r"\bhow much (?:money|cash|does it cost|is (?:the|a) fine)\b|\bhow much\b.*\bcosts?\b"
            r"|\b(?:what|whats|what's|how (?:big|high))\b.{0,25}"
            r"\b(?:fines?|fee|cost|price|penalty amount|charge for|budget|pay)\b"
            r"|\b(?:cost|price|fee|budget)s? (?:of|for)\b|£"
        ),
        _MONEY,
    ),
    Wanted.FIGURE: _Kind(
        _asks(r"\bhow many\b|\bwhat (?:percent\w*|proportion|share|number of)\b|\bper ?cent\b|\bwhat %"), _QUANTITY
    ),
    Wanted.FORM: _Kind(
        _asks(r"\b(?:which|what|whats|what's|is there an?|the)\b.{0,20}\bforms?\b|\bform (?:number|no|name)\b"), _FORM
    ),
    Wanted.CONTACT: _Kind(
        _asks(
            r"\b(?:phone|tel|telephone|mobile|contact|ring|helpline|direct)\b.{0,15}\b(?:number|no|num|details|line)\b"
            r"|\b(?:which|what|whats|what's|the) (?:e-?mail|mailbox|web ?site|web address|url|number do i)\b"
            r"|\be-?mail address\b|\bnumber (?:for|to (?:ring|call))\b"
        ),
        _CONTACT,
    ),
    Wanted.AGE: _Kind(
        _asks(
            r"\bhow (?:old|young)\b|\b(?:what|which|min\w*|max\w*|lowest|youngest) age\b"
            r"|\bage (?:limit|range|is)\b|\byoungest\b"
        ),
        _AGE,
    ),
    Wanted.WHO: _Kind(
        _asks(
            r"\bwho(?:'s|s)?\b.{0,25}\b(?:sign\w*|authori[sz]\w*|decid\w*|approv\w*|okay\w*|rank)\b"
            r"|\b(?:what|which|whose) rank\b"
            r"|\bwhat rank\b"
        ),
        _WHO,
    ),
    Wanted.PLACE: _Kind(
        _asks(r"\bwhere\b.{0,40}\b(?:intranet|sharepoint|template|forms?|folder|drive|download|saved|stored|kept)\b"),
        _PLACE,
    ),
    Wanted.DATE: _Kind(
        _asks(
            r"\b(?:what|which) (?:year|date|month)\b|\bwhen (?:did|was|were)\b|\bsince when\b"
            r"|\bwhen (?:does|do|is|will) .{0,30}\b(?:come in|start|begin|go live|law)\b"
        ),
        _DATE,
    ),
}


def wanted(question: str) -> Iterator[Wanted]:
    """The kinds of answer that a question asks for, by its wording."""
    return (kind for kind, one in _KINDS.items() if one.asks.search(question))


def has(text: str, kind: Wanted) -> bool:
    """Whether a text holds anything of that kind."""
    return bool(_KINDS[kind].has.search(text))
