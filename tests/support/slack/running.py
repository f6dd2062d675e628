"""The program, running for a test: the real server on a real port, or Socket Mode; and the library it answers from."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

import bot.server
from bot.app import Hub
from bot.platforms import edges_of
from bot.settings import Settings
from bot.slack.edge import SlackEdge
from tests.support.fakes import WordEncoder
from tests.support.ready import make_ready
from tests.support.slack.fake import FakeSlack
from tests.support.slack.workspace import APP_TOKEN, HUB, SECRET, TOKEN

EVERY = 0.05
"""Seconds between two rounds of delivery."""
ANNA, BELL, DUNN, COLE, REED = "U0ANNA", "U0BELL", "U0DUNN", "U0COLE", "U0REED"
"""Two officers (the first and the last), two of the hub's staff, and an admin."""
SECONDS = 30.0


def settings_for(slack: FakeSlack, data: Path, **more: Any) -> Settings:
    """Settings of a force with one workspace."""
    given = {
        "data": data,
        "slack_bot_token": TOKEN,
        "slack_app_token": APP_TOKEN,
        "slack_signing_secret": SECRET,
        "slack_hub_channel": HUB,
        "slack_api_url": slack.api_url,
        "hub_staff": f"{BELL},{DUNN}",
        "admins": COLE,
        "hub_contact": "ring 01632 960100",
        **more,
    }
    return Settings(**given)


class Loop:
    """An event loop in a thread of its own."""

    def __enter__(self) -> Loop:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="program", daemon=True)
        self._thread.start()
        return self

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Do something in it, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        self._loop.close()


@contextmanager
def serving(hub: Hub, slack: FakeSlack) -> Iterator[str]:
    """The server, until the block ends; its address. The fake Slack delivers there."""
    edges = edges_of(hub)
    config = uvicorn.Config(
        bot.server.new_server(hub, edges, EVERY), host="127.0.0.1", port=0, log_level="error", lifespan="on"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="server", daemon=True)
    thread.start()
    try:
        _until(lambda: server.started)
        slack.app_url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        yield slack.app_url
    finally:
        server.should_exit = True
        thread.join(SECONDS)
        assert not thread.is_alive(), "the server did not end"


@contextmanager
def listening(hub: Hub, slack: FakeSlack) -> Iterator[None]:
    """The same edge by Socket Mode."""
    with Loop() as loop:
        made: list[Any] = []

        async def begin() -> None:
            edge = SlackEdge(hub)
            deliveries = bot.server.Deliveries(hub, EVERY)
            made.extend((edge, deliveries))
            await edge.start()
            await edge.listen()
            deliveries.start()

        async def end() -> None:
            for one in made:
                await one.stop()

        loop.run(begin())
        slack.wait_connected()
        try:
            yield
        finally:
            loop.run(end())


def _until(ready: Any) -> None:
    """Wait for the server's own flag: it has no event to wait for."""
    pause = threading.Event()
    for _ in range(int(SECONDS / 0.02)):
        if ready():
            return
        pause.wait(0.02)
    raise AssertionError("the server did not start")


def new_hub(slack: FakeSlack, data: Path, **more: Any) -> Hub:
    """The program's parts over a data folder that has an edition."""
    return Hub(settings_for(slack, data, **more), WordEncoder())


@contextmanager
def workspace(folder: Path, guidance: Path, mode: str = "http", **settings: Any) -> Iterator[tuple[Hub, FakeSlack]]:
    """A Slack and the program in it, over a folder of guidance; nothing may be done against Slack's rules."""
    with FakeSlack() as slack:
        hub = new_hub(slack, folder / "data", **settings)
        try:
            make_ready(hub, guidance)
            with serving(hub, slack) if mode == "http" else listening(hub, slack):
                yield hub, slack
            assert slack.faults == []
        finally:
            hub.close()
