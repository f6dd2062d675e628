"""One ASGI process for every platform, its health and its figures; it delivers what is due while it runs."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot import wording
from bot.domain.refusals import RecordsError
from bot.edges.edge import Edge
from bot.edges.jobs import Jobs
from bot.platforms import couriers_of, edges_of, socket_edge
from bot.queue.delivery import Rounds
from bot.queue.seen import WORKER, last
from bot.watching.calls import WithCallIds
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    import uvicorn

    from bot.app import Hub

__all__ = ["Deliveries", "config_of", "edges_of", "listen", "new_server"]

log = logging.getLogger(__name__)
SECONDS_BETWEEN_DELIVERIES = 1.0
SECONDS_KEPT = 75
"""For which an idle connection stays open: longer than proxies keep theirs (a minute), so that none is closed by us in
the moment in which a form is sent on it."""


class Deliveries:
    """Sends what is due, again and again, beside the workers that do the same: leases keep them apart."""

    def __init__(self, hub: Hub, every: float = SECONDS_BETWEEN_DELIVERIES) -> None:
        self._every = every
        self._rounds = Rounds(hub.records.outbox, couriers_of(hub))
        # of its own: a round may wait for a platform, and an answer must not wait for a round
        self._thread = ThreadPoolExecutor(1, "delivery")
        self._task: asyncio.Task[None] | None = None
        self._round: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """End after what is on its way."""
        if self._task is not None:
            self._task.cancel()
            # the round that is under way is shielded from that: it is waited for, not left behind
            await asyncio.gather(self._task, *([self._round] if self._round else []), return_exceptions=True)
        await asyncio.get_running_loop().run_in_executor(self._thread, self._rounds.close)
        self._thread.shutdown(wait=False)

    async def _run(self) -> None:
        while True:
            try:
                self._round = asyncio.create_task(self._once())
                await asyncio.shield(self._round)
            except RecordsError as error:
                log.error("Nothing could be delivered: %s", error)
            except Exception as error:  # a fault of ours must not end delivery; its text may hold what somebody wrote
                log.error("A round of delivery ended with %s.", type(error).__name__)
            await asyncio.sleep(self._every)

    async def _once(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self._rounds.run)


class Taking:
    """Takes the edition that another machine published, again and again; what is here serves meanwhile."""

    def __init__(self, hub: Hub, jobs: Jobs) -> None:
        self._hub, self._jobs = hub, jobs
        self._task: asyncio.Task[None] | None = None
        self._told = ""

    def start(self) -> None:
        """Begin, where a library is shared."""
        if self._hub.settings.shared_library:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """End."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                pulled = await self._jobs.in_thread(self._hub.publishing.take_shared)
                if pulled is not None:
                    log.info("Took edition %s from the shared library.", pulled.edition)
                self._told = ""
            except LibraryError as error:
                if str(error) != self._told:  # once, not every half minute
                    log.error("%s.", error)
                self._told = str(error)
            await asyncio.sleep(self._hub.settings.shared_seconds)


def new_server(hub: Hub, edges: Sequence[Edge], every: float = SECONDS_BETWEEN_DELIVERIES) -> Starlette:
    """The application: the edges' routes, and what watches it asks.

    `/livez` (it runs; also `/healthz`), `/startupz` (it has opened what it needs), `/readyz` (it can answer) and
    `/metrics`.

    `every` is the seconds between two rounds of delivery.
    """
    jobs = Jobs()
    deliveries, taking = Deliveries(hub, every), Taking(hub, jobs)

    async def front(request: Request) -> Response:
        named = ", ".join(edge.name for edge in edges) or "none is switched on yet"
        return PlainTextResponse(f"{wording.NAME}: {wording.TAGLINE}.\nPlatforms: {named}.\n")

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        for edge in edges:
            await edge.start()
        deliveries.start()
        taking.start()
        try:
            yield
        finally:
            for edge in edges:
                await edge.stop()
            await taking.stop()
            await deliveries.stop()
            await jobs.drain()

    routes = [
        *([] if hub.settings.portal_on else [Route("/", front)]),
        Route("/privacy", _page(_privacy(hub))),
        Route("/terms", _page(wording.TERMS)),
        *_watched(hub, jobs),
        # the portal has a page for whatever nobody else answers
        *(route for edge in sorted(edges, key=lambda edge: edge.name == "portal") for route in edge.routes()),
    ]
    return Starlette(routes=routes, lifespan=lifespan, middleware=[Middleware(WithCallIds)])


