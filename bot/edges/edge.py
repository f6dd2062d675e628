"""What every platform brings to the counter: an edge that the server carries, and a window that shows things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from bot.domain.messages import Inbound, Place, Question

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.domain.people import Actor
    from bot.edges.shown import Shown


class Edge(Protocol):
    """One platform, as the server carries it."""

    name: str
    """As in Place.platform."""

    def routes(self) -> Sequence[BaseRoute]:
        """What it serves over HTTP."""

    async def start(self) -> None:
        """Begin; answers what an earlier process left unanswered."""

    async def stop(self) -> None:
        """Finish what is in flight, and end."""


class Standing(StrEnum):
    """What somebody is to the force that the assistant serves."""

    COLLEAGUE = "colleague"
    STRANGER = "stranger"
    """A guest, or of another organisation: told so, signposted in an emergency, and never quoted anything."""
    UNKNOWN = "unknown"
    """The platform does not say at the moment: treated as a stranger until it does."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who sent or pressed something."""

    person: str
    """As the core knows them, the same in every conversation."""
    account: str = ""
    """As the platform calls them in conversations, where that is another id."""
    name: str = ""
    stranger: bool = False
    """Whether what they sent says itself that they are one."""
    team: str = ""
    """The organisation that what they sent names as theirs; empty where it names none."""
    known_as: str = ""
    """The person that this account is, where accounts of several platforms are one; empty where that is `person`."""


class Spot(Protocol):
    """One conversation on a platform; only its own edge looks inside."""

    @property
    def place(self) -> Place:
        """As the core knows it."""

    @property
    def is_direct(self) -> bool:
        """Whether one person alone reads it."""

    @property
    def thread(self) -> str:
        """The id of the thread's first message; empty for none."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that a person typed where the assistant is."""

    key: str
    """The same message again, however the platform sends it, has the same key."""
    spot: Any
    """A Spot of the edge that heard it."""
    writer: Writer
    text: str
    """Without the platform's own marks. In the hub's threads links and mentions stand in it as words."""
    message: str = ""
    """The id of what was said."""
    mentioned: bool = False
    """Whether it names the assistant."""
    to_others: bool = False
    """Whether it names somebody else."""
    in_thread: bool = False
    """Whether it follows something that was said before."""
    shared: bool = False
    """Whether people of other organisations read the conversation."""
    files: bool = False
    """Whether files came with it, which nobody reads."""
    command: bool = False
    """Whether it was typed as a command, whose answer only the writer sees."""
    again: bool = False
    """Whether a process that died had taken it, and had not worked out its answer."""

    @property
    def user(self) -> str:
        """Who asks, as the core knows them."""
        return self.writer.known_as or self.writer.person

    def question(self, spot: Spot | None = None) -> Question:
        """As the core takes it."""
        return Question(self.text, (spot or self.spot).place, self.user)


class Window(Protocol):
    """What one platform does for the counter: it shows things and knows its people. It decides nothing."""

    name: str
    """As in Place.platform."""
    board: str
    """Address of the hub's channel; empty where there is none."""
    help: str
    """What is said to "help"."""

    def is_board(self, spot: Any) -> bool:
        """Whether a conversation is in the hub's channel."""

    def recall(self, left: Inbound, writer: Writer) -> Heard:
        """What was put on record when it was said, as it was heard; who else reads along is not on record."""

    async def own(self, writer: Writer, spot: Any) -> Any:
        """A person's own conversation with the assistant; it need not be open yet."""

    async def writer_of(self, person: str) -> Writer:
        """A person of whom only the id was kept."""

    async def post(self, spot: Any, shown: Shown, *, only_for: Writer | None = None, reply_to: str = "") -> str:
        """Show something; the id of the message, empty where the platform did not take it. It never raises.

        With `only_for` that person alone sees it, where others read the conversation too.
        """

    async def actor(self, writer: Writer, spot: Any) -> Actor:
        """The person, with those of the hub's groups that the platform vouches for."""

    async def address(self, writer: Writer, spot: Any) -> str:
        """The e-mail address that the platform vouches for; empty for guests and people of elsewhere. Never raises."""

    async def standing(self, writer: Writer, spot: Any) -> Standing:
        """Whether a person is a colleague."""

    async def has_strangers(self, spot: Any) -> bool:
        """Whether guests or people of other organisations read a conversation; yes where the platform does not say."""

    async def has_answered(self, heard: Heard) -> bool | None:
        """Whether an answer stands in the conversation already: a process may die between showing it and saying so.

        None where the platform does not tell; then a note says that it may have been, and shows it if asked.
        """

    async def change(self, heard: Heard, shown: Shown) -> bool:
        """Show something in the place of the message whose button was pressed; False where it cannot be changed.

        It never raises.
        """

    async def busy(self, heard: Heard) -> None:
        """Show that an answer is being worked on; cancelled when there is one."""

    async def settled(self, heard: Heard, *, waits: bool) -> None:
        """An answer was shown; `waits` where the hub has to reply as well."""
