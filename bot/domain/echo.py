"""What people tell the programme unasked, what the hub makes of it, and what is answered in public.

Nobody is named, nothing is scored: people read it, people tag it, and tags are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.proposals import AdviceState, ProposalError

LONGEST_ECHO = 2000
"""Characters of what is written on the form."""
LONGEST_TAG = 40


class Side(StrEnum):
    """Who writes: a member of the public, or somebody who works here."""

    PUBLIC = "public"
    STAFF = "staff"


class EchoState(StrEnum):
    """How far the hub is with it."""

    NEW = "new"
    READ = "read"
    ANSWERED = "answered"


class EchoError(ProposalError):
    """Something cannot be done with what was written, or its answer; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Echo:
    """One thing that somebody wrote."""

    number: int
    side: Side
    theme: str
    """As the writer chose it; empty for none."""
    text: str
    """Without names and numbers."""
    day: date
    tags: tuple[str, ...] = ()
    """As the hub gave them."""
    state: EchoState = EchoState.NEW
    answer: int | None = None

    def as_json(self) -> dict[str, Any]:
        """One row of `echo list --json`."""
        return {
            "number": self.number,
            "side": self.side.value,
            "theme": self.theme,
            "text": self.text,
            "day": self.day.isoformat(),
            "tags": list(self.tags),
            "state": self.state.value,
            "answer": self.answer,
        }


@dataclass(frozen=True, slots=True)
class EchoAnswer:
    """ "You said, we did": public once a second person has approved it."""

    number: int
    said: str
    did: str
    covers: int
    """How many wrote so."""
    state: AdviceState
    proposed_by: str
    approved_by: str
    at: datetime

    def as_json(self) -> dict[str, Any]:
        """The answer for `--json`."""
        return {
            "number": self.number,
            "said": self.said,
            "did": self.did,
            "covers": self.covers,
            "state": self.state.value,
            "proposed_by": self.proposed_by,
            "approved_by": self.approved_by or None,
            "at": self.at.isoformat(timespec="seconds"),
        }
