"""Delivery to Teams: the hub's replies to whoever asked, and the cards of the hub's channel."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from bot.answering.ceilings import Ceilings
from bot.domain.letters import Letter, NotDelivered, Trouble
from bot.domain.people import Person, Role, Roles
from bot.edges.letters import Parcel, card_perhaps, parcel, shown_as
from bot.edges.names import Acquaintances, named_in
from bot.edges.shown import Shown
from bot.teams.activities import Message
from bot.teams.connector import Connector, NotSent
from bot.teams.drawing import draw
from bot.teams.people import staff_among
from bot.teams.places import PLATFORM, Spot, direct_to

if TYPE_CHECKING:
    from bot.records import Records
    from bot.settings import Settings

GONE = frozenset({400, 403, 404, 410})
"""The address is no good any more."""
REFUSED = 401
"""Teams does not take our token."""
SECONDS_FOR_A_LETTER = 50.0
"""Less than its lease."""
_R = TypeVar("_R")


class TeamsCourier:
    """Brings letters to Teams; on a loop of its own, because the SDK is asynchronous and delivery is not."""

    def __init__(self, settings: Settings, records: Records, roles: Roles, ceilings: Ceilings) -> None:
        self._settings, self._records, self._roles, self._ceilings = settings, records, roles, ceilings
        self._known = Acquaintances(records, PLATFORM)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._connector: Connector | None = None

    def deliver(self, letter: Letter) -> None:
        """Bring a letter. NotDelivered with what Teams said."""
        try:
            self._run(self._deliver(letter))
        except NotSent as error:
            trouble = Trouble.ADDRESS if error.status in GONE else Trouble.PLATFORM
            trouble = Trouble.OURS if error.status == REFUSED or error.ours else trouble
            raise NotDelivered(str(error), wait=error.wait, trouble=trouble) from error
        except TimeoutError as error:
            raise NotDelivered("Teams did not answer in time") from error

    def _run(self, work: Coroutine[Any, Any, _R]) -> _R:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name="teams-courier", daemon=True)
                self._thread.start()
            loop = self._loop
        running = asyncio.run_coroutine_threadsafe(work, loop)
        try:
            return running.result(SECONDS_FOR_A_LETTER)
        except TimeoutError:
            running.cancel()  # it is tried again, and must not arrive as well
            raise

    def close(self) -> None:
        """Give back the connections, and end the loop."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is None:
            return
        asyncio.run_coroutine_threadsafe(self._end(), loop).result(SECONDS_FOR_A_LETTER)
        loop.call_soon_threadsafe(loop.stop)
        if self._thread is not None:
            self._thread.join(SECONDS_FOR_A_LETTER)
        loop.close()

    async def _end(self) -> None:
        connector, self._connector = self._connector, None
        if connector is not None:
            await connector.close()

    async def _deliver(self, letter: Letter) -> None:
        if self._connector is None:
            self._connector = Connector(self._settings, self._service)
        spot = Spot.of(letter.address)
        found = parcel(letter, self._records, self._ceilings, is_direct=spot.is_direct)
        await self._bring(self._connector, spot, letter, found)

    def _service(self) -> str:
        """Where Teams was reached last."""
        met = self._known.newest()
        return met.service if met else ""

    async def _bring(self, connector: Connector, spot: Spot, letter: Letter, found: Parcel) -> None:
        """In the chat it is for; what was asked in a channel is replied to in the asker's own."""
        if found.is_private and not spot.is_direct:
            spot = self._own_chat(spot, letter.person)
        if letter.again and found.card is not None and not found.posted:
            stands = _keyed(self._drawn(card_perhaps(letter)), letter)
            shown_as(letter, self._records, await connector.post(spot, stands))
            return
        if found.card is not None:
            card = self._drawn(found.card, await self._staff(connector, spot))
            if not found.posted or not await connector.update(spot.channel, found.posted, card):
                shown_as(letter, self._records, await connector.post(spot, _keyed(card, letter)))
                return
        where = spot.channel.in_thread(found.posted) if found.posted and not spot.is_direct else spot
        opened = await connector.open_direct(where)
        for part in found.parts:
            await connector.post(opened, _keyed(self._drawn(part), letter))

    def _drawn(self, shown: Shown, staff: Sequence[str] = ()) -> Message:
        drawn: Message = named_in(draw(shown, self._settings.teams_label_ids, staff=staff), self._known.names)
        return drawn

    def _own_chat(self, spot: Spot, person: str) -> Spot:
        known = self._known.get(person) or Person(person)
        return Spot.of(known.address) if known.address else direct_to(spot, known.account or person)

    async def _staff(self, connector: Connector, spot: Spot) -> list[str]:
        granted = {name for role in (Role.HUB, Role.ADMIN) for name in self._roles.granted.get(role, ())}
        if not granted:
            return []
        try:
            readers = await connector.members(spot)
        except NotSent:
            readers = None
        return staff_among(readers, self._roles, self._known)


def _keyed(drawn: Message, letter: Letter) -> Message:
    """With the letter's key: a repeat after a crash can be told from a new message."""
    data = {**drawn.get("channelData", {}), "preventionHub": {"key": letter.key, "reference": letter.reference}}
    return {**drawn, "channelData": data}
