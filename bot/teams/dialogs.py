"""Dialogs: what opens when a button asks for words, and what becomes of them."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.domain.messages import Question
from bot.domain.people import Action, Actor
from bot.domain.refusals import RecordsError, Refused
from bot.domain.requests import CloseOutcome, MessageKind, RequestKind
from bot.edges.jobs import Jobs
from bot.queue.intake import FIELDS, open_request
from bot.teams import drawing
from bot.teams import requests as board
from bot.teams import wording as said
from bot.teams.actions import Actions, Press, shown, told
from bot.teams.once import DoneBefore, Once
from bot.teams.parts import CARD, Element
from bot.teams.people import People
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
Answer = dict[str, Any]
ONE_TEXT = ("reply", "ask_more", "note", "add_detail")
"""Dialogs with one field."""


class Dialogs:
    """Opens dialogs and takes what is sent from them; what cannot be taken is asked for again."""

    def __init__(self, hub: Hub, jobs: Jobs, people: People, actions: Actions, once: Once) -> None:
        self._hub, self._jobs, self._people, self._actions, self._once = hub, jobs, people, actions, once

    async def open(self, press: Press) -> Answer:
        """The dialog that a button opens, or a line that says why there is none."""
        try:
            title, card = await self._draw(press)
        except Refused as error:
            return line(await self._people.named(str(error)))
        except RecordsError as error:
            log.error("A dialog could not be opened: %s", error)
            return line(wording.TROUBLE)
        return dialog(title, card)

    async def _draw(self, press: Press, error: str = "") -> tuple[str, Element]:
        step, about, given = press.step, press.about, str(press.fields.get("text") or "")
        if step in ONE_TEXT:
            titles = {
                "reply": (f"{said.REPLY} {about}", said.REPLY_LABEL),
                "ask_more": (said.ASK_MORE, said.ASK_MORE_LABEL),
                "note": (said.NOTE, said.NOTE_LABEL),
                "add_detail": (said.DETAIL_TITLE, said.DETAIL_LABEL),
            }
            title, label = titles[step]
            return title, board.draw_one_text(step, title, label, about, initial=given, error=error)
        if step == "close":
            return said.CLOSE, board.draw_close(about, error=error)
        if step == "promote":
            return said.PROMOTE, await self._promote(press, error)
        if step == "approve":
            return said.APPROVE, await self._approve(press, error)
        if step == "passage":
            return said.SHOW_PASSAGE, await self._passage(press)
        if step == "form":
            return said.FORM_TITLE, board.draw_form(press.fields if error else {}, error=error)
        if step == "about":
            return said.ABOUT_TITLE, board.draw_about(given, error=error)
        if step == "feedback":
            return said.FEEDBACK_TITLE, board.draw_feedback(press.receipt, error=error)
        raise Refused(said.STRANGE_DIALOG)

    async def _promote(self, press: Press, error: str) -> Element:
        actor = await self._people.actor(press.writer, press.spot.tenant)
        request = await self._jobs.in_thread(self._hub.office.look, actor, press.about)
        if request is None:
            raise Refused(wording.NO_SUCH_REQUEST.format(reference=press.about))
        replies = [message.text for message in request.messages if message.kind is MessageKind.REPLY]
        text = str(press.fields.get("text") or (replies[-1] if replies else ""))
        return board.draw_promote(request, text, press.writer.name or press.writer.person, error=error)

    async def _approve(self, press: Press, error: str) -> Element:
        """Advice as officers will read it, before it is approved."""
        actor = await self._people.actor(press.writer, press.spot.tenant)
        await self._jobs.in_thread(self._hub.office.check, actor, Action.APPROVE)
        advice = await self._jobs.in_thread(self._hub.records.advice.all)
        found = next((one for one in advice if one.reference == press.about), None)
        if found is None:
            raise Refused(wording.NO_SUCH_REQUEST.format(reference=press.about))
        owner = await self._people.named(found.owner)
        return board.draw_approve(found.reference, found.question, found.text, owner, error=error)

    async def _passage(self, press: Press) -> Element:
        found = await self._actions.reply_of(press)
        citations = found.citations or found.candidates
        number, part = _whole(press.fields.get("number"), 1), _whole(press.fields.get("part"), 0)
        if not citations:
            raise Refused(wording.NO_SUCH_PASSAGE.format(count=0))
        chosen = citations[number - 1 if 0 < number <= len(citations) else 0]
        if self._actions.is_too_high(press.spot, [chosen]):  # a receipt of another place
            raise Refused(wording.WHY["above_ceiling"])
        try:
            text = str(await self._jobs.in_thread(self._hub.passage_text, chosen))
        except LibraryError:
            text = ""  # then as much as was quoted
        return drawing.draw_passage(chosen, text, part, receipt=press.receipt, number=number)

    async def submit(self, press: Press) -> Answer:
        """What becomes of a dialog that was sent: a line, or the dialog again with what is wrong."""
        if press.step == "passage":
            return await self.open(press)
        nonce = str(press.fields.get("nonce") or "")
        try:
            if not nonce:
                raise Refused(said.STRANGE_DIALOG)
            async with self._once.doing(f"dialog:{nonce}"[:200], press.spot.place, press.writer.person):
                return line(await self._submit(press))
        except DoneBefore:
            return line(said.ALREADY_TAKEN)
        except Refused as error:
            return await self._again(press, await self._people.named(str(error)))
        except RecordsError as error:
            log.error("A dialog in Teams could not be recorded: %s", error)
            return await self._again(press, wording.TROUBLE)

    async def form_in_chat(self, press: Press) -> Answer:
        """What becomes of a form in a chat: in its place the reference, or the form again with what is wrong."""
        try:
            key = f"dialog:{press.fields.get('nonce')}"[:200]
            async with self._once.doing(key, press.spot.place, press.writer.person):
                return shown(drawing.draw_done(await self._form(press)))
        except DoneBefore:
            return told(said.ALREADY_TAKEN)
        except Refused as error:
            return shown(board.draw_form(press.fields, error=str(error), in_chat=True))
        except RecordsError as error:
            log.error("A form in Teams could not be recorded: %s", error)
            return shown(board.draw_form(press.fields, error=wording.TROUBLE, in_chat=True))

    async def _again(self, press: Press, error: str) -> Answer:
        try:
            title, card = await self._draw(press, error)
        except (Refused, RecordsError):
            return line(error)
        return dialog(title, card)

    async def _submit(self, press: Press) -> str:
        step, given, person = press.step, press.fields, press.writer.person
        text = str(given.get("text") or "")
        if step == "about":
            asked = Question(text, press.spot.place, person)
            return str((await self._jobs.in_thread(self._hub.assistant.hand_over, asked)).text)
        if step == "form":
            return await self._form(press)
        if step == "feedback":
            return await self.wrong(press)
        if step == "add_detail":
            request = await self._jobs.in_thread(self._hub.desk.add_detail, Actor(person), press.about, text)
            return wording.DETAIL_ADDED.format(reference=request.reference)
        return await self._for_hub(press, await self._people.actor(press.writer, press.spot.tenant), text)

    async def _for_hub(self, press: Press, actor: Actor, text: str) -> str:
        desk, given, about = self._hub.desk, press.fields, press.about
        if press.step in ONE_TEXT:
            steps = {"reply": desk.reply, "ask_more": desk.ask_more, "note": desk.note}
            await self._jobs.in_thread(steps[press.step], actor, about, text)
            return said.KEPT if press.step == "note" else said.THREAD_REPLIED.format(reference=about)
        if press.step == "close":
            try:
                outcome = CloseOutcome(str(given.get("outcome") or ""))
            except ValueError as error:
                raise Refused(said.CLOSE_LABEL) from error
            await self._jobs.in_thread(desk.close, actor, about, outcome)
            return said.CLOSED.format(reference=about)
        if press.step == "approve":
            await self._jobs.in_thread(desk.approve, actor, about)
            await self._jobs.in_thread(self._hub.records.queue.tell_boards, about, actor.name, "approved")
            return said.APPROVED.format(actor="You")
        if press.step == "promote":
            question, owner = str(given.get("question") or ""), str(given.get("owner") or "")
            await self._jobs.in_thread(desk.promote, actor, about, question=question, text=text, owner=owner)
            await self._jobs.in_thread(self._hub.records.queue.tell_boards, about, actor.name, "promoted")
            return said.PROPOSED
        raise Refused(said.STRANGE_DIALOG)

    async def _form(self, press: Press) -> str:
        fields = {name: str(press.fields.get(name) or "") for name in FIELDS}
        try:
            kind = RequestKind(str(press.fields.get("kind") or ""))
        except ValueError as error:
            raise Refused(said.KIND_LABEL) from error
        theme, person, place = str(press.fields.get("theme") or ""), press.writer.person, press.spot.place
        ways: Any = {"joining": self._hub.joining, "expected": self._hub.pace.expected}
        opened = await self._jobs.in_thread(open_request, self._hub.records, person, place, kind, fields, theme, **ways)
        lines = [wording.redacted(opened.redacted)] if opened.redacted else []
        return "\n".join([*lines, opened.told])

    async def wrong(self, press: Press) -> str:
        """What is wrong with a reply: kept, and handed to the hub where that is wanted."""
        given = press.fields
        reference = await self._jobs.in_thread(
            self._hub.feedback.give,
            press.writer.person,
            press.spot.place,
            press.receipt,
            helped=False,
            reason=str(given.get("text") or ""),
            to_hub=str(given.get("hub") or "").lower() == "true",
        )
        return wording.FEEDBACK_TO_HUB.format(reference=reference) if reference else wording.FEEDBACK_KEPT


def dialog(title: str, card: Element) -> Answer:
    """A dialog with a card."""
    content = {"contentType": CARD, "content": card}
    return {
        "task": {"type": "continue", "value": {"title": title, "height": "medium", "width": "medium", "card": content}}
    }


def line(text: str) -> Answer:
    """A dialog that says one thing."""
    return {"task": {"type": "message", "value": text}}


def step_of(value: Any) -> tuple[str, Mapping[str, Any]]:
    """The step and the fields that a card of ours sends."""
    fields = value if isinstance(value, Mapping) else {}
    return str(fields.get("step") or ""), fields


def _whole(value: Any, otherwise: int) -> int:
    text = str(value)
    return int(text) if len(text) < 10 and text.isascii() and text.isdigit() else otherwise
