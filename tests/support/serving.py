"""The real server, on a port of its own, in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette

from bot.server import config_of

SECONDS = 60.0


@contextmanager
def served(app: Starlette) -> Iterator[str]:
    """The address under which an application is served; it is ended as a signal would end it."""
    server = uvicorn.Server(config_of(app, "127.0.0.1", 0))
    started = threading.Event()
    whole = server.startup

    async def startup(sockets: Any = None) -> None:
        await whole(sockets=sockets)
        started.set()

    server.startup = startup  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert started.wait(SECONDS)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(SECONDS)
        assert not thread.is_alive()
