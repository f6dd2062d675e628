"""The shift-handover digest: what hub staff who come on duty have to know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot import wording
from bot.domain.requests import Request, RequestState
from bot.domain.timing.hours import MONTH, Hours
from bot.domain.timing.pace import Targets

MARK = "handover"
SHOWN = 20
"""Lines under each heading of the text; what is beyond is counted. The JSON document has them all."""


class KeepsMarks(Protocol):
    """How far the worker has come; every call may raise RecordsError."""

    def mark(self, name: str) -> str: ...
    def set_mark(self, name: str, value: str) -> None: ...


class TellsBoards(Protocol):
    """The hub's boards; may raise RecordsError."""

    def tell_boards(self, key: str, text: str) -> None: ...


class KnowsQueue(Protocol):
    """What is asked of the hub database; every call may raise RecordsError."""

    def waiting(self) -> Sequence[Request]: ...
    def came_in(self, since: datetime) -> int: ...
    def answered(self, since: datetime) -> Sequence[Request]: ...
    def ended(self, since: datetime) -> Sequence[Request]: ...
    def taken_since(self, references: Iterable[str]) -> Mapping[str, datetime]: ...
    def asked_for_more(self, references: Iterable[str]) -> set[str]: ...
    def dead_letters(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One request in the digest."""

    request: Request
    due: datetime | None
    """When it should have a reply; None where it waits for none."""
    taken_at: datetime | None
    """Since when the one who has it has had it, as far as is known."""
    is_new: bool
    """Whether it came in since the last handover."""

    def as_json(self) -> dict[str, Any]:
        """The line for `requests handover --json`."""
        request = self.request
        return {
            "reference": request.reference,
            "state": request.state.value,
            "claimed_by": request.claimed_by or None,
            "claimed_at": _iso(self.taken_at),
            "opened_at": _iso(request.opened_at),
            "reply_by": _iso(self.due),
            "new": self.is_new,
            "outcome": request.outcome or None,
            "question": request.question,
        }


@dataclass(frozen=True, slots=True)
class Handover:
    """The queue between two shifts; each request stands in one list."""

    since: datetime
    came_in: int
    overdue: tuple[Line, ...]
    claimed: tuple[Line, ...]
    waiting: tuple[Line, ...]
    asked: tuple[Line, ...]
    """Its asker was asked for more, and has not said anything yet."""
    answered: tuple[Line, ...]
    """Replied to since then; the asker has not said whether it helped."""
    closed: tuple[Line, ...]
    """Closed or withdrawn since then."""
    dead_letters: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to hand over."""
        return not (self.came_in or self.dead_letters or any(lines for _, _, lines in self.parts()))

    def as_json(self) -> dict[str, Any]:
        """The digest for `requests handover --json`."""
        lists = {name: [line.as_json() for line in lines] for name, _, lines in self.parts()}
        return {"since": _iso(self.since), "came_in": self.came_in, **lists, "dead_letters": self.dead_letters}

    def as_text(self, local: Callable[[datetime], datetime]) -> str:
        """The digest as plain text, fit to be pasted; `local` gives a moment in the hub's own time."""
        parts = [wording.HANDOVER_TITLE.format(since=f"{local(self.since):%A %d %B, %H:%M}", count=self.came_in)]
        for _, heading, lines in self.parts():
            if lines:
                shown = [_text(line, local) for line in lines[:SHOWN]]
                more = [wording.HANDOVER_MORE.format(count=len(lines) - SHOWN)] if len(lines) > SHOWN else []
                parts.append("\n".join([f"{heading}: {len(lines)}", *shown, *more]))
        if self.dead_letters:
            parts.append(wording.HANDOVER_DEAD.format(count=self.dead_letters))
        return "\n\n".join(parts)

    def parts(self) -> tuple[tuple[str, str, tuple[Line, ...]], ...]:
        """Every list: its name, its heading, its lines."""
        return (
            ("overdue", wording.HANDOVER_OVERDUE, self.overdue),
            ("claimed", wording.HANDOVER_CLAIMED, self.claimed),
            ("waiting", wording.HANDOVER_WAITING, self.waiting),
            ("asked_for_more", wording.HANDOVER_ASKED, self.asked),
            ("replied", wording.HANDOVER_ANSWERED, self.answered),
            ("closed", wording.HANDOVER_CLOSED, self.closed),
        )


def prepare(records: KnowsQueue, targets: Targets, since: datetime, now: datetime) -> Handover:
    """The queue as it stands now, and what came in, was replied to and was closed since then."""
    waiting = records.waiting()
    claimed = [request.reference for request in waiting if request.state is RequestState.CLAIMED]
    taken, asked = records.taken_since(claimed), records.asked_for_more(claimed)

    def line(request: Request) -> Line:
        reference = request.reference
        taken_at = taken.get(reference, request.claimed_at) if request.state is RequestState.CLAIMED else None
        return Line(request, targets.reply_by(request), taken_at, request.opened_at >= since)

    lists: dict[str, list[Line]] = {"overdue": [], "asked": [], "claimed": [], "waiting": []}
    for request in waiting:
        one = line(request)
        late = one.due is not None and one.due <= now
        mine = request.state is RequestState.CLAIMED
        where = "overdue" if late else "asked" if request.reference in asked else "claimed" if mine else "waiting"
        lists[where].append(one)
    return Handover(
        since,
        records.came_in(since),
        **{name: tuple(lines) for name, lines in lists.items()},
        answered=tuple(map(line, records.answered(since))),
        closed=tuple(map(line, records.ended(since))),
        dead_letters=records.dead_letters(),
    )


@dataclass(frozen=True, slots=True)
class Shifts:
    """Tells the boards of each day of the hub that is over, once, whichever worker runs it and however often."""

    queue: KnowsQueue
    marks: KeepsMarks
    boards: TellsBoards
    targets: Targets
    now: Callable[[], datetime]

    def tell(self) -> str:
        """The digest, if a day has ended that was not told; empty otherwise."""
        hours, told, now = self.targets.hours, self.marks.mark(MARK), self.now()
        over = shift_over(hours, told, now)
        if over is None:
            return ""
        day, since = over
        handover = prepare(self.queue, self.targets, since, now)
        # the first of all is not told where there is nothing to tell: the hub may only just have begun
        text = "" if handover.is_empty and not told else handover.as_text(lambda at: at.astimezone(hours.zone))
        if text:  # under one key: two workers at once tell it once
            self.boards.tell_boards(f"{MARK}:{day.isoformat()}", text)
        self.marks.set_mark(MARK, day.isoformat())
        return text


def shift_over(hours: Hours, told: str, now: datetime) -> tuple[date, datetime] | None:
    """The last day of the hub that is over, and since when there is news; None where that day was `told` already.

    `told` is a day in ISO form, or empty. A day that ended while nobody ran the worker is told with the next one.
    """
    day = hours.last_day(now)
    if not hours.are_set or day is None or told >= day.isoformat():  # also where the clock was set back
        return None
    earlier = date.fromisoformat(told) if told else hours.last_day(now - timedelta(days=1))
    since = hours.closes(earlier) if earlier is not None and earlier < day else None
    return day, max(since or now - timedelta(days=1), now - timedelta(days=MONTH))


def _text(line: Line, local: Callable[[datetime], datetime]) -> str:
    due, taken = (local(at) if at else None for at in (line.due, line.taken_at))
    return wording.handover_line(line.request, local(line.request.opened_at), due=due, taken=taken, is_new=line.is_new)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
