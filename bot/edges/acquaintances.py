"""Who has been met on a platform, under which name and where; and which of our messages shows which reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.domain.people import Person

if TYPE_CHECKING:
    from bot.records import Records


class Acquaintances:
    """Of one platform; every method may raise RecordsError. Safe to share between threads."""

    def __init__(self, records: Records, platform: str) -> None:
        self._records, self._platform = records, platform

    def meet(self, people: Sequence[Person]) -> list[None]:
        """Keep what is known of people now; what is left empty stays as it was."""
        return self._records.people.met(self._platform, people)

    def get(self, person: str) -> Person | None:
        """What is known of somebody."""
        return self._records.people.get(self._platform, person)

    def newest(self) -> Person | None:
        """The person who was met last."""
        return self._records.people.newest(self._platform)

    def accounts(self, people: list[str]) -> dict[str, str]:
        """What the platform calls people in conversations, as far as it is known."""
        return self._records.people.accounts(self._platform, people)

    def on_platform(self, people: list[str]) -> frozenset[str]:
        """Which of these people are known there."""
        return self._records.people.on(self._platform, people)

    def names(self, ids: list[str]) -> Mapping[str, str]:
        """Ids to names, as far as they are known, on whatever platform."""
        return self._records.people.names(ids)

    def remember(self, message: str, receipt: str) -> None:
        """A message shows the reply with this receipt: feedback on it names the message alone."""
        self._records.shown.put(self._platform, message, receipt)

    def receipt(self, message: str) -> str:
        """The receipt of the reply that a message shows; empty where it shows none."""
        return self._records.shown.receipt(self._platform, message)

    def last_receipt(self, conversation: str) -> str:
        """The receipt of the reply that was shown last in a conversation; empty where none was."""
        return self._records.shown.newest(self._platform, conversation)
