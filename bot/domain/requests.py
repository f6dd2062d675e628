"""Requests: the words and rules of the work that is handed to the hub."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.messages import Citation, Place
from bot.domain.record import Event, Json
from bot.domain.refusals import Refused, Remedy


class RequestKind(StrEnum):
    """What the hub is asked to do."""

    QUESTION = "question"
    OPERATIONAL_PROBLEM = "operational_problem"
    ORGANISATIONAL_INEFFICIENCY = "organisational_inefficiency"
    CORRECTION = "correction"


class RequestState(StrEnum):
    """Where a request stands; only a person moves it."""

    OPEN = "open"
    CLAIMED = "claimed"
    REPLIED = "replied"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    UNRESOLVED = "unresolved"
    """A question that nobody answered and nobody waits for; the worker logged it."""


_S = RequestState
TRANSITIONS: Mapping[RequestState, frozenset[RequestState]] = {
    _S.OPEN: frozenset({_S.CLAIMED, _S.WITHDRAWN}),
    # released, answered, closed without a reply (duplicate, out of scope), or taken back by the asker
    _S.CLAIMED: frozenset({_S.OPEN, _S.REPLIED, _S.CLOSED, _S.WITHDRAWN}),
    _S.REPLIED: frozenset({_S.CLOSED, _S.REOPENED}),
    _S.CLOSED: frozenset({_S.REOPENED}),
    _S.REOPENED: frozenset({_S.CLAIMED, _S.WITHDRAWN}),
    _S.WITHDRAWN: frozenset(),
    _S.UNRESOLVED: frozenset({_S.CLAIMED, _S.CLOSED}),
}
"""Which state may follow which."""
WAITS = (_S.OPEN, _S.CLAIMED, _S.REOPENED)
"""States in which a request still waits for its reply."""


class TransitionError(Refused):
    """A request cannot go from its state to the one that was asked for."""


_ENDED = "{reference} was withdrawn, and stays so. Ask the question again to open a new request."
_CLOSED = "{reference} is closed. To go on with it, open it again first."
_NO_REPLY = "{reference} has no reply yet."
_REPLIED = "{reference} has its reply. To go on with it, open it again first."
_WHY_NOT: Mapping[tuple[RequestState, RequestState], str] = {
    **{(_S.WITHDRAWN, wanted): _ENDED for wanted in _S},
    (_S.WITHDRAWN, _S.WITHDRAWN): "{reference} is withdrawn already.",
    **{(_S.CLOSED, wanted): _CLOSED for wanted in _S},
    (_S.CLOSED, _S.CLOSED): "{reference} is closed already.",
    **{(_S.REPLIED, wanted): _REPLIED for wanted in _S},
    (_S.REPLIED, _S.WITHDRAWN): "{reference} has its reply, so there is nothing to take back.",
    **{(state, wanted): _NO_REPLY for state in WAITS for wanted in (_S.REPLIED, _S.CLOSED)},
    **{(state, _S.REOPENED): "{reference} waits for the hub already." for state in WAITS},
    **{(state, _S.OPEN): "No one has {reference}, so there is nothing to put back." for state in WAITS},
}
"""Why a request cannot go from one state to another, in words for an officer."""


def check_transition(reference: str, now: RequestState, wanted: RequestState) -> None:
    """Do nothing if a request may go from `now` to `wanted`; raise TransitionError with a sentence if not."""
    if wanted in TRANSITIONS[now]:
        return
    said = _WHY_NOT.get((now, wanted), "That cannot be done with {reference} as it stands now.")
    reopens = now in (_S.CLOSED, _S.REPLIED) and wanted not in (now, _S.WITHDRAWN)
    remedy = Remedy(("requests", "reopen", reference), "not_yet", reference) if reopens else None
    raise TransitionError(said.format(reference=reference), remedy)


class CloseOutcome(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"
    POLICY_GAP = "policy_gap"
    REFERRED_ON = "referred_on"


class MessageKind(StrEnum):
    """What was said about a request."""

    REPLY = "reply"
    ASK_MORE = "ask_more"
    DETAIL = "detail"
    """What the asker added."""
    NOTE = "note"
    """The hub's own; the asker never sees it."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something said about a request."""

    kind: MessageKind
    author: str
    text: str
    at: datetime

    def as_json(self) -> dict[str, Json]:
        """The message for `requests show --json`."""
        return {
            "kind": self.kind.value,
            "author": self.author,
            "text": self.text,
            "at": self.at.isoformat(timespec="seconds"),
        }


