"""A person's own requests, and what an asker does with them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response

from bot.api.bodies import Described, Filled, Several, Told
from bot.api.calls import Call, Key, caller, once
from bot.api.listing import PAGE, SIZE, part_of
from bot.api.problems import Problem
from bot.api.steps import Reference, StepName, known, shown, take
from bot.domain.clients import Scope
from bot.domain.requests import MessageKind, Request
from bot.edges.steps_table import Who
from bot.wording import NO_SUCH_REQUEST_HERE

router = APIRouter()
Own = Annotated[Call, Depends(caller(Scope.REQUESTS))]
MOST_OWN = 1000


@router.get("/requests", response_model=Several, tags=["requests"], summary="List one's own requests")
def mine(call: Own, page: PAGE = 1, size: SIZE = 50) -> dict[str, Any]:
    """The requests of the token's person, newest first."""
    found = call.hub.records.requests_of(call.client.person, limit=MOST_OWN)
    return part_of([one.as_json() for one in found], page, size)


@router.post("/requests", response_model=Told, tags=["requests"], summary="Open a request for the hub")
def open_request(call: Own, body: Described, key: Key = "") -> Response:
    """An operational problem, an organisational inefficiency, or a question for the hub."""
    fields = {**body.fields, "kind": body.kind.value}
    return once(call, key, "requests", body.model_dump(mode="json"), lambda: take(call, "form", "", fields, key))


@router.get("/requests/{reference}", tags=["requests"], summary="Read one of one's own requests")
def own(call: Own, reference: Reference) -> dict[str, Any]:
    """What was said about it; other people's look as if they were not there, and the hub's notes are not shown."""
    found = _own(call, reference)
    said = [one.as_json() for one in found.messages if one.kind is not MessageKind.NOTE]
    return {**shown(call, found), "messages": said, "events": []}


@router.post(
    "/requests/{reference}/steps/{step}", response_model=Told, tags=["requests"], summary="Take an asker's step"
)
def asker_step(call: Own, reference: Reference, step: StepName, body: Filled, key: Key = "") -> Response:
    """add_detail, withdraw, helped, not_yet or join, with one's own request."""
    known(step, Who.ASKER)
    about = _own(call, reference).reference
    return once(call, key, f"{about}/{step}", body.model_dump(), lambda: take(call, step, about, body.fields, key))


def _own(call: Call, reference: str) -> Request:
    found = call.hub.records.request(reference)
    if found is None or found.asker != call.client.person:
        raise Problem(404, NO_SUCH_REQUEST_HERE)
    return found
