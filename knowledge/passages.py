"""The nouns of the library: a guidance document and its passages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

TRAIL = " > "
"""Joins the headings of a section: "Detention > How long"."""
SET_BY_FORCE = "Set by your force"
"""Heading of the section that holds what a force has filled in: its contacts, limits and links."""


class Status(StrEnum):
    """Where a document stands in law or practice."""

    IN_FORCE = "in_force"
    PILOT = "pilot"
    ENACTED = "enacted_not_commenced"
    MIXED = "mixed"
    PRACTICE = "practice"
    ADVICE = "hub_advice"
    EXPERIENCE = "experience"
    NOT_STATED = "not_stated"
    DRAFT = "draft"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def is_current(self) -> bool:
        """Whether the document may be quoted as guidance that stands today."""
        return self not in (Status.DRAFT, Status.SUPERSEDED, Status.WITHDRAWN)


class Marking(StrEnum):
    """Protective markings that the library may hold; anything above is refused at indexing."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Document:
    """One published guidance document, without its text."""

    id: str
    title: str
    summary: str = ""
    status: Status = Status.NOT_STATED
    law_checked_on: date | None = None
    review_by: date | None = None
    owner: str = ""
    marking: Marking = Marking.OFFICIAL
    handling: str = ""
    """Who may see it and how, where the marking alone does not say."""
    link: str = ""
    source: str = ""
    uncertain: tuple[str, ...] = ()
    """Topics on which this document must never be quoted, because the law is moving or local."""
    local_fill: tuple[str, ...] = ()
    """Local facts that only a force can add, by name."""
    unset: tuple[str, ...] = ()
    """Those of them that the force has not set."""
    version: str = ""
    """Which version it is, as it says itself: "3.0, May 2026"."""
    replaces: tuple[str, ...] = ()
    """Ids of earlier versions of it that are in the library too, listed and never quoted."""
    audience: str = ""
    """Whom it is for; empty for everybody who may ask."""
    jurisdiction: str = ""
    """Where its law applies, such as "England and Wales"; empty where it does not say."""
    subject: str = ""
    """What it is about, for browsing: documents of one subject stand together."""

    scanned: tuple[tuple[int, float], ...] = ()
    """Pages that are pictures and were read by OCR, each with how sure that is, 0 to 1."""

    def certainty(self, page: int | None) -> float | None:
        """How sure what was read of a page is; None for text that needed no reading by OCR."""
        return next((sure for number, sure in self.scanned if number == page), None)

    def marking_on(self, page: int | None) -> str:
        """The marking as readers see it beside a passage, with how it was read where that is not certain."""
        sure = self.certainty(page)
        if sure is None:
            return self.shown_marking
        notes = [*([self.handling] if self.handling else []), f"read by OCR, {sure:.0%} sure"]
        return f"{self.marking.value} ({'; '.join(notes)})"

    @property
    def shown_marking(self) -> str:
        """The marking with its handling note, as readers see it."""
        return f"{self.marking.value} ({self.handling})" if self.handling else self.marking.value

    def is_stale(self, today: date) -> bool:
        """Whether the review-by date has passed."""
        return self.review_by is not None and self.review_by < today


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest thing that is searched and quoted: one piece of a document under one heading trail."""

    document: str
    section: str
    """Heading trail below the document's title; empty for text above the first heading."""
    text: str
    page: int | None = None
    position: int = 0
    """Its place in the document, from 0."""

    @property
    def is_local(self) -> bool:
        """Whether the force itself set what it says."""
        return self.section.split(TRAIL, 1)[0] == SET_BY_FORCE
