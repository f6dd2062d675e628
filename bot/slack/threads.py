"""The threads of cards in the hub's channel: what begins with "reply:" goes to whoever asked, the rest stays there."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.domain.refusals import RecordsError
from bot.edges.jobs import Jobs
from bot.slack import blocks as b
from bot.slack import wording as said
from bot.slack.conversation import Conversation, Heard
from bot.slack.drawing import Drawn
from bot.slack.places import PLATFORM
from bot.slack.sending import post

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
REPLY = "reply:"
MOMENT = 1.0
"""Seconds."""


class CardThreads:
    """What hub staff say below a card; lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs, conversation: Conversation) -> None:
        self._hub, self._jobs, self._conversation = hub, jobs, conversation
        self._board = hub.settings.slack_hub_channel
        self._channel = self._board.split("/")[-1]

    def holds(self, heard: Heard) -> bool:
        """Whether something was said in a thread of the hub's channel."""
        _, _, ts = heard.key.partition(":")
        return bool(self._channel) and heard.spot.channel == self._channel and heard.spot.thread != ts

    def is_reply(self, heard: Heard) -> bool:
        """Whether it is meant for whoever asked."""
        return self.holds(heard) and heard.text.lower().startswith(REPLY)

    async def reply(self, client: AsyncWebClient, heard: Heard) -> None:
        """Send it, in the name of whoever wrote it, and say what became of it."""
        try:
            reference = await self._reference(heard)
            if not reference:  # a card is on record a moment after it is posted
                await asyncio.sleep(MOMENT)
                reference = await self._reference(heard)
            if reference:
                text = heard.text[len(REPLY) :].strip()
                drawn = await self._conversation.say_for_hub(client, heard.user, reference, text)
            else:
                drawn = _told(said.NO_CARD)
        except RecordsError as error:
            log.error("A reply from a thread could not be sent: %s", error)
            drawn = _told(wording.TROUBLE)
        if await post(client, heard.spot, drawn, user=heard.user):
            await self._conversation.finish(heard)

    async def explain_once(self, client: AsyncWebClient, heard: Heard) -> None:
        """Tell somebody who talks below a card that this stays there; not again within days."""
        inbound, key = self._hub.records.inbound, f"told:{heard.user}"
        try:
            if not await self._reference(heard):
                return
            if await self._jobs.quickly(inbound.receive, PLATFORM, key, heard.spot.place, heard.user, ""):
                await self._jobs.quickly(inbound.finish, PLATFORM, key)
                await post(client, heard.spot, _told(said.TALK), user=heard.user)
        except RecordsError:
            return  # it explains something, and changes nothing

    async def _reference(self, heard: Heard) -> str:
        cards = self._hub.records.cards
        return str(await self._jobs.quickly(cards.reference, PLATFORM, self._board, heard.spot.thread))


def _told(text: str) -> Drawn:
    return Drawn(b.cut(b.escape(text), b.FALLBACK), [b.section(text)])
