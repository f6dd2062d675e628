"""Conversations, the same on every platform: what is for us, where the reply is shown, and what is said instead."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import wording
from bot.answering.ceilings import RANKS
from bot.domain.messages import Outcome, Place, Reply
from bot.domain.people import Actor
from bot.domain.receipts import normalise_receipt
from bot.domain.refusals import RecordsError
from bot.edges import offers
from bot.edges.edge import Heard, Spot, Standing, Window
from bot.edges.jobs import Jobs
from bot.edges.left.interrupted import Interrupted
from bot.edges.left.keeping import Keeping, TakenOver, hashed
from bot.edges.names import Whom, readable
from bot.edges.presses import Press
from bot.edges.shown import Answer, Line, Shown
from bot.edges.steps import Steps
from bot.edges.threads import HubThreads, Talk
from bot.watching.steps import Step, asking, step
from bot.wording import labels

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
_SHOW = re.compile(r"show\s+((?=.{0,6}[-\d])[a-z0-9]{3}[- ]?[a-z0-9]{3})\W*", re.IGNORECASE)
"""With a dash or a digit: "show powers" is a question."""
_REPLY_TO = re.compile(r"reply\s+(pf[- ]?\d{1,9})[:\s]+(.+)", re.IGNORECASE | re.DOTALL)


class Conversation:
    """Answers; every way in ends here. Lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs, window: Window, steps: Steps) -> None:
        self._hub, self._jobs, self._window, self._steps = hub, jobs, window, steps
        self._threads, self._talk = HubThreads(hub, jobs, window), Talk()
        self.whom = Whom(hub, jobs, window)
        self.interrupted = Interrupted(hub, jobs, window, steps, self)
        self.keeping = Keeping(hub, jobs, window.name)

    async def is_for_us(self, heard: Heard) -> bool:
        """Whether something was said to the assistant: never what colleagues say to each other."""
        if heard.spot.is_direct or heard.command:
            return True
        if self._threads.holds(heard):
            return self._threads.is_reply(heard) or heard.mentioned
        if heard.mentioned:
            self._talk.addressed(heard)
            return True
        if not heard.in_thread or not self._talk.goes_on(heard):
            return False
        if self._talk.is_known(heard):
            return True
        try:
            return await self._jobs.quickly(self._has_asked, heard)
        except RecordsError:
            return False

    def _has_asked(self, heard: Heard) -> bool:
        return bool(self._hub.records.has_asked(self.whom.person(heard.user), heard.spot.place))

    async def overhear(self, heard: Heard) -> None:
        """What is not for us: below a card it is explained once that it stays in the hub."""
        if self._threads.holds(heard) and await self._threads.explains(heard):
            await self.say(heard, labels.TALK)

    def is_hub_reply(self, heard: Heard) -> bool:
        """Whether hub staff reply to an asker from a card's thread."""
        return self._threads.is_reply(heard)

    async def answer(self, heard: Heard) -> None:
        """Reply to what was said where it was said, or in private where others would read what they should not."""
        standing = await self._window.standing(heard.writer, heard.spot)
        if standing is not Standing.COLLEAGUE:
            # left by a process that died it is heard again: by then it may be known that they are colleagues
            await self.say_openly(heard, _REFUSED[standing], answers=False)
            await self.finish(heard)
            return
        heard = await self.whom.heard(heard)
        try:
            if self._threads.holds(heard):
                await self._in_hub(heard)
            elif not await self._is_about_requests(heard):
                await self.ask(heard)
        except TakenOver:
            return  # another process shows it, and finishes it
        await self.finish(heard)

    async def _in_hub(self, heard: Heard) -> None:
        """Below a card: a reply goes to the asker once, and whatever else is explained."""
        if not self._threads.is_reply(heard):
            await self.say(heard, labels.TALK)
            return
        try:
            reference = await self._threads.reference(heard)
        except RecordsError as error:
            log.error("A reply from a thread could not be sent: %s", error)
            await self.say(heard, wording.TROUBLE)
            return
        if not reference:
            await self.say(heard, labels.NO_CARD)
            return
        await self._reply_to(heard, reference, self._threads.text(heard))

    async def _reply_to(self, heard: Heard, reference: str, text: str) -> None:
        actor = await self.whom.actor(heard.writer, heard.spot)
        press = Press("reply", actor, heard.spot.place, reference, {"text": text}, hashed(heard.key))
        done = await self._jobs.in_thread(self._steps.attempt, press)
        if heard.again and done.before is not None and done.before.is_done and done.before.reference:
            await self.say(heard, labels.SENT_BEFORE.format(reference=done.before.reference))
        elif done.told != labels.ALREADY_TAKEN:
            await self.keeping.telling(heard)
            await self._show(heard, offers.refusal(done.told, done.remedies))

    async def _is_about_requests(self, heard: Heard) -> bool:
        """Whether it is no question; then it is done and told."""
        word = heard.text.lower().strip(" .!?")
        if (to := _REPLY_TO.fullmatch(heard.text.strip())) is not None:
            await self._reply_to(heard, to[1], to[2])
        elif (shown := _SHOW.fullmatch(heard.text.strip())) is not None and normalise_receipt(shown[1]):
            await self.keeping.telling(heard)
            await self.interrupted.show(heard, shown[1])
        elif word == "help" or (heard.command and not word):
            await self.say(heard, self._window.help)
        elif heard.files and not word:
            await self.say(heard, labels.ONLY_FILES)
        elif word in labels.FORM_WORDS:
            await self.keeping.telling(heard)
            await self._show(heard, Line(labels.FORM_INVITES, (offers.of_step("form"),)))
        elif word in labels.HOME_WORDS:
            await self.keeping.telling(heard)
            await self._show(heard, await self.home(heard))
        else:
            told = await self._errand(heard)
            if told is not None:
                await self.say(heard, told)
            return told is not None
        return True

    async def home(self, heard: Heard, told: str = "") -> Shown:
        """A person's own requests, with the queue for hub staff and the library for admins."""
        from bot.edges.deeds import home_of

        try:
            actor = await self.whom.actor(heard.writer, heard.spot)
            return await self._jobs.in_thread(home_of, self._hub, actor, told)
        except RecordsError as error:
            log.error("A person's requests could not be shown: %s", error)
            return Line(wording.TROUBLE)

    async def _errand(self, heard: Heard) -> str | None:
        """What to say to "helped PF-0042" and the like; None for every question."""
        with self.keeping.answering(heard):
            told = await self._jobs.in_thread(self._hub.errands(Actor(heard.user)).take, heard.text)
        return None if told is None else readable(told, self._hub.records.people)

    async def ask(self, heard: Heard) -> None:
        """Answer a question of a colleague. TakenOver where another process has worked it out meanwhile."""
        spot = heard.spot
        belongs = await self._belongs(heard)
        private = not spot.is_direct and (
            bool(belongs) or heard.shared or self._is_lower(spot) or await self._window.has_strangers(spot)
        )
        at = await self._window.own(heard.writer, spot) if private else spot
        with asking(spot.place.platform):
            await self._asked(heard, at, belongs, private=private)

    async def _asked(self, heard: Heard, at: Spot, belongs: frozenset[str], *, private: bool) -> None:
        spot = heard.spot
        asked = replace(heard.question(at), belongs=belongs)
        work = self._jobs.in_thread(self._hub.assistant.ask, asked)
        with self.keeping.answering(heard) as doing:
            found = await self._busily(heard, work) if spot.is_direct else await work
        if doing.is_lost:
            raise TakenOver
        if not doing.is_settled:
            await self.keeping.telling(heard)
        reply = replace(found, notice=f"{labels.FILES_NOT_READ}\n{found.notice}".strip()) if heard.files else found
        if reply.outcome is Outcome.URGENT:
            await self.signpost(heard, reply)
        elif private:
            sent = await self.give(heard, at, reply)
            await self.say_openly(heard, labels.BY_DIRECT_MESSAGE if sent else labels.NO_CHAT_YET)
        else:
            await self.give(heard, spot, reply)
        if spot.is_direct:
            waits = reply.outcome in (Outcome.HANDED_OVER, Outcome.PAUSED) and reply.request is not None
            self._jobs.spawn(self._window.settled(heard, waits=waits))

    async def _belongs(self, heard: Heard) -> frozenset[str]:
        """The audiences of who asks; whoever has any is answered in private, where others read along."""
        roles = self._hub.office.roles
        if not roles.audiences:
            return frozenset()
        actor = await self.whom.actor(heard.writer, heard.spot)
        return roles.belongs(actor.name, actor.groups)

    async def _busily(self, heard: Heard, work: Awaitable[Reply]) -> Reply:
        """The reply; an asker who waits sees that something is being done."""
        telling = self._jobs.spawn(self._window.busy(heard))
        try:
            return await work
        finally:
            telling.cancel()

    async def signpost(self, heard: Heard, reply: Reply) -> None:
        """An emergency: said where the officer looks, openly if it must be; it names nobody. And where it lasts."""
        spot, shown = heard.spot, Answer(reply)
        if spot.is_direct:
            said = await self._window.post(spot, shown, reply_to=heard.message)
        else:
            said = await self._window.post(spot, shown, only_for=heard.writer) or await self._window.post(spot, shown)
            if not heard.writer.stranger:
                with suppress(Exception):  # it was said where they look; this is only so that it lasts
                    await self._window.post(await self._window.own(heard.writer, spot), shown)
        if not said:
            await self.keeping.later(heard, spot, reply.text)

    async def give(self, heard: Heard, spot: Spot, reply: Reply) -> bool:
        """Show a reply with its buttons; what the platform does not take now goes through the outbox."""
        shown = offers.answer(reply, in_channel=not spot.is_direct, message=heard.message)
        at = replace(heard, spot=spot)
        with step(Step.DRAWING):
            given = await self._show(at, shown, keep=reply.request is not None)
        if not given:
            await self.keeping.later(heard, spot, reply.text, reply.request or "")
            return False
        return True

    async def _show(self, heard: Heard, shown: Shown, *, keep: bool = False) -> bool:
        """Show something where it was asked, in a channel to the asker alone.

        What one person alone is shown in a channel is soon gone: what they must `keep` they get in private too.
        """
        window, spot = self._window, heard.spot
        if spot.is_direct:
            return bool(await window.post(spot, shown, reply_to=heard.message))
        if await window.post(spot, shown, only_for=heard.writer):
            if keep:
                await window.post(await window.own(heard.writer, spot), shown)
            return True
        posted = await window.post(await window.own(heard.writer, spot), shown)
        # in the channel the asker must not wait for something that is elsewhere
        await window.post(spot, Line(labels.BY_DIRECT_MESSAGE if posted else labels.NO_CHAT_YET))
        return bool(posted)

    async def show(self, heard: Heard, shown: Shown) -> bool:
        """As for a reply, for whatever else the asker is shown. Whether that was done."""
        return await self._show(heard, shown)

    async def say(self, heard: Heard, text: str, *, answers: bool = True) -> None:
        """Say a line; later, where the platform does not take it now."""
        if answers:
            await self.keeping.telling(heard)
        if not await self._show(heard, Line(text)):
            await self.keeping.later(heard, heard.spot, text)

    async def say_openly(self, heard: Heard, line: str, *, answers: bool = True) -> None:
        """A line that everybody may read; shown to the asker alone where that can be done."""
        if heard.spot.is_direct:
            await self.say(heard, line, answers=answers)
        elif not await self._window.post(heard.spot, Line(line), only_for=heard.writer):
            await self._window.post(heard.spot, Line(line))

    async def say_trouble(self, heard: Heard) -> None:
        """That something went wrong which nobody thought of."""
        await self.say(heard, wording.TROUBLE)
        await self.finish(heard)

    def _is_lower(self, spot: Spot) -> bool:
        """Whether less may be shown here than in the asker's own conversation."""
        ceilings, own = self._hub.ceilings, Place(self._window.name, "")
        return RANKS.index(ceilings.of(spot.place)) < RANKS.index(ceilings.of(own))

    async def finish(self, heard: Heard) -> None:
        """It is answered, or is not to be: no other process takes it up."""
        await self.keeping.finish(heard)


_REFUSED = {Standing.STRANGER: labels.STRANGER, Standing.UNKNOWN: labels.NOT_KNOWN_YET}
