"""Letters: one message on its way to one person in one place, and who brings it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

LEASE_SECONDS = 60.0


FIRST_WAIT, LONGEST_WAIT = 5.0, 900.0
"""Seconds before the second try, and at most between two."""


class LetterKind(StrEnum):
    """What a letter is, so that a courier can draw it."""

    ANSWER = "answer"
    """The assistant's own reply, where it could not be shown at once."""
    REPLY = "reply"
    ASK_MORE = "ask_more"
    CLOSED = "closed"
    LATE_ANSWER = "late_answer"
    RECALL = "recall"
    REMINDER = "reminder"
    CARD = "card"
    """For a hub board: a request changed. The text is one line about it, the person is who did it."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way to one person in one place."""

    id: int
    key: str
    """The same message again has the same key: a courier that can look it up shows it once."""
    platform: str
    address: str
    person: str
    reference: str
    text: str
    attempts: int = 0
    fence: int = 0
    trouble: str = ""
    kind: LetterKind = LetterKind.REPLY
    again: bool = False
    """Whether a process that died had it in hand: it may have arrived, and nobody has written that down."""


class Trouble(StrEnum):
    """Whose trouble it is that a letter does not arrive."""

    PLATFORM = "platform"
    """It is away, slow, or has too much to do: wait, and try again for days."""
    ADDRESS = "address"
    """The channel is archived, or the person has left: a person has to see to it."""
    OURS = "ours"
    """Our token is not taken: nothing is sent to the platform until it is, and then everything is."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A letter in a person's inbox at the terminal that they have not seen yet."""

    key: str
    reference: str
    text: str


class NotDelivered(Exception):
    """A courier could not deliver; `wait` is the seconds the platform asked for, if it did."""

    def __init__(self, why: str, *, wait: float = 0.0, trouble: Trouble = Trouble.PLATFORM) -> None:
        super().__init__(why)
        self.wait, self.trouble = wait, trouble


class Courier(Protocol):
    """Brings letters to one kind of place."""

    def deliver(self, letter: Letter) -> None:
        """Bring the letter. NotDelivered if that failed."""

    def close(self) -> None:
        """Give back what it holds."""
