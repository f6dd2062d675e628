"""Calls to Slack: what must arrive, and what is only nice to have."""

from __future__ import annotations

import logging
import re
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.slack.blocks import FALLBACK, cut
from bot.slack.drawing import Drawn
from bot.slack.places import Spot

log = logging.getLogger(__name__)
PLAIN: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}
_CODE = re.compile(r"[A-Za-z0-9_.]{1,80}")
POSTED = "posted"
"""In place of a ts that Slack did not name."""
LETTER = "prevention_hub_letter"
"""What messages of the outbox are told by, in their metadata."""
FAILURES = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError, TypeError, KeyError)
"""What a call to Slack may raise, whatever it answered: the SDK raises ValueError and the like for odd bodies."""
BLOCKS_REFUSED = frozenset(("invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"))


def new_client(token: str | None, api_url: str) -> AsyncWebClient:
    """A client that waits when Slack asks it to."""
    client = AsyncWebClient(token=token, base_url=api_url, timeout=20)
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=3))
    return client


def why(error: Exception) -> str:
    """The error code that Slack gave, its HTTP status, or the kind of failure: never what was sent."""
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    data = getattr(error.response, "data", error.response)
    # where the answer is no JSON the SDK puts all of it there
    if isinstance(data, dict) and _CODE.fullmatch(str(data.get("error"))):
        return str(data["error"])
    return f"http_{getattr(error.response, 'status_code', 0)}"


def as_message(drawn: Drawn) -> dict[str, Any]:
    """Text and blocks as Slack takes them: beside blocks the text is only for notifications."""
    return {"text": cut(drawn.text, FALLBACK), "blocks": drawn.blocks}


def as_text(drawn: Drawn) -> dict[str, Any]:
    """The same without blocks, and with all of its text."""
    return {"text": cut(drawn.text, 39_000)}


async def post(client: AsyncWebClient, spot: Spot, drawn: Drawn, *, user: str = "") -> str:
    """Say something; the message's ts, "" where Slack did not take it. With a `user` only that person sees it."""
    body: dict[str, Any] = {}
    try:
        body["channel"] = await channel_of(client, spot)
        if spot.thread and not (user and spot.is_new):  # shown to one person in a thread nobody is in, it is invisible
            body["thread_ts"] = spot.thread
        method = "chat.postEphemeral" if user else "chat.postMessage"
        body |= {"user": user} if user else PLAIN
        done = await _call(client, method, body, drawn)
    except FAILURES as error:
        log.warning("A message was not taken by Slack: %s", why(error))
        return ""
    return str(done.get("ts") or done.get("message_ts") or POSTED)


async def change(client: AsyncWebClient, spot: Spot, message: str, drawn: Drawn) -> bool:
    """Change a message of ours; False where Slack did not take it."""
    try:
        await _call(client, "chat.update", {"channel": await channel_of(client, spot), "ts": message}, drawn)
    except FAILURES as error:
        log.info("A message was not changed by Slack: %s", why(error))
        return False
    return True


async def _call(client: AsyncWebClient, method: str, body: dict[str, Any], drawn: Drawn) -> Any:
    try:
        return await client.api_call(method, json={**body, **as_message(drawn)})
    except SlackApiError as error:
        if why(error) not in BLOCKS_REFUSED:
            raise
        log.warning("Slack did not take the blocks of a message; it goes as text.")
        return await client.api_call(method, json={**body, **as_text(drawn)})


async def respond(url: str, drawn: Drawn) -> bool:
    """Answer a command where it was typed, to the person who typed it alone; it works in every channel."""
    body = {"response_type": "ephemeral", **as_message(drawn)}
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
    """A call that may fail: that is logged, and nothing waits for it in vain. Whether it was done."""
    try:
        await client.api_call(method, json=body)
    except FAILURES as error:
        log.info("%s was not done: %s", method, why(error))
        return False
    return True
