"""Questions that guidance cannot answer by nature: live figures, rotas, meetings, the nearest open place."""

from __future__ import annotations

import re

_BEYOND = [
    # how many, how often: counted by a performance system, for a place or a period
    r"\bhow (?:many|much)\b.*\b(?:last|this|past) (?:week|month|year|yr|quarter|weekend)\b",
    r"\b(?:figures|stats|statistics|numbers|data) (?:for|on|from)\b.*\b(?:my|our|the) (?:beat|area|ward|patch|team|district)\b",
    r"\bhow many\b.*\bon (?:my|our) (?:beat|area|ward|patch)\b",
    # calendars and rotas
    r"\b(?:when is|whens|when's|date of|time of|what time is) (?:the |our |my )?next\b",
    r"\bnext\b.{0,40}\bmeeting\b",
    r"\bwho (?:is|'s) (?:on (?:call|duty)|the duty)\b|\bwhos (?:on (?:call|duty)|the duty)\b",
    r"\bwho chairs\b|\bwho (?:is|'s) (?:my|our)\b|\bwhos (?:my|our)\b",
    # what is open, free or near, now
    r"\b(?:open|free|available|bed|beds|closed|running)\b.{0,25}\b(?:tonight|today|right now|at the moment|this (?:evening|weekend))\b",
    r"\b(?:nearest|closest)\b.*\b(?:number|open|phone|address|place|unit|suite|bed)\b|\b(?:number|phone|address)\b.*\b(?:nearest|closest)\b",
    r"\b(?:phone |contact |direct |mobile )?(?:number|extension|email|e-mail)\b.{0,20}\b(?:of|for) (?:my|our|the (?:duty|local))\b",
]
_PATTERN = re.compile("|".join(f"(?:{pattern})" for pattern in _BEYOND), re.IGNORECASE | re.DOTALL)


def needs_live_or_local(text: str) -> bool:
    """Whether only a live or local system can answer."""
    return bool(_PATTERN.search(text[:2000]))
