"""Delivery to Teams: the hub's replies to whoever asked, and the cards of the hub's channel."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from bot.domain.letters import Letter, LetterKind, NotDelivered
from bot.domain.people import Person, Role, Roles
from bot.edges.names import named, named_in
from bot.teams import drawing
from bot.teams import requests as board
from bot.teams.activities import Message, message, plain
from bot.teams.connector import Connector, NotSent
from bot.teams.places import PLATFORM, Spot, direct_to
from bot.teams.staff import staff_among

if TYPE_CHECKING:
    from bot.records import Records
    from bot.settings import Settings

CONFIRMED = (LetterKind.REPLY, LetterKind.LATE_ANSWER)
HOPELESS = frozenset({400, 403, 404})
"""Trying again does not help; a person has to."""
SECONDS_FOR_A_LETTER = 50.0
"""Less than its lease."""
PART = 5000
"""Characters of one message."""
_R = TypeVar("_R")


class TeamsCourier:
    """Brings letters to Teams; on a loop of its own, because the SDK is asynchronous and delivery is not."""

    def __init__(self, settings: Settings, records: Records, roles: Roles) -> None:
        self._settings, self._records, self._roles = settings, records, roles
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._connector: Connector | None = None

    def deliver(self, letter: Letter) -> None:
        """Bring a letter. NotDelivered with what Teams said."""
        try:
            self._run(self._deliver(letter))
        except NotSent as error:
            raise NotDelivered(str(error), wait=error.wait, hopeless=error.status in HOPELESS) from error
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
        if letter.kind is LetterKind.CARD:
            await self._card(self._connector, spot, letter)
        elif letter.kind is LetterKind.REMINDER:
            await self._remind(self._connector, spot, letter)
        else:
            await self._letter(self._connector, spot, letter)

    def _service(self) -> str:
        """Where Teams was reached last."""
        met = self._records.people.newest(PLATFORM)
        return met.service if met else ""

    async def _letter(self, connector: Connector, spot: Spot, letter: Letter) -> None:
        """To the chat it was asked in; what was asked in a channel is replied to in the asker's own chat."""
        own = spot if spot.is_direct else self._own_chat(spot, letter.person)
        confirms, asks = letter.kind in CONFIRMED, letter.kind is LetterKind.ASK_MORE
        *first, last = parts_of(letter.text)
        drawn = drawing.draw_letter(letter.reference, last, confirms=confirms, asks=asks, elsewhere=not spot.is_direct)
        opened = await connector.open_direct(own)
        for one in (*map(plain, first), drawn):  # a long one comes as several
            await connector.post(opened, _keyed(one, letter))

    def _own_chat(self, spot: Spot, person: str) -> Spot:
        known = self._records.people.get(PLATFORM, person) or Person(person)
        return Spot.of(known.address) if known.address else direct_to(spot, known.account or person)

    async def _card(self, connector: Connector, spot: Spot, letter: Letter) -> None:
        """The request as it stands now, in its one card, and a line about what happened in the card's thread."""
        request = self._records.request(letter.reference)
        if request is None:
            return  # it was purged meanwhile: there is nothing to show
        advice = next((one for one in self._records.advice.all() if one.reference == request.reference), None)
        staff = await self._staff(connector, spot)
        card = board.draw_card(request, advice.state.value if advice else "", staff=staff)
        names_of = self._records.people.names
        drawn = {**message("", named_in(card, names_of)), "summary": request.reference}
        cards = self._records.cards
        posted = cards.get(PLATFORM, letter.address, letter.reference)
        if not posted or not await connector.update(spot.channel, posted, drawn):
            shown = await connector.post(spot, _keyed(drawn, letter))
            cards.put(PLATFORM, letter.address, letter.reference, shown)
            return
        await connector.post(spot.channel.in_thread(posted), _keyed(plain(named(letter.text, names_of)), letter))

    async def _staff(self, connector: Connector, spot: Spot) -> list[str]:
        granted = {name for role in (Role.HUB, Role.ADMIN) for name in self._roles.granted.get(role, ())}
        if not granted:
            return []
        try:
            readers = await connector.members(spot)
        except NotSent:
            readers = None
        return staff_among(readers, self._roles, self._records.people)

    async def _remind(self, connector: Connector, spot: Spot, letter: Letter) -> None:
        posted = self._records.cards.get(PLATFORM, letter.address, letter.reference) if letter.reference else ""
        where = spot.channel.in_thread(posted) if posted and not spot.is_direct else spot
        text = named(letter.text, self._records.people.names)
        await connector.post(await connector.open_direct(where), _keyed(plain(text), letter))


def parts_of(text: str) -> list[str]:
    """A text in parts that Teams takes, divided between lines where that can be."""
    parts = []
    while len(text) > PART:
        cut = max(text.rfind("\n", 0, PART), text.rfind(" ", 0, PART), 0) or PART
        parts.append(text[:cut])
        text = text[cut:].lstrip()
    return [*parts, text]


def _keyed(drawn: Message, letter: Letter) -> Message:
    """With the letter's key: a repeat after a crash can be told from a new message."""
    data = {**drawn.get("channelData", {}), "preventionHub": {"key": letter.key, "reference": letter.reference}}
    return {**drawn, "channelData": data}