def _watched(hub: Hub, jobs: Jobs) -> list[Route]:
    """What those ask who watch the program."""
    opened: list[bool] = []

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("ok")

    async def startupz(request: Request) -> Response:
        """Whether library and database were opened once; from then on that is said without looking."""
        if not opened and not await jobs.in_thread(_troubles, hub):
            opened.append(True)
        return PlainTextResponse("ok" if opened else "starting", status_code=200 if opened else 503)

    async def readyz(request: Request) -> Response:
        troubles = await jobs.in_thread(_troubles, hub)
        return JSONResponse({"ready": not troubles, "troubles": troubles}, status_code=503 if troubles else 200)

    async def metrics(request: Request) -> Response:
        return PlainTextResponse(await jobs.in_thread(_metrics, hub), media_type="text/plain; version=0.0.4")

    answers = {"/healthz": healthz, "/livez": healthz, "/startupz": startupz, "/readyz": readyz, "/metrics": metrics}
    return [Route(path, answer) for path, answer in answers.items()]


def config_of(app: Starlette, host: str, port: int) -> uvicorn.Config:
    """How the application is served."""
    import uvicorn  # commands that serve nothing do without it

    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        log_config=None,  # its errors go where ours go, in the same form
        access_log=False,
        timeout_graceful_shutdown=20,
        timeout_keep_alive=SECONDS_KEPT,
        server_header=False,
    )


def _page(text: str) -> Callable[[Request], Awaitable[Response]]:
    async def page(request: Request) -> Response:
        return PlainTextResponse(text)

    return page


def _troubles(hub: Hub) -> list[str]:
    """Why it cannot answer, in words without any detail of the machine."""
    troubles = []
    try:
        hub.library.manifest()
    except LibraryError:
        troubles.append("library")
    try:
        hub.records.audit_head()
    except RecordsError:
        troubles.append("database")
    else:
        troubles += [f"{name} does not take our token" for name in hub.records.outbox.stopped()]
    return troubles


async def listen(hub: Hub) -> None:
    """Slack by Socket Mode, until the process is told to end; what is in flight is finished first.

    SettingsError where Slack does not take the token.
    """
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):  # heard from the first moment on
        loop.add_signal_handler(number, ended.set)
    edge, deliveries = socket_edge(hub), Deliveries(hub)
    try:
        await edge.start()
        connecting = loop.create_task(edge.listen())
        ending = loop.create_task(ended.wait())
        await asyncio.wait({connecting, ending}, return_when=asyncio.FIRST_COMPLETED)
        if connecting.done():
            connecting.result()  # raises what went wrong
            log.info("Listening to Slack.")
            deliveries.start()
            await ended.wait()
        else:
            connecting.cancel()
    finally:
        await edge.stop()
        await deliveries.stop()


def _privacy(hub: Hub) -> str:
    settings = hub.settings
    return wording.privacy(
        settings.retain_questions, settings.retain_requests, read_by_a_model=bool(settings.reader_url)
    )


def _metrics(hub: Hub) -> str:
    """Figures in the text form that Prometheus reads; none of them is about a person."""
    from bot.insight.periods import Grain
    from bot.insight.showing import metrics  # what counts and hides takes a moment that starting does not have

    try:
        table = hub.insight.table(hub.insight.period(grain=Grain.WEEK))
        letters, waiting = hub.records.outbox.counts(), hub.records.pace.waiting()
        backlog, pool, seen = hub.records.backlog(), hub.records.pool(), last(hub.records.late, WORKER)
    except RecordsError:
        return metrics.exposition(None)
    now = datetime.now(UTC)
    since = {
        "request": min((one.waits_since for one in waiting), default=None),
        "letter": backlog.letter_due,
        "message": backlog.unanswered_since,
    }
    return metrics.exposition(
        metrics.Snapshot(
            letters,
            len(waiting),
            table,
            {outcome.value: count for outcome, count in hub.reader.guard.counted.items()} if hub.reader else {},
            now=now.timestamp(),
            **_library(hub),
            ages={name: _age(at, now) if at else 0.0 for name, at in since.items()},
            unanswered=backlog.unanswered,
            worker_seen=_age(seen, now) if seen else None,
            pool={"open": pool.open, "used": pool.used, "most": pool.most} if pool else {},
        )
    )


def _age(at: datetime, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds())


def _library(hub: Hub) -> dict[str, Any]:
    """The edition that serves here, when it was built (seconds since 1970), and what its vectors were made with."""
    try:
        one = hub.library.manifest()
    except LibraryError:
        return {}
    encoder = {"name": one.encoder, "weights": one.encoder_fingerprint, "dimension": str(one.dimension)}
    return {"edition": (one.edition, one.built_at.timestamp()), "encoder": encoder}
