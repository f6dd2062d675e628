"""Questions of two parts: two things compared ("CPW or CPN?"), or two questions in one message."""

from __future__ import annotations

import re

from knowledge.language.followups import ASPECTS

_COMPARES = re.compile(
    r"\b(?:vs?\.?|versus|compared (?:to|with)|as opposed to|rather than|instead of|differs? from"
    r"|different (?:to|from|than)|(?:better|worse|stronger|weaker|quicker|slower|easier|harder|safer) than"
    r"|fits? (?:in )?with|(?:the )?same(?: \w+){0,2}? (?:as|or)"
    r"(?: (?:it (?:is|was|does|would be)|its|it's|you do|we do))?(?: (?:for|with|under))?|or)\b",
    re.IGNORECASE,
)
_NAMES_ONLY = re.compile(r"or|\w+ than", re.IGNORECASE)
"""Compares only where a side is a name: "bike or car" are two words for one thing asked."""
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
_SECTION_NUMBER = re.compile(r"s?\d{2,3}[a-z]?", re.IGNORECASE)
_WORD = re.compile(r"[\w'’&/-]+")
_EMPTY = frozenset(
    "a an the is it its it's as for to of in on do does i we they he she or and just a one bit thing idea use need get "
    "go with by be are was when this that which what whats how should can could my our your "
    "each both".split()
)
_WHAT_EACH_IS = (
    r"which(?:'?s| is| one'?s?| one is) which|what'?s?(?: is)? each(?: one)? (?:for|about)"
    r"|what each(?: one)? is(?: for)?|what (?:do|does) each(?: one)? (?:do|mean)"
    r"|how (?:do|are) they (?:differ|different)"
)
_AFTERWARDS = re.compile(
    rf"(?P<left>[^,;:.?!]+?) (?:and|&|n|or|vs?\.?|versus) (?!{_QUESTION}\b)(?P<right>[^,;:.?!]+?)[,;:.?! -]+"
    rf"(?:(?:what'?s? (?:is )?the )?(?:difference|diff|same(?: thing)?)|{_WHAT_EACH_IS})\b",
    re.IGNORECASE,
)
"""Two things, and afterwards that they are compared: "rcrp and 136, whats the diff"."""
_FOR_BOTH = re.compile(r"\bfor (?P<left>[^,;:.?!]+?) (?:and|&|or) for (?P<right>[^,;:.?!]+)", re.IGNORECASE)
_CLAUSE = r"[,;:.?!(]|\s[-–]\s"
_JOINED = r"(?:or|vs?\.?|versus|and|&)"
_THREE = re.compile(
    rf"(?P<before>.*?)(?P<one>\S+)(?:,| {_JOINED}) (?P<two>(?:an? |the )?\S+?),? {_JOINED} (?P<three>(?:an? |the )?\S+)"
    r"(?P<after>.*)",
    re.IGNORECASE,
)
_ABOUT_BOTH = re.compile(
    r"\b(?:what(?:'?s| is)? )?(?:the )?(?:differences?|diff)(?: between)?\b"
    r"|\b(?:which|what)(?: one)? (?:(?:do|should|would|can) (?:i|we) (?:use|go (?:for|with)|need|pick|choose|want)"
    r"|(?:is|one'?s) (?:best|better|right)|applies|to use)\b(?: if\b)?"
    rf"|\b(?:{_WHAT_EACH_IS})\b",
    re.IGNORECASE,
)
"""What a comparison says of its sides together."""
SIDE = 3
"""Words that name one side of a comparison at most."""
_WHICH_ANYWAY = frozenset("different right when who get give work works process power powers order true".split())
"""Words that are asked of anything and say nothing of what is compared."""
LEAST = 3
"""Words that a question of its own has at least."""
SITUATION = 4
"""Words that a clause has at least that tells what happened: "consent" before a comparison is what is asked."""


def sides_of(question: str) -> tuple[str, ...] | None:
    """The question asked of each of two or three things that it compares; nothing if it compares none."""
    three = _three_of(question)
    if three is not None:
        return three
    for pattern in (_BETWEEN, _SAME_FOR, _FOR_BOTH, _AFTERWARDS):
        found = pattern.search(question)
        if found:
            around = question[: found.start()], question[found.end() :]
            return _of_each(around[0], found["left"], f"{found['right']} {around[1]}")
    found = _COMPARES.search(question)
    if found is None:
        return None
    before, after = question[: found.start()], question[found.end() :]
    left, right = _side(before, last=True), _side(after, last=False)
    clauses = re.split(r"[,;:.?!]", before)
    if not left and _is_name(right) and len(clauses) > 1 and _named(_words(clauses[-2])):
        return _of_each("", clauses[-2], after)  # "is a warning needed under s59, same as for a cpn"
    if not left and right and len(clauses) > 1:
        return _tidy(clauses[-2]), _tidy(after)  # "scammed again, is it the same as a repeat burglary"
    if _NAMES_ONLY.fullmatch(found.group()) and not (_named(left) or _named(right)):
        return None
    return _of_each("", before, after)


