"""The library as a list: subjects, standing, when last checked, what is uncertain; as data and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.learning import LearningPath
from knowledge.passages import Document
from knowledge.store.edition import Edition

TEMPLATE = "library.html"
STATUS_NAMES = {
    "in_force": "In force",
    "pilot": "Pilot",
    "enacted_not_commenced": "Passed, not yet in force",
    "mixed": "Part in force, part changing",
    "practice": "Practice guidance",
    "hub_advice": "Hub advice",
    "experience": "What was tried",
    "not_stated": "Not stated",
    "draft": "Draft, not quoted",
    "superseded": "Superseded, not quoted",
    "withdrawn": "Withdrawn, not quoted",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as the list shows it."""

    document: Document
    due: bool
    """Whether its review date has passed, so that it is handed over instead of quoted."""

    @property
    def status(self) -> str:
        """Its standing in words."""
        return STATUS_NAMES[self.document.status.value]

    def as_json(self) -> dict[str, Any]:
        """One row of `index list --json`; of what is for some only that it is there, and not what it is about."""
        document = self.document
        return {
            "document": document.id,
            "title": document.title,
            "summary": "" if document.audience else document.summary,
            "subject": document.subject,
            "status": document.status.value,
            "law_checked_on": document.law_checked_on.isoformat() if document.law_checked_on else None,
            "review_by": document.review_by.isoformat() if document.review_by else None,
            "due": self.due,
            "owner": document.owner,
            "marking": document.marking.value,
            "audience": document.audience,
            "uncertain": [] if document.audience else list(document.uncertain),
            "local_fill": list(document.local_fill),
            "unset": list(document.unset),
        }


def catalogue_of(edition: Edition, today: date) -> list[Listed]:
    """Every document of an edition, by title."""
    listed = [Listed(document, document.is_stale(today)) for document in edition.documents.values()]
    return sorted(listed, key=lambda item: item.document.title.lower())


def write_page(file: Path, listed: Sequence[Listed], paths: Sequence[LearningPath], edition: int) -> None:
    """The list as one HTML file that needs nothing beside it, for everybody: without what is for some only."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("indexer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = _day
    everybodys = [one for one in listed if not one.document.audience]
    page = environment.get_template(TEMPLATE).render(listed=everybodys, paths=paths, edition=edition)
    file.write_text(page + "\n", encoding="utf-8")


def _day(value: date | None) -> str:
    return f"{value.day} {value:%B %Y}" if value else "not stated"
