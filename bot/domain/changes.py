"""The rules of working on a request: each gives the change, or refuses with why and the remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain.people import NotAllowed
from bot.domain.refusals import Remedy
from bot.domain.requests import WAITS, CloseOutcome, QueueError, Request, RequestState, moved


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes new about a request; what is None stays as it is."""

    state: RequestState | None = None
    claimed_by: str | None = None
    """Empty for nobody."""
    outcome: CloseOutcome | None = None
    joined_to: str | None = None
    """The reference of the request that answers this one too; empty for none."""
    reopens: bool = False
    """Whether how it had ended no longer counts."""
    tell: Callable[[str], str] | None = None
    """The text of a letter to the asker and to all who joined, for the reference of each."""


def close(request: Request, person: str, outcome: CloseOutcome) -> Change:
    """The change that ends a request.

    QueueError where another has it, or where it would end as answered and has no reply; TransitionError where it ended.
    """
    held = Change() if request.state is RequestState.REPLIED else claim_first(request, person)
    if request.state not in (RequestState.OPEN, RequestState.REOPENED):
        moved(request, RequestState.CLOSED)
    if outcome is CloseOutcome.ANSWERED and not request.is_answered:
        others = ", ".join(one.value for one in CloseOutcome if one is not CloseOutcome.ANSWERED)
        raise QueueError(
            f"{request.reference} has no reply, so it cannot be closed as answered. Reply first, or say how it ended: "
            f"{others}.",
            Remedy(("requests", "reply", request.reference, "…"), "reply", request.reference),
        )
    return replace(held, state=RequestState.CLOSED, outcome=outcome)


def join(request: Request, other: Request, *, by_hub: bool) -> Change:
    """The change that lets another request answer this one too.

    NotAllowed where it was not offered to the asker; QueueError where the other does not wait, or one is joined.
    """
    if request.reference == other.reference or request.joined_to:
        where = f"it has joined {request.joined_to}." if request.joined_to else "a request cannot join itself."
        raise QueueError(f"{request.reference} cannot join {other.reference}: {where}")
    if not by_hub and request.join_offered != other.reference:
        raise NotAllowed(
            f"{request.reference} was not offered to join {other.reference}: a request is joined where it was offered, "
            "or by the hub."
        )
    if other.state not in WAITS or other.joined_to:
        raise QueueError(f"{other.reference} does not wait for a reply any more, so nothing can join it.")
    if request.state not in WAITS:
        raise QueueError(f"{request.reference} is {request.state.value}, so it needs no other answer.")
    return Change(RequestState.CLOSED, outcome=CloseOutcome.DUPLICATE, joined_to=other.reference)


def claim(request: Request, person: str) -> Change:
    """The change that gives a request to a person. QueueError where another has it, TransitionError where it ended."""
    if request.state is RequestState.CLAIMED:
        whose = "You have" if request.claimed_by == person else f"{request.claimed_by} has"
        raise QueueError(f"{whose} {request.reference} already.")
    moved(request, RequestState.CLAIMED)
    return Change(RequestState.CLAIMED, claimed_by=person)


def claim_first(request: Request, person: str) -> Change:
    """As `claim` for an open request; no change for one that the person has; QueueError where another has it."""
    if request.state in (RequestState.OPEN, RequestState.REOPENED, RequestState.UNRESOLVED):
        return claim(request, person)
    is_theirs(request, person)
    if request.state is not RequestState.CLAIMED:
        moved(request, RequestState.CLAIMED)
    return Change()


def is_theirs(request: Request, person: str) -> None:
    """Do nothing unless another person has the request; QueueError, naming them, if so."""
    if request.state is RequestState.CLAIMED and request.claimed_by != person:
        command = ("requests", "reassign", request.reference, person)
        remedy = Remedy(command, "take_over", request.reference)
        raise QueueError(f"{request.claimed_by} has {request.reference}. Ask them, or take it over.", remedy)
