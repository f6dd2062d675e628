"""Whether what a receipt shows still stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.domain.messages import Citation
from bot.domain.receipts import ReceiptRecord

if TYPE_CHECKING:
    from knowledge.edition import Edition


class Standing(StrEnum):
    """How a quote stands today."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    PAST_REVIEW = "past_review"


@dataclass(frozen=True, slots=True)
class Checked:
    """A citation as it was shown, with how it stands now."""

    citation: Citation
    standing: Standing
    now: str = ""
    """What the section says now, where it has changed."""

    def as_json(self) -> dict[str, Any]:
        """The citation with its standing."""
        return {**self.citation.as_json(), "standing": self.standing.value, "now": self.now}


@dataclass(frozen=True, slots=True)
class Verification:
    """A receipt, checked against the edition that serves now."""

    receipt: ReceiptRecord
    checked: tuple[Checked, ...]
    edition: int

    @property
    def stands(self) -> bool:
        """Whether everything that was quoted is still current, word for word."""
        return all(item.standing is Standing.UNCHANGED for item in self.checked)

    def as_json(self) -> dict[str, Any]:
        """One JSON document for `verify --json`."""
        return {
            "receipt": self.receipt.code,
            "at": self.receipt.at.isoformat(),
            "outcome": self.receipt.outcome.value,
            "text": self.receipt.text,
            "request": self.receipt.request,
            "shown_from_edition": self.receipt.edition,
            "checked_against_edition": self.edition,
            "stands": self.stands,
            "citations": [item.as_json() for item in self.checked],
        }


def check(receipt: ReceiptRecord, edition: Edition, today: date) -> Verification:
    """Compare each citation of a receipt with the edition."""
    shown = receipt.citations or receipt.candidates
    return Verification(receipt, tuple(standing_of(citation, edition, today) for citation in shown), edition.number)


def standing_of(citation: Citation, edition: Edition, today: date) -> Checked:
    """How a quote stands in an edition."""
    document = edition.documents.get(citation.document)
    if document is None or not document.status.is_current:
        return Checked(citation, Standing.WITHDRAWN)
    entry = edition.passage(citation.passage)
    if entry is None or citation.quote not in entry.passage.text:
        texts = edition.section_texts(citation.document, citation.section)
        return Checked(citation, *_moved(citation, texts))
    if document.is_stale(today):
        return Checked(citation, Standing.PAST_REVIEW)
    return Checked(citation, Standing.UNCHANGED)


def _moved(citation: Citation, texts: Sequence[str]) -> tuple[Standing, str]:
    """The quote may stand in a passage that was only cut differently."""
    if any(citation.quote in text for text in texts):
        return Standing.UNCHANGED, ""
    return (Standing.CHANGED, "\n\n".join(texts)) if texts else (Standing.WITHDRAWN, "")
