"""Questions that guidance cannot answer by nature: live figures, rotas, meetings, the nearest open place."""

from __future__ import annotations

import re

_MINE = r"(?:my|our) (?:beat|area|ward|patch|team|district)"
_NOW = r"(?:tonight|today|right now|at the moment|this (?:evening|weekend))"
_CONTACT = r"(?:number|phone|address|extension|e-?mail)"
_BEYOND = [
    # how many, how often: counted by a performance system, for a place or a period
    r"\bhow (?:many|much)\b.*\b(?:last|this|past) (?:week|month|year|yr|quarter|weekend)\b",
    rf"\b(?:figures|stats|statistics|numbers|data) (?:for|on|from)\b.*\b{_MINE}\b",
    rf"\bhow many\b.*\bon {_MINE}\b",
    # calendars and rotas
    r"\b(?:when is|whens|when's|date of|time of|what time is) (?:the |our |my )?next\b",
    r"\bnext\b.{0,40}\b(?:meeting|meets?|sits?)\b",
    r"\bwhen (?:do|does|is)\b.{0,40}\b(?:meet|sit|meeting|panel)\b",
    r"\b(?:who is|who's|whos) (?:on (?:call|duty)|the duty|my|our)\b",
    r"\bwho chairs\b",
    # what is open, free or near, now
    rf"\b(?:open|free|available|beds?|closed|running)\b.{{0,25}}\b{_NOW}\b",
    rf"\b(?:nearest|closest)\b.*\b(?:open|place|unit|suite|bed|{_CONTACT})\b",
    rf"\b{_CONTACT}\b.*\b(?:nearest|closest)\b",
    rf"\b{_CONTACT}\b.{{0,20}}\b(?:of|for) (?:my|our|the (?:duty|local))\b",
]
_PATTERN = re.compile("|".join(f"(?:{pattern})" for pattern in _BEYOND), re.IGNORECASE | re.DOTALL)


def needs_live_or_local(text: str) -> bool:
    """Whether only a live or local system can answer."""
    return bool(_PATTERN.search(text[:2000]))
