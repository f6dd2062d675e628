"""The threads of cards in the hub's channel: what begins with "reply:" goes to whoever asked, the rest stays there."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.refusals import RecordsError
from bot.edges.jobs import Jobs
from bot.teams import wording as said
from bot.teams.conversation import Conversation
from bot.teams.heard import Heard
from bot.teams.places import PLATFORM, Spot

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
REPLY = "reply:"


class CardThreads:
    """What hub staff say below a card; lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs, conversation: Conversation) -> None:
        self._hub, self._jobs, self._conversation = hub, jobs, conversation
        self._board = hub.settings.teams_hub_conversation
        self._channel = Spot.of(self._board).conversation if self._board else ""

    def holds(self, heard: Heard) -> bool:
        """Whether something was said in a thread of the hub's channel."""
        spot = heard.spot
        return bool(self._channel) and spot.conversation == self._channel and spot.thread not in ("", heard.message)

    def is_reply(self, heard: Heard) -> bool:
        """Whether it is meant for whoever asked."""
        return self.holds(heard) and heard.text.lower().startswith(REPLY)

    async def reply(self, heard: Heard) -> None:
        """Send it, in the name of whoever wrote it, and say what became of it."""
        try:
            cards = self._hub.records.cards
            reference = await self._jobs.quickly(cards.reference, PLATFORM, self._board, heard.spot.thread)
            text = heard.text[len(REPLY) :].strip()
            told = await self._conversation.say_for_hub(heard, reference, text) if reference else said.NO_CARD
        except RecordsError as error:
            log.error("A reply from a thread could not be sent: %s", error)
            told = wording.TROUBLE
        await self._conversation.tell(heard, told)
        await self._conversation.finish(heard)

    async def explain(self, heard: Heard) -> None:
        """Tell somebody who talks to us below a card that this stays there."""
        await self._conversation.tell(heard, said.TALK)
        await self._conversation.finish(heard)
