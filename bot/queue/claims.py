"""Who has a request: the rules of taking it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.requests import Request, RequestState
from bot.records.queue import QueueError, moved

S = RequestState
Decision = Mapping[str, Any]
"""What is new about a request, as QueueRecords.change takes it."""


def claim(request: Request, person: str) -> Decision:
    if request.state is S.CLAIMED:
        whose = "You have" if request.claimed_by == person else f"{request.claimed_by} has"
        raise QueueError(f"{whose} {request.reference} already.")
    moved(request, S.CLAIMED)
    return {"state": S.CLAIMED, "claimed_by": person}


def claim_first(request: Request, person: str) -> Decision:
    """A request that is open is claimed on the way; one that somebody else has is left to them."""
    if request.state in (S.OPEN, S.REOPENED):
        return claim(request, person)
    is_theirs(request, person)
    if request.state is not S.CLAIMED:
        moved(request, S.CLAIMED)
    return {}


def is_theirs(request: Request, person: str) -> None:
    if request.state is S.CLAIMED and request.claimed_by != person:
        raise QueueError(
            f"{request.claimed_by} has {request.reference}. "
            f"Ask them, or run: prevention-hub requests reassign {request.reference} {person}"
        )
