"""Who calls, what they may, how often, and the same call twice."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer

from bot.answering.limits import RateLimits
from bot.api.problems import Problem
from bot.domain.clients import Client, Scope
from bot.domain.messages import Outcome, Place, Viewer
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError
from bot.governance.one_person import Known

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.edges.steps import Steps

PLATFORM = "portal"
"""What is asked by a program is answered where its person finds it too: in the portal."""
STILL_WORKED_ON = "The first call with this Idempotency-Key is still worked on."
log = logging.getLogger(__name__)
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key", max_length=200, description="The same key within a day: done once, answered alike."
    ),
]
bearer = HTTPBearer(auto_error=False, description="A token of `prevention-hub api token add`.")


@dataclass(frozen=True, slots=True)
class Service:
    """What every call needs; lives as long as the application."""

    hub: Hub
    steps: Steps
    limits: RateLimits


@dataclass(frozen=True, slots=True)
class Call:
    """One call by a program that is known."""

    service: Service
    client: Client
    known: Known
    """The person in whose name it acts, with every account of theirs."""

    @property
    def hub(self) -> Hub:
        """The core."""
        return self.service.hub

    @property
    def actor(self) -> Actor:
        """In whose name it is done."""
        return self.known.actor(Actor(self.client.person))

    @property
    def place(self) -> Place:
        """Where it is asked, and answered."""
        return Place(PLATFORM, self.client.person)

    @property
    def viewer(self) -> Viewer:
        """Who is shown what comes of it."""
        return self.hub.viewer(self.actor, self.place)


def caller(scope: Scope) -> Callable[..., Call]:
    """A dependency: the call of a program whose token has the scope and whose person has the role for it."""

    def found(request: Request, given: Annotated[Any, Depends(bearer)] = None) -> Call:
        service: Service = request.app.state.service
        client = service.hub.clients.holder(given.credentials) if given else None
        if client is None:
            told = "A token is needed: Authorization: Bearer phub_… It is wrong, has ended, or was revoked."
            raise Problem(401, told, www_authenticate="Bearer")
        if not service.limits.allows(client.name, Place(PLATFORM, client.name)):
            raise Problem(429, "Too many calls. Try again in a minute.", retry_after="60")
        if not service.hub.clients.may(client, scope):
            raise Problem(403, f"The token has no scope '{scope.value}', or its person has no role for it.")
        known = service.hub.one_person.of(client.person)
        return Call(service, replace(client, person=known.person), known)

    return found


def once(call: Call, key: str, what: str, sent: Mapping[str, Any], do: Callable[[], dict[str, Any]]) -> JSONResponse:
    """Do it, once for each key: the same call again is answered with what was answered then.

    Only what succeeded is kept; what was refused or failed may be tried again under the same key.
    """
    if not key:
        return JSONResponse(do())
    tokens, name = call.hub.records.tokens, call.client.name
    before = tokens.begin(name, key, json.dumps([what, sent], sort_keys=True))
    if before is not None and not before.same:
        raise Problem(422, "This Idempotency-Key was used for something else. Use a new one.")
    if before is not None and not before.status:
        raise Problem(409, STILL_WORKED_ON, retry_after="2")
    if before is not None:
        return JSONResponse(dict(before.answer), before.status, {"idempotent-replayed": "true"})
    try:
        answer = do()
    except BaseException:
        tokens.forget(name, key)
        raise
    if answer.get("outcome") == Outcome.URGENT.value:
        tokens.forget(name, key)  # nothing is kept of an emergency, not even a digest; to be signposted twice is good
    else:
        try:
            tokens.finish(name, key, 200, answer)
        except RecordsError as error:  # it was done: the caller must not be told that it was not
            log.warning("What a call was answered could not be kept: %s", error)
    return JSONResponse(answer)
