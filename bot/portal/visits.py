"""What a page gets and gives: a visit, a page, or another address to go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.domain.messages import Place
from bot.domain.people import MAY, Action, Actor, Role

if TYPE_CHECKING:
    from bot.portal.site import Site

PLATFORM = "portal"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person who has signed in, as the session vouches for them."""

    person: str
    """Their id, as the core knows them."""
    name: str
    groups: tuple[str, ...] = ()
    roles: frozenset[Role] = frozenset({Role.OFFICER})
    """As they are now: a role that was taken away is gone at the next page."""
    also: tuple[str, ...] = ()
    """Every account on whatever platform that is this person, where that counts."""
    unsure: bool = False
    """Whether that cannot be told, though it should count."""

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return Actor(self.person, self.groups, also=self.also, unsure=self.unsure)

    def may(self, action: Action | str) -> bool:
        """Whether their roles reach."""
        return bool(self.roles & MAY[Action(action)])


class Needs(StrEnum):
    """Who may open a page at all; every step is checked again in the core."""

    NOBODY = "nobody"
    """Everyone, signed in or not."""
    PERSON = "person"
    HUB = Action.WORK_REQUESTS.value
    ADMIN = Action.BUILD.value
    RECORD = Action.READ_RECORD.value


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page."""

    visitor: Visitor | None
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    """From the address: a reference, a document's id."""
    query: Mapping[str, str] = field(default_factory=dict)
    """Filters and page numbers. What a person asks never stands in an address."""
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    """Uploads: name and content."""
    session: str = ""
    """Id of the session; part of the conversation's place."""
    sender: str = ""
    """Network address it came from: to slow down floods, kept nowhere."""

    @property
    def person(self) -> Visitor:
        """Who is signed in, on pages that need a person."""
        if self.visitor is None:
            raise LookupError("a page without Needs.PERSON asked who is signed in")
        return self.visitor

    @property
    def place(self) -> Place:
        """The conversation of this person in the portal."""
        return Place(PLATFORM, self.person.person)


@dataclass(frozen=True, slots=True)
class Page:
    """A template with what it shows."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    wait: int = 0
    """Seconds after which it may be tried again, where it was too much; browsers and programs are told."""


@dataclass(frozen=True, slots=True)
class Go:
    """See other: where a form leads once it is taken, so that reloading sends nothing again."""

    to: str
    told: str = ""
    """Shown once, at the top of the next page."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to download."""

    name: str
    content: bytes
    kind: str


Shown = Page | Go | File
Handler = Callable[["Site", Visit], Shown]
"""Synchronous: it runs in a thread, beside the loop."""


Long = Callable[[Visit, bool], bool]
"""Whether a visit may take long, from what is sent and whether it is a form."""


def never(visit: Visit, posted: bool) -> bool:
    """A page that only reads and writes records."""
    return False


def when_sent(visit: Visit, posted: bool) -> bool:
    """A form whose answer is worked out."""
    return posted


def always(visit: Visit, posted: bool) -> bool:
    """A page that is worked out each time."""
    return True


@dataclass(frozen=True, slots=True)
class At:
    """One address of the portal: the table of these is all there is to reach."""

    path: str
    get: Handler | None = None
    post: Handler | None = None
    needs: Needs = Needs.PERSON
    hears: Callable[[Visit], str] | None = None
    """What of a form is heard for an emergency before anything else, sign-in included."""
    long: Long = never
    """Whether it asks the library or counts a year: such visits wait for each other, and no other page for them."""
