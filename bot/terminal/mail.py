"""What the hub sends to a terminal, and what is said of it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.domain.letters import Letter, NotDelivered
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError
from bot.queue.errands import Errands

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
    """One person's inbox, and what they say of requests; everything said back is fit to be shown."""

    actor: Actor
    records: Records
    errands: Errands
    _shown: list[str] = field(default_factory=list)
    """Keys of what `unseen` gave and `seen` has not marked yet."""

    def unseen(self) -> Sequence[tuple[str, str]]:
        """Reference and text of what has come since the last time; nothing while the database is gone."""
        try:
            self.records.outbox.fetch(self.actor.name)
            found = self.records.outbox.unseen(self.actor.name)
        except RecordsError:
            return []
        self._shown.extend(one.key for one in found)
        return [(one.reference, one.text) for one in found]

    def seen(self) -> None:
        """What `unseen` gave has been written out; while the database is gone it is shown once more."""
        try:
            self.records.outbox.seen(self.actor.name, self._shown)
        except RecordsError:
            return
        self._shown.clear()


def mail_of(hub: Hub, person: str) -> PersonalMail:
    """What the hub sends to one person at this terminal."""
    actor = hub.actor(person)
    return PersonalMail(actor, hub.records, hub.errands(actor))
