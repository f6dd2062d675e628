"""Receipts: the short codes by which a reader can ask what was shown, and whether it still stands."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.messages import Citation, Outcome, Place, Reply
from bot.domain.record import Recorded
from knowledge.quote import stands_in
from knowledge.store.edition import Edition

ALPHABET = "23456789ACEFHJKMNPQRTVWXY"
"""One character of each look-alike group; 0, O, 1, I, L and U are never printed."""

_LENGTH = 6
_FOLDED = str.maketrans(
    {
        # what is easily read for a character of the alphabet becomes that character
        "0": "Q", "O": "Q", "D": "Q", "U": "V", "B": "8", "S": "5", "Z": "2", "G": "6",
        # Greek and Cyrillic capitals that look like Latin ones (pasted from other programs)
        "Α": "A", "А": "A", "Е": "E", "Ε": "E", "С": "C", "Н": "H", "Η": "H", "К": "K", "Κ": "K",
        "М": "M", "Μ": "M", "Ν": "N", "Р": "P", "Ρ": "P", "Т": "T", "Τ": "T", "Х": "X", "Χ": "X",
        "У": "Y", "Υ": "Y", "В": "8", "Β": "8", "О": "Q", "Ο": "Q",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """What a reply showed beside its quotes; kept, so that a page of it can be drawn again."""

    notice: str = ""
    quoted: int = 1
    related: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    join: tuple[str, int] | None = None

    @classmethod
    def of(cls, reply: Reply) -> Beside:
        """That of a reply; headings only beside a quote, with whose document they are checked."""
        related = reply.related if reply.citations else ()
        return cls(reply.notice, reply.quoted, related, reply.says, reply.join)

    def as_json(self) -> dict[str, Any] | None:
        """What differs from nothing, by name; None where nothing does."""
        kept = ((name, getattr(self, name)) for name in self.__dataclass_fields__)
        return {name: value for name, value in kept if value != getattr(_NOTHING, name)} or None

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Beside:
        """From what `as_json` gave."""
        found = dict(kept or {})
        join = found.get("join")
        return cls(
            found.get("notice", ""),
            found.get("quoted", 1),
            tuple(found.get("related", ())),
            tuple(found.get("says", ())),
            (str(join[0]), int(join[1])) if join else None,
        )


_NOTHING = Beside()


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """What a reply showed when it was given; `verify` compares it with the library of today."""

    code: str
    at: datetime
    outcome: Outcome
    text: str
    citations: tuple[Citation, ...]
    candidates: tuple[Citation, ...]
    edition: int | None
    request: str | None
    recorded: Recorded = Recorded.EARLIER
    """How the text that is kept compares with its digest on the record."""
    confidence: float | None = None
    beside: Beside = Beside()

    def again(self) -> Reply:
        """The reply as it was shown."""
        return Reply(
            "",
            self.outcome,
            self.text.removeprefix(f"{self.beside.notice}\n\n"),
            confidence=self.confidence,
            citations=self.citations,
            candidates=self.candidates,
            request=self.request,
            edition=self.edition,
            receipt=self.code,
            notice=self.beside.notice,
            quoted=self.beside.quoted,
            related=self.beside.related,
            says=self.beside.says,
            join=self.beside.join,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """One time that an asker was shown a quote."""

    reply_id: int
    position: int
    receipt: str
    place: Place
    asker: str
    at: datetime


def new_receipt() -> str:
    """A fresh unguessable code such as "7K3-F9Q"; about 244 million are possible."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    return f"{code[:3]}-{code[3:]}"


def normalise_receipt(text: str) -> str | None:
    """The code as it was typed, in its printed form, or None where it cannot be one.

    Case, spaces and dashes do not matter, and look-alikes (O for Q, B for 8, U for V) are folded.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    code = "".join(c for c in plain if c.isalnum()).translate(_FOLDED)
    if len(code) != _LENGTH or not set(code) <= set(ALPHABET):
        return None
    return f"{code[:3]}-{code[3:]}"


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
        """Whether what is kept is what was shown, and everything that was quoted is still current, word for word."""
        as_shown = self.receipt.recorded is not Recorded.ALTERED
        return as_shown and all(item.standing is Standing.UNCHANGED for item in self.checked)

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
            "record": self.receipt.recorded.value,
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
    if entry is None or citation.quote not in entry.passage.text:  # moved, or of several pieces
        texts = edition.section_texts(citation.document, citation.section)
        standing, now = _moved(citation, texts)
        if standing is not Standing.UNCHANGED:
            return Checked(citation, standing, now)
    if document.is_stale(today):
        return Checked(citation, Standing.PAST_REVIEW)
    return Checked(citation, Standing.UNCHANGED)


def _moved(citation: Citation, texts: Sequence[str]) -> tuple[Standing, str]:
    """The quote may stand in a passage that was only cut differently."""
    if texts and stands_in(citation.quote, texts):
        return Standing.UNCHANGED, ""
    return (Standing.CHANGED, "\n\n".join(texts)) if texts else (Standing.WITHDRAWN, "")
