"""What the assistant asks of its surroundings, and what a force has filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.domain.messages import Citation, Place, Question, Reply
from bot.domain.requests import RequestKind
from bot.domain.switches import Switch
from bot.domain.talk.turns import SaidBefore, Turn
from bot.safeguards import Urgency
from knowledge.found import Found

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.domain.requests import Request


class Guidance(Protocol):
    """What the assistant asks of the library. Every call may raise LibraryError or EncoderError."""

    def search(
        self, question: str, *, after: str = "", limit: int = 10, belongs: frozenset[str] = frozenset()
    ) -> tuple[int, Found]:
        """The current edition's number, and what it has on the question, or on a follow-up to another.

        What is for audiences to which the asker does not `belong` is as if the library did not hold it.
        """

    def whole(self, citation: Citation) -> tuple[int, tuple[Citation, ...]]:
        """The current edition's number, and all of a citation's section as it is now; nothing where it is gone."""

    def related(self, citation: Citation) -> tuple[str, ...]:
        """Headings beside a citation's section that are questions, the nearest first."""


class Conversations(Protocol):
    """What was said before. Every call may raise RecordsError."""

    def turns(self, place: Place, person: str, *, limit: int = 8) -> tuple[Turn, ...]: ...
    def choose(self, receipt: str, position: int, person: str) -> None: ...
    def said_before(self, place: Place, person: str, *, anywhere: bool = False, limit: int = 3) -> SaidBefore: ...
    def waiting_twin(self, person: str, text: str) -> str: ...


class Recorder(Protocol):
    """What the assistant asks of the hub database; every call may raise RecordsError."""

    @property
    def conversation(self) -> Conversations: ...
    def new_receipt(self) -> str: ...
    def save_reply(self, question: Question, reply: Reply) -> Reply:
        """Keep both; the reply as it was kept, with a receipt of its own where it had none."""

    def save_handed_over(
        self,
        question: Question,
        reply_for: Callable[[str], Reply],
        *,
        kind: str,
        found: Sequence[Citation],
        why: str,
    ) -> str: ...
    def count_urgent(self, kind: str) -> None: ...


class Limiter(Protocol):
    """Counts questions."""

    def allows(self, asker: str, place: Place) -> bool:
        """Whether one more question by this person, in this place, is not too many."""


class Listener(Protocol):
    """Hears emergencies that the first listener, which needs no model, does not."""

    def hears(self, text: str) -> Urgency | None:
        """What kind of emergency a redacted message tells of; None for most. EncoderError where it cannot listen."""

    def soon(self, text: str) -> None:
        """It will be asked about this message after the library: both may share what that costs. Never raises."""


class HearsRequests(Protocol):
    """Hears requests for the hub that words alone do not tell."""

    def kind_of(self, text: str) -> RequestKind | None:
        """What the hub is asked for; None for most. Never raises."""


class HearsNoRequests:
    """No listener for requests."""

    def kind_of(self, text: str) -> RequestKind | None:
        """Nothing."""
        return None


class AddsDetail(Protocol):
    """What the assistant asks of the hub's desk."""

    def add_detail(self, actor: Actor, reference: str, text: str) -> Request:
        """Add what an asker says to their request. Refused or RecordsError where that cannot be done."""


class TakesFeedback(Protocol):
    """What people say of replies."""

    def give(
        self, person: str, place: Place, receipt: str, *, helped: bool, reason: str = "", to_hub: bool = False
    ) -> str | None:
        """Keep it; the reference of the request that it opened, if it did. Refused or RecordsError if not."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """What the force has filled in; empty where it has not."""

    hub: str = ""
    wellbeing: str = ""
    incident_signpost: str = ""
    """The force's own words, in place of ours."""
    welfare_signpost: str = ""


class NoLimit:
    """Allows everything."""

    def allows(self, asker: str, place: Place) -> bool:
        """Yes."""
        return True


class Deaf:
    """No second listener."""

    def hears(self, text: str) -> Urgency | None:
        """Nothing."""
        return None

    def soon(self, text: str) -> None:
        """Nothing is made ready."""


@dataclass(frozen=True, slots=True)
class HearsRequestsWhenNeeded:
    """Hears that the hub is wanted; what hears it is made when it is first needed."""

    make: Callable[[], HearsRequests]

    def kind_of(self, text: str) -> RequestKind | None:
        """What it hears."""
        return self.make().kind_of(text)


@dataclass(frozen=True, slots=True)
class ListensWhenNeeded:
    """A listener that is made when it first listens: what is urgent by its words waits for no model."""

    make: Callable[[], Listener]

    def hears(self, text: str) -> Urgency | None:
        """What the listener hears."""
        return self.make().hears(text)

    def soon(self, text: str) -> None:
        """The listener is told."""
        self.make().soon(text)


class Forgetful:
    """Nothing was ever said before: for rehearsals."""

    def turns(self, place: Place, person: str, *, limit: int = 8) -> tuple[Turn, ...]:
        """None."""
        return ()

    def choose(self, receipt: str, position: int, person: str) -> None:
        """Nothing is kept."""

    def said_before(self, place: Place, person: str, *, anywhere: bool = False, limit: int = 3) -> SaidBefore:
        """Nothing was."""
        return SaidBefore()

    def waiting_twin(self, person: str, text: str) -> str:
        """There is none."""
        return ""


def nothing_paused() -> Mapping[str, Switch]:
    """No switch is set."""
    return {}
