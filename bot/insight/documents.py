"""Documents by how often they are quoted: stale but popular ones, quoted and marked wrong, never quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from knowledge.passages import Document

SOON = 90
"""Days before its review date from which a document that is quoted often is worth a look."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A document, how often it was quoted, and how old it is."""

    document: str
    title: str
    owner: str
    quoted: int
    wrong: int
    days_left: int | None
    """Until its review date; below zero is past it; None where it has none."""
    sections: Mapping[str, tuple[int, int]]
    """Section to times quoted and times marked wrong; those that were marked wrong."""

    @property
    def needs_review(self) -> bool:
        """Whether it is quoted, and past its review date or near it."""
        return self.quoted > 0 and self.days_left is not None and self.days_left <= SOON

    @property
    def urgency(self) -> float:
        """What to review first: times quoted, for each month that it is nearer to its date or past it."""
        if self.days_left is None or self.days_left > SOON:
            return 0.0
        return self.quoted * (1 + (SOON - self.days_left) / 30)

    def as_json(self) -> dict[str, Any]:
        """The document for `insight documents --json`."""
        return {
            "document": self.document,
            "title": self.title,
            "owner": self.owner,
            "quoted": self.quoted,
            "marked_wrong": self.wrong,
            "days_until_review": self.days_left,
            "needs_review": self.needs_review,
            "sections_marked_wrong": [
                {"section": name, "quoted": quoted, "marked_wrong": wrong}
                for name, (quoted, wrong) in self.sections.items()
            ],
        }


def by_use(
    documents: Iterable[Document],
    quoted: Mapping[tuple[str, str], int],
    wrong: Mapping[tuple[str, str], int],
    today: date,
) -> list[Quoted]:
    """Every current document of the library: what needs a review first, then by times quoted."""
    times, marked = _by_document(quoted), _by_document(wrong)
    found = [
        Quoted(
            one.id,
            one.title,
            one.owner,
            times[one.id],
            marked[one.id],
            (one.review_by - today).days if one.review_by else None,
            {
                section: (quoted.get((one.id, section), 0), count)
                for (document, section), count in sorted(wrong.items(), key=lambda pair: (-pair[1], pair[0]))
                if document == one.id
            },
        )
        for one in documents
        if one.status.is_current
    ]
    return sorted(found, key=lambda one: (-one.urgency, -one.quoted, one.document))


def _by_document(counts: Mapping[tuple[str, str], int]) -> Counter[str]:
    made: Counter[str] = Counter()
    for (document, _), count in counts.items():
        made[document] += count
    return made
