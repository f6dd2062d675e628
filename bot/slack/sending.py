"""Calls to Slack: what must arrive, and what is only nice to have."""

from __future__ import annotations

import logging
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.drawing import Drawn
from bot.slack.places import Spot

log = logging.getLogger(__name__)
PLAIN = {"unfurl_links": False, "unfurl_media": False}
POSTED = "posted"
"""In place of a ts that Slack did not name."""
FAILURES = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)
"""What a call to Slack may raise."""


def new_client(token: str | None, api_url: str) -> AsyncWebClient:
    """A client that waits when Slack asks it to."""
    client = AsyncWebClient(token=token, base_url=api_url, timeout=20)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=3))
    return client


def why(error: Exception) -> str:
    """The error code that Slack gave, or the kind of failure: never what was sent."""
    if isinstance(error, SlackApiError):
        return str(error.response.get("error", "unknown"))
    return type(error).__name__


async def post(client: AsyncWebClient, spot: Spot, drawn: Drawn, *, user: str = "") -> str:
    """Say something in a thread or a direct message; the message's ts, "" where nothing could be said.

    With a `user` only that person sees it, in their direct message where that cannot be done in the channel.
    """
    if user and not spot.is_direct:
        shown: dict[str, Any] = {"channel": spot.channel, "user": user, "text": drawn.text, "blocks": drawn.blocks}
        if spot.thread:
            shown["thread_ts"] = spot.thread
        try:
            done = await client.api_call("chat.postEphemeral", json=shown)
            return str(done.get("message_ts") or POSTED)
        except FAILURES as error:
            log.warning("A private message in a channel failed (%s); it goes by direct message.", why(error))
        spot = Spot(spot.team, f"@{user}")
    try:
        channel = await channel_of(client, spot)
        return await _post(client, channel, spot.thread, drawn)
    except FAILURES as error:
        log.error("A message could not be posted: %s", why(error))
        return ""


async def _post(client: AsyncWebClient, channel: str, thread: str, drawn: Drawn) -> str:
    message: dict[str, Any] = {"channel": channel, "text": drawn.text, "blocks": drawn.blocks, **PLAIN}
    if thread:
        message["thread_ts"] = thread
    try:
        done = await client.api_call("chat.postMessage", json=message)
    except SlackApiError as error:
        if why(error) not in ("invalid_blocks", "invalid_blocks_format"):
            raise
        log.warning("Slack did not take the blocks of a message; it goes as text.")
        del message["blocks"]
        done = await client.api_call("chat.postMessage", json=message)
    return str(done.get("ts") or POSTED)


async def respond(client: AsyncWebClient, url: str, drawn: Drawn) -> bool:
    """Answer a command where it was typed, to whoever typed it alone; it works in every channel. Whether it did."""
    body = {"response_type": "ephemeral", "text": drawn.text, "blocks": drawn.blocks}
    try:
        done = await AsyncWebhookClient(url, timeout=10).send_dict(body)
    except FAILURES as error:
        log.info("A response address was not reached: %s", why(error))
        return False
    return bool(done.status_code == 200)


async def channel_of(client: AsyncWebClient, spot: Spot) -> str:
    """The id to post to; a person's direct message is opened first. Raises FAILURES."""
    if not spot.channel.startswith("@"):
        return spot.channel
    opened = await client.api_call("conversations.open", json={"users": spot.channel[1:]})
    return str(opened["channel"]["id"])


async def try_to(client: AsyncWebClient, method: str, **body: Any) -> bool:
    """A call that is only nice to have: what fails is logged, and nothing waits for it in vain."""
    try:
        await client.api_call(method, json=body)
    except FAILURES as error:
        log.info("%s was not done: %s", method, why(error))
        return False
    return True
