"""The shift-handover digest: what whoever comes on duty in the hub has to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot import wording
from bot.targets import Targets
from bot.triage import Request, RequestState


class KnowsQueue(Protocol):
    """What is asked of the hub database; every call may raise RecordsError."""

    def waiting(self) -> Sequence[Request]: ...
    def came_in(self, since: datetime) -> Sequence[Request]: ...
    def ended(self, since: datetime) -> Sequence[Request]: ...
    def dead_letters(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Handover:
    """The queue between two shifts; each request stands in one list of those that wait."""

    since: datetime
    overdue: tuple[Request, ...]
    claimed: tuple[Request, ...]
    waiting: tuple[Request, ...]
    came_in: int
    closed: tuple[Request, ...]
    dead_letters: int

    def as_json(self) -> dict[str, Any]:
        """The digest for `requests handover --json`."""
        return {
            "since": self.since.isoformat(timespec="seconds"),
            "came_in": self.came_in,
            "overdue": [_row(request) for request in self.overdue],
            "claimed": [_row(request) for request in self.claimed],
            "waiting": [_row(request) for request in self.waiting],
            "closed": [_row(request) for request in self.closed],
            "dead_letters": self.dead_letters,
        }

    def as_text(self, local: Callable[[datetime], datetime]) -> str:
        """The digest as plain text, fit to be pasted; `local` gives a moment in the hub's own time."""
        parts = [wording.HANDOVER_TITLE.format(since=f"{local(self.since):%A %d %B, %H:%M}", count=self.came_in)]
        for heading, requests in (
            (wording.HANDOVER_OVERDUE, self.overdue),
            (wording.HANDOVER_CLAIMED, self.claimed),
            (wording.HANDOVER_WAITING, self.waiting),
            (wording.HANDOVER_CLOSED, self.closed),
        ):
            if requests:
                parts.append(
                    "\n".join([heading, *(wording.handover_line(one, local(one.opened_at)) for one in requests)])
                )
        if self.dead_letters:
            parts.append(wording.HANDOVER_DEAD.format(count=self.dead_letters))
        return "\n\n".join(parts)


def prepare(records: KnowsQueue, targets: Targets, since: datetime, now: datetime) -> Handover:
    """The queue as it stands now, and what came in and was closed since then."""
    waiting = records.waiting()
    overdue = [request for request in waiting if targets.is_overdue(request, now)]
    rest = [request for request in waiting if request not in overdue]
    return Handover(
        since,
        tuple(overdue),
        tuple(request for request in rest if request.state is RequestState.CLAIMED),
        tuple(request for request in rest if request.state is not RequestState.CLAIMED),
        len(records.came_in(since)),
        tuple(records.ended(since)),
        records.dead_letters(),
    )


def _row(request: Request) -> dict[str, Any]:
    return {
        "reference": request.reference,
        "state": request.state.value,
        "claimed_by": request.claimed_by or None,
        "opened_at": request.opened_at.isoformat(timespec="seconds"),
        "question": request.question,
    }
