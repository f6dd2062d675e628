"""How often something that needs no sign-in may be sent from one network address, and from all of them together."""

from __future__ import annotations

import hashlib
import secrets

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.answering.limits import RateLimits
from bot.domain.messages import Place
from bot.portal.site import Site, trouble

_SALT = secrets.token_bytes(16)
_EVERYBODY = Place("portal", "everybody")


class Floods:
    """An address is kept as a digest, in memory, with a salt of this process: nothing tells afterwards who came."""

    def __init__(self, each: str, altogether: str = "") -> None:
        self._limits = RateLimits(each, altogether)

    def allow(self, sender: str) -> bool:
        """Count one more; False where it is one too many."""
        return self._limits.allows(hashlib.sha256(_SALT + sender.encode()).hexdigest(), _EVERYBODY)


class Slowed:
    """ASGI middleware around what may be tried only so often: past that it says so, without session or database."""

    def __init__(self, app: ASGIApp, site: Site, floods: Floods, told: str, wait: int) -> None:
        self._app, self._site, self._floods = app, site, floods
        self._page = trouble(429, told, wait)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand over, or say that it was too much."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if self._floods.allow(request.client.host if request.client else ""):
            await self._app(scope, receive, send)
        else:
            await (await self._site.plain(request, self._page))(scope, receive, send)
