"""What the hub sends to a terminal, and what is said of it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.letters import Courier, Letter, NotDelivered
from bot.domain.messages import Place, Reply
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError, Refused
from bot.queue.delivery import deliver_due
from bot.queue.errands import Errands
from bot.queue.feedback import Feedback

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.records import Records


class InboxCourier:
    """The terminal's courier: the message waits in the person's inbox until their next chat."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def deliver(self, letter: Letter) -> None:
        """Put the letter into the inbox, once. NotDelivered if the database cannot take it."""
        try:
            self._records.outbox.put_in_inbox(letter)
        except RecordsError as error:
            raise NotDelivered(str(error)) from error

    def close(self) -> None:
        """It holds nothing between two letters."""


@dataclass(frozen=True, slots=True)
class PersonalMail:
    """One person's inbox, and what they say of replies and requests; everything said back is fit to be shown."""

    actor: Actor
    records: Records
    errands: Errands
    feedback: Feedback
    couriers: Mapping[str, Courier]

    def unseen(self) -> Sequence[tuple[str, str]]:
        """Reference and text of what has come since the last time; nothing while the database is gone."""
        try:
            deliver_due(self.records.outbox, self.couriers)
            found: Sequence[tuple[str, str]] = self.records.outbox.take_from_inbox(self.actor.name)
        except RecordsError:
            return []
        return found

    def judge(self, place: Place, reply: Reply, *, helped: bool, reason: str = "") -> str:
        """Keep what this person says of a reply; with a reason it goes to the hub."""

        try:
            reference = self.feedback.give(
                self.actor.name, place, reply.receipt or "", helped=helped, reason=reason, to_hub=bool(reason)
            )
        except (Refused, RecordsError) as error:
            return str(error)
        return wording.FEEDBACK_TO_HUB.format(reference=reference) if reference else wording.FEEDBACK_KEPT


def mail_of(hub: Hub, person: str) -> PersonalMail:
    """What the hub sends to one person at this terminal."""
    actor, couriers = hub.actor(person), {"terminal": InboxCourier(hub.records)}
    return PersonalMail(actor, hub.records, hub.errands(actor), hub.feedback, couriers)
