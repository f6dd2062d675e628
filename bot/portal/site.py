"""The portal's pages as routes: who is there, whether they may, the page, and words for everything that goes wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot import wording
from bot.answering.limits import RateLimits
from bot.domain.messages import Place, Question, Viewer
from bot.domain.people import Action, NotAllowed
from bot.domain.refusals import RecordsError, Refused
from bot.edges.jobs import Jobs
from bot.edges.steps import Steps
from bot.portal.rendering import Renderer
from bot.portal.sessions import Sessions
from bot.portal.visits import PLATFORM, At, File, Go, Handler, Needs, Page, Shown, Visit
from bot.watching.steps import Step, step
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
MOST_FIELDS, MOST_FILES = 300, 20
SIGN_IN, REPLY = "/sign-in", "reply.html"
SECONDS_FOR_WHO = 1.0
"""A signpost waits no longer to know who is signed in."""


class Site:
    """Serves pages; lives as long as the server."""

    def __init__(self, hub: Hub, jobs: Jobs, renderer: Renderer, sessions: Sessions) -> None:
        self.hub, self.jobs, self.renderer, self.sessions = hub, jobs, renderer, sessions
        self.steps = Steps(hub)
        self.checks = RateLimits(hub.settings.rate_person, "", of="receipts", shared=hub.counts)
        """How often a person may look up a receipt: codes are short, and none should be found by guessing."""

    def routes(self, table: Sequence[At]) -> list[Route]:
        """The table of pages as routes."""
        return [Route(at.path, partial(self._serve, at), methods=_methods(at), name=at.path) for at in table]

    async def _serve(self, at: At, request: Request) -> Response:
        sent = await self._visit(request)
        if (signpost := await self._urgent(at, request, sent)) is not None:
            return signpost
        try:
            visitor = await self.jobs.quickly(self.sessions.visitor, request)
        except RecordsError as error:
            log.error("Who is signed in cannot be told: %s", error)
            visitor = None
        if visitor is None and at.needs is not Needs.NOBODY:
            return RedirectResponse(f"{SIGN_IN}?next={quote(request.url.path)}", 303)
        visit = replace(sent, visitor=visitor)
        told = self.sessions.told(request)
        posted = request.method == "POST"
        # a page that asks nothing of the library does not wait behind those that do
        lane = self.jobs.in_thread if at.long(visit, posted) else self.jobs.quickly
        return await lane(self._page, at, visit, told, posted=posted)

    def _page(self, at: At, visit: Visit, told: str, *, posted: bool) -> Response:
        shown = self._shown(at, visit, posted=posted)
        response = self._respond(shown, visit, told)
        return self.sessions.telling(response, shown.told if isinstance(shown, Go) else "", had=bool(told))

    def _shown(self, at: At, visit: Visit, *, posted: bool) -> Shown:
        handler = at.post if posted else at.get
        if handler is None:
            return trouble(404, wording.NO_SUCH_PAGE)
        if at.needs not in (Needs.NOBODY, Needs.PERSON) and not visit.person.may(Action(at.needs.value)):
            return trouble(403, wording.NOT_FOR_YOU)
        return self._guarded(handler, visit)

    def _guarded(self, handler: Handler, visit: Visit) -> Shown:
        """The page, or in words why there is none. Only what a refusal says was written for people."""
        try:
            return handler(self, visit)
        except NotAllowed as error:
            return trouble(403, self.readable(str(error)))
        except Refused as error:
            return trouble(409, self.readable(str(error)))
        except (RecordsError, LibraryError, EncoderError) as error:
            log.error("A page (%s) could not be made: %s", handler.__name__, error)
            return trouble(503, wording.TROUBLE)

    async def plain(self, request: Request, page: Page) -> Response:
        """A page for a request that no page of the table answers."""
        return await self.jobs.quickly(self._respond, page, Visit(None, request.url.path), "")

    def readable(self, text: str) -> str:
        """A text with names of people in the place of their ids."""
        return self.steps.readable(text)

    def viewer(self, visit: Visit) -> Viewer:
        """Who is shown a page."""
        return self.hub.viewer(visit.person.actor, visit.place)

    def ask(self, visit: Visit, text: str) -> Shown:
        """Ask the assistant; the reply's page, by its receipt where it has one."""
        from bot.portal.pages.ask import draw

        who = self.viewer(visit)
        reply = self.hub.assistant.ask(Question(text, who.place, visit.person.person, belongs=who.belongs))
        return Go(f"/replies/{reply.receipt}") if reply.receipt else draw(self, reply)

    async def _urgent(self, at: At, request: Request, visit: Visit) -> Response | None:
        """The signpost where a form tells of an emergency: before sign-in is asked for, and without the database.

        That there was one is counted afterwards, and nothing of it is kept.
        """
        from bot.portal.pages.ask import draw

        text = at.hears(visit) if at.hears is not None and request.method == "POST" else ""
        asked = Question(text, Place(PLATFORM, ""), "")
        signpost = await self.jobs.at_once(self.hub.assistant.signpost, asked) if text.strip() else None
        if signpost is None:
            return None
        try:
            visitor = await asyncio.wait_for(self.jobs.quickly(self.sessions.visitor, request), SECONDS_FOR_WHO)
        except (RecordsError, TimeoutError):
            visitor = None
        person = visitor.person if visitor else ""
        counted = replace(asked, place=Place(PLATFORM, person), asker=person)
        self.jobs.spawn(self.jobs.quickly(self.hub.assistant.count, counted, signpost))
        return await self.jobs.at_once(self._respond, draw(self, signpost), replace(visit, visitor=visitor), "")

    def _respond(self, shown: Shown, visit: Visit, told: str) -> Response:
        if isinstance(shown, Go):
            return RedirectResponse(shown.to, 303)
        if isinstance(shown, File):
            named = f'attachment; filename="{quote(shown.name)}"'
            return Response(shown.content, media_type=shown.kind, headers={"content-disposition": named})
        context: Mapping[str, Any] = {
            "visitor": visit.visitor,
            "path": visit.path,
            "told": told,
            "demo": self.hub.settings.portal_demo,
            "sign_in": True,
            **shown.context,
        }
        waits = {"retry-after": str(shown.wait)} if shown.wait else None
        with step(Step.DRAWING) if shown.template == REPLY else nullcontext():
            html = self.renderer.draw(shown.template, context)
        return HTMLResponse(html, shown.status, waits)

    async def _visit(self, request: Request) -> Visit:
        form: dict[str, str] = {}
        files: dict[str, tuple[str, bytes]] = {}
        if request.method == "POST":
            async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FILES) as sent:
                for name, value in sent.multi_items():
                    if isinstance(value, UploadFile):
                        files[name] = (value.filename or "", await value.read())
                    else:
                        form[name] = value
        sender = request.client.host if request.client else ""
        query = dict(request.query_params)
        return Visit(None, request.url.path, request.path_params, query, form, files, sender=sender)


def _methods(at: At) -> list[str]:
    return [*(["GET"] if at.get else []), *(["POST"] if at.post else [])]


def trouble(status: int, told: str, wait: int = 0) -> Page:
    """A page that says why there is no other."""
    return Page("trouble.html", {"told_trouble": told, "title": wording.TROUBLE_TITLES[status]}, status, wait)
