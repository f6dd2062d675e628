"""What is said on both sides: a question in a place, and the reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from bot.domain.talk.weighing import Weighed


class Outcome(StrEnum):
    """How a question ended; every reply has exactly one."""

    ANSWERED = "answered"
    POSSIBLE = "possible"
    HANDED_OVER = "handed_over"
    URGENT = "urgent"
    DECLINED = "declined"
    SMALLTALK = "smalltalk"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation is. The core compares it and hands it back; it never looks inside."""

    platform: str
    address: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom something is shown, and where: together they say what may be."""

    place: Place
    belongs: frozenset[str] = frozenset()
    """The audiences of who looks; none where others read along, for a place belongs to nobody."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, in a place."""

    text: str
    place: Place
    asker: str
    earlier: tuple[str, ...] = ()
    """Earlier questions of the same conversation, oldest first, as the asker put them."""
    id: str = ""
    belongs: frozenset[str] = frozenset()
    """The asker's audiences, where the asker alone is shown the reply."""

    @property
    def viewer(self) -> Viewer:
        """Who is shown the reply."""
        return Viewer(self.place, self.belongs)


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and where it stands."""

    document: str
    title: str
    section: str
    page: int | None
    quote: str
    status: str
    law_checked_on: date | None
    review_by: date | None
    marking: str
    link: str
    similarity: float
    passage: str = ""
    """The passage's id in its edition: kept on record, not part of the JSON contract."""
    answer: str = ""
    """The sentence or sentences of the quote that answer, word for word, to be shown first or marked; a substring of
    the quote, empty where none stands out. Not part of the JSON contract."""
    audience: str = ""
    """Whom its document is for, when it was found; empty for everybody. Not part of the JSON contract."""

    def as_json(self) -> dict[str, Any]:
        """The citation as the contract has it; dates in ISO form."""
        return {
            "document": self.document,
            "title": self.title,
            "section": self.section,
            "page": self.page,
            "quote": self.quote,
            "status": self.status,
            "law_checked_on": self.law_checked_on.isoformat() if self.law_checked_on else None,
            "review_by": self.review_by.isoformat() if self.review_by else None,
            "marking": self.marking,
            "link": self.link,
            "similarity": round(self.similarity, 4),
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says: one outcome, text, citations, a receipt code.

    `text` is the whole of it in plain words. An edge that draws citations and candidates itself says `notice` first,
    then its drawing (or `body`), then `trouble`.
    """

    id: str
    outcome: Outcome
    body: str
    confidence: float | None = None
    citations: tuple[Citation, ...] = ()
    candidates: tuple[Citation, ...] = ()
    request: str | None = None
    redacted: tuple[str, ...] = ()
    edition: int | None = None
    receipt: str | None = None
    why: str = ""
    """Why nothing was quoted, in plain words; kept with the request."""
    reason: str = ""
    """The same as a code of `bot.domain.talk.reasons`, or what a message was declined as; or empty."""
    join: tuple[str, int] | None = None
    """An open request that asks much the same, and how many wait for it: to be offered, never done by itself."""
    signals: Mapping[str, float] = field(default_factory=dict)
    """What the judge saw, for the record and for "why this answer"."""
    notice: str = ""
    """Said before the body: what was taken out of the question."""
    trouble: str = ""
    """Said after the body: that this reply is not on record."""
    quoted: int = 1
    """How many of the citations, from the first, are quoted as answers; two where two things were compared."""
    related: tuple[str, ...] = ()
    """Questions that neighbouring sections answer, to be offered as buttons."""
    further: tuple[Citation, ...] = ()
    """What was found near and is not shown: what "more" shows next."""
    says: tuple[str, ...] = ()
    """Short answers that fit now, to be offered as buttons; pressing one is the same as typing it."""
    weighed: Weighed | None = None
    """What was found and what was weighed against it, for "why this answer"; kept on record."""

    @property
    def text(self) -> str:
        """Everything the reply says, in plain words."""
        return "\n\n".join(part for part in (self.notice, self.body, self.trouble) if part)

    def as_json(self) -> dict[str, Any]:
        """The reply as the contract has it."""
        return {
            "id": self.id,
            "outcome": self.outcome.value,
            "text": self.text,
            "confidence": None if self.confidence is None else round(self.confidence, 3),
            "citations": [citation.as_json() for citation in self.citations],
            "candidates": [candidate.as_json() for candidate in self.candidates],
            "request": self.request,
            "redacted": list(self.redacted),
            "edition": self.edition,
            "receipt": self.receipt,
        }


@dataclass(frozen=True, slots=True)
class StepBefore:
    """A step that was begun before under the same key."""

    is_done: bool
    """Otherwise another process is at it."""
    reference: str = ""
    """The request that it changed or opened, where it did."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """Something a platform sent that is not answered yet."""

    key: str
    place: Place
    asker: str
    text: str
    """Redacted; empty where it was urgent, because what is urgent is never kept, and where its answer was begun."""
    begun: bool = False
    """Whether its answer may have been shown: it was worked out, and nobody has written down that it arrived."""
    reference: str = ""
    """The request for which something was done before its answer was begun."""
    receipt: str = ""
    """Of the reply that was to be shown; empty where it was not on record."""
