"""Who somebody is: to the hub, to the groups that roles were given to, and to their colleagues."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from bot.domain.people import Actor, Person, Role
from bot.domain.refusals import RecordsError
from bot.edges.jobs import Jobs, Together
from bot.edges.names import named, named_in
from bot.teams.connector import Connector, Member, NotSent, is_on_this_machine
from bot.teams.heard import Writer
from bot.teams.places import PLATFORM, Spot
from bot.teams.staff import GUID, staff_among

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
FRESH_SECONDS = 300.0
MOST_REMEMBERED = 5000
"""People or conversations; the rest is on record, or asked for again."""
_V = TypeVar("_V")
SECONDS_FOR_GRAPH = 5.0
SECONDS_FOR_MEMBERS = 5.0
"""Somebody waits meanwhile."""


class People:
    """Remembers for five minutes who is in which group and who reads which channel; lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs, connector: Connector) -> None:
        self._hub, self._jobs, self._connector = hub, jobs, connector
        self._groups: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._readers: dict[str, tuple[float, list[Member] | None]] = {}
        self._members: dict[str, tuple[float, Member | None]] = {}
        self._met: dict[str, Person] = {}
        self._chats: dict[str, str] = {}
        self._meeting = Together(jobs, partial(hub.records.people.met, PLATFORM))

    async def meet(self, writer: Writer, spot: Spot) -> None:
        """Keep what a colleague would know: their name, and where they are reached."""
        own = spot.place.address if spot.is_direct else ""
        person = Person(writer.person, writer.name, writer.account, own, spot.service)
        if own:
            _keep(self._chats, writer.person, own)  # at once: what they ask next may need it
        if self._met.get(writer.person) == person:
            return
        try:
            await self._meeting.call(person)
            _keep(self._met, writer.person, person)
        except RecordsError:
            log.warning("Where somebody is reached could not be kept.")

    async def writer(self, person: str) -> Writer:
        """Somebody of whom only the id is on record, with whatever else is known of them."""
        try:
            known = await self._jobs.quickly(self._hub.records.people.get, PLATFORM, person)
        except RecordsError:
            known = None
        return Writer(person, known.account or person, known.name) if known else Writer(person, person)

    async def direct(self, writer: Writer, spot: Spot) -> Spot:
        """Somebody's own chat with the assistant."""
        if spot.is_direct:
            return spot
        if writer.person in self._chats:
            return Spot.of(self._chats[writer.person])
        try:
            known = await self._jobs.quickly(self._hub.records.people.get, PLATFORM, writer.person)
        except RecordsError:
            known = None
        if known is not None and known.address:
            return Spot.of(known.address)
        return Spot(spot.tenant, "personal", f"@{writer.account}", "", spot.service)

    async def actor(self, writer: Writer, tenant: str) -> Actor:
        """The person, with those of the hub's groups that they are in."""
        named = (writer.account,) if writer.account != writer.person else ()
        roles = self._hub.office.roles.of(writer.person, named)
        groups = () if roles & {Role.HUB, Role.ADMIN} else await self._groups_of(writer.person, tenant)
        return Actor(writer.person, (*named, *groups))

    async def _groups_of(self, person: str, tenant: str) -> tuple[str, ...]:
        """Which of the groups that have a role somebody is in; as last known where Entra does not say."""
        granted = self._hub.office.roles.granted
        asked = sorted({name for names in granted.values() for name in names if GUID.fullmatch(name)})
        if not asked or not GUID.fullmatch(person) or self._is_out_of_reach():
            return ()
        known = self._groups.get(person)
        if known and time.monotonic() - known[0] < FRESH_SECONDS:
            return known[1]
        try:
            found = await self._ask(person, tenant, asked)
        except (httpx.HTTPError, NotSent, ValueError, KeyError, TypeError, OSError) as error:
            log.warning("Groups could not be asked for (%s); see the Teams part of the README.", type(error).__name__)
            found = known[1] if known else ()
        _keep(self._groups, person, (time.monotonic(), found))
        return found

    def _is_out_of_reach(self) -> bool:
        return self._connector.is_local and not is_on_this_machine(self._hub.settings.teams_graph_url)

    async def _ask(self, person: str, tenant: str, groups: Sequence[str]) -> tuple[str, ...]:
        """https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups"""
        token = await self._connector.token(self._connector.cloud.graph_scope, tenant)
        url = f"{self._hub.settings.teams_graph_url.rstrip('/')}/users/{person}/checkMemberGroups"
        found: list[str] = []
        async with httpx.AsyncClient(timeout=SECONDS_FOR_GRAPH) as client:
            for start in range(0, len(groups), 20):  # Graph takes twenty at once
                body = {"groupIds": list(groups[start : start + 20])}
                answered = await client.post(url, json=body, headers={"Authorization": f"Bearer {token}"})
                found += map(str, answered.raise_for_status().json()["value"])
        return tuple(found)

    async def has_strangers(self, spot: Spot) -> bool:
        """Whether guests or people of other organisations read a channel; no where Teams does not say."""
        own = ("", spot.tenant.lower())
        return any(one.guest or one.tenant not in own for one in await self._readers_of(spot) or ())

    async def is_stranger(self, writer: Writer, spot: Spot) -> bool:
        """Whether somebody is one of them: Teams says so of members, and seldom with what they send."""
        if writer.stranger:
            return True
        readers = () if spot.is_direct else await self._readers_of(spot) or ()
        known = next((one for one in readers if one.account == writer.account), None)
        known = known or await self._member(writer, spot)
        served = ("", *self._hub.settings.teams_tenants)
        return known is not None and (known.guest or known.tenant not in served)

    async def _member(self, writer: Writer, spot: Spot) -> Member | None:
        """Somebody as a member; None where Teams does not say, or not soon."""
        which = f"{writer.account} {spot.conversation}"
        known = self._members.get(which)
        if known and time.monotonic() - known[0] < FRESH_SECONDS:
            return known[1]
        found = known[1] if known else None
        try:
            async with asyncio.timeout(SECONDS_FOR_MEMBERS):
                found = await self._connector.member(spot, writer.account)
        except (NotSent, TimeoutError) as error:
            log.info("Who somebody is was not told: %s", type(error).__name__)
        _keep(self._members, which, (time.monotonic(), found))
        return found

    async def staff_of(self, spot: Spot) -> list[str]:
        """Accounts of the hub's people in a channel: Teams shows them their own view of a card."""
        readers, roles = await self._readers_of(spot), self._hub.office.roles
        return await self._jobs.quickly(staff_among, readers, roles, self._hub.records.people)

    async def _readers_of(self, spot: Spot) -> list[Member] | None:
        known = self._readers.get(spot.conversation)
        if known and time.monotonic() - known[0] < FRESH_SECONDS:
            return known[1]
        found = known[1] if known else None
        try:
            async with asyncio.timeout(SECONDS_FOR_MEMBERS):
                found = await self._connector.members(spot)
        except (NotSent, TimeoutError) as error:
            log.info("Who reads a channel was not told: %s", type(error).__name__)
        _keep(self._readers, spot.conversation, (time.monotonic(), found))
        return found

    async def named(self, text: str) -> str:
        """A text in which ids of people are their names, as far as they are known."""
        try:
            return await self._jobs.quickly(named, text, self._hub.records.people.names)
        except RecordsError:
            return text

    async def named_in(self, part: Any) -> Any:
        """As `named`, in every text of a card."""
        try:
            return await self._jobs.quickly(named_in, part, self._hub.records.people.names)
        except RecordsError:
            return part


def _keep(known: dict[str, _V], name: str, value: _V) -> None:
    """Remember something; not for ever more people."""
    if len(known) >= MOST_REMEMBERED and name not in known:
        known.pop(next(iter(known)))
    known[name] = value
