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
    rf"£|\b(?:pounds?|pence|free|(?:no|without) (?:charge|fee|cost|fine)|unlimited|level (?:\d|{_NUMBER_WORD}))\b",
    re.IGNORECASE,
)
"""An amount, or none: that something "costs", or that there is a fine, is no answer to how much."""
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
_MEETS = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|daily|weekly|fortnightly|monthly|quarterly|yearly|annually|"
    r"(?:every|each|once an?|twice an?) (?:\w+ )?(?:day|week|fortnight|month|quarter|year)s?|\d{1,2}[:.]\d\d|"
    r"\d ?[ap]m|noon)\b",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"(?:^[ \t]*(?:[-•*–]|\(?\w{{1,3}}[.)])[ \t].*(?:\n|\Z)(?:[ \t]*\n)?){{3}}|\b(?:\d|{_NUMBER_WORD})\b[^.\n]*:"
    r"|\w+, (?:\w+ ){1,3}and \w+",
    re.IGNORECASE | re.MULTILINE,
)
"""Three items below each other, a number with a colon after it, or "one, two and three"."""


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
    MEETING = "meeting"
    """When something of one's own, or the next one, is held: guidance for everybody seldom says."""
    OTHERS = "others"
    """The rest of a list of which some are named."""


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
            r"|^(?!\W*(?:can|could|do|does|did|is|are|was|were|will|would|should|must|may|has|have)\b)"
            r".*\b(?:cost|price|fee|budget)s? (?:of|for)\b|£"
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
    Wanted.MEETING: _Kind(
        _asks(
            r"\b(?:when|what (?:day|time|date)|how often)\b.{0,40}\b(?:our|my|next)\b.{0,40}"
            r"\b(?:meets?|meetings?|sits?|sitting|held|gets? together|runs?|scheduled|booked)\b"
            r"|\b(?:when|what (?:day|time|date)|how often)\b.{0,40}"
            r"\b(?:meetings?|courses?|sessions?|briefings?|panels?)\b.{0,15}\bnext\b"
            r"|\b(?:when|whens|when's|what (?:day|time|date))\b.{0,15}\b(?:our|my|the) next\b.{0,30}"
            r"\b(?:meeting|course|session|briefing|panel|conference|marac|board)\b"
        ),
        _MEETS,
    ),
    Wanted.OTHERS: _Kind(
        _asks(
            rf"\b(?:what|whats|what's|which|name|list)\b.{{0,25}}\b(?:the )?(?:other|remaining|missing) "
            rf"(?:\d|{_NUMBER_WORD}|ones?)\b"
            rf"|\b(?:what|whats|what's|which)\b.{{0,15}}\b(?:the rest|the others|the (?:third|fourth|fifth|last) one)\b"
        ),
        _LIST,
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
