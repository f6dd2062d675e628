"""What one person is shown of themselves, of the queue and of the library, wherever they look."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.people import MAY, Action, Actor, Roles
from bot.domain.requests import Request, RequestState
from bot.domain.switches import ANSWERS, Switch

if TYPE_CHECKING:
    from bot.records import Records

MOST_OWN, MOST_QUEUED = 10, 15


@dataclass(frozen=True, slots=True)
class Overview:
    """As it stands now."""

    mine: Sequence[Request] = ()
    queue: Sequence[Request] | None = None
    """For hub staff; None for everybody else."""
    library: str | None = None
    """For admins."""
    paused: str | None = None
    """Why answers are paused; None if they are not."""


@dataclass(frozen=True, slots=True)
class Overviews:
    """Looks; raises RecordsError where it cannot."""

    records: Records
    roles: Roles
    paused: Callable[[], Mapping[str, Switch]]
    library: Callable[[], str]
    """The current edition in a sentence."""

    def of(self, actor: Actor) -> Overview:
        """What a person's roles let them see."""
        roles = self.roles.of(actor.name, actor.groups)
        paused = self.paused().get(ANSWERS)
        return Overview(
            mine=self.records.requests_of(actor.name, limit=MOST_OWN),
            queue=self._queue() if roles & MAY[Action.WORK_REQUESTS] else None,
            library=self.library() if roles & MAY[Action.BUILD] else None,
            paused=paused.why if paused else None,
        )

    def _queue(self) -> Sequence[Request]:
        """What waits, the oldest first; below it, where there is room, what nobody waits for."""
        waiting = self.records.pace.waiting(MOST_QUEUED)
        room = MOST_QUEUED - len(waiting)
        left = self.records.requests(state=RequestState.UNRESOLVED.value, limit=room) if room > 0 else []
        return [*waiting, *left]
