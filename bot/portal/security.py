"""What stands between the network and every page: headers, the check of where a form came from, limits of size."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "x-frame-options": "DENY",
}
MOST_BYTES = 30_000_000
"""Of one form with its uploads."""
SAFE = {"GET", "HEAD", "OPTIONS"}


class Guard:
    """ASGI middleware around the portal's own routes."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app, self._https = app, https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what comes from elsewhere or is too large; add the headers to everything else."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if scope["method"] not in SAFE and not is_same_origin(headers):
            await PlainTextResponse("This form came from another site.", 403, HEADERS)(scope, receive, send)
            return
        length = headers.get("content-length") or "0"
        if not length.isdecimal() or int(length) > MOST_BYTES:
            await PlainTextResponse("That is too large.", 413, HEADERS)(scope, receive, send)
            return
        counted = _Counted(receive, MOST_BYTES)
        try:
            await self._app(scope, counted, self._with_headers(send))
        except TooLarge:  # nothing is answered before the whole form is read
            await PlainTextResponse("That is too large.", 413, HEADERS)(scope, receive, send)

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    kept.setdefault(name, value)
                kept.setdefault("cache-control", "no-store")
                if self._https:
                    kept.setdefault("strict-transport-security", "max-age=31536000; includeSubDomains")
            await send(message)

        return sending


class TooLarge(Exception):
    """More was sent than is taken, in pieces that did not say so before."""


class _Counted:
    """What is received, counted as it comes: `content-length` may be left out."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._left = receive, most

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise TooLarge
        return message


def is_same_origin(headers: Headers) -> bool:
    """Whether a form was sent from one of our own pages.

    Browsers say it in Sec-Fetch-Site (https://www.w3.org/TR/fetch-metadata/); without that, Origin must be our host. A
    request that names neither comes from no browser page, and carries no session that a page elsewhere could use.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or origin.split("://")[-1] == headers.get("host")
