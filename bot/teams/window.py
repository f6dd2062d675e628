"""Teams' side of the counter: it posts, and says who somebody is."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.domain.messages import Inbound
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError
from bot.edges.edge import Heard, Standing, Writer
from bot.edges.forms import form_of
from bot.edges.jobs import Jobs
from bot.edges.presses import Press
from bot.edges.shown import Answer, Card, Line, Shown
from bot.teams import wording as said
from bot.teams.activities import Message, plain, with_suggestions
from bot.teams.connector import Connector, NotSent
from bot.teams.drawing import draw
from bot.teams.heard import recalled
from bot.teams.people import People
from bot.teams.places import PLATFORM, Spot
from bot.teams.requests import draw_form

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
SECONDS_TO_TYPING = 0.7
"""An answer that takes longer shows that it is being worked on."""
SECONDS_TO_MEET = 1.0
POSTED = "posted"
"""In place of an id that Teams did not name."""


class TeamsWindow:
    """Lives as long as its edge."""

    name = PLATFORM
    help = said.HELP

    def __init__(self, hub: Hub, jobs: Jobs, connector: Connector) -> None:
        self._hub, self._jobs, self._connector = hub, jobs, connector
        self.board = hub.settings.teams_hub_conversation
        self.labels = hub.settings.teams_label_ids
        self.people = People(hub, jobs, connector)
        self._channel = Spot.of(self.board).conversation if self.board else ""

    def is_board(self, spot: Spot) -> bool:
        """Whether it is the hub's channel."""
        return bool(self._channel) and spot.conversation == self._channel

    @property
    def board_channel(self) -> str:
        """The id of the hub's channel; empty where there is none."""
        return self._channel

    def recall(self, left: Inbound, writer: Writer) -> Heard:
        """What was put on record when it was said."""
        return recalled(left, writer)

    async def own(self, writer: Writer, spot: Spot) -> Spot:
        """A person's own chat."""
        return await self.people.direct(writer, spot)

    async def writer_of(self, person: str) -> Writer:
        """A person of whom only the id was kept."""
        return await self.people.writer(person)

    async def post(self, spot: Spot, shown: Shown, *, only_for: Writer | None = None, reply_to: str = "") -> str:
        """Show something; the message's id, empty where Teams did not take it."""
        shown, questions = suggested(shown, spot)
        message = with_suggestions(await self._drawn(shown), questions)
        try:
            opened = await self._connector.open_direct(spot)
            account = only_for.account if only_for else ""
            reply_to = reply_to if opened == spot else ""
            posted = await self._connector.post(opened, message, only_for=account, reply_to=reply_to)
        except NotSent as error:
            log.warning("A message was not taken by Teams: %s", error)
            return ""
        if isinstance(shown, Answer):
            await self._remember(opened, posted, shown.reply.receipt or "")
        return posted or POSTED

    async def _drawn(self, shown: Shown) -> Message:
        """A message with names of people; a form stands in the chat itself."""
        if isinstance(shown, Line) and any(one.step == "form" for one in shown.offers):
            return plain(shown.text, draw_form(self.form(), in_chat=True))
        staff = await self.people.staff_of(Spot.of(self.board)) if isinstance(shown, Card) else ()
        named: Message = await self.people.named_in(draw(shown, self.labels, staff=staff))
        return named

    def form(self, fields: dict[str, Any] | None = None, error: str = "") -> Any:
        """The form for a problem, as a chat shows it."""
        return form_of(self._hub, Press("form", Actor(""), Spot.of("").place, fields=fields or {}), error)

    async def _remember(self, spot: Spot, message: str, receipt: str) -> None:
        """Keep which message shows which reply: feedback names the message alone."""
        if not (message and receipt):
            return
        try:
            await self._jobs.quickly(self.people.known.remember, shown_key(spot, message), receipt)
        except RecordsError:
            log.warning("Which message shows a reply could not be kept; feedback on it will not be found.")

    async def actor(self, writer: Writer, spot: Spot) -> Actor:
        """The person, with their groups."""
        return await self.people.actor(writer, spot.tenant)

    async def address(self, writer: Writer, spot: Spot) -> str:
        """The e-mail address that Teams vouches for."""
        return await self.people.address(writer, spot)

    async def standing(self, writer: Writer, spot: Spot) -> Standing:
        """Whether a person is a colleague."""
        standing = await self.people.standing(writer, spot)
        if standing is Standing.COLLEAGUE:  # of nobody else is anything kept
            # a card that is drawn next names them; nobody waits for that for long
            await asyncio.wait({self._jobs.spawn(self.people.meet(writer, spot))}, timeout=SECONDS_TO_MEET)
        return standing

    async def has_strangers(self, spot: Spot) -> bool:
        """Whether others read a channel."""
        return await self.people.has_strangers(spot)

    async def has_answered(self, heard: Heard) -> bool | None:
        """Teams lets an app read nothing back."""
        return None

    async def change(self, heard: Heard, shown: Shown) -> bool:
        """In the place of a message of ours; False where Teams does not change it."""
        if not heard.message:
            return False
        try:
            changed = await self._connector.update(heard.spot, heard.message, await self._drawn(shown))
        except NotSent as error:
            log.info("A message was not changed by Teams: %s", error)
            return False
        if changed and isinstance(shown, Answer):
            await self._remember(heard.spot, heard.message, shown.reply.receipt or "")
        return changed

    async def busy(self, heard: Heard) -> None:
        """Typing, where it takes a while."""
        await asyncio.sleep(SECONDS_TO_TYPING)
        with suppress(NotSent):
            await self._connector.typing(heard.spot)

    async def settled(self, heard: Heard, *, waits: bool) -> None:
        """Teams keeps no state of conversations."""


def suggested(shown: Shown, spot: Spot) -> tuple[Shown, tuple[str, ...]]:
    """In a person's own chat the questions that come next are suggested below the box, and no buttons."""
    if not isinstance(shown, Answer) or not spot.is_direct:
        return shown, ()
    questions = tuple(offer.fields["question"] for offer in shown.offers if offer.step == "ask")
    return replace(shown, offers=tuple(offer for offer in shown.offers if offer.step != "ask")), questions


def shown_key(spot: Spot, message: str) -> str:
    """How a message is named among all of them."""
    return f"{spot.conversation}:{message}"[:400]
