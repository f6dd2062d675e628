"""Reminders: who has a request, the hub's boards and at last the admins hear that it waits for too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot import wording
from bot.domain.pace import Due, ReminderKind, Targets
from bot.domain.requests import Request


class KeepsReminders(Protocol):
    """What is asked of the hub database; every call may raise RecordsError."""

    def due(self, due: Due, most: int) -> Sequence[Request]: ...
    def remind(self, request: Request, kind: ReminderKind, people: Iterable[str], text: str) -> bool: ...


MOST = 500
"""Reminders of one kind in one round; the others follow in the next one, those that wait longest first."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """Reminds once of each thing, whoever runs it and however often; it never changes a request."""

    records: KeepsReminders
    targets: Targets
    admins: Sequence[str]
    now: Callable[[], datetime]

    def send(self) -> list[str]:
        """Remind of what is due; a line for each reminder that is new."""
        return list(self._send())

    def _send(self) -> Iterator[str]:
        # what is furthest past its time comes first: then the lesser reminders would only say the same again
        for due in self._due():
            found = self.records.due(due, MOST)
            for request in found:
                text = wording.reminder(due.kind.value, request)
                if self.records.remind(request, due.kind, self._people(due.kind, request), text):
                    yield text
            if len(found) == MOST:  # the others of this kind first, in the next round
                return

    def _due(self) -> Iterator[Due]:
        now, targets = self.now(), self.targets
        steps = (
            (ReminderKind.ESCALATED, 2 * targets.reply, False),
            (ReminderKind.REPLY, targets.reply, False),
            (ReminderKind.CLAIM_ESCALATED, 2 * targets.claim, True),
            (ReminderKind.CLAIM, targets.claim, True),
        )
        for number, (kind, hours, unclaimed) in enumerate(steps, 1):
            by = targets.waited(now, hours)
            if by is not None:
                yield Due(kind, by, unclaimed, tuple(told for told, _, _ in steps[:number]))

    def _people(self, kind: ReminderKind, request: Request) -> Iterable[str]:
        holder = [request.claimed_by] if request.claimed_by else []
        admins = self.admins if kind in (ReminderKind.ESCALATED, ReminderKind.CLAIM_ESCALATED) else ()
        return dict.fromkeys([*holder, *admins])
