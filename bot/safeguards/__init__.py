"""Safeguards: what stands before every question, with nothing but the text in hand.

Each function needs no settings, library or database, so that it still works when those are gone: nothing but the text
and the cues that come along (`cues/`), to which a force may add its own (`extend_cues`).
"""

from __future__ import annotations

from bot.safeguards.cleaning import clean
from bot.safeguards.cues.lexicon import extend as extend_cues
from bot.safeguards.cues.lexicon import faults as cue_faults
from bot.safeguards.cues.lexicon import make_ready as make_cues_ready
from bot.safeguards.declined import Decline, declined
from bot.safeguards.hub_request import hub_request
from bot.safeguards.identifiers import Redaction, redact
from bot.safeguards.languages import language
from bot.safeguards.redaction.reading.known import Known, known_to
from bot.safeguards.smalltalk import Answer, SmallAnswer, Smalltalk, small_answer, smalltalk
from bot.safeguards.urgent import Urgency, urgency, without_not_now

__all__ = [
    "Answer",
    "Decline",
    "Known",
    "Redaction",
    "SmallAnswer",
    "Smalltalk",
    "Urgency",
    "clean",
    "cue_faults",
    "declined",
    "extend_cues",
    "hub_request",
    "known_to",
    "language",
    "make_cues_ready",
    "redact",
    "small_answer",
    "smalltalk",
    "urgency",
    "without_not_now",
]
