"""Two things that may be done: "get em round a table or go for a cpw, its about a drum kit"."""

from __future__ import annotations

import re

from knowledge.language.followups import subject_words

_DO = r"(?:go|do|get|use|put|shut|close|send|refer|apply|issue|serve|give|keep|start|try|stick|take|sit|ask|move|ban)"
_LEAD = r"(?:(?:so|and|but|is it|just|either|better|best|to) |(?:do|should|can|could|shall) (?:i|we) )*"
_DEEDS = re.compile(
    rf"(?P<before>(?:.*[.?!:;,]|.*\s[-–])?)\s*{_LEAD}(?P<left>{_DO} [^,;:.?!]{{1,60}}?),? or {_LEAD}"
    rf"(?P<right>{_DO} [^,;:.?!]{{1,60}})(?P<after>.*)",
    re.IGNORECASE | re.DOTALL,
)
_DEPENDS = re.compile(r"\b(?:if|who|that|which|when|to|they|he|she|people|refuse)\b", re.IGNORECASE)
"""What a second verb depends on in one deed: "do if they start fires or use fireworks"."""


def deeds_of(question: str) -> tuple[str, str] | None:
    """Each of two things that may be done, each with what is told before and after them."""
    found = _DEEDS.fullmatch(question)
    if found is None or _DEPENDS.search(found["left"]):
        return None
    if not all(subject_words(found[side]) for side in ("left", "right")):
        return None
    left, right = (" ".join(f"{found['before']} {found[side]}{found['after']}".split()) for side in ("left", "right"))
    return left, right
