"""Follow-ups: a question that only makes sense after the one before it.

After an answer a short message is taken as following it unless it plainly stands alone. It stands alone where it is a
whole question with a subject of its own: "what is cuckooing", "when is it right to use hot spot patrols".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_OPENING = re.compile(
    r"^\W*(?:"
    r"(?:and|but|or|also|so|ok so|plus)\b(?! the hub\b)"
    r"|(?:what|how) (?:about|if|then|else)\b"
    r"|(?:same|even|only|not) (?:for|if|with|in|at|on)\b"
    r"|(?:if|unless|except|in|for|with|without|after|before|by|under|over) \w"
    r"|why(?: not| is that)?\W*$"
    r"|who (?:by|with|for)\W*$"
    r")",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"^\W*(?:and|but|or|also|so|plus)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:it|its|that|those|they|theyre|them|their|this one|these|he|hes|him|his|she|shes|her|there|then|one|ones"
    r"|either|both|neither|the same|instead|too|as well)\b",
    re.IGNORECASE,
)
_STARTS = r"^\W*(?:(?:and|but|or|also|so|ok|right|well|hi|hello|now|next) )*"
_LEANING = re.compile(
    rf"{_STARTS}(?:(?:what|how) (?:about|if|then|else)|same (?:for|if|with|in))\b",
    re.IGNORECASE,
)
"""Openings that say nothing without what was said before."""
_LEANS_UP_TO = 9
# "it", "that" and "the same" in these stand for nothing said before
_EMPTY_IT = re.compile(
    r"\b(?:(?:is|was|isnt|can|could|would|will|should) it (?:ever |still |always )?(?:be )?(?:right|ok|okay|legal"
    r"|lawful|possible|worth|best|better|true|an? offence|wrong|fair|necessary|time)\b"
    r"|(?:is|are|isnt|arent|was|were) there\b|there (?:is|are)\b|it is (?:right|lawful|legal)\b"
    r"|no ?one\b|one (?:of|person|man|drunk)\b|the same (?:as|thing|idea|person|people|address|place|day|time)\b"
    r"|(?:that|which) (?:is|are|was|has|have|can|keeps?)\b|so that\b)",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"{_STARTS}(?:what|whats|which|who|whos|when|whens|where|wheres|why|how|hows|is|are|do|does|did|can|could|may|must"
    r"|should|would|will|has|have|am|explain|define|tell me|describe|difference|i need|i want|looking for|need"
    r"|(?:in|for|at|on|under|with|to|by|from) (?:what|which|who|whom|how))\b",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    rf"{_STARTS}(?:what(?:s| is| are|'s|’s)|define|explain|tell me about) (?:an? |the )?(?P<what>[^?.!]+?)\W*$",
    re.IGNORECASE,
)
_ASKS_NOTHING = 3
"""Words up to which what is no question may be a stray word."""
LONGEST = 12
"""Words of a message that may still be short; one that opens like a follow-up may be half as long again."""
# what is asked of any power, order or plan; such a word is no subject of its own
ASPECTS = frozenset(
    """
    long last lasts length limit time times day days hour hours week weeks month months year years rank ranks
    authority authorise authorises authorised authorising sign signs signed appeal appeals breach breaches breached
    break breaks penalty penalties fine fines sentence sentences punishment cost costs fee fees price test tests
    threshold grounds evidence proof exception exceptions exempt age ages old young child children kid kids adult
    adults under over review reviewed renew renewed extend extended cancel cancelled vary varied court courts form
    forms copy copies record recorded recording write writing written power powers arrest arrested consent serve
    served step steps stage stages apply applies application work works working example examples next deadline who
    whom many much often soon first happens happen else do does get gets give given need needed needs allowed allow
    legal lawful law maximum max minimum min mean means definition reason reasons rule rules guidance policy process
    say says said tell told kept keep refuse refuses refused fail fails failed agree agrees sure true right wrong
    different
    """.split()
)
_LITTLE = frozenset(
    """
    a an the of to in on at for with by from into about if is are was were be been being am do does did can could
    may might must should would will shall has have had i we you me us my our your and or but so not no any some all
    what whats which who whos when whens where wheres why how hows there here still just also ever only very really
    please pls ok right now hi hello well it its that this those these they them their he she him her his hers one
    ones up off out as
    """.split()
)


def is_follow_up(text: str) -> bool:
    """Whether a question leans on the one before by its own words: it opens like one, or is short and points back."""
    words = text.split()
    if _stands_alone(text):
        return False
    if _OPENING.search(text):
        return len(words) <= LONGEST * 3 // 2
    return len(words) <= LONGEST and _points_back(text)


def follows(text: str) -> bool:
    """Whether a message said after an answer follows it: it is short and does not plainly stand alone."""
    return is_follow_up(text) or (len(text.split()) <= LONGEST and not _stands_alone(text))


def may_follow(text: str) -> bool:
    """Whether a message may follow what was said before: its words say so, or it is short and the search decides."""
    return len(text.split()) <= LONGEST or is_follow_up(text)


def topic_of(earlier: Sequence[str]) -> str:
    """What a follow-up leans on: the last question that stood on its own; empty if there is none.

    `earlier` is oldest first. The first of them leans on nothing, whatever its words.
    """
    asked = [question for question in earlier if question.strip()]
    for number, question in reversed(list(enumerate(asked))):
        if number == 0 or not follows(question):
            return "" if number == 0 and is_follow_up(question) else question
    return ""


def asks_nothing(text: str) -> bool:
    """Whether a message is so short, and so little of a question, that nobody should be bothered with it unasked."""
    return len(text.split()) <= _ASKS_NOTHING and "?" not in text and not _WHOLE.search(text)


def subject_words(text: str) -> list[str]:
    """The words that say what a message is about, without those that are asked of anything."""
    return [word for word in _words(text) if word not in _LITTLE and word not in ASPECTS]


def _stands_alone(text: str) -> bool:
    """Whether a message is a whole question that names its own subject."""
    if _points_back(text) or (_LEANING.search(text) and len(text.split()) <= _LEANS_UP_TO):
        return False
    defines = _DEFINES.search(text)
    if defines is not None:
        return bool(subject_words(defines["what"]))
    needed = 1 + bool(_OPENING.search(text)) + 2 * (not _WHOLE.search(text))
    return len(subject_words(text)) >= needed


def _points_back(text: str) -> bool:
    """Whether a pronoun stands for something said before: nothing in the message itself can be what it means."""
    text = _EMPTY_IT.sub(" ", text)
    if _CONTINUES.search(text) and _POINTING.search(text):
        return True
    return any(
        len(subject_words(text[: found.start()])) < _MEANT[found[0].lower()] for found in _POINTING.finditer(text)
    )


_MEANT = defaultdict(lambda: 2, dict.fromkeys("he hes him his she shes her".split(), 3))
"""Subject words before a pronoun from which it means one of them."""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"['’]", "", text.lower()))
