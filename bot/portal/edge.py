"""The portal as one more platform that the server carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot import wording
from bot.edges.jobs import Jobs
from bot.portal.checking import check
from bot.portal.floods import Floods, Slowed
from bot.portal.live import Live
from bot.portal.pages import (
    about,
    admin,
    ask,
    board,
    echo,
    insight,
    learn,
    library,
    projects,
    receipts,
    requests,
    shift,
    steps,
)
from bot.portal.rendering import Renderer
from bot.portal.security import Guard
from bot.portal.sessions import Sessions
from bot.portal.sign_in import DemoSignIn
from bot.portal.site import SIGN_IN, Site, trouble
from bot.portal.visits import PLATFORM, At, always

if TYPE_CHECKING:
    from bot.app import Hub

TABLE: tuple[At, ...] = (
    *ask.TABLE,
    *library.TABLE,
    *learn.TABLE,
    *receipts.TABLE,
    *requests.TABLE,
    *shift.TABLE,  # before the board, whose requests stand under the same address
    *board.TABLE,
    *(replace(at, long=always) for at in (*insight.TABLE, *projects.TABLE)),
    *steps.TABLE,
    *echo.TABLE,
    *(replace(at, long=always) for at in admin.TABLE),
    *about.TABLE,
)
FOR_GOOD = "public, max-age=31536000, immutable"


class PortalEdge:
    """Pages, sign-in and assets; lives as long as the server."""

    name = PLATFORM

    def __init__(self, hub: Hub) -> None:
        check(hub.settings)
        https = hub.settings.public_url.startswith("https://")
        self._jobs, self._https = Jobs(), https
        renderer = Renderer(hub.settings.timezone, hub.settings.public_url)
        self._renderer = renderer
        self._site = Site(hub, self._jobs, renderer, Sessions(hub, https=https))
        self._live = Live(self._site)

    def routes(self) -> Sequence[BaseRoute]:
        """Every address of the portal, and last a page for what there is not."""
        found = [*self._live.routes(), *self._site.routes(TABLE), *self._sign_in()]
        guarded = [Route(one.path, Guard(one.app, https=self._https), methods=_methods(one)) for one in found]
        missing = Route("/{missing:path}", Guard(Route("/{missing:path}", self._missing).app, https=self._https))
        return [*guarded, Route("/assets/{version}/{name}", self._asset), missing]

    def _sign_in(self) -> list[Route]:
        """Signing in may be tried only so often from one address; signing out as often as anybody likes."""
        floods = Floods(self._site.hub.settings.rate_sign_in)
        return [
            Route(one.path, Slowed(one.app, self._site, floods, wording.SIGN_INS_TOO_MANY, 60), methods=_methods(one))
            if one.path.startswith(SIGN_IN)
            else one
            for one in self._ways_in()
        ]

    def _ways_in(self) -> list[Route]:
        if self._site.hub.settings.portal_demo:
            return DemoSignIn(self._site).routes()
        from bot.portal.openid import OpenIdSignIn  # Authlib and its HTTP client are not for a demonstration

        return OpenIdSignIn(self._site).routes()

    async def start(self) -> None:
        """Look whether every asset is there before the first page is asked for; the pages are made ready meanwhile."""
        _ = self._renderer.version
        self._jobs.spawn(self._jobs.in_thread(self._renderer.compile_all))

    async def stop(self) -> None:
        """Finish what is in flight."""
        await self._live.stop()
        await self._jobs.drain()

    async def _missing(self, request: Request) -> Response:
        return await self._site.plain(request, trouble(404, wording.NO_SUCH_PAGE))

    async def _asset(self, request: Request) -> Response:
        found = self._renderer.assets.get(request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        content, kind = found
        return Response(content, media_type=kind, headers={"cache-control": FOR_GOOD})


def _methods(route: Route) -> list[str]:
    return sorted(route.methods or {"GET"})
