"""What people say of their requests in their own words, at every edge: "helped PF-0042", "mine", "add PF-0042: …"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.refusals import RecordsError, Refused

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.queue.desk import Desk
    from bot.records import Records

_REFERENCE = r"(pf[- ]?\d{1,9})"
_STEP = re.compile(rf"(that helped|helped|not yet|join|withdraw) {_REFERENCE}[ .!?]*", re.IGNORECASE)
_ADD = re.compile(rf"add {_REFERENCE}[:, ]+(.+)", re.IGNORECASE | re.DOTALL)
_MINE = frozenset({"mine", "my requests", "my"})


def is_errand(line: str) -> bool:
    """Whether a line is about requests, and so no question."""
    words = line.strip()
    return words.strip(" .!?").lower() in _MINE or any(one.fullmatch(words) for one in (_STEP, _ADD))


@dataclass(frozen=True, slots=True)
class Errands:
    """One person's; everything said back is fit to be shown."""

    actor: Actor
    records: Records
    desk: Desk

    def take(self, line: str, own: str = "") -> str | None:
        """What to say to a line that is about requests; None for every other.

        `own` is the request that this person's last question opened: what joins another one.
        """
        if line.strip(" .!?").lower() in _MINE:
            return self.mine()
        if (added := _ADD.fullmatch(line.strip())) is not None:
            return self.add(added[1], added[2])
        if (step := _STEP.fullmatch(line.strip())) is None:
            return None
        word, reference = step[1].lower(), step[2]
        if word == "join":
            return self.join(own, reference) if own else wording.NOTHING_TO_JOIN
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

    def join(self, own: str, into: str) -> str:
        """Let another request answer this person's own."""

        def do() -> str:
            joined = self.desk.join(self.actor, own, into)
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
