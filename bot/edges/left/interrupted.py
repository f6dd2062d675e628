"""What somebody gets to know of whose answer a process died.

Where it is not on record, it cannot have been shown: it is answered. Where the platform shows that it arrived, nothing
more is said; and that it did not, it is shown as it was found. In between a note says so, and its button shows it: what
arrived is not said twice. Nothing that is short or matters for safety waits for a press.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.messages import Inbound, Outcome
from bot.domain.receipts import ReceiptRecord
from bot.domain.refusals import RecordsError
from bot.edges import offers
from bot.edges.edge import Heard, Standing, Window
from bot.edges.jobs import Jobs
from bot.edges.presses import Done, Press
from bot.edges.shown import Answer, Line, Shown
from bot.edges.steps import DoneBefore, Steps, once
from bot.wording import labels

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.edges.conversation import Conversation

log = logging.getLogger(__name__)
SHORT = 240
"""Characters of an answer that quotes nothing: as short as a note about it, so it is said again instead."""
MOST_OF_QUESTION = 80
STEP = "show_answer"


class Interrupted:
    """Lives as long as its conversation."""

    def __init__(self, hub: Hub, jobs: Jobs, window: Window, steps: Steps, conversation: Conversation) -> None:
        self._hub, self._jobs, self._window, self._steps = hub, jobs, window, steps
        self._conversation = conversation

    async def take_up(self, heard: Heard, left: Inbound) -> None:
        """What a process that died had taken: answered, or told of; of an emergency it left no words, so that is said.

        While the records cannot be read it stays left, and is taken up again.
        """
        if not left.begun and not heard.text:
            await self._conversation.say(heard, wording.ASK_AGAIN)
        elif (arrived := await self._window.has_answered(heard)) or not left.begun:
            if not arrived:
                await self._conversation.answer(replace(heard, again=True))
                return
        else:
            try:
                await self._begun(await self._conversation.whom.heard(heard), left, arrived)
            except RecordsError as error:
                log.error("What was left cannot be told of yet: %s", error)
                return
        await self._conversation.finish(heard)

    async def _begun(self, heard: Heard, left: Inbound, arrived: bool | None) -> None:
        """An answer that may have been shown, or that was not (`arrived` is False)."""
        found = await self._jobs.quickly(self._hub.records.receipt, left.receipt) if left.receipt else None
        if found is None:
            told = labels.DONE_BEFORE.format(reference=left.reference) if left.reference else labels.WRITE_AGAIN
            await self._privately(heard, told)
        elif found.outcome is Outcome.URGENT:
            await self._conversation.signpost(heard, found.again())
        elif arrived is False or _is_short(found):
            await self.show(heard, found.code)
        else:
            await self._note(heard, found)

    async def _note(self, heard: Heard, found: ReceiptRecord) -> None:
        asked = self._hub.records.conversation.asked
        question = await self._jobs.quickly(asked, found.code, heard.user)
        told = note_of(found, question)
        await self._privately(heard, told, offers.of_step(STEP, found.code))

    async def _privately(self, heard: Heard, told: str, *buttons: offers.Offer) -> None:
        """In the asker's own conversation; through the outbox, where the platform does not take it now."""
        own = await self._own(heard)
        if await self._window.post(own.spot, Line(told, buttons), reply_to=own.message):
            return
        await self._conversation.keeping.later(own, own.spot, told)
        if not heard.spot.is_direct:
            await self._conversation.say_openly(heard, labels.NO_CHAT_YET)

    async def _own(self, heard: Heard) -> Heard:
        if heard.spot.is_direct:
            return heard
        return replace(heard, spot=await self._window.own(heard.writer, heard.spot), message="")

    async def show(self, heard: Heard, receipt: str) -> None:
        """Show the asker their answer as it was found, in their own conversation; or answer anew, or say why not."""
        if await self._window.standing(heard.writer, heard.spot) is not Standing.COLLEAGUE:
            await self._conversation.answer(heard)
            return
        own = await self._own(heard)
        actor = await self._conversation.whom.actor(heard.writer, heard.spot)
        done = await self._jobs.in_thread(self._steps.attempt, Press(STEP, actor, own.spot.place, receipt))
        if done.asks:
            # under a key of its own: what is on record of this message says that it was answered
            await self._conversation.ask(replace(heard, key=f"again:{heard.key}", text=done.asks))
        elif isinstance(done.shown, Answer):
            given = await self._conversation.give(own, own.spot, done.shown.reply)
            if not heard.spot.is_direct:  # there somebody waits who would see nothing
                await self._conversation.say_openly(heard, labels.BY_DIRECT_MESSAGE if given else labels.NO_CHAT_YET)
        else:
            await self._privately(heard, done.told)

    async def pressed(self, heard: Heard, press: Press, done: Done) -> Done:
        """The note's button: the note becomes the answer, so that pressing it twice shows it once.

        Where a note cannot be changed, the answer comes below it, once.
        """
        if isinstance(done.shown, Answer):
            if await self._window.change(heard, done.shown):
                return done
            if await self._jobs.quickly(self._first, press):
                await self._conversation.give(heard, heard.spot, done.shown.reply)
                return done
        elif await self._jobs.quickly(self._first, press):
            await self._window.change(heard, Line(labels.ASKED_ANEW))
            await self._conversation.answer(replace(heard, text=done.asks))
            return done
        return Done(labels.SHOWN_BEFORE.format(receipt=press.about), good=False)

    async def pressed_letter(self, heard: Heard, press: Press, done: Done, shown: Shown) -> Done:
        """As `pressed`, for a letter of the outbox; what it takes more messages for follows the first, once."""
        changed = await self._window.change(heard, shown)
        rest = done.more if changed else (shown, *done.more)
        if rest and not await self._jobs.quickly(self._first, press):
            return done if changed else Done(labels.ALREADY_SHOWN, good=False)
        for one in rest:
            await self._conversation.show(heard, one)
        return done

    def _first(self, press: Press) -> bool:
        try:
            with once(self._hub.records.inbound, f"{press.step}:{press.about}:{press.actor.name}", press.place, ""):
                return True
        except DoneBefore:
            return False


def note_of(found: ReceiptRecord, question: str) -> str:
    """What is said in the place of an answer that may have arrived; its request is named, whatever is pressed."""
    asked = " ".join(question.split())
    shown = asked if len(asked) <= MOST_OF_QUESTION else f"{asked[: MOST_OF_QUESTION - 1].rstrip()}…"
    told = [labels.INTERRUPTED.format(question=shown) if shown else labels.INTERRUPTED_SOMEWHERE]
    told += [labels.IS_WITH_HUB.format(reference=found.request)] if found.request else []
    return "\n".join([*told, labels.IF_NOT_SEEN.format(receipt=found.code)])


def _is_short(found: ReceiptRecord) -> bool:
    return not (found.citations or found.candidates or found.request) and len(found.text) <= SHORT
