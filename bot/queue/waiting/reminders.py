"""Reminders: who has a request, the hub's boards and at last the admins hear that it waits for too long.

One letter for each of them in a round, however many requests it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot import wording
from bot.domain.requests import Request
from bot.domain.timing.pace import Due, Reminder, ReminderKind, Targets


class KeepsReminders(Protocol):
    """What is asked of the hub database; every call may raise RecordsError."""

    def due(self, due: Due, most: int) -> Sequence[Request]: ...
    def remind(
        self, reminders: Sequence[Reminder], text: Callable[[Sequence[Reminder]], str]
    ) -> Sequence[Reminder]: ...


MOST = 500
"""Requests in one round; the others follow in the next one, those that wait longest first."""


@dataclass(frozen=True, slots=True)
class Reminders:
    """Reminds once of each thing, whichever worker runs it and however often; it never changes a request."""

    records: KeepsReminders
    targets: Targets
    admins: Sequence[str]
    now: Callable[[], datetime]

    def send(self) -> list[str]:
        """Remind of what is due; a line for each reminder that is new."""
        due = list(self._all_due())
        return [_line(one) for one in self.records.remind(due, _digest)] if due else []

    def _all_due(self) -> Iterator[Reminder]:
        # what is furthest past its time comes first: then the lesser reminders would only say the same again
        seen: set[str] = set()
        for due in self._kinds():
            found = self.records.due(due, MOST)
            for request in found:
                if request.reference not in seen:
                    seen.add(request.reference)
                    yield Reminder(request, due.kind, self._people(due.kind, request))
            if len(found) == MOST:  # the others of this kind first, in the next round
                return

    def _kinds(self) -> Iterator[Due]:
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

    def _people(self, kind: ReminderKind, request: Request) -> tuple[str, ...]:
        holder = [request.claimed_by] if request.claimed_by else []
        admins = self.admins if kind in (ReminderKind.ESCALATED, ReminderKind.CLAIM_ESCALATED) else ()
        return tuple(dict.fromkeys([*holder, *admins]))


def _line(reminder: Reminder) -> str:
    return wording.reminder(reminder.kind.value, reminder.request)


def _digest(reminders: Sequence[Reminder]) -> str:
    """One sentence for one request; a list, the longest wait first, for several."""
    return wording.reminders([_line(one) for one in reminders])
