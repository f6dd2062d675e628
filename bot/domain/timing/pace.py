"""How fast the hub means to be: targets, and what is due to be reminded of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.requests import WAITS, Request
from bot.domain.timing.hours import Hours

Recent = tuple[datetime, datetime | None]
"""When a request was opened, and first replied to; None where it waits for that still."""


@dataclass(frozen=True, slots=True)
class Targets:
    """In hours during which the hub is open; 0 is none."""

    hours: Hours
    claim: float = 4.0
    reply: float = 16.0

    def claim_by(self, request: Request) -> datetime | None:
        """When a request should have been taken; None where there is no such target."""
        return self._by(request, self.claim)

    def reply_by(self, request: Request) -> datetime | None:
        """When it should have been replied to; None for one that waits for no reply, or where there is no target."""
        return self._by(request, self.reply)

    def waited(self, now: datetime, hours: float) -> datetime | None:
        """What waits since then or longer is past a target of so many hours; None where nothing is."""
        return self.hours.before(now, hours) if hours else None

    def is_overdue(self, request: Request, now: datetime) -> bool:
        """Whether a request waits for longer than it should."""
        due = self.reply_by(request)
        return due is not None and due <= now

    def _by(self, request: Request, hours: float) -> datetime | None:
        if not hours or request.state not in WAITS or request.joined_to:
            return None
        return self.hours.add(request.waits_since, hours)


class ReminderKind(StrEnum):
    """What hub staff are reminded of."""

    CLAIM = "claim"
    CLAIM_ESCALATED = "claim_escalated"
    REPLY = "reply"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Due:
    """What is said of requests that wait since `by` or longer, unless it was said before, or more."""

    kind: ReminderKind
    by: datetime
    unclaimed: bool
    """Only those that were not taken yet."""
    told: tuple[ReminderKind, ...]
    """The reminders that say it, or more than it."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """One request that waits for too long, and who is to hear of it beside the hub's boards."""

    request: Request
    kind: ReminderKind
    people: tuple[str, ...] = ()
