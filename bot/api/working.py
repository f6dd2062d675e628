"""Requests: a person's own, and the hub's board; every step of the counter's table by its name."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response

from bot.api.bodies import Described, Filled, Several, Told
from bot.api.calls import Call, Key, caller, once
from bot.api.listing import PAGE, SIZE, page_of, part_of
from bot.api.problems import Problem
from bot.domain.clients import Scope
from bot.domain.finding import Filter, Page, Sort
from bot.domain.messages import Question
from bot.domain.requests import MessageKind, Request, RequestKind, RequestState
from bot.edges.presses import Press
from bot.edges.steps import written_by_an_officer
from bot.edges.steps_table import STEPS, Who
from bot.wording import NO_SUCH_REQUEST_HERE

router = APIRouter()
Own = Annotated[Call, Depends(caller(Scope.REQUESTS))]
Board = Annotated[Call, Depends(caller(Scope.BOARD))]
Reference = Annotated[str, Path(max_length=20, description="PF-0042")]
StepName = Annotated[str, Path(max_length=40, description="A step's name: claim, reply, close, add_detail, helped …")]
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
    return once(call, key, "requests", body.model_dump(mode="json"), lambda: _take(call, "form", "", fields, key))


@router.get("/requests/{reference}", tags=["requests"], summary="Read one of one's own requests")
def own(call: Own, reference: Reference) -> dict[str, Any]:
    """What was said about it; other people's look as if they were not there, and the hub's notes are not shown."""
    found = _own(call, reference)
    said = [one.as_json() for one in found.messages if one.kind is not MessageKind.NOTE]
    return {**found.as_json(), "messages": said, "events": []}


@router.post(
    "/requests/{reference}/steps/{step}", response_model=Told, tags=["requests"], summary="Take an asker's step"
)
def asker_step(call: Own, reference: Reference, step: StepName, body: Filled, key: Key = "") -> Response:
    """add_detail, withdraw, helped, not_yet or join, with one's own request."""
    _known(step, Who.ASKER)
    about = _own(call, reference).reference
    return once(call, key, f"{about}/{step}", body.model_dump(), lambda: _take(call, step, about, body.fields, key))


@router.get("/board", response_model=Several, tags=["board"], summary="List the hub's requests")
def board(
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
    """Everybody's requests; words of a question are looked for by POST /board/search."""
    wanted = Filter(states=tuple(state or ()), kinds=(kind,) if kind else (), theme=theme)
    found = call.hub.finder.find(call.actor, wanted, Page(page, size), sort, mine=mine, overdue=overdue)
    return page_of([one.as_json() for one in found.requests], found.total, page, size)


@router.get("/board/{reference}", tags=["board"], summary="Read a request")
def one(call: Board, reference: Reference) -> dict[str, Any]:
    """A request with everything beside it; that it was looked at goes on record."""
    found = call.hub.office.look(call.actor, reference)
    if found is None:
        raise Problem(404, NO_SUCH_REQUEST_HERE)
    return found.as_json()


@router.post("/board/{reference}/steps/{step}", response_model=Told, tags=["board"], summary="Take a step of the hub")
def hub_step(call: Board, reference: Reference, step: StepName, body: Filled, key: Key = "") -> Response:
    """claim, release, reply, note, close, dismiss, ask_more, promote, approve or take_over."""
    _known(step, Who.HUB, Who.APPROVER)
    found = call.hub.records.request(reference)
    if found is None:
        raise Problem(404, NO_SUCH_REQUEST_HERE)
    about = found.reference
    return once(call, key, f"{about}/{step}", body.model_dump(), lambda: _take(call, step, about, body.fields, key))


def _take(call: Call, step: str, about: str, fields: dict[str, str], key: str) -> dict[str, Any]:
    """Take a step at the counter. An emergency in what an officer wrote is signposted, and nothing of it is done."""
    nonce = f"{call.client.name}:{key}" if key else ""
    press = Press(step, call.actor, call.place, about, fields, nonce, call.client.person)
    asked = Question(written_by_an_officer(press), call.place, call.client.person)
    signpost = call.hub.assistant.signpost(asked) if asked.text else None
    if signpost is not None:
        call.hub.assistant.count(asked, signpost)
        return {"told": signpost.text, "request": None}
    done = call.service.steps.attempt(press)
    if not done.good:
        raise Problem(409, done.told)
    return {"told": done.told, "request": done.request.as_json() if done.request else None}


def _known(step: str, *who: Who) -> None:
    if step not in STEPS or STEPS[step].who not in who:
        names = ", ".join(name for name, one in STEPS.items() if one.who in who)
        raise Problem(404, f"There is no such step here. Steps: {names}.")


def _own(call: Call, reference: str) -> Request:
    found = call.hub.records.request(reference)
    if found is None or found.asker != call.client.person:
        raise Problem(404, NO_SUCH_REQUEST_HERE)
    return found
