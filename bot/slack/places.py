"""Addresses of conversations in Slack: what the core keeps without looking inside."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.messages import Place

PLATFORM = "slack"


@dataclass(frozen=True, slots=True)
class Spot:
    """A thread in a channel or a direct message."""

    team: str
    channel: str
    """A channel's id, or "@U0123" for whatever direct message that person has with the app."""
    thread: str = ""
    """The ts of the thread's first message; empty for none."""
    is_new: bool = field(default=False, compare=False)
    """Whether nobody has replied in the thread: what one person alone is shown would be invisible in it."""
    answer_at: str = field(default="", compare=False)
    """Where a command is answered, for a while."""

    @property
    def place(self) -> Place:
        """As the core knows it."""
        return Place(PLATFORM, f"{self.team}/{self.channel}/{self.thread}")

    @property
    def is_direct(self) -> bool:
        """Whether only one person reads it."""
        return self.channel.startswith(("D", "@"))

    @classmethod
    def of(cls, address: str) -> Spot:
        """The spot of an address; a channel's id alone is one too, in whatever workspace there is."""
        parts = address.split("/")
        if len(parts) == 1:
            return cls("", parts[0])
        return cls(parts[0], parts[1], parts[2] if len(parts) > 2 else "")


def direct_to(team: str, user: str, *, answer_at: str = "") -> Spot:
    """The direct message of a person."""
    return Spot(team, f"@{user}", answer_at=answer_at)
