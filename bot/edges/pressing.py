"""Buttons and forms of every platform: who may press, what becomes of it, and what is shown."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from bot import wording
from bot.domain.people import MAY, Action
from bot.domain.refusals import RecordsError
from bot.edges.conversation import Conversation
from bot.edges.edge import Heard, Standing, Window
from bot.edges.forms import Form
from bot.edges.jobs import Jobs
from bot.edges.left.interrupted import STEP as SHOW_ANSWER
from bot.edges.letters import card_of
from bot.edges.presses import Done, Press
from bot.edges.shown import Answer, Card, Shown, Whole
from bot.edges.steps import Steps, written_by_an_officer
from bot.wording import labels

if TYPE_CHECKING:
    from bot.app import Hub

_REFUSED = {Standing.STRANGER: labels.STRANGER, Standing.UNKNOWN: labels.NOT_KNOWN_YET}


class Pressing:
    """Lives as long as its edge. A `Heard` stands for who pressed, and where."""

    def __init__(self, hub: Hub, jobs: Jobs, window: Window, conversation: Conversation, steps: Steps) -> None:
        self._hub, self._jobs, self._window = hub, jobs, window
        self._conversation, self._steps = conversation, steps

    async def press(
        self, heard: Heard, step: str, about: str = "", fields: Mapping[str, str] | None = None, nonce: str = ""
    ) -> Done:
        """Take a step, and show what it brings; what is told is left to the platform."""
        refused = await self.refused(heard)
        if refused is not None:
            return refused
        heard = replace(heard, key=heard.key or f"press:{uuid.uuid4().hex}")
        press = await self._press(heard, step, about, fields or {}, nonce)
        if (urgent := await self._urgent(heard, press)) is not None:
            return urgent
        done = await self._jobs.in_thread(self._steps.attempt, press)
        if press.step == SHOW_ANSWER and done.good:
            return await self._conversation.interrupted.pressed(heard, press, done)
        if press.step == "show_letter" and done.shown is not None:
            return await self._conversation.interrupted.pressed_letter(heard, press, done, done.shown)
        if done.asks:
            await self._conversation.answer(replace(heard, text=done.asks))
        return await self._shown(heard, press, done, done.shown) if done.shown is not None else done

    async def open(
        self,
        heard: Heard,
        step: str,
        about: str = "",
        fields: Mapping[str, str] | None = None,
        *,
        error: str = "",
    ) -> Form | Whole | Done:
        """What a button opens, or why it opens nothing."""
        refused = await self.refused(heard)
        if refused is not None:
            return refused
        press = await self._press(heard, step, about, fields or {}, "")
        return await self._jobs.in_thread(self._steps.open, press, error)

    async def card(self, heard: Heard, reference: str) -> Card | Done:
        """A request's card for hub staff, as it stands now."""
        actor = await self._conversation.whom.actor(heard.writer, heard.spot)
        if not self._hub.office.roles.of(actor.name, actor.groups) & MAY[Action.WORK_REQUESTS]:
            return Done(labels.ONLY_HUB, good=False)
        try:
            request = await self._jobs.in_thread(self._hub.records.request, reference)
            if request is None:
                return Done(labels.STRANGE_DIALOG, good=False)
            card = card_of
            return await self._jobs.in_thread(card, request, self._hub.records, self._hub.ceilings, heard.spot.place)
        except RecordsError:
            return Done(wording.TROUBLE, good=False)

    async def refused(self, heard: Heard) -> Done | None:
        """Why somebody may press nothing at all; None for colleagues."""
        standing = await self._window.standing(heard.writer, heard.spot)
        return None if standing is Standing.COLLEAGUE else Done(_REFUSED[standing], good=False)

    async def _press(self, heard: Heard, step: str, about: str, fields: Mapping[str, str], nonce: str) -> Press:
        actor = await self._conversation.whom.actor(heard.writer, heard.spot)
        place, direct = heard.spot.place, heard.spot.is_direct
        return Press(step, actor, place, about, fields, nonce, heard.writer.name, direct)

    async def _urgent(self, heard: Heard, press: Press) -> Done | None:
        """An emergency in what an officer wrote: the signpost, before anything waits for the database."""
        text = written_by_an_officer(press)
        if not text:
            return None
        asked = replace(heard, text=text).question()
        signpost = await self._jobs.at_once(self._hub.assistant.signpost, asked)
        if signpost is None:
            return None
        self._jobs.spawn(self._jobs.quickly(self._hub.assistant.count, asked, signpost))
        return Done(signpost.text)

    async def _shown(self, heard: Heard, press: Press, done: Done, shown: Shown) -> Done:
        """Show what a step brings. What was shown nowhere was not done, and is not said to be."""
        if isinstance(shown, Answer):
            await self._conversation.give(heard, heard.spot, shown.reply)
            return done
        if not done.openly or await self._window.post(heard.spot, shown):
            return done
        await self._jobs.quickly(self._steps.undo, press, done)
        return Done(wording.TROUBLE, good=False)
