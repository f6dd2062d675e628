"""Questions that nobody answered and nobody waits for: logged by the worker, lowest in the queue, counted as gaps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.changes import Change, claim
from bot.domain.people import Action
from bot.domain.requests import CloseOutcome, QueueError, Request, RequestState
from bot.domain.talk.reasons import Why, WhyHandedOver

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.governance.office import Office
    from bot.queue.joining import Joining
    from bot.records import Records
    from bot.records.requests.unresolved import Left

NEWEST = 2000
"""Requests that are compared, at most."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Methods raise NotAllowed and QueueError with what to do, and RecordsError."""

    office: Office
    records: Records
    joining: Joining
    after: float
    """Hours after which sections that were offered, and of which nobody chose one, are logged; 0 for never."""
    now: Callable[[], datetime]

    def log(self) -> int:
        """Log what was left; how many questions that were. It is for the worker."""
        if not self.after:
            return 0
        left = self.records.unresolved.left(self.now() - timedelta(hours=self.after))
        return sum(1 for one in left if self._log_one(one))

    def _log_one(self, left: Left) -> bool:
        """What is like another question joins it: what is asked often is one entry with many askers."""
        records = self.records.unresolved
        match = self.joining.compare_with(left.question, lambda made_by: records.vectors(made_by, NEWEST))
        into = match.alike.reference if match.alike else ""
        reference = records.log(left, wording.why(Why(WhyHandedOver.UNRESOLVED)), into)
        if reference and not into:
            self.joining.keep(reference, match)
        return bool(reference)

    def dismiss(self, actor: Actor, reference: str) -> Request:
        """Close an unresolved question in one step; nobody is told. QueueError where it is not one any more."""
        self.office.check(actor, Action.WORK_REQUESTS)

        def decide(request: Request) -> Change:
            if request.state is not RequestState.UNRESOLVED:
                raise QueueError(f"{request.reference} is {request.state.value}, so it is not dismissed but closed.")
            change = claim(request, actor.name)
            return replace(change, state=RequestState.CLOSED, outcome=CloseOutcome.OUT_OF_SCOPE)

        return self.records.queue.change(reference, actor, "dismissed", decide)
