"""Addresses of conversations in Teams: what the core keeps without looking inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from bot.domain.messages import Place

PLATFORM = "teams"
PERSONAL, CHANNEL, GROUP = "personal", "channel", "groupChat"
"""Teams' own names for kinds of conversations."""
_THREAD = ";messageid="
_SAFE = ":@.=+-_"


@dataclass(frozen=True, slots=True)
class Spot:
    """A chat, or a thread in a channel."""

    tenant: str
    kind: str
    conversation: str
    """Its id without the thread; "@" and an account for a personal chat that is not open yet."""
    thread: str = ""
    """The id of the thread's first message; empty for none."""
    service: str = ""
    """Where Teams is reached for this conversation; empty for wherever it was reached last."""

    @property
    def place(self) -> Place:
        """As the core knows it."""
        parts = (self.tenant, self.kind, self.conversation, self.thread, self.service)
        return Place(PLATFORM, "/".join(quote(part, safe=_SAFE) for part in parts))

    @property
    def is_direct(self) -> bool:
        """Whether only one person reads it."""
        return self.kind == PERSONAL

    @property
    def id(self) -> str:
        """The conversation's id as Teams writes it, with its thread."""
        return f"{self.conversation}{_THREAD}{self.thread}" if self.thread else self.conversation

    @property
    def channel(self) -> Spot:
        """The same without its thread."""
        return replace(self, thread="")

    def in_thread(self, message: str) -> Spot:
        """The thread of one of its messages; a chat has no threads."""
        return replace(self, thread=message) if self.kind == CHANNEL else self

    @classmethod
    def of(cls, address: str) -> Spot:
        """The spot of an address; a channel's id alone is one too."""
        parts = [unquote(part) for part in address.split("/")]
        if len(parts) < 5:
            return spot_of_id(address)
        return cls(*parts[:5])


def spot_of_id(conversation: str, tenant: str = "", kind: str = CHANNEL, service: str = "") -> Spot:
    """The spot of a conversation's id as Teams writes it."""
    plain, _, thread = conversation.partition(_THREAD)
    return Spot(tenant, kind, plain, thread, service)


def direct_to(spot: Spot, account: str) -> Spot:
    """The personal chat of somebody who was met in this spot, wherever it is."""
    return Spot(spot.tenant, PERSONAL, f"@{account}", "", spot.service)
