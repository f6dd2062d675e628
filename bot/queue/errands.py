"""What people say of their requests in their own words, at every edge: "helped PF-0042", "mine", "add PF-0042: …"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.people import MAY, Action
from bot.domain.refusals import RecordsError, Refused

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.queue.desk import Desk
    from bot.records import Records

_REFERENCE = r"(pf[- ]?\d{1,9})"
_STEP = re.compile(rf"(that helped|helped|not yet|join|withdraw) {_REFERENCE}[ .!?]*", re.IGNORECASE)
_ADD = re.compile(rf"add {_REFERENCE}[:, ]+(.+)", re.IGNORECASE | re.DOTALL)
_ASKS_FOR_STATUS = (
    r"(?:(?:what(?: is|['’]?s) (?:the )?)?(?:status|news|progress|update)(?: of| on| for| with)?|show|open|check|chase"
    r"|where(?: is|['’]?s)|any (?:news|update|progress)(?: on| of| with| about)?"
    r"|what(?: is|['’]?s) happening (?:to|with))"
)
_STATUS = re.compile(rf"{_ASKS_FOR_STATUS}? ?(?:my )?(?:request )?{_REFERENCE}[ .!?]*", re.IGNORECASE)
_MINE = frozenset({"mine", "my requests", "my"})


def is_errand(line: str) -> bool:
    """Whether a line is about requests, and so no question."""
    words = line.strip()
    return words.strip(" .!?").lower() in _MINE or any(one.fullmatch(words) for one in (_STEP, _ADD, _STATUS))


@dataclass(frozen=True, slots=True)
class Errands:
    """One person's; everything said back is fit to be shown."""

    actor: Actor
    records: Records
    desk: Desk

    def take(self, line: str, own: str = "") -> str | None:
        """What to say to a line that is about requests; None for every other.

        `own` is the request that joins another one; where it is empty, the newest that was offered to.
        """
        if line.strip(" .!?").lower() in _MINE:
            return self.mine()
        if (added := _ADD.fullmatch(line.strip())) is not None:
            return self.add(added[1], added[2])
        if (asked := _STATUS.fullmatch(line.strip())) is not None:
            return self.status(asked[1])
        if (step := _STEP.fullmatch(line.strip())) is None:
            return None
        word, reference = step[1].lower(), step[2]
        if word == "join":
            return self.join(own, reference)
        if word == "withdraw":
            return _said(
                lambda: wording.WITHDRAWN.format(reference=self.desk.withdraw(self.actor, reference).reference)
            )
        return self.settle(reference, helped=word != "not yet")

    def settle(self, reference: str, *, helped: bool) -> str:
        """Close or reopen a request that was replied to."""
        told = wording.HELPED if helped else wording.NOT_YET
        step = self.desk.helped if helped else self.desk.reopen
        return _said(lambda: told.format(reference=step(self.actor, reference).reference))

    def status(self, reference: str) -> str:
        """Where a request stands and what was said last; for its asker and the hub."""

        def look() -> str:
            request = self.records.request(reference)
            if request is None:
                raise Refused(wording.NO_SUCH_REFERENCE.format(reference=reference.upper()))
            may_see = self.desk.office.roles.of(self.actor.name, self.actor.groups) & MAY[Action.WORK_REQUESTS]
            if request.asker != self.actor.name and not may_see:
                raise Refused(wording.NOT_YOURS.format(reference=request.reference))
            return wording.status(request)

        return _said(look)

    def join(self, own: str, into: str) -> str:
        """Let another request answer this person's own; the core checks that it was offered to them."""

        def do() -> str:
            offered = self.records.joining.offered(self.actor.name, into)
            mine = own if own in offered or not offered else offered[0]
            if not mine:
                return wording.NOTHING_TO_JOIN
            joined = self.desk.join(self.actor, mine, into)
            return wording.JOINED.format(reference=joined.reference, into=joined.joined_to)

        return _said(do)

    def add(self, reference: str, text: str) -> str:
        """Add something to a request."""
        return _said(
            lambda: wording.DETAIL_ADDED.format(reference=self.desk.add_detail(self.actor, reference, text).reference)
        )

    def mine(self) -> str:
        """A line for each of this person's newest requests."""
        return _said(
            lambda: (
                "\n".join(map(wording.own_request, self.records.requests_of(self.actor.name))) or wording.NO_REQUESTS
            )
        )


def _said(step: Callable[[], str]) -> str:
    """What a step says, or why it could not be taken."""
    try:
        return step()
    except Refused as error:
        return str(error)
    except RecordsError:
        return wording.TROUBLE
