"""The record: one event for everything that matters, each carrying the hash of the one before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]
"""What a JSON document may hold."""
Detail = Mapping[str, Json]
"""What an event says beside who, when and what; it never holds a question's text."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as the record has it."""

    sequence: int
    at: datetime
    actor: str
    action: str
    detail: Detail
    account: str = ""
    """The operating system's account that acted; empty on platforms and for jobs of the program."""

    @property
    def by(self) -> str:
        """Who did it, and with which account if that is another name."""
        return f"{self.actor} (account {self.account})" if self.account not in ("", self.actor) else self.actor

    def as_json(self) -> dict[str, Json]:
        """The event for `--json`; time in ISO form, in UTC."""
        return {
            "at": self.at.isoformat(timespec="seconds"),
            "actor": self.actor,
            "account": self.account or None,
            "action": self.action,
            "detail": dict(self.detail),
        }


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What walking the chain found."""

    ok: bool
    events: int
    """How many were read and found sound."""
    broken_at: int | None = None
    """The sequence of the first event that does not fit."""
    why: str = ""


@dataclass(frozen=True, slots=True)
class SaidReport:
    """What comparing the texts that are kept with their digests on the record found."""

    compared: int
    """Replies and messages that were read."""
    altered: tuple[str, ...] = ()
    """Receipts of replies and references of requests whose text is not what was said; at most a hundred."""

    @property
    def ok(self) -> bool:
        """Whether every text is what was said."""
        return not self.altered


class Recorded(StrEnum):
    """How the text of a reply that is kept compares with its digest on the record."""

    MATCHES = "matches"
    ALTERED = "altered"
    """It is not what was shown, or its event is gone."""
    PURGED = "purged"
    """The text is past its time and is gone."""
    EARLIER = "earlier"
    """It was given before digests were put on record."""
    TRIMMED = "trimmed"
    """Its event is past its time and is gone."""


Seal = Callable[[int, str, datetime], Detail]
"""Signs that the record was trimmed up to an event: its number and hash, and when."""
IsSeal = Callable[[Detail], bool]
"""Whether such a signature is that of a key this installation knows."""
