"""What the hub sends to a terminal, and what is said of it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot import wording
from bot.delivery import Courier, Letter, NotDelivered, deliver_due
from bot.desk import Desk
from bot.feedback import Feedback
from bot.messages import Place, Reply
from bot.office import Actor
from bot.refusals import RecordsError, Refused


class InboxCourier:
    """The terminal's courier: the message waits in the person's inbox until their next chat."""

    def __init__(self, records: Any) -> None:
        self._records = records

    def deliver(self, letter: Letter) -> None:
        """Put the letter into the inbox, once. NotDelivered if the database cannot take it."""
        try:
            self._records.outbox.put_in_inbox(letter)
        except RecordsError as error:
            raise NotDelivered(str(error)) from error


@dataclass(frozen=True, slots=True)
class PersonalMail:
    """One person's inbox, and what they say of replies and requests; everything said back is fit to be shown."""

    actor: Actor
    records: Any
    desk: Desk
    feedback: Feedback
    couriers: Mapping[str, Courier]

    def unseen(self) -> Sequence[tuple[str, str]]:
        """Reference and text of what has come since the last time; nothing while the database is gone."""
        try:
            deliver_due(self.records.outbox, self.couriers, datetime.now(UTC))
            found: Sequence[tuple[str, str]] = self.records.outbox.take_from_inbox(self.actor.name)
        except RecordsError:
            return []
        return found

    def settle(self, reference: str, *, helped: bool) -> str:
        """Close or reopen a request that was replied to; what to say of it."""
        told = wording.HELPED if helped else wording.NOT_YET
        step = self.desk.helped if helped else self.desk.reopen
        return _said(lambda: told.format(reference=step(self.actor, reference).reference))

    def join(self, own: str, into: str) -> str:
        """Let another request answer this person's own; what to say of it."""

        def do() -> str:
            joined = self.desk.join(self.actor, own, into)
            return wording.JOINED.format(reference=joined.reference, into=joined.joined_to)

        return _said(do)

    def add(self, reference: str, text: str) -> str:
        """Add something to a request; what to say of it."""
        return _said(
            lambda: wording.DETAIL_ADDED.format(reference=self.desk.add_detail(self.actor, reference, text).reference)
        )

    def withdraw(self, reference: str) -> str:
        """Take a request back; what to say of it."""
        return _said(lambda: wording.WITHDRAWN.format(reference=self.desk.withdraw(self.actor, reference).reference))

    def mine(self) -> Sequence[str]:
        """A line for each of this person's newest requests."""
        try:
            return [wording.own_request(request) for request in self.records.requests_of(self.actor.name)]
        except RecordsError as error:
            return [str(error)]

    def judge(self, place: Place, reply: Reply, *, helped: bool, reason: str = "") -> str:
        """Keep what this person says of a reply; with a reason it goes to the hub."""

        def do() -> str:
            reference = self.feedback.give(
                self.actor.name, place, reply.receipt or "", helped=helped, reason=reason, to_hub=bool(reason)
            )
            return wording.FEEDBACK_TO_HUB.format(reference=reference) if reference else wording.FEEDBACK_KEPT

        return _said(do)


def _said(step: Callable[[], str]) -> str:
    """What a step says, or why it could not be taken."""
    try:
        return step()
    except (Refused, RecordsError) as error:
        return str(error)
