"""What changes while somebody looks: the board's viewers are told by server-sent events that something happened.

Nothing of a request goes through the stream: the page asks for itself again, with everything checked as always.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.domain.people import Action
from bot.domain.refusals import RecordsError

if TYPE_CHECKING:
    from bot.portal.site import Site

ADDRESS = "/board/events"
SECONDS_BETWEEN_LOOKS = 2.0
"""One look at the database serves everyone who watches, however many they are."""
LOOKS_BETWEEN_CHECKS = 10
"""After so many looks it is asked again who watches: a lost role ends the stream, and so does signing out."""
log = logging.getLogger(__name__)


class Live:
    """Watches the record's head for as long as anybody looks on; lives as long as the server."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._head = ""
        self._looked = asyncio.Condition()
        self._watchers = 0
        self._looking: asyncio.Task[None] | None = None

    def routes(self) -> list[Route]:
        """The stream."""
        return [Route(ADDRESS, self._stream)]

    async def stop(self) -> None:
        """End every stream."""
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        async with self._looked:
            self._looked.notify_all()

    async def _stream(self, request: Request) -> Response:
        if not await self._may_watch(request):
            return Response(status_code=403)
        return StreamingResponse(self._events(request), media_type="text/event-stream")

    async def _may_watch(self, request: Request) -> bool:
        try:
            visitor = await self._site.jobs.quickly(self._site.sessions.visitor, request)
        except RecordsError:
            return False
        return visitor is not None and visitor.may(Action.WORK_REQUESTS)

    async def _events(self, request: Request) -> AsyncIterator[str]:
        self._watchers += 1
        if self._looking is None:
            self._head = await self._now()
            self._looking = asyncio.create_task(self._look())
        seen, looks = self._head, 0
        yield "retry: 5000\n\n"
        try:
            while self._looking is not None and not await request.is_disconnected():
                async with self._looked:
                    await self._looked.wait()
                looks += 1
                if looks % LOOKS_BETWEEN_CHECKS == 0 and not await self._may_watch(request):
                    return
                # a line that says nothing keeps the connection open, and finds out whether it still is
                yield "event: changed\ndata: board\n\n" if self._head != seen else ": \n\n"
                seen = self._head
        finally:
            self._watchers -= 1
            if not self._watchers and self._looking is not None:
                self._looking.cancel()
                self._looking = None

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            self._head = await self._now()
            async with self._looked:
                self._looked.notify_all()

    async def _now(self) -> str:
        try:
            return str(await self._site.jobs.quickly(self._site.hub.records.audit_head))
        except RecordsError as error:
            log.warning("Nobody can be told what changes on the board: %s", error)
            return self._head
