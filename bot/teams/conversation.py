"""Questions in Teams: from chats and channels; and the replies to them."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from bot import safeguards, wording
from bot.domain.letters import LetterKind
from bot.domain.messages import Outcome, Question, Reply
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError, Refused
from bot.edges.jobs import Jobs
from bot.teams import drawing
from bot.teams import requests as board
from bot.teams import wording as said
from bot.teams.activities import Message, message, plain
from bot.teams.connector import Connector, NotSent
from bot.teams.heard import Heard
from bot.teams.parts import Element
from bot.teams.people import People
from bot.teams.places import PLATFORM, Spot

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
SECONDS_TO_TYPING = 0.7
"""An answer that takes longer shows that it is being worked on."""


class Conversation:
    """Answers; every way in ends here."""

    def __init__(self, hub: Hub, jobs: Jobs, people: People, connector: Connector) -> None:
        self._hub, self._jobs, self._people, self._connector = hub, jobs, people, connector
        self.labels = hub.settings.teams_label_ids

    async def answer(self, heard: Heard) -> None:
        """Reply to a question where it was asked, or in the asker's own chat where others would read it."""
        word = heard.text.lower().strip(" .!?")
        if not heard.writer.stranger and await self._jobs.quickly(is_urgent, heard.text):
            # before anything is asked of Teams, and where they look
            reply = await self._jobs.quickly(self._hub.assistant.ask, heard.question())
            await self.show_reply(heard, heard.spot, reply)
        elif await self._people.is_stranger(heard.writer, heard.spot):
            await self._say_openly(heard, said.STRANGER)
        elif word == "help":
            await self.tell(heard, said.HELP)
        elif word in said.FORM_WORDS:
            await self.show(heard, _form())
        elif word in said.HOME_WORDS:
            await self.show(heard, await self.home(heard))
        elif (told := await self._errand(heard)) is not None:
            await self.tell(heard, await self._people.named(told))
        elif heard.spot.is_direct:
            await self.show_reply(heard, heard.spot, await self._asked(heard, heard.spot))
        elif heard.shared or self._is_lower(heard.spot) or await self._people.has_strangers(heard.spot):
            await self._in_own_chat(heard)
        else:
            await self.show_reply(heard, heard.spot, await self.ask(heard.question()))
        await self.finish(heard)

    async def say(self, heard: Heard, line: str) -> None:
        """One line, and it is answered."""
        await self.tell(heard, line)
        await self.finish(heard)

    async def _errand(self, heard: Heard) -> str | None:
        """What to say to "helped PF-0042" and the like; None for every question."""
        errands = self._hub.errands(Actor(heard.user))
        told: str | None = await self._jobs.in_thread(errands.take, heard.text)
        return told

    async def _asked(self, heard: Heard, spot: Spot) -> Reply:
        """The reply; whoever waits for long sees that something is being done."""
        work = self._jobs.spawn(self.ask(heard.question(spot)))
        done, _ = await asyncio.wait({work}, timeout=SECONDS_TO_TYPING)
        if not done:
            with suppress(NotSent):
                await self._connector.typing(spot)
        reply: Reply = await work
        return reply

    async def ask(self, question: Question) -> Reply:
        """The assistant's reply, whatever happens."""
        reply: Reply = await self._jobs.in_thread(self._hub.assistant.ask, question)
        return reply

    async def _in_own_chat(self, heard: Heard) -> None:
        """A neutral line where others read, and the reply in private; asked as of the private place."""
        own = await self._people.direct(heard.writer, heard.spot)
        sent = await self.show_reply(heard, own, await self.ask(heard.question(own)))
        await self._say_openly(heard, said.BY_DIRECT_MESSAGE if sent else said.NO_CHAT_YET)

    async def tell(self, heard: Heard, text: str) -> None:
        """Say a line where it was asked; later, where Teams does not take it now."""
        if not await self.show(heard, plain(text)):
            await self._later(heard, heard.spot, text)

    async def show(self, heard: Heard, message: Message) -> bool:
        """Say something where it was asked, in a channel to the asker alone. Whether that was done."""
        return await self._post(heard, heard.spot, message) is not None

    async def show_reply(self, heard: Heard, spot: Spot, reply: Reply) -> bool:
        """Post a reply; what Teams does not take now goes through the outbox, so that nobody is left without one."""
        if reply.outcome is Outcome.URGENT and not spot.is_direct:  # it names nobody, and must be seen where they look
            if not await self._say_openly(heard, reply.text):
                await self._later(heard, spot, reply.text)
            return True
        drawn = drawing.draw_reply(reply, self.labels, in_channel=not spot.is_direct)
        posted = await self._post(heard, spot, drawn)
        if posted is None:
            await self._later(heard, spot, reply.text, reply.request or "")
            return False
        await self.remember(*posted, reply.receipt or "")
        return True

    async def _post(self, heard: Heard, spot: Spot, message: Message) -> tuple[Spot, str] | None:
        """Where it was posted and the message's id; None where nothing could be posted."""
        if not spot.is_direct:
            try:
                shown = await self._connector.post(spot, message, only_for=heard.writer.account)
                return spot, shown
            except NotSent as error:
                log.info("A message for one reader in a channel was not taken (%s); it goes to their chat.", error)
            posted = await self._post_directly(heard, await self._people.direct(heard.writer, spot), message)
            # in the channel whoever asked must not wait for something that is elsewhere
            await self._say_openly(heard, said.BY_DIRECT_MESSAGE if posted else said.NO_CHAT_YET, targeted=False)
            return posted
        return await self._post_directly(heard, spot, message)

    async def _post_directly(self, heard: Heard, spot: Spot, message: Message) -> tuple[Spot, str] | None:
        try:
            opened = await self._connector.open_direct(spot)
            reply_to = heard.message if opened == heard.spot else ""
            return opened, await self._connector.post(opened, message, reply_to=reply_to)
        except NotSent as error:
            log.error("A message could not be posted: %s", error)
            return None

    async def _say_openly(self, heard: Heard, line: str, *, targeted: bool = True) -> bool:
        """A line that everybody may read; shown to whoever asked alone where that can be done. Whether it was said."""
        for only_for in (heard.writer.account, "") if targeted and not heard.spot.is_direct else ("",):
            try:
                await self._connector.post(heard.spot, plain(line), only_for=only_for)
            except NotSent as error:
                log.info("A line in a channel was not taken: %s", error)
            else:
                return True
        return False

    async def remember(self, spot: Spot, message: str, receipt: str) -> None:
        """Keep which message shows which reply: feedback names the message alone."""
        if not (message and receipt):
            return
        try:
            await self._jobs.quickly(self._hub.records.shown.put, PLATFORM, shown_key(spot, message), receipt)
        except RecordsError:
            log.warning("Which message shows a reply could not be kept; feedback on it will not be found.")

    async def _later(self, heard: Heard, spot: Spot, text: str, reference: str = "") -> None:
        put, kind, place = self._hub.records.outbox.put, LetterKind.ANSWER, spot.place
        try:
            await self._jobs.quickly(put, f"answer:{hashed(heard.key)}", kind, place, heard.user, reference, text)
        except RecordsError:
            log.error("A reply could neither be shown nor be kept for later.")

    def _is_lower(self, spot: Spot) -> bool:
        """Whether less may be shown in this channel than in somebody's own chat."""
        ceilings = self._hub.ceilings
        own = Spot(spot.tenant, "personal", "@")
        return bool(ceilings.of(spot.place) != ceilings.of(own.place))

    async def finish(self, heard: Heard) -> None:
        """It is answered, or is not to be: no other process takes it up."""
        try:
            await self._jobs.quickly(self._hub.records.inbound.finish, PLATFORM, heard.key)
        except RecordsError:
            log.warning("An answered message could not be marked as answered; it may be answered twice.")

    async def home(self, heard: Heard) -> Message:
        """One's own requests, with the queue for hub staff and the library for admins."""
        try:
            return {**message("", await self.home_card(heard)), "summary": said.HOME_MINE}
        except RecordsError as error:
            log.error("Somebody's requests could not be shown: %s", error)
            return plain(wording.TROUBLE)

    async def home_card(self, heard: Heard, told: str = "") -> Element:
        """The same as a card, below what has just been done. May raise RecordsError."""
        actor = await self._people.actor(heard.writer, heard.spot.tenant)
        overview = await self._jobs.in_thread(self._hub.overviews.of, actor)
        named: Element = await self._people.named_in(drawing.draw_home(overview, told))
        return named

    async def say_for_hub(self, heard: Heard, reference: str, text: str) -> str:
        """Reply to a request in somebody's name, or say why that cannot be done."""
        try:
            actor = await self._people.actor(heard.writer, heard.spot.tenant)
            done = await self._jobs.in_thread(self._hub.desk.reply, actor, reference, text)
        except Refused as error:
            return await self._people.named(str(error))
        except RecordsError:
            return wording.TROUBLE
        return said.THREAD_REPLIED.format(reference=done.reference)


def shown_key(spot: Spot, message: str) -> str:
    """How a message is named among all of them."""
    return f"{spot.conversation}:{message}"[:400]


def is_urgent(text: str) -> bool:
    """Whether it is an incident in progress, or somebody in need."""
    return safeguards.urgency(safeguards.clean(text)) is not None


def hashed(key: str) -> str:
    """A key that is never too long: conversations' ids may be."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


def _form() -> Message:
    return plain(said.FORM_INVITES, board.draw_form({}, in_chat=True))
