"""Buttons, dialogs and thumbs of Teams, carried to the counter; and the answers that Teams waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.edges.conversation import Conversation
from bot.edges.edge import Heard
from bot.edges.forms import Form
from bot.edges.presses import Done
from bot.edges.pressing import Pressing
from bot.edges.shown import Card, Home, Line, Whole
from bot.teams import wording as said
from bot.teams.drawing import draw_done, draw_home, draw_whole
from bot.teams.parts import CARD, Element
from bot.teams.requests import draw_card, draw_form
from bot.teams.window import TeamsWindow

MESSAGE = "application/vnd.microsoft.activity.message"
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button or a dialog, as Teams brings it."""

    heard: Heard
    step: str
    fields: Mapping[str, str]

    @property
    def about(self) -> str:
        """The request or the receipt it is about; older cards name the receipt by itself."""
        return self.fields.get("about") or self.fields.get("receipt") or ""


def pressed(heard: Heard, value: Any, verb: str = "") -> Pressed:
    """What a card of ours sends."""
    fields = {str(name): str(one) for name, one in value.items()} if isinstance(value, Mapping) else {}
    return Pressed(heard, fields.get("step") or verb, fields)


class Presses:
    """Lives as long as its edge."""

    def __init__(self, window: TeamsWindow, conversation: Conversation, pressing: Pressing) -> None:
        self._window, self._conversation, self._pressing = window, conversation, pressing
        self.whom = conversation.whom

    async def execute(self, press: Pressed) -> Answer:
        """A button was pressed: a card in the place of the one it stands on, or a line."""
        if press.step == "refresh":
            return await self._hub_card(press)
        done = await self.take(press)
        if press.step == "form" and done.again:
            return shown(draw_form(self._window.form(dict(press.fields), done.told), in_chat=True))
        if not done.good:
            if done.remedies:  # a line cannot have buttons
                await self._conversation.show(press.heard, Line(done.told, done.remedies))
            return told(done.told)
        if press.step in ("show_answer", "show_letter"):
            return told(said.HERE_IT_IS)  # the message itself was changed: a card in its place would undo that
        if press.fields.get("home"):
            line = f"{press.about}: {done.told}" if done.on_card else done.told
            return shown(await self._named(await self._home(press, line)))
        if done.on_card:
            return await self._hub_card(press)
        if isinstance(done.shown, Home):
            return shown(await self._named(draw_home(done.shown)))
        return shown(draw_done(done.told, done.remedies)) if done.told else told(done.asks or said.KEPT)

    async def refused(self, heard: Heard) -> str:
        """Why somebody may press nothing at all; empty for colleagues."""
        refused = await self._pressing.refused(heard)
        return refused.told if refused else ""

    async def take(self, press: Pressed) -> Done:
        """Take the step."""
        nonce = press.fields.get("nonce", "")
        return await self._pressing.press(press.heard, press.step, press.about, press.fields, nonce)

    async def _hub_card(self, press: Pressed) -> Answer:
        """A card as hub staff see it; everybody else is told that it is not for them."""
        card = await self._pressing.card(press.heard, press.about)
        if not isinstance(card, Card):
            return told(card.told)
        staff = await self._window.people.staff_of(press.heard.spot.channel)
        return shown(await self._named(draw_card(card, staff=staff, for_hub=True)))

    async def _home(self, press: Pressed, line: str) -> Element:
        home = await self._conversation.home(press.heard, line)
        return draw_home(home) if isinstance(home, Home) else draw_done(line)

    async def _named(self, card: Element) -> Element:
        named: Element = await self._window.people.named_in(card)
        return named

    async def fetch(self, press: Pressed, error: str = "") -> Answer:
        """The dialog that a button opens, or a line that says why there is none."""
        found = await self._pressing.open(press.heard, press.step, press.about, press.fields, error=error)
        if isinstance(found, Done):
            return line(found.told)
        if isinstance(found, Whole):
            part = press.fields.get("part", "0")
            number = int(part) if part.isascii() and part.isdigit() and len(part) < 6 else 0
            return dialog(said.SHOW_PASSAGE, draw_whole(found, number))
        return dialog(found.title, draw_form(found))

    async def submit(self, press: Pressed) -> Answer:
        """What becomes of a dialog that was sent: a line, or the dialog again with what is wrong."""
        if press.step == "passage":
            return await self.fetch(press)
        if not press.fields.get("nonce"):
            return line(said.STRANGE_DIALOG)
        done = await self.take(press)
        if not done.again:
            return line(done.told or said.KEPT)
        again = await self._pressing.open(press.heard, press.step, press.about, press.fields, error=done.told)
        return dialog(again.title, draw_form(again)) if isinstance(again, Form) else line(done.told)

    async def as_message(self, press: Pressed) -> None:
        """A button that an older client sent as a message: what became of it is a message too."""
        done = await self.take(press)
        if done.told:
            await self._conversation.show(press.heard, Line(done.told, done.remedies))
        await self._conversation.finish(press.heard)

    async def follow_up(self, heard: Heard, answer: Answer) -> None:
        """What took longer than Teams waits is said in the conversation."""
        text = words_of(answer)
        if text:
            await self._conversation.show(replace(heard, message=""), Line(text))


def words_of(answer: Answer) -> str:
    """What an answer says, where it is no dialog that has to be filled in."""
    if "task" in answer:
        task = answer["task"]
        return str(task["value"]) if task["type"] == "message" else said.NOT_OPENED
    value = answer.get("value")
    if isinstance(value, str):
        return value
    body = value.get("body", ()) if isinstance(value, Mapping) else ()
    first = next((one for one in body if one.get("type") == "RichTextBlock"), None)
    return str(first["inlines"][0]["text"]) if first else said.DONE


def shown(card: Element) -> Answer:
    """A card in the place of the one that was pressed."""
    return {"statusCode": 200, "type": CARD, "value": card}


def told(text: str) -> Answer:
    """A line for the person who pressed, and nothing else changes."""
    return {"statusCode": 200, "type": MESSAGE, "value": text}


def dialog(title: str, card: Element) -> Answer:
    """A dialog with a card."""
    content = {"contentType": CARD, "content": card}
    return {
        "task": {"type": "continue", "value": {"title": title, "height": "medium", "width": "medium", "card": content}}
    }


def line(text: str) -> Answer:
    """A dialog that says one thing."""
    return {"task": {"type": "message", "value": text}}
