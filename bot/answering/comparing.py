"""Messages that ask for two things: a comparison of two sides, or two questions in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.followups import follows, subject_words

LONGEST_SIDE = 6
"""Words of one side of a comparison, at most: longer ones are sentences."""
SHORTEST_QUESTION = 3
"""Words that each of two questions has at least."""
_ONE, _TWO = r"(?P<one>[^?.!,]+?)", r"(?P<two>[^?.!,]+)"
_COMPARING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:difference|diff|distinction|distinguish|compare|comparison|choose|choosing|choice)\b[^?.!]*?\bbetween\b "
        rf"{_ONE} (?:and|&|or|vs\.?|versus) {_TWO}",
        rf"\b(?:is|are|does|do|did)\b {_ONE} (?:(?:just |really |basically |more or less )?(?:the )?same"
        rf"(?: thing| idea)? (?:as|for)|(?:any )?different (?:from|to|than)|differ from) {_TWO}",
        rf"{_ONE}\s+(?:vs\.?|versus|compared (?:to|with)|or rather)\s+{_TWO}",
    )
)
_OR = re.compile(
    r"(?P<one>(?:[\w'’-]+ ){0,3}[\w'’-]+)\s+or\s+(?P<two>(?:a |an |the )?(?:[\w'’-]+ ?){1,4})\s*(?:[?.!,]|$)",
    re.IGNORECASE,
)
_ASKING = (
    "what|whats|which|who|whos|when|whens|where|why|how|hows|is|are|do|does|did|can|could|may|must|should|would|will"
)
_ASKS_FIRST = re.compile(rf"^\W*(?:{_ASKING})\b", re.IGNORECASE)
_AND_ASKS = re.compile(
    rf"(?:,|;| -|)\s+(?:and|also|plus)(?: also)?\s+(?=(?:{_ASKING})\s)"
    r"|[,;]\s+(?=(?:what|which|who|when|where|how|can|could|do|does|is|are|must)\s)",
    re.IGNORECASE,
)
_ARTICLES = re.compile(r"^(?:a|an|the|is|its|it|do|i|we|you|use|need|want|between|for|of)\s+", re.IGNORECASE)
_SHARED = re.compile(r"(?P<of>.+?) (?:for|of|in|with|on) (?:an? |the )?(?P<side>.+)", re.IGNORECASE)
_ASKS_TO_COMPARE = re.compile(
    r"\b(?:(?:and )?(?:what|whats|which)(?: is|s|'s|’s)? (?:is |the |each )*(?:difference|diff|one|each)?"
    r"(?: (?:one )?(?:is |for|do (?:i|we) use|is an actual \w+))*|how do (?:i|we|you)|tell if|explain)\b",
    re.IGNORECASE,
)
"""What asks for a comparison, and is no part of what is compared."""
_SHORT_NAME = re.compile(r"[A-Z][A-Z0-9]{1,6}s?|s?\d+\w?|[bcdfghjklmnpqrstvwxz]{2,5}|[a-z]{3,4}")
# everyday words as short as the names of orders: "a house or a car" compares nothing
_EVERYDAY = frozenset(
    """
    not so no yes one two more less day days week four five ten both none any all out off on in at it them him her
    car van man boy girl kid kids home shop park pub bag flat road dad mum son face time year hour form copy fine
    rank care age only just else ever then here now way what when who how why that this get give take have ask tell
    wait stop go row
    """.split()
)


@dataclass(frozen=True, slots=True)
class Parts:
    """Two things that one message asks."""

    one: str
    two: str
    compared: bool
    """Whether they are two sides of one question; else they are two questions."""
    leans: bool = False
    """Whether the second question only makes sense after the first."""
    names: tuple[str, str] = ("", "")
    """What is compared, in the asker's words."""


def parts_of(text: str) -> Parts | None:
    """The two things that a message asks; None where it asks one, as most do."""
    said = " ".join(text.split())
    return _compared(said) or _two_questions(said)


def _compared(text: str) -> Parts | None:
    for pattern in _COMPARING:
        if (found := pattern.search(text)) is not None:
            return _sides(text, found)
    found = _OR.search(text)
    if found is None or not (_is_name(_bare(found["one"])) and _is_name(_bare(found["two"]))):
        return None
    return _sides(text, found)


def _sides(text: str, found: re.Match[str]) -> Parts | None:
    """Both sides, each with what is asked of both."""
    one, two = _bare(found["one"]), _bare(_ASKS_TO_COMPARE.sub("", found["two"]))
    too_long = max(len(one.split()), len(two.split())) > LONGEST_SIDE
    if too_long or one.lower() == two.lower() or not subject_words(one) or not subject_words(two):
        return None
    around = f"{text[: found.start()].strip()} {text[found.end() :].strip(' ?.!,')}"
    around = _ASKS_TO_COMPARE.sub("", around).strip(" ?.!,-")
    shared = _SHARED.fullmatch(one)
    if shared is not None and len(subject_words(shared["of"])) < 2:  # "lowest age for a CPN vs an injunction"
        one, around = shared["side"], f"{shared['of']} {around}".strip()
    elif not subject_words(around):
        return Parts(one, two, True, names=(one, two))
    return Parts(f"{one}: {around}", f"{two}: {around}", True, names=(one, two))


def _bare(side: str) -> str:
    words = side.strip(" ?.!,")
    while (shorter := _ARTICLES.sub("", words)) != words:
        words = shorter
    return words


def _is_name(side: str) -> bool:
    """Whether a side ends in what is written like a short name: CPN, dapo, section 34, SARA."""
    last = side.split()[-1] if side.split() else ""
    return bool(_SHORT_NAME.fullmatch(last)) and last.lower() not in _EVERYDAY


def _two_questions(text: str) -> Parts | None:
    """Two questions, each long enough and each a whole one."""
    for one, two in _divided(text):
        long_enough = min(len(one.split()), len(two.split())) >= SHORTEST_QUESTION
        if long_enough and _ASKS_FIRST.search(one) and _ASKS_FIRST.search(two):
            return Parts(one, two, False, leans=follows(two))
    return None


def _divided(text: str) -> Iterator[tuple[str, str]]:
    """Every way in which a message falls into two."""
    marked = [part.strip() for part in re.split(r"(?<=\?)\s+", text) if part.strip()]
    if len(marked) == 2 and marked[0].endswith("?"):
        yield marked[0], re.sub(r"^(?:and|also|plus)\s+", "", marked[1], flags=re.IGNORECASE)
    if len(marked) == 1:
        for cut in _AND_ASKS.finditer(text):
            yield text[: cut.start()].strip(), text[cut.end() :].strip()
