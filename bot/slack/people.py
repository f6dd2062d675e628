"""Who somebody is to the hub: their own id, the user groups that roles were given to, and whether they are ours."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.one_person.addresses import address_of
from bot.domain.people import Actor, Person
from bot.domain.refusals import RecordsError
from bot.edges.edge import Standing, Writer
from bot.edges.jobs import Jobs
from bot.edges.names import Acquaintances
from bot.slack.drawing import Drawn
from bot.slack.heard import mapping
from bot.slack.mentions import mentions, names_anybody, with_people
from bot.slack.places import PLATFORM
from bot.slack.sending import FAILURES, why

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
FRESH_SECONDS = 300.0
KNOWN_SECONDS = 6 * 3600.0
"""How long it is remembered what somebody is: a guest who becomes a colleague waits so long at most."""
SECONDS_TO_SAY = 3.0
"""Somebody waits meanwhile."""
MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class _Account:
    """What Slack says of a person: https://docs.slack.dev/reference/objects/user-object"""

    at: float
    team: str
    enterprise: str
    is_stranger: bool
    is_guest: bool
    address: str = ""
    """E-mail, where Slack says that it was confirmed."""


class People:
    """Remembers who is in which user group for five minutes, and what somebody is for hours."""

    def __init__(self, hub: Hub, jobs: Jobs) -> None:
        self._hub, self._jobs = hub, jobs
        self.known = Acquaintances(hub.records, PLATFORM)
        self._members: dict[str, tuple[float, frozenset[str]]] = {}
        self._accounts: OrderedDict[str, _Account] = OrderedDict()
        self._grids: dict[str, str] = {}

    def is_part_of(self, team: str, enterprise: str) -> None:
        """A workspace is part of an Enterprise Grid: people of its other workspaces are colleagues."""
        if team and enterprise:
            self._grids[team] = enterprise

    async def actor(self, client: AsyncWebClient, user: str) -> Actor:
        """The person, with those of the hub's user groups that they are in."""
        named = sorted(name for name in self._hub.office.roles.named if name.startswith("S"))
        return Actor(user, tuple([group for group in named if user in await self._in(client, group)]))

    async def standing(self, client: AsyncWebClient, writer: Writer, team: str) -> Standing:
        """Whether somebody is a colleague: by what Slack sent, and by what it says of their account."""
        if writer.stranger:
            return Standing.STRANGER
        account = await self._account(client, writer.person)
        if account is None:
            # what Slack sent vouches for the workspace; where it names none, nothing does
            return Standing.COLLEAGUE if writer.team and writer.team == team else Standing.UNKNOWN
        ours = account.team == team or bool(account.enterprise and account.enterprise == self._grids.get(team))
        if account.is_stranger or (team and not ours):
            return Standing.STRANGER
        return Standing.STRANGER if account.is_guest and not self._hub.settings.guests else Standing.COLLEAGUE

    async def address(self, client: AsyncWebClient, writer: Writer, team: str) -> str:
        """The confirmed e-mail address of a full member of this workspace; empty for everybody else."""
        account = None if writer.stranger else await self._account(client, writer.person)
        if account is None or account.is_stranger or account.is_guest or not team or account.team != team:
            return ""
        return account.address

    async def _account(self, client: AsyncWebClient, user: str) -> _Account | None:
        known = self._accounts.get(user)
        if known and time.monotonic() - known.at < KNOWN_SECONDS:
            return known
        try:
            async with asyncio.timeout(SECONDS_TO_SAY):
                found = mapping((await client.api_call("users.info", params={"user": user})).get("user"))
        except FAILURES as error:
            log.info("Who somebody is was not told: %s", why(error))
            return known
        account = _account(found)
        self._accounts[user] = account
        while len(self._accounts) > MOST_REMEMBERED:
            self._accounts.popitem(last=False)
        profile = mapping(found.get("profile"))
        await self._meet(user, str(profile.get("real_name") or found.get("real_name") or found.get("name") or ""))
        return account

    async def _meet(self, person: str, name: str) -> None:
        """Keep somebody's name: colleagues read it in cards."""
        if not (person and name):
            return
        try:
            await self._jobs.quickly(self.known.meet, [Person(person, name)])
        except RecordsError:
            log.warning("Somebody's name could not be kept.")

    async def shown(self, drawn: Drawn) -> Drawn:
        """A message in which people of Slack are mentioned, and others are named."""
        if not names_anybody(drawn):  # as a signpost never does: it waits for no database
            return drawn
        return await self._jobs.quickly(with_people, drawn, mentions(self.known))

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


def _account(user: Any) -> _Account:
    grid = mapping(user.get("enterprise_user"))
    return _Account(
        time.monotonic(),
        str(user.get("team_id") or ""),
        str(grid.get("enterprise_id") or ""),
        bool(user.get("is_stranger")),
        bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        "" if user.get("is_email_confirmed") is not True else address_of(mapping(user.get("profile")).get("email")),
    )
