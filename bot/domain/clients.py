"""Programs that use the API: each has a token of its own and acts in a person's name, within that person's roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.people import Action
from bot.domain.refusals import Refused


class Scope(StrEnum):
    """What a token may be used for; the person's roles are asked as well, at every call."""

    ASK = "ask"
    """Questions, and receipts."""
    REQUESTS = "requests"
    """The person's own requests and what an asker does with them."""
    BOARD = "board"
    """The hub's board and what hub staff do with requests."""
    LIBRARY = "library"


NEEDED: Mapping[Scope, Action] = {Scope.BOARD: Action.WORK_REQUESTS}
"""Scopes that need a role of the person."""


class ClientError(Refused):
    """A token cannot be made or revoked; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Client:
    """A program with a token."""

    name: str
    person: str
    scopes: frozenset[Scope]
    by: str
    made_at: datetime
    ends_at: datetime
    used_on: date | None

    def as_json(self) -> dict[str, Any]:
        """One row of `api token list --json`; the token itself is kept nowhere."""
        return {
            "name": self.name,
            "person": self.person,
            "scopes": sorted(self.scopes),
            "by": self.by,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "ends_at": self.ends_at.isoformat(timespec="seconds"),
            "used_on": self.used_on.isoformat() if self.used_on else None,
        }


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is on record under an idempotency key."""

    same: bool
    """Whether the same was sent."""
    status: int
    """HTTP status of the answer; 0 while the first call is worked on."""
    answer: Mapping[str, Any]
