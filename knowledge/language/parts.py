"""What one message asks: one thing, two questions, or one thing of each of two or three that it compares."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.language.deeds import deeds_of
from knowledge.language.followups import ASPECTS, is_follow_up, subject_words
from knowledge.language.questions import QUESTION, asks, is_of_both, questions_of

_COMPARES = re.compile(
    r"\b(?:vs?\.?|versus|compared (?:to|with)|as opposed to|rather than|instead of|differs? from"
    r"|different (?:to|from|than)|(?:better|worse|stronger|weaker|quicker|slower|easier|harder|safer) than"
    r"|fits? (?:in )?with|(?:the )?same(?: \w+){0,2}? (?:as|or)"
    r"(?: (?:it (?:is|was|does|would be)|its|it's|you do|we do))?(?: (?:for|with|under))?|or)\b",
    re.IGNORECASE,
)
_NAMES_ONLY = re.compile(r"or|\w+ than", re.IGNORECASE)
"""Compares only where a side is a name: "bike or car" are two words for one thing asked."""
_BETWEEN = re.compile(r"\b(?:between|both) (?P<left>[^.?!]{1,80}?) (?:and|&|n|or) (?P<right>.+)", re.IGNORECASE)
_SAME_FOR = re.compile(
    r"\bsame (?:\w+ ){0,2}?for (?P<left>.{1,80}?) (?:as|and|or)(?: (?:it is|its|it's))?(?: for)? (?P<right>.+)", re.I
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
_OR_NOT = r"(?: or (?:not|what|(?:two )?different(?: things| ones)?))?"
_AFTERWARDS = re.compile(
    rf"\b(?P<left>[^,;:.?!]{{1,80}}?) (?:and|&|n|or|vs?\.?|versus) (?!{QUESTION}\b)"
    rf"(?P<right>[^,;:.?!]{{1,80}}?)[,;:.?! -]{{1,5}}"
    rf"(?:(?:what'?s? (?:is )?the )?(?:difference|diff)\b|(?:the )?same(?: thing)?{_OR_NOT}\W*$|(?:{_WHAT_EACH_IS})\b)",
    re.IGNORECASE,
)
"""Two things, and afterwards that they are compared: "rcrp and 136, whats the diff"."""
_FOR_BOTH = re.compile(r"\bfor (?P<left>[^,;:.?!]{1,80}?) (?:and|&|or) for (?P<right>[^,;:.?!]{1,80})", re.IGNORECASE)
_OF_EACH = re.compile(r"\b(?:each|either|both|which ones?)\b", re.IGNORECASE)
"""What is asked of two things however they are named: "an order or an injunction, what does each need"."""
_CLAUSE = r"[,;:.?!(]|\s[-–]\s"
_JOINED = r"(?:or|vs?\.?|versus|and|&)"
_NAME = rf"(?!{_JOINED} |{QUESTION} )[^\s,;:.?!]+(?: (?!{_JOINED} |{QUESTION} )[^\s,;:.?!]+)?"
_THREE_AFTERWARDS = re.compile(
    rf"(?P<before>)(?P<one>{_NAME}), (?P<two>{_NAME}),?(?: {_JOINED})? (?P<three>{_NAME})[,;:.?! -]+"
    rf"(?P<after>(?:which|what'?s?(?: is)? the diff(?:erence)?|{_WHAT_EACH_IS})\b.*)",
    re.IGNORECASE,
)
"""Three things in a row, and afterwards that they are compared: "sara, osara, triangle. whats the difference"."""
_FEW_WORDS = r"[\w'’-]+(?: [\w'’-]+){0,2}"
_CHOICE = re.compile(
    rf"(?P<before>.*?(?:[.?!:;,]|\s[-–]))?\s*(?:an? |the )?(?P<left>{_FEW_WORDS}) (?:or|vs?\.?) (?:an? |the )?"
    rf"(?P<right>{_FEW_WORDS})\W*",
    re.IGNORECASE | re.DOTALL,
)
"""A message that ends in a choice and nothing else: "money for the alley. gates or lights?"."""
_THREE = re.compile(
    rf"(?P<before>.*?)(?<!\S)(?P<one>\S{{1,30}})(?:,| {_JOINED}) (?P<two>(?:an? |the )?\S{{1,30}}?),? {_JOINED} "
    r"(?P<three>(?:an? |the )?\S{1,30})"
    r"(?P<after>.*)",
    re.IGNORECASE,
)
_TWICE_JOINED = re.compile(rf"(?:,| {_JOINED}) \S.* {_JOINED} ", re.IGNORECASE)
"""Stands wherever `_THREE` does, and is sooner looked for."""
_ABOUT_BOTH = re.compile(
    r"\b(?:what(?:'?s| is)? )?(?:the )?(?:differences?|diff)(?: between)?\b"
    r"|\b(?:which|what)(?: one)? (?:(?:do|should|would|can) (?:i|we) (?:use|go (?:for|with)|need|pick|choose|want)"
    r"|(?:is|one'?s) (?:best|better|right)|applies|to use)\b(?: if\b)?"
    rf"|\b(?:{_WHAT_EACH_IS})\b",
    re.IGNORECASE,
)
"""What a comparison says of its sides together."""
_NO_CHOICE = frozenset(
    "thing things same two yes no yep nope not day night today tomorrow morning evening am pm sooner later".split()
)
"""Words of a choice between two answers to one question."""
LONGEST_READ = 1000
"""Characters of a message in which parts are looked for."""
SHARED = 2
"""Words that each of two things has at least which begin with the same one."""
SIDE = 3
"""Words that name one side of a comparison at most."""
_WHICH_ANYWAY = frozenset("different right when who get give work works process power powers order true".split())
"""Words that are asked of anything and say nothing of what is compared."""
SITUATION = 4
"""Words that a clause has at least that tells what happened: "consent" before a comparison is what is asked."""


class Part(NamedTuple):
    """A question of a message."""

    question: str
    sides: tuple[str, ...] = ()
    """What it asks of each thing that it compares; nothing if it compares none."""


def parts_of(message: str) -> tuple[Part, ...]:
    """The two questions of a message, or the one that compares; nothing of a message that asks one thing of one.

    Nothing of a message of more than `LONGEST_READ` characters either: what is pasted compares nothing, and looking
    for it takes longer than an answer may.
    """
    if len(message) > LONGEST_READ:
        return ()
    whole = sides_of(message)
    questions = questions_of(message)
    if questions is None or is_of_both(questions[1]):
        return (Part(message, whole),) if whole else tuple(Part(one) for one in questions or ())
    each = [Part(one, sides_of(one) or ()) for one in questions]
    apart = [part for part in each if part.sides]
    if whole and (not apart or (each[1].sides and is_follow_up(questions[1]))):
        return (Part(message, whole),)  # one question has the one side, or says what is asked of both
    return tuple(each) if len(apart) < len(each) else tuple(Part(one) for one in questions)


def sides_of(question: str) -> tuple[str, ...] | None:
    """The question asked of each of two or three things that it compares; nothing if it compares none."""
    many = _three_of(question) or _choice_of(question) or deeds_of(question)
    if many is not None:
        return many
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
    alike = _begun_alike(before, after)
    if alike is not None:
        return alike
    if _NAMES_ONLY.fullmatch(found.group()) and not (_named(left) or _named(right) or _OF_EACH.search(after)):
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
        if len(clause.split()) >= SITUATION and not asks(clause) and not _COMPARES.search(clause)
    ]
    before = next((place for place, clause in enumerate(clauses) if _COMPARES.search(clause)), 0)
    return ", ".join(clause for place, clause in enumerate(clauses) if place not in told or place > before)


def _three_of(question: str) -> tuple[str, ...] | None:
    """Each of three things, where the first two are names: "cpn, pspo or cbo"."""
    found = _THREE.search(question) if _TWICE_JOINED.search(question) else None
    if found is None or not (_named([found["one"]]) and _named(_words(found["two"])[:1])):
        found = _THREE_AFTERWARDS.fullmatch(question)
    if found is None:
        return None
    around = found["before"], found["after"]
    return tuple(_tidy(f"{around[0]} {found[name]} {around[1]}") for name in ("one", "two", "three"))


def _choice_of(question: str) -> tuple[str, str] | None:
    """Each of two things, where a message ends in a choice and nothing else; a choice of words that say nothing is
    none: "is he in, yes or no"."""
    found = _CHOICE.fullmatch(question)
    if found is None or not found["before"] or asks(found["left"]) or asks(found["right"]):
        return None
    if not all(_says_something(found[side]) for side in ("left", "right")):
        return None
    situation = found["before"].strip()
    return f"{situation} {found['left']}", f"{situation} {found['right']}"


def _says_something(side: str) -> bool:
    return bool(set(subject_words(side)) - _NO_CHOICE)


def _begun_alike(before: str, after: str) -> tuple[str, str] | None:
    """Each of two things that begin with the same word: "breach of a DVPO or breach of a CPN, which is worse"."""
    clause = re.split(_CLAUSE, before)[-1].split()
    other, *around = re.split(rf"({_CLAUSE})", after, maxsplit=1)
    words = other.split()
    if len(words) < SHARED or words[0].lower() in _EMPTY or re.fullmatch(QUESTION, words[0], re.IGNORECASE):
        return None
    at = [place for place, word in enumerate(clause) if word.lower() == words[0].lower()]
    if not at or len(clause) - at[-1] < SHARED:
        return None
    own = " ".join(clause[at[-1] :])
    opening, rest = before[: before.rindex(own)] if own in before else "", "".join(around)
    return _tidy(f"{opening} {own} {rest}"), _tidy(f"{opening} {other} {rest}")


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
    return f"what is {text} and when do i use it" if is_bare else text


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


def names_something(message: str) -> bool:
    """Whether a message has the name of a power, order or method in it, and so needs nothing that was said before."""
    return any(_named([word]) and not word.isdigit() for word in _words(message))


def _named(words: list[str]) -> bool:
    """Whether a word is the name of a power, order or method: a known abbreviation, or capitals."""
    from knowledge.language.words import is_abbreviation

    words = [word.strip(",;:.?!'\"()") for word in words]
    return any(
        (word.isupper() and len(word) > 1) or is_abbreviation(word) or _SECTION_NUMBER.fullmatch(word) for word in words
    )
