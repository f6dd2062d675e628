"""Something pressed, filled in or typed that does something; and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.messages import Place, StepBefore
from bot.domain.people import Actor
from bot.domain.requests import Request
from bot.edges.shown import Offer, Shown


@dataclass(frozen=True, slots=True)
class Press:
    """A step that a person wants to take."""

    step: str
    actor: Actor
    place: Place
    about: str = ""
    """The request's reference, or the receipt of a reply."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What was filled in, and what the button carried."""
    nonce: str = ""
    """The same press again, however the platform sends it, has the same one; empty where it does not matter."""
    name: str = ""
    """What colleagues call the person; empty where that is not known."""
    is_direct: bool = True
    """Whether one person alone reads where it was pressed."""

    @property
    def text(self) -> str:
        """What was written, all parts of it."""
        parts = [self.fields.get("text", "")]
        while (name := f"text_{len(parts) + 1}") in self.fields:
            parts.append(self.fields.get(f"between_{len(parts) + 1}", "\n") + self.fields[name])
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a press, in words that are fit to be shown."""

    told: str = ""
    request: Request | None = None
    """As it is now."""
    shown: Shown | None = None
    """To be shown as well."""
    more: tuple[Shown, ...] = ()
    """What follows that, where it takes several messages."""
    openly: bool = False
    """Whether everybody in the conversation is to see that."""
    asks: str = ""
    """A question that is to be answered as if it had been typed."""
    lasts: bool = False
    """Whether what is told must still be found tomorrow: a reference."""
    on_card: bool = False
    """Whether the request's card shows what was done."""
    state: str = ""
    """What the asker's conversation now waits for: "waits", "closed", or nothing new."""
    good: bool = True
    again: bool = False
    """Whether it may be done after all, with something else filled in or later."""
    remedies: tuple[Offer, ...] = ()
    """What can be done about a refusal."""
    before: StepBefore | None = None
    """What is on record of it, where it was begun before."""
    key: str = ""
    """Under which it is on record that it was done once; empty where it may be done again."""
