"""Two questions in one message: "can I skip the warning, and who signs it?"."""

from __future__ import annotations

import re

QUESTION = (
    r"(?:whatever|what|whats|what's|hows?|how's|when|whens|who|whos|whose|where|wheres|which|why|can|could|do|does|did|is"
    r"|are|am|will|would|should|must|may|have|has)"
)
"""Words that a question begins with."""
_CONDITION = r"(?:if|once|unless) [^,.;?!]{2,60}?,? "
"""What may stand before the second question and belongs to it: "and if they don't, can I arrest"."""
_SECOND = re.compile(
    rf"(?:\?+\s*(?:and|also|then|plus|or)?\s*|[,;.]?\s+(?:and|plus|also|then|n|&)\s+(?:then |also )?|[,;]\s*"
    rf"|\.\s+(?:and |also |plus )?|\s[-–]\s*)(?=(?:{_CONDITION})?{QUESTION}\b)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\(1\)|\b1[).:]|\(a\)|\ba\)|\bfirstly\b,?)\s*(?P<first>.+?)[\s,;.]*(?:\band\b\s*)?"
    r"(?:\(2\)|\b2[).:]|\(b\)|\bb\)|\bsecondly\b,?)\s*(?P<second>.+)",
    re.IGNORECASE | re.DOTALL,
)
_BEGINS = r"^\W*(?:(?:so|ok|hi|and|but|also|quick one|two things|couple of things|just)\W+)?"
_TOLD = (
    r"(?:(?:i |we |you )?(?:need|want|trying|like) to (?:know|find out|check|ask|understand)"
    r"|(?:(?:can|could) (?:you|u) )?tell me|remind me|explain"
    r"|(?:i |we )?(?:dont|don't|do not) know|not sure|unsure|wondering|asking|any idea) "
)
"""How a question is asked without being one: "need to know who does it"."""
_ASKS = re.compile(rf"(?:(?:{_BEGINS}|[,;.:!?]\s*|\s[-–]\s*)(?:{_TOLD})?|\b{_TOLD}){QUESTION}\b", re.IGNORECASE)
_JOINED = re.compile(r"\w")
_WANTS = re.compile(
    rf"{_BEGINS}(?:(?:i |we |just )?(?:need|want|could do with|looking for)(?! to\b)|remind me|give me|tell me)\b",
    re.IGNORECASE,
)
"""How something is asked for without a question: "remind me of the test", "need an example of a plan". With a comma
only, "we need a warning first, do we have to give one", it is what the question is about."""
_OF_BOTH = re.compile(
    r"\b(?:each|either|both|neither|they|theyre|them|which ones?|the difference|whats the diff(?:erence)?)\b", re.I
)
LEAST = 3
"""Words that a question of its own has at least."""


def questions_of(message: str) -> tuple[str, str] | None:
    """The two questions of a message; nothing if it is one."""
    numbered = _NUMBERED.search(message)
    if numbered is not None:
        situation = message[: numbered.start()].strip()
        first, second = numbered["first"].strip(" ,;?"), numbered["second"].strip()
        if min(len(first.split()), len(second.split())) >= LEAST:
            return f"{situation} {first}".strip(), f"{situation} {second}".strip()
    for found in _SECOND.finditer(message):
        first, second = message[: found.start()].strip(" ,;?"), message[found.end() :].strip()
        if min(len(first.split()), len(second.split())) >= LEAST and _is_asked(first, found.group()):
            return first, second
    return None


def _is_asked(first: str, joint: str) -> bool:
    """Whether what stands before a second question is one, too, and not what the second one is about."""
    return asks(first) or "?" in joint or (_JOINED.search(joint) is not None and _WANTS.search(first) is not None)


def asks(text: str) -> bool:
    """Whether a part is a question itself: "lad in custody, is he a victim" has one question, and what it is about."""
    return _ASKS.search(text) is not None


def is_of_both(second: str) -> bool:
    """Whether a second question is asked of what the first one compares: "cpn or pspo, and how long does each last"."""
    return _OF_BOTH.search(second) is not None
