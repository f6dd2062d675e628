"""Who somebody is to the hub: their own id, and the user groups that roles were given to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot.office import Actor
from bot.slack.sending import FAILURES

if TYPE_CHECKING:
    from bot.app import Hub

FRESH_SECONDS = 300.0


class People:
    """Remembers who is in which user group for five minutes."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._members: dict[str, tuple[float, frozenset[str]]] = {}

    async def actor(self, client: AsyncWebClient, user: str) -> Actor:
        """The person, with those of the hub's user groups that they are in."""
        granted = self._hub.office.roles.granted
        named = sorted({name for names in granted.values() for name in names if name.startswith("S")})
        return Actor(user, tuple([group for group in named if user in await self._in(client, group)]))

    async def _in(self, client: AsyncWebClient, group: str) -> frozenset[str]:
        """Who is in a user group; whoever was last known where Slack does not say."""
        known = self._members.get(group)
        if known and time.monotonic() - known[0] < FRESH_SECONDS:
            return known[1]
        try:
            found = await client.api_call("usergroups.users.list", params={"usergroup": group})
        except FAILURES:
            return known[1] if known else frozenset()
        self._members[group] = (time.monotonic(), frozenset(map(str, found.get("users") or ())))
        return self._members[group][1]
