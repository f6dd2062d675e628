"""Who somebody is: to the hub, to the groups that roles were given to, and to their colleagues."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from bot.domain.people import Actor, Person, Role, Roles
from bot.domain.refusals import RecordsError
from bot.edges.edge import Standing, Writer
from bot.edges.jobs import Jobs, Together
from bot.edges.names import Acquaintances, named_in, names_anybody
from bot.teams.connector import Connector, Member, NotSent, graph_of, is_on_this_machine
from bot.teams.places import PLATFORM, Spot

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
FRESH_SECONDS = 300.0
MOST_REMEMBERED = 5000
"""People or conversations; the rest is on record, or asked for again."""
_V = TypeVar("_V")
SECONDS_FOR_GRAPH = 5.0
SECONDS_FOR_MEMBERS = 2.0
"""Somebody waits meanwhile."""


GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_OTHERS = re.compile(r"[UWS][A-Z0-9]{6,}")
"""Ids of Slack, which Teams does not take."""


class Unknown(Exception):
    """Teams does not say who somebody is: it is slow, or answers with an error."""


class People:
    """Remembers for five minutes who is in which group and who reads which channel; lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs, connector: Connector) -> None:
        self._hub, self._jobs, self._connector = hub, jobs, connector
        self.known = Acquaintances(hub.records, PLATFORM)
        self._groups: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._readers: dict[str, tuple[float, list[Member] | None]] = {}
        self._members: dict[str, tuple[float, Member | None]] = {}
        self._met: dict[str, Person] = {}
        self._chats: dict[str, str] = {}
        self._meeting = Together(jobs, self.known.meet)

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
            known = await self._jobs.quickly(self.known.get, person)
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
            known = await self._jobs.quickly(self.known.get, writer.person)
        except RecordsError:
            known = None
        if known is not None and known.address:
            return Spot.of(known.address)
        return Spot(spot.tenant, "personal", f"@{writer.account}", "", spot.service)

    async def actor(self, writer: Writer, tenant: str) -> Actor:
        """The person, with those of the hub's groups that they are in."""
        named = (writer.account,) if writer.account != writer.person else ()
        ours = self._hub.office.roles
        known = ours.of(writer.person, named) & {Role.HUB, Role.ADMIN} and not ours.audiences
        groups = () if known else await self._groups_of(writer.person, tenant)
        return Actor(writer.person, (*named, *groups))

    async def _groups_of(self, person: str, tenant: str) -> tuple[str, ...]:
        """Which of the groups that any list names somebody is in; as last known where Entra does not say."""
        asked = sorted(name for name in self._hub.office.roles.named if GUID.fullmatch(name))
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
        return self._connector.is_local and not is_on_this_machine(graph_of(self._hub.settings))

    async def _ask(self, person: str, tenant: str, groups: Sequence[str]) -> tuple[str, ...]:
        """https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups"""
        token = await self._connector.token(self._connector.cloud.graph_scope, tenant)
        url = f"{graph_of(self._hub.settings)}/users/{person}/checkMemberGroups"
        found: list[str] = []
        async with httpx.AsyncClient(timeout=SECONDS_FOR_GRAPH) as client:
            for start in range(0, len(groups), 20):  # Graph takes twenty at once
                body = {"groupIds": list(groups[start : start + 20])}
                answered = await client.post(url, json=body, headers={"Authorization": f"Bearer {token}"})
                found += map(str, answered.raise_for_status().json()["value"])
        return tuple(found)

    async def has_strangers(self, spot: Spot) -> bool:
        """Whether guests or people of other organisations read a channel; yes where Teams does not say so soon."""
        try:
            readers = await self._readers_of(spot)
        except Unknown:
            return True
        own = ("", spot.tenant.lower())
        return any(one.guest or one.tenant not in own for one in readers or ())

    async def standing(self, writer: Writer, spot: Spot) -> Standing:
        """Whether somebody is a colleague: Teams says so of members, and seldom with what they send."""
        if writer.stranger:
            return Standing.STRANGER
        known = None if spot.is_direct else self._among_readers(writer, spot)
        try:
            known = known or await self._member(writer, spot)
        except Unknown:
            return Standing.UNKNOWN
        served = ("", *self._hub.settings.teams_tenants)
        strange = known is not None and (known.guest or known.tenant not in served)
        return Standing.STRANGER if strange else Standing.COLLEAGUE

    async def address(self, writer: Writer, spot: Spot) -> str:
        """The e-mail address of a member of the app's own tenant; empty for guests, and where Teams does not say.

        Who looks after another tenant that is served could give its people any address.
        """
        if writer.stranger or spot.tenant.lower() not in self._hub.settings.teams_tenants[:1]:
            return ""
        try:
            found = await self._member(writer, spot)
        except Unknown:
            return ""
        ours = found is not None and not found.guest and found.person == writer.person
        return found.address if found is not None and ours and found.tenant == spot.tenant.lower() else ""

    def _among_readers(self, writer: Writer, spot: Spot) -> Member | None:
        _, readers = self._readers.get(spot.conversation, (0.0, None))
        return next((one for one in readers or () if one.account == writer.account), None)

    async def _member(self, writer: Writer, spot: Spot) -> Member | None:
        """Somebody as a member; None where Teams does not list them. Unknown where it does not say, or not soon."""
        which = f"{writer.account} {spot.conversation}"
        return await self._told(self._members, which, lambda: self._connector.member(spot, writer.account))

    async def _told(
        self, known: dict[str, tuple[float, _V | None]], which: str, ask: Callable[[], Awaitable[_V]]
    ) -> _V | None:
        """What Teams says, remembered for five minutes; as last known where it does not say. Unknown for never."""
        before = known.get(which)
        if before and time.monotonic() - before[0] < FRESH_SECONDS:
            return before[1]
        try:
            async with asyncio.timeout(SECONDS_FOR_MEMBERS):
                found: _V | None = await ask()
        except (NotSent, TimeoutError) as error:
            if not isinstance(error, NotSent) or error.status != 404:
                log.info("Who somebody is was not told: %s", type(error).__name__)
                if before is None:
                    raise Unknown from error
            found = before[1] if before else None
        _keep(known, which, (time.monotonic(), found))
        return found

    async def staff_of(self, spot: Spot) -> list[str]:
        """Accounts of the hub's people in a channel: Teams shows them their own view of a card."""
        try:
            readers = await self._readers_of(spot)
        except Unknown:
            readers = None
        return await self._jobs.quickly(staff_among, readers, self._hub.office.roles, self.known)

    async def _readers_of(self, spot: Spot) -> list[Member] | None:
        return await self._told(self._readers, spot.conversation, lambda: self._connector.members(spot))

    async def named_in(self, part: Any) -> Any:
        """A card or a message in which ids of people are their names, as far as they are known."""
        if not names_anybody(part):  # as in a signpost: it waits for no database
            return part
        try:
            return await self._jobs.quickly(named_in, part, self.known.names)
        except RecordsError:
            return part


def _keep(known: dict[str, _V], name: str, value: _V) -> None:
    """Remember something; not for ever more people."""
    if len(known) >= MOST_REMEMBERED and name not in known:
        known.pop(next(iter(known)))
    known[name] = value


def staff_among(readers: Sequence[Member] | None, roles: Roles, people: Acquaintances) -> list[str]:
    """Accounts of the hub's people among the readers; those of the settings, where it is not known who reads.

    May raise RecordsError.
    """
    wanted = {Role.HUB, Role.ADMIN}
    if readers:
        return [one.account for one in readers if roles.of(one.person, (one.account,)) & wanted]
    named = {name for role in wanted for name in roles.granted.get(role, ())}
    accounts = people.accounts(sorted(named))
    known = (accounts.get(name, name) for name in named)
    return sorted(name for name in known if not GUID.fullmatch(name) and not _OTHERS.fullmatch(name))
