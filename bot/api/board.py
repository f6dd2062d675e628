"""The hub's board, and what hub staff do with requests."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from bot.api.bodies import Asked, Filled, Several, Told
from bot.api.calls import Call, Key, caller, once
from bot.api.listing import PAGE, SIZE, page_of
from bot.api.problems import Problem
from bot.api.steps import Reference, StepName, known, shown, take
from bot.domain.clients import Scope
from bot.domain.finding import Filter, Page, Sort
from bot.domain.requests import RequestKind, RequestState
from bot.edges.steps_table import Who
from bot.wording import NO_SUCH_REQUEST_HERE

router = APIRouter(tags=["board"])
Board = Annotated[Call, Depends(caller(Scope.BOARD))]


@router.get("/board", response_model=Several, summary="List the hub's requests")
def listed(
    call: Board,
    page: PAGE = 1,
    size: SIZE = 50,
    state: Annotated[list[RequestState] | None, Query(description="Only in these states.")] = None,
    kind: Annotated[RequestKind | None, Query(description="Only of this kind.")] = None,
    theme: Annotated[str, Query(max_length=60)] = "",
    sort: Annotated[Sort, Query()] = Sort.LONGEST,
    *,
    mine: Annotated[bool, Query(description="Only what the token's person has.")] = False,
    overdue: Annotated[bool, Query(description="Only what waits for longer than it should.")] = False,
) -> dict[str, Any]:
    """Everybody's requests. Words are looked for by POST /board/search: they stand in no address."""
    wanted = Filter(states=tuple(state or ()), kinds=(kind,) if kind else (), theme=theme)
    found = call.hub.finder.find(call.actor, wanted, Page(page, size), sort, mine=mine, overdue=overdue)
    return page_of([shown(call, one) for one in found.requests], found.total, page, size)


@router.post("/board/search", response_model=Several, summary="Find requests by words")
def search(call: Board, body: Asked, page: PAGE = 1, size: SIZE = 50) -> dict[str, Any]:
    """Requests in whose question, or in what was said about it, every one of these words stands; newest first."""
    found = call.hub.finder.find(call.actor, Filter(words=body.text), Page(page, size), Sort.NEWEST)
    return page_of([shown(call, one) for one in found.requests], found.total, page, size)


@router.get("/board/{reference}", summary="Read a request")
def read(call: Board, reference: Reference) -> dict[str, Any]:
    """A request with everything beside it; that it was looked at goes on record."""
    found = call.hub.office.look(call.actor, reference)
    if found is None:
        raise Problem(404, NO_SUCH_REQUEST_HERE)
    return shown(call, found)


@router.post("/board/{reference}/steps/{step}", response_model=Told, summary="Take a step of the hub")
def take_step(call: Board, reference: Reference, step: StepName, body: Filled, key: Key = "") -> Response:
    """claim, release, reply, note, close, dismiss, ask_more, promote, approve or take_over."""
    known(step, Who.HUB, Who.APPROVER)
    found = call.hub.records.request(reference)
    if found is None:
        raise Problem(404, NO_SUCH_REQUEST_HERE)
    about = found.reference
    return once(call, key, f"{about}/{step}", body.model_dump(), lambda: take(call, step, about, body.fields, key))
