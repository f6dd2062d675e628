"""Signing in: sample people in a demonstration, OpenID Connect everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot import wording

if TYPE_CHECKING:
    from bot.portal.site import Site

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class DemoSignIn:
    """Sample people, without a password: only where the server listens on this machine alone."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Choose a person; become them; stop being them."""
        return [
            Route("/sign-in", self._choose, methods=["GET"]),
            Route("/sign-in", self._become, methods=["POST"]),
            Route("/sign-out", self._leave, methods=["POST"]),
        ]

    async def _choose(self, request: Request) -> Response:
        context = {
            "title": "Sign in",
            "people": wording.DEMO_PEOPLE,
            "next": inside(request.query_params.get("next", "/")),
            "visitor": None,
            "path": "/sign-in",
            "told": "",
            "demo": True,
            "sign_in": False,
        }
        return HTMLResponse(self._site.renderer.draw("sign_in_demo.html", context))

    async def _become(self, request: Request) -> Response:
        form = await request.form()
        person = str(form.get("person", ""))
        if person not in wording.DEMO_PEOPLE:
            return RedirectResponse("/sign-in", 303)
        response = RedirectResponse(inside(str(form.get("next", "/"))), 303)
        name = wording.DEMO_PEOPLE[person][0]
        await self._site.jobs.quickly(self._site.sessions.begin, response, person, name, ())
        return response

    async def _leave(self, request: Request) -> Response:
        response = RedirectResponse("/", 303)
        await self._site.jobs.quickly(self._site.sessions.end, request, response)
        return response


def inside(address: str) -> str:
    """An address of ours; the first page in the place of one that leads elsewhere."""
    plain = address.replace("\\", "/").strip()
    return plain if plain.startswith("/") and not plain.startswith("//") and plain.isprintable() else "/"
