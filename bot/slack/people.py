"""Who somebody is to the hub: their own id, and the user groups that roles were given to."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.people import Actor, Person
from bot.domain.refusals import RecordsError
from bot.edges.jobs import Jobs
from bot.edges.names import named
from bot.slack.drawing import Drawn
from bot.slack.mentions import mentions, with_people
from bot.slack.places import PLATFORM
from bot.slack.sending import FAILURES

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
FRESH_SECONDS = 300.0


class People:
    """Remembers who is in which user group for five minutes."""

    def __init__(self, hub: Hub, jobs: Jobs) -> None:
        self._hub, self._jobs = hub, jobs
        self._met: dict[str, str] = {}
        self._members: dict[str, tuple[float, frozenset[str]]] = {}

    async def actor(self, client: AsyncWebClient, user: str) -> Actor:
        """The person, with those of the hub's user groups that they are in."""
        granted = self._hub.office.roles.granted
        named = sorted({name for names in granted.values() for name in names if name.startswith("S")})
        return Actor(user, tuple([group for group in named if user in await self._in(client, group)]))

    async def meet(self, user: Mapping[str, Any]) -> None:
        """Keep the name of somebody who pressed something: colleagues read it in cards."""
        person = Person(str(user.get("id") or ""), str(user.get("name") or user.get("username") or ""))
        if not (person.person and person.name) or self._met.get(person.person) == person.name:
            return
        self._met[person.person] = person.name
        try:
            await self._jobs.quickly(self._hub.records.people.met, PLATFORM, [person])
        except RecordsError:
            log.warning("Somebody's name could not be kept.")

    async def shown(self, drawn: Drawn) -> Drawn:
        """A message in which people of Slack are mentioned, and others are named."""
        try:
            return await self._jobs.quickly(with_people, drawn, mentions(self._hub.records.people))
        except RecordsError:
            return drawn

    async def named(self, text: str) -> str:
        """A text, for where nobody can be mentioned, with the names of people."""
        try:
            return await self._jobs.quickly(named, text, self._hub.records.people.names)
        except RecordsError:
            return text

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
