"""How long what is kept, what a legal hold keeps longer, and what a purge did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.record import Json
from bot.domain.refusals import Refused
from bot.domain.requests import reference_of

LONGEST_DAYS = 36_500
"""A hundred years: longer is a slip of the finger, and 0 is for good."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Days after which each kind of record goes; 0 keeps it for good. A force sets its own."""

    questions: int = 90
    """The text of a question."""
    replies: int = 365
    """The text of a reply and what it cited."""
    requests: int = 730
    """A request that is closed or withdrawn, with its question and replies."""
    learning: int = 365
    audit: int = 0


class Scope(StrEnum):
    """What a legal hold is put on."""

    PERSON = "person"
    REQUEST = "request"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that no purge touches until the hold is lifted."""

    id: int
    scope: Scope
    value: str
    by: str
    why: str
    at: datetime

    @property
    def shown(self) -> str:
        """What is held, as people write it."""
        return reference_of(int(self.value)) if self.scope is Scope.REQUEST else self.value

    def as_json(self) -> dict[str, Json]:
        """The hold for `hold list --json`; time in ISO form."""
        return {**asdict(self), "scope": self.scope.value, "at": self.at.isoformat(timespec="seconds")}


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took away, and whether it was looked for afterwards and not found."""

    counts: Mapping[str, int]
    held: int
    """Questions that were due and stayed because of a hold."""
    searched_for: int
    """Texts that were looked for in the files afterwards."""
    still_found: int
    dry_run: bool = False

    @property
    def proved_gone(self) -> bool:
        """Whether none of the texts that were taken away is in a file still."""
        return self.still_found == 0

    def as_json(self) -> dict[str, Json]:
        """The report for `purge --json`."""
        return {
            "dry_run": self.dry_run,
            "removed": dict(self.counts),
            "kept_by_hold": self.held,
            "searched_for": self.searched_for,
            "still_found": self.still_found,
            "proved_gone": self.proved_gone,
        }


class HoldError(Refused):
    """A hold cannot be set or lifted; the message names the remedy."""
