"""The API as one more thing that the server carries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.problems import response

if TYPE_CHECKING:
    from bot.app import Hub

ADDRESS = "/api/v1"
MOST_BYTES = 1_000_000
"""Of one call."""
HEADERS = {b"cache-control": b"no-store", b"x-content-type-options": b"nosniff"}


class ApiEdge:
    """The routes of the API; it has nothing of its own to begin or to end."""

    name = "api"

    def __init__(self, hub: Hub) -> None:
        from bot.api.application import new_api

        self._app = new_api(hub)

    def routes(self) -> Sequence[BaseRoute]:
        """One address with everything below it."""
        return [Mount(ADDRESS, Limited(self._app))]

    async def start(self) -> None:
        """Nothing is left over from an earlier process."""

    async def stop(self) -> None:
        """Calls in flight are finished by the server."""


class Limited:
    """ASGI middleware: what is sent is counted as it comes, and nothing is kept in a cache."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is too large, whether it says so before or not."""
        length = Headers(scope=scope).get("content-length") or "0"
        if not length.isdecimal() or int(length) > MOST_BYTES:
            await _too_large(scope, receive, send)
            return
        left, over = MOST_BYTES, False

        async def counted() -> Message:
            nonlocal left, over
            message = await receive()
            left -= len(message.get("body", b""))
            over = over or left < 0
            return {"type": "http.disconnect"} if over else message

        async def sending(message: Message) -> None:
            if not over:
                await send(_with_headers(message))

        try:
            await self._app(scope, counted, sending)
        except Exception:
            if not over:
                raise
        if over:
            await _too_large(scope, receive, send)


async def _too_large(scope: Scope, receive: Receive, send: Send) -> None:
    await response(413, f"At most {MOST_BYTES} bytes are taken.")(scope, receive, send)


def _with_headers(message: Message) -> Message:
    if message["type"] != "http.response.start":
        return message
    return {**message, "headers": [*message.get("headers", []), *HEADERS.items()]}
