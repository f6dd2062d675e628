"""The API as one application, that the server mounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse

from bot import wording
from bot.answering.limits import RateLimits
from bot.api import asking, board, working
from bot.api.bodies import Fault
from bot.api.calls import Service
from bot.api.hearing import Emergency, hear, signposted
from bot.api.problems import MEDIA_TYPE, handle_all
from bot.edges.steps import Steps

if TYPE_CHECKING:
    from bot.app import Hub

ABOUT = """Programs ask, open requests and work on them in the name of a person, within that person's roles. A token is
made by an admin (`prevention-hub api token add`). What is answered is quoted from guidance; an emergency is signposted
to 999 and nothing of it is kept. Errors are problems (RFC 9457) and never repeat what was sent."""
_PROBLEM = {"model": Fault, "content": {MEDIA_TYPE: {}}}
TROUBLES: dict[int | str, dict[str, Any]] = {
    401: {**_PROBLEM, "description": "No token, or one that does not hold."},
    403: {**_PROBLEM, "description": "The token has no scope for it, or its person no role."},
    404: {**_PROBLEM, "description": "There is none, or it is not for this person."},
    409: {**_PROBLEM, "description": "It cannot be done as things stand; the detail says why and what to do."},
    413: {**_PROBLEM, "description": "Too much was sent."},
    422: {**_PROBLEM, "description": "What was sent is not as described."},
    429: {**_PROBLEM, "description": "Too many calls."},
    503: {**_PROBLEM, "description": "The library or the database is away; try again."},
}


def new_api(hub: Hub) -> FastAPI:
    """The application; it keeps the hub for as long as it lives."""
    app = FastAPI(
        title=f"{wording.NAME} API",
        version="1",
        description=ABOUT,
        docs_url=None,  # their pages fetch scripts from elsewhere
        redoc_url=None,
        responses=TROUBLES,
    )
    rate = hub.settings.rate_client
    app.state.service = Service(hub, Steps(hub), RateLimits(rate, "", of="calls", shared=hub.counts))
    app.include_router(asking.router, dependencies=[Depends(hear)])
    app.include_router(working.router, dependencies=[Depends(hear)])
    app.include_router(board.router)  # what hub staff write is no emergency of theirs
    handle_all(app)

    @app.exception_handler(Emergency)
    async def _(request: Request, error: Emergency) -> JSONResponse:
        return signposted(request, error)

    return app
