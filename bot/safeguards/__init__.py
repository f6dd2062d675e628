"""Safeguards: what stands before every question, with nothing but the text in hand.

Each function is pure and needs no settings, library or database, so that it still works when those are gone.
"""

from __future__ import annotations

from bot.safeguards.cleaning import clean
from bot.safeguards.declined import Decline, declined
from bot.safeguards.hub_request import hub_request
from bot.safeguards.identifiers import Redaction, redact
from bot.safeguards.redaction.known import Known, known_to
from bot.safeguards.smalltalk import Smalltalk, smalltalk
from bot.safeguards.urgent import Urgency, urgency

__all__ = [
    "Decline",
    "Known",
    "Redaction",
    "Smalltalk",
    "Urgency",
    "clean",
    "declined",
    "hub_request",
    "known_to",
    "redact",
    "smalltalk",
    "urgency",
]