@dataclass(frozen=True, slots=True)
class Request:
    """Work for the hub, with everything needed to do it. Times are in UTC."""

    reference: str
    kind: RequestKind
    state: RequestState
    question: str
    """The redacted question."""
    place: Place
    asker: str
    opened_at: datetime
    why: str
    """Why nothing was quoted, in plain words."""
    found: tuple[Citation, ...] = ()
    """What the search brought up, nearest first; empty in lists."""
    events: tuple[Event, ...] = ()
    """What happened, oldest first; empty in lists."""
    claimed_by: str = ""
    outcome: str = ""
    """How it was closed; empty while it is not."""
    joined_to: str = ""
    """The request that answers this one too; empty where it stands on its own."""
    joined: tuple[str, ...] = ()
    """References of the requests that this one answers too; empty in lists."""
    claimed_at: datetime | None = None
    """When it was first taken."""
    replied_at: datetime | None = None
    """When it was first replied to."""
    messages: tuple[Message, ...] = ()
    """What was said, oldest first; empty in lists."""

    reopened_at: datetime | None = None
    """When it was last opened again, while it waits because of that; for what was unresolved, when it was taken."""
    theme: str = ""
    """As the form has it; empty for none."""
    area: str = ""
    """Where it happens, as the form has it, redacted."""
    join_offered: str = ""
    """The request that its asker was offered to join; empty for none."""
    unasked: bool = False
    """Whether the worker logged it: the asker was never told its reference."""

    @property
    def is_answered(self) -> bool:
        """Whether it has had a reply since it was last opened."""
        return self.replied_at is not None and self.reopened_at is None

    @property
    def waits_since(self) -> datetime:
        """From when it is counted how long it waits."""
        return self.reopened_at or self.opened_at

    def as_json(self) -> dict[str, Json]:
        """The request for `requests … --json`; times in ISO form."""
        return {
            "reference": self.reference,
            "kind": self.kind.value,
            "state": self.state.value,
            "question": self.question,
            "place": {"platform": self.place.platform, "address": self.place.address},
            "asker": self.asker,
            "opened_at": self.opened_at.isoformat(timespec="seconds"),
            "why": self.why,
            "claimed_by": self.claimed_by or None,
            "outcome": self.outcome or None,
            "joined_to": self.joined_to or None,
            "joined": list(self.joined),
            "theme": self.theme or None,
            "area": self.area or None,
            "messages": [message.as_json() for message in self.messages],
            "found": [citation.as_json() for citation in self.found],
            "events": [event.as_json() for event in self.events],
        }


_REFERENCE = re.compile(r"(?:PF)?[^\w]*([0-9]{1,9})", re.IGNORECASE)


def reference_of(number: int) -> str:
    """The reference of a request's number: 42 is "PF-0042"."""
    return f"PF-{number:04d}"


def parse_reference(text: str) -> int | None:
    """The number in "PF-0042", "pf42" or "42"; None where the text is no reference."""
    match = _REFERENCE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    number = int(match[1]) if match else 0
    return number or None


class QueueError(Refused):
    """A request cannot be changed as it was asked for; the message names who has it, or the remedy."""


LIST = Remedy(("requests", "list"), "home")
"""Where requests are found."""


def no_such_request(reference: str) -> QueueError:
    """The refusal of a reference that no request has."""
    return QueueError(f"There is no request {reference}.", LIST)


def number_of(reference: str) -> int:
    """The number of a request. QueueError where the reference cannot be read."""
    number = parse_reference(reference)
    if number is None:
        raise QueueError(f"'{reference}' is no reference. Write it as PF-0042.")
    return number


def moved(request: Request, wanted: RequestState) -> None:
    """Do nothing if the request may go there; TransitionError if not."""
    check_transition(request.reference, request.state, wanted)
