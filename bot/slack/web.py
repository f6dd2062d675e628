"""Slack over HTTP: signed events, actions and commands, and the install pages."""

from __future__ import annotations

import logging
import re

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

log = logging.getLogger(__name__)
LARGEST_BODY = 1_000_000
"""Bytes; Slack's own are far smaller."""
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_STAMP = re.compile(r"[0-9]{1,12}")


def routes(app: AsyncApp, flow: AsyncOAuthFlow | None, *, verified: bool) -> list[BaseRoute]:
    """What Slack is served; nothing where there is no signing secret, because nothing can be told from a forgery."""

    async def events(request: Request) -> Response:
        return await _events(app, request) if verified else Response("", status_code=401)

    pages = _pages(flow) if flow is not None else []
    return [Route("/slack/events", events, methods=["POST"]), *pages]


async def _events(app: AsyncApp, request: Request) -> Response:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            return Response("too large", status_code=413)
    stamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not (_STAMP.fullmatch(stamp) and _SIGNATURE.fullmatch(signature)):  # the SDK raises for some of these
        return Response("", status_code=401)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return Response("", status_code=400)
    try:
        return to_starlette_response(await app.async_dispatch(to_async_bolt_request(request, text.encode())))
    except Exception as error:  # what is malformed makes the library raise whatever it likes; its text may quote it
        log.error("Something from Slack could not be read: %s", type(error).__name__)
        return Response("", status_code=400)


def _pages(flow: AsyncOAuthFlow) -> list[BaseRoute]:
    async def install(request: Request) -> Response:
        return to_starlette_response(await flow.handle_installation(to_async_bolt_request(request, b"")))

    async def redirected(request: Request) -> Response:
        return to_starlette_response(await flow.handle_callback(to_async_bolt_request(request, b"")))

    return [
        Route(flow.install_path, install, methods=["GET"]),
        Route(flow.redirect_uri_path, redirected, methods=["GET"]),
    ]