def asks_which(question: str) -> bool:
    """Whether a comparison asks which one to use or what each is, and not one thing of both, such as how long."""
    asked = _without_situation(question)
    return not (set(_WORD.findall(asked.lower())) & ASPECTS - _WHICH_ANYWAY)


def _without_situation(question: str) -> str:
    """A comparison without the clauses before it that tell what happened: "every day" there asks for no time."""
    clauses = re.split(_CLAUSE, question)
    told = [
        place
        for place, clause in enumerate(clauses)
        if len(clause.split()) >= SITUATION and not _asks(clause) and not _COMPARES.search(clause)
    ]
    before = next((place for place, clause in enumerate(clauses) if _COMPARES.search(clause)), 0)
    return ", ".join(clause for place, clause in enumerate(clauses) if place not in told or place > before)


def _three_of(question: str) -> tuple[str, ...] | None:
    """Each of three things, where the first two are names: "cpn, pspo or cbo"."""
    found = _THREE.search(question)
    if found is None or not (_named([found["one"]]) and _named(_words(found["two"])[:1])):
        return None
    around = found["before"], found["after"]
    return tuple(_tidy(f"{around[0]} {found[name]} {around[1]}") for name in ("one", "two", "three"))


def questions_of(message: str) -> tuple[str, str] | None:
    """The two questions of a message; nothing if it is one."""
    for found in _SECOND.finditer(message):
        first, second = message[: found.start()].strip(" ,;?"), message[found.end() :].strip()
        if len(first.split()) >= LEAST and len(second.split()) >= LEAST and (_asks(first) or "?" in found.group()):
            return first, second
    return None


def _asks(text: str) -> bool:
    """Whether a part is a question itself: "lad in custody, is he a victim" has one question, and what it is about."""
    return bool(re.search(rf"(?:^\W*(?:(?:so|ok|hi|and|but|also)\s+)?|[,;.:!?]\s*){_QUESTION}\b", text, re.IGNORECASE))


def _of_each(opening: str, before: str, after: str) -> tuple[str, str] | None:
    """The question asked of what stands nearest before, and of what stands nearest after, what compares them."""
    left, right = _named_alike(before, after)
    if not left or not right or right[0].lower() in ("not", "no", "what", "something", "anything"):
        return None
    own = f"{opening} {before} {_without(after, right)}"
    other = f"{opening} {_without(before, left, from_end=True)} {after}"
    return _tidy(own), _tidy(other)


def _named_alike(before: str, after: str) -> tuple[list[str], list[str]]:
    """What names each side; where one is named by a name, so is the other if its clause has one: "does a s59 warning
    come first, same as with a cpn" compares s59 and cpn."""
    left, right = _side(before, last=True), _side(after, last=False)
    if _is_name(right) and not _is_name(left):
        names = [word for word in _words(re.split(_CLAUSE, before)[-1]) if _named([word])]
        left = names[-1:] or left
    return left, right


def _is_name(side: list[str]) -> bool:
    return len(side) == 1 and _named(side)


def _without(text: str, words: list[str], *, from_end: bool = False) -> str:
    """A text without the first, or the last, of each of these words, and without an article before it."""
    kept = text.split()[::-1] if from_end else text.split()
    for word in words:
        at = next((i for i, one in enumerate(kept) if word in _WORD.findall(one)), None)
        if at is None:
            continue
        kept.pop(at)
        article = at if from_end else at - 1
        if 0 <= article < len(kept) and kept[article].lower() in ("a", "an", "the"):
            kept.pop(article)
    return " ".join(kept[::-1] if from_end else kept)


def _tidy(text: str) -> str:
    """One side as a question; a bare name is asked for what it is."""
    text = " ".join(_ABOUT_BOTH.sub(" ", text).split()).strip(" ,;:.?!-")
    named = _words(text)
    is_bare = len(named) == 1 or (1 < len(named) <= SIDE and not _named(named))
    is_bare = is_bare and not {word.lower() for word in _WORD.findall(text)} & ASPECTS - _WHICH_ANYWAY
    return f"what is {' '.join(named)} and when do i use it" if is_bare else text


def _side(text: str, *, last: bool) -> list[str]:
    """The words nearest to the comparison that name one side; an abbreviation names it alone."""
    clauses = re.split(_CLAUSE, text)
    words = _words(clauses[-1] if last else clauses[0])
    words = [word for word in words if word.lower() not in ASPECTS] or words
    nearest = words[-1:] if last else words[:1]
    if _named(nearest):
        return nearest
    return words[-SIDE:] if last else words[:SIDE]


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.lower() not in _EMPTY]


def _named(words: list[str]) -> bool:
    """Whether a word is the name of a power, order or method: a known abbreviation, or capitals."""
    from knowledge.language.words import is_abbreviation

    words = [word.strip(",;:.?!'\"()") for word in words]
    return any(
        (word.isupper() and len(word) > 1) or is_abbreviation(word) or _SECTION_NUMBER.fullmatch(word) for word in words
    )
