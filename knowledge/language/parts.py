"""Questions of two parts: two things compared ("CPW or CPN?"), or two questions in one message."""

from __future__ import annotations

import re

_COMPARES = re.compile(
    r"\b(?:vs?\.?|versus|compared (?:to|with)|as opposed to|rather than|instead of|differs? from"
    r"|different (?:to|from|than)"
    r"|fits? (?:in )?with|(?:the )?same(?: \w+){0,2} (?:as|or)|or)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|both) (?P<left>.+?) (?:and|&|n|or) (?P<right>.+)", re.IGNORECASE)
_SAME_FOR = re.compile(
    r"\bsame (?:\w+ ){0,2}?for (?P<left>.+?) (?:as|and|or)(?: (?:it is|its|it's))?(?: for)? (?P<right>.+)", re.I
)
_QUESTION = (
    r"(?:what|whats|what's|how|when|whens|who|whos|where|wheres|which|why|can|could|do|does|did|is|are|am|will|would|"
    r"should|must|may|have|has)"
)
_SECOND = re.compile(
    rf"(?:\?+\s*(?:and|also|then|plus|or)?\s*|[,;.]?\s+(?:and|plus|also)\s+|[,;]\s*)(?={_QUESTION}\b)", re.IGNORECASE
)
_WORD = re.compile(r"[\w'’&/-]+")
_EMPTY = frozenset(
    "a an the is it its it's as for to of in on do does i we they he she or and just a one bit thing idea use need get "
    "go with by be are was this that which what whats how should can could my our your".split()
)
_LEANS = re.compile(
    r"^\W*(?:(?:ok|so|right|cool|ta|thanks|cheers|yeah)\W+)?"
    r"(?:and|but|or|also|what about|how about|what if|even if|same (?:for|if|with))\b",
    re.IGNORECASE,
)
SIDE = 3
"""Words that name one side of a comparison at most."""
LEAST = 3
"""Words that a question of its own has at least."""


def leans(message: str) -> bool:
    """Whether a message opens like one that follows another: "and if he is 17?", "what about a garden"."""
    return bool(_LEANS.search(message))


def sides_of(question: str) -> tuple[str, str] | None:
    """The question asked of each of two things that it compares; nothing if it compares none."""
    for pattern in (_BETWEEN, _SAME_FOR):
        found = pattern.search(question)
        if found:
            return _asked_of_each(question, _side(found["left"], last=True), _side(found["right"], last=False))
    found = _COMPARES.search(question)
    if found is None:
        return None
    left, right = _side(question[: found.start()], last=True), _side(question[found.end() :], last=False)
    before = re.split(r"[,;:.?!]", question[: found.start()])
    if not left and right and len(before) > 1:
        return before[-2].strip(), question[
            found.end() :
        ].strip()  # "scammed again, is it the same as a repeat burglary"
    if found.group().lower() == "or" and not (_named(left) or _named(right)):
        return None  # "bike or car" are two words for one thing asked
    return _asked_of_each(question, left, right)


def questions_of(message: str) -> tuple[str, str] | None:
    """The two questions of a message; nothing if it is one."""
    for found in _SECOND.finditer(message):
        first, second = message[: found.start()].strip(" ,;?"), message[found.end() :].strip()
        if len(first.split()) >= LEAST and len(second.split()) >= LEAST and (_asks(first) or "?" in found.group()):
            return first, second
    return None


def _asks(text: str) -> bool:
    """Whether a part is a question itself: "lad in custody, is he a victim" has one question, and what it is about."""
    return bool(re.search(rf"(?:^\W*(?:(?:so|ok|hi|and|but|also)\s+)?|[,;]\s*){_QUESTION}\b", text, re.IGNORECASE))


def _asked_of_each(question: str, left: list[str], right: list[str]) -> tuple[str, str] | None:
    if not left or not right:
        return None
    return _without(question, right), _without(question, left)


def _without(question: str, words: list[str]) -> str:
    gone = {word.lower() for word in words}
    return " ".join(word for word in question.split() if word.strip(".,;:?!'\"").lower() not in gone)


def _side(text: str, *, last: bool) -> list[str]:
    """The words nearest to the comparison that name one side; an abbreviation names it alone."""
    clauses = re.split(r"[,;:.?!(]|\s[-–]\s", text)
    words = _words(clauses[-1] if last else clauses[0])
    nearest = words[-1:] if last else words[:1]
    if _named(nearest):
        return nearest
    return words[-SIDE:] if last else words[:SIDE]


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.lower() not in _EMPTY]


def _named(words: list[str]) -> bool:
    """Whether a word is the name of a power, order or method: a known abbreviation, or capitals."""
    from knowledge.language.words import is_abbreviation

    return any((word.isupper() and len(word) > 1) or is_abbreviation(word) for word in words)
