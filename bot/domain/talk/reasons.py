"""Why a reply is what it is, as codes; the words for each stand in `bot.wording`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class WhyHandedOver(StrEnum):
    """Why nothing was quoted, or why a request was opened."""

    NOTHING_FOUND = "nothing_found"
    TOO_FAR = "too_far"
    UNCERTAIN = "uncertain"
    """The library names the topic as one that must not be quoted."""
    UNSET = "unset"
    """A local fact that the force has not filled in."""
    LIMIT = "limit"
    """The nearest section says that it does not cover this."""
    STALE = "stale"
    LIVE_OR_LOCAL = "live_or_local"
    DOCUMENT_PAUSED = "document_paused"
    ABOVE_CEILING = "above_ceiling"
    ANSWERS_PAUSED = "answers_paused"
    LIBRARY_UNAVAILABLE = "library_unavailable"
    ASKED_FOR_HUB = "asked_for_hub"
    FEEDBACK = "feedback"
    UNRESOLVED = "unresolved"
    """Sections were offered and nobody chose one."""

    @classmethod
    def of(cls, code: str) -> WhyHandedOver:
        """The reason with this code; TOO_FAR for every code that is none of ours."""
        return cls(code) if code in cls._value2member_map_ else cls.TOO_FAR


class Said(StrEnum):
    """What else a reply may be, where its outcome does not tell enough to go on from it."""

    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    OPENED = "opened"
    """One of the sections that were offered, or more of one that was quoted."""
    DETAIL_ADDED = "detail_added"
    """What was typed went to a request, because the hub had asked for more."""
    SMALL = "small"
    """A line in answer to a short word, such as "thanks"; what was said before still stands."""


@dataclass(frozen=True, slots=True)
class Why:
    """A reason, and the facts that its words need."""

    reason: WhyHandedOver
    topic: str = ""
    """What the library says about itself, word for word."""
    review_by: date | None = None
    note: str = ""
    """The reason that an admin gave."""
