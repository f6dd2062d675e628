"""Reminders: who has a request, the hub's boards and at last the admins hear that it waits for too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot import wording
from bot.targets import Targets
from bot.triage import Request


class ReminderKind(StrEnum):
    """What somebody is reminded of."""

    CLAIM = "claim"
    REPLY = "reply"
    ESCALATED = "escalated"


class KeepsReminders(Protocol):
    """What is asked of the hub database; every call may raise RecordsError."""

    def waiting(self) -> Sequence[Request]: ...
    def remind(self, request: Request, kind: ReminderKind, people: Iterable[str], text: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Reminders:
    """Reminds once of each thing, whoever runs it and however often; it never changes a request."""

    records: KeepsReminders
    targets: Targets
    admins: Sequence[str]
    now: Callable[[], datetime]

    def send(self) -> list[str]:
        """Remind of what is due; a line for each reminder that is new."""
        return [line for request in self.records.waiting() for line in self._remind(request)]

    def _remind(self, request: Request) -> Iterable[str]:
        now, whose = self.now(), [request.claimed_by] if request.claimed_by else []
        steps = (
            (ReminderKind.CLAIM, None if whose else self.targets.claim_by(request), whose),
            (ReminderKind.REPLY, self.targets.reply_by(request), whose),
            (ReminderKind.ESCALATED, self.targets.escalate_by(request), [*whose, *self.admins]),
        )
        # only the furthest one that is due: three at once would say the same thing three times
        due = [(kind, people) for kind, by, people in steps if by is not None and by <= now]
        for kind, people in due[-1:]:
            text = wording.reminder(kind.value, request)
            if self.records.remind(request, kind, dict.fromkeys(people), text):
                yield text
