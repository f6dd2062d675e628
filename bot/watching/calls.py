"""One id for each question or HTTP call: in every log line of it, across the threads that work on it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

HEADER = b"x-request-id"
_TAKEN = re.compile(r"[0-9a-fA-F][0-9a-fA-F-]{14,62}[0-9a-fA-F]")
"""What is taken from a caller: a number of 16 to 64 hexadecimal digits, in which no name and no word can hide."""
_ID: ContextVar[str] = ContextVar("prevention_hub_call", default="")
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]


def call_id() -> str:
    """The id of what is being worked on; empty outside of it."""
    return _ID.get()


def id_for(given: str) -> str:
    """The id that a caller gave, or a new one where it gave none that is taken."""
    return given if _TAKEN.fullmatch(given) else uuid.uuid4().hex


@contextmanager
def call() -> Iterator[str]:
    """An id for everything that is done inside; within another call its id goes on."""
    known = _ID.get()
    if known:
        yield known
        return
    token = _ID.set(id_for(""))
    try:
        yield _ID.get()
    finally:
        _ID.reset(token)


class WithCallIds:
    """ASGI: every HTTP call has an id, taken from `X-Request-ID` or new, and given back there."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Serve one call."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == HEADER), b"")
        # not taken back at the end: the server gives each call a context of its own, and may still log in it
        _ID.set(id_for(given.decode("latin-1")))
        number = _ID.get().encode()

        async def answering(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), (HEADER, number)]}
            await send(message)

        await self._app(scope, receive, answering)
