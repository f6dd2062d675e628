"""What the hub sends to a terminal, and what is said of it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.domain.letters import Courier, Letter, NotDelivered
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError
from bot.queue.delivery import deliver_due
from bot.queue.errands import Errands


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

    def close(self) -> None:
        """It holds nothing between two letters."""


@dataclass(frozen=True, slots=True)
class PersonalMail:
    """One person's inbox, and what they say of requests; everything said back is fit to be shown."""

    actor: Actor
    records: Any
    errands: Errands
    couriers: Mapping[str, Courier]

    def unseen(self) -> Sequence[tuple[str, str]]:
        """Reference and text of what has come since the last time; nothing while the database is gone."""
        try:
            deliver_due(self.records.outbox, self.couriers)
            found: Sequence[tuple[str, str]] = self.records.outbox.take_from_inbox(self.actor.name)
        except RecordsError:
            return []
        return found
