"""Threads: the hub's, below its cards, and those in which colleagues talk to each other."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from bot.domain.refusals import RecordsError
from bot.edges.edge import Heard, Window
from bot.edges.jobs import Jobs
from bot.edges.steps import DoneBefore, once
from knowledge.language.followups import is_follow_up

if TYPE_CHECKING:
    from bot.app import Hub

REPLY = "reply:"
"""How a message in a card's thread begins that is for the asker."""
MOMENT = 1.0
"""Seconds after which a card that was just posted is on record."""
SECONDS_OF_TALK = 2 * 3600.0
"""How long a thread is remembered as one between the asker and us."""
MOST_REMEMBERED = 5000
"""Threads; an older one is taken to be between the asker and us."""


class Talk:
    """Who speaks with whom in a channel's thread: once a colleague joins in, we wait until we are named again."""

    def __init__(self) -> None:
        self._askers: OrderedDict[str, tuple[str, float]] = OrderedDict()
        """By thread: the asker whom we answer there (empty once colleagues talk to each other), and since when."""

    def addressed(self, heard: Heard) -> None:
        """Somebody named us: what they say next in this thread may be for us."""
        self._keep(heard.spot.place.address, heard.user)

    def goes_on(self, heard: Heard) -> bool:
        """Whether what is said in a thread may still be for us, though it does not name us."""
        thread = heard.spot.place.address
        asker, _ = self._askers.get(thread, (heard.user, 0.0))
        if heard.to_others or asker not in ("", heard.user):
            self._keep(thread, "")
            return False
        # among colleagues only what leans on our own answer is for us
        return bool(asker) or is_follow_up(heard.text)

    def is_known(self, heard: Heard) -> bool:
        """Whether this process itself heard the writer name us in this thread, not long ago."""
        asker, since = self._askers.get(heard.spot.place.address, ("", 0.0))
        return asker == heard.user and time.monotonic() - since < SECONDS_OF_TALK

    def _keep(self, thread: str, asker: str) -> None:
        self._askers[thread] = (asker, time.monotonic())
        self._askers.move_to_end(thread)
        while len(self._askers) > MOST_REMEMBERED:
            self._askers.popitem(last=False)


class HubThreads:
    """The threads of cards in the hub's channel: what begins with "reply:" goes to the asker, the rest stays there."""

    def __init__(self, hub: Hub, jobs: Jobs, window: Window) -> None:
        self._hub, self._jobs, self._window = hub, jobs, window

    def holds(self, heard: Heard) -> bool:
        """Whether something was said in a thread of the hub's channel."""
        return heard.in_thread and self._window.is_board(heard.spot)

    def is_reply(self, heard: Heard) -> bool:
        """Whether it is meant for the asker."""
        return self.holds(heard) and heard.text.lower().startswith(REPLY)

    def text(self, heard: Heard) -> str:
        """What is meant for the asker."""
        return heard.text[len(REPLY) :].strip()

    async def reference(self, heard: Heard) -> str:
        """The request whose card the thread stands below; empty for none. May raise RecordsError."""
        found = await self._card(heard)
        if not found:  # a card is on record a moment after it is posted
            await asyncio.sleep(MOMENT)
            found = await self._card(heard)
        return found

    async def explains(self, heard: Heard) -> bool:
        """Whether a person who talks below a card is to be told that this stays there; not again within days."""
        try:
            return bool(await self._card(heard)) and await self._jobs.quickly(self._first, heard)
        except RecordsError:
            return False  # it explains something, and changes nothing

    def _first(self, heard: Heard) -> bool:
        try:
            with once(self._hub.records.inbound, f"told:{heard.user}", heard.spot.place, heard.user):
                return True
        except DoneBefore:
            return False

    async def _card(self, heard: Heard) -> str:
        cards, window = self._hub.records.cards, self._window
        return await self._jobs.quickly(cards.reference, window.name, window.board, heard.spot.thread)
