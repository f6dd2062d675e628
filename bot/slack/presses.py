"""Buttons and dialogs of Slack, carried to the counter and back."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.edges.conversation import Conversation
from bot.edges.edge import Heard
from bot.edges.forms import Form
from bot.edges.jobs import Jobs
from bot.edges.presses import Done
from bot.edges.pressing import Pressing
from bot.edges.shown import Line, Whole
from bot.edges.steps_table import STEPS
from bot.slack import blocks as b
from bot.slack import wording as said
from bot.slack.drawing import draw_form, draw_told, draw_whole
from bot.slack.heard import Body, mapping, pressed_in, words_of
from bot.slack.places import Spot, direct_to
from bot.slack.sending import try_to
from bot.slack.window import SlackWindow

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
SECONDS_TO_SHOW_WORKING = 0.5
OPENS = frozenset(step.name for step in STEPS.values() if step.form)
"""Steps that ask for more first."""


class Presses:
    """Lives as long as its edge."""

    def __init__(
        self, hub: Hub, jobs: Jobs, window: SlackWindow, conversation: Conversation, pressing: Pressing
    ) -> None:
        self._hub, self._jobs, self._window = hub, jobs, window
        self._conversation, self._pressing = conversation, pressing

    async def pressed(self, body: Body) -> None:
        """A button was pressed."""
        step, about, fields = _carried(mapping(body["actions"][0]))
        heard = pressed_in(body)
        if step == "share" and heard.spot.is_new and fields.get("message"):
            # what one person alone was shown is no message: what it answers is
            heard = replace(heard, spot=replace(heard.spot, thread=fields["message"]))
        if step in OPENS or step == "passage":
            await self.open(body, heard, step, about, fields)
            return
        done = await self._pressing.press(heard, step, about, fields)
        in_home = mapping(body.get("view")).get("type") == "home"
        if done.told and not (done.good and (done.on_card or (in_home and not done.state))):
            await self._tell(heard, done)
        if done.state and heard.spot.is_direct:
            self._jobs.spawn(self._window.session(heard.spot, "suspended" if done.state == "waits" else "closed"))
        if in_home:
            await self.show_home(heard)

    async def open(
        self, body: Body, heard: Heard, step: str, about: str = "", fields: Mapping[str, str] | None = None
    ) -> None:
        """Open a dialog; what cannot be opened is said."""
        found = await self._pressing.open(heard, step, about, fields)
        if isinstance(found, Done):
            await self._tell(heard, found)
            return
        view = draw_whole(found) if isinstance(found, Whole) else draw_form(found, heard.spot.place.address)
        client = await self._window.client(heard.spot.team)
        if not await try_to(client, "views.open", trigger_id=str(body.get("trigger_id") or ""), view=view):
            await self._tell(heard, Done(said.NOT_OPENED, good=False))

    async def about(self, body: Body) -> None:
        """A message is to be handed to the hub."""
        text = words_of(str(mapping(body.get("message")).get("text") or ""))
        heard = pressed_in(body)
        private = replace(heard, spot=direct_to(heard.spot.team, heard.user))
        await self.open(body, private, "about", fields={"text": text})

    async def submitted(self, body: Body) -> None:
        """A dialog was sent, and Slack knows that we have it: do it, and say in the dialog what became of it."""
        view = mapping(body["view"])
        step, data, given = str(view.get("callback_id")), _data(view), b.values(view)
        pressed = pressed_in(body)
        address = str(data.get("place") or "")
        spot = Spot.of(address) if address else pressed.spot
        heard = replace(pressed, spot=spot)
        about, fields = str(data.get("about") or ""), {**mapping(data.get("hidden")), **given}
        nonce = str(data.get("nonce") or view.get("id") or "")
        # not before Slack shows that we are at it, which would stand above what became of it
        settled = asyncio.sleep(SECONDS_TO_SHOW_WORKING)
        done, _ = await asyncio.gather(self._pressing.press(heard, step, about, fields, nonce), settled)
        await self._result(heard, view, step, about, fields, done)
        await self.show_home(heard)

    async def _result(
        self, heard: Heard, view: Mapping[str, Any], step: str, about: str, fields: Mapping[str, str], done: Done
    ) -> None:
        title = str(mapping(view.get("title")).get("text") or "")
        shown = draw_told(title, done.told or said.KEPT, done.remedies)
        if done.again:
            again = await self._pressing.open(heard, step, about, fields, error=done.told)
            shown = draw_form(again, heard.spot.place.address) if isinstance(again, Form) else shown
        client = await self._window.client(heard.spot.team)
        seen = await try_to(client, "views.update", view_id=str(view.get("id") or ""), view=shown)
        if done.lasts or not seen:
            await self._tell(replace(heard, spot=direct_to(heard.spot.team, heard.user)), done)

    async def show_home(self, heard: Heard) -> None:
        """The home tab of a person, as it is now."""
        home = await self._conversation.home(heard)
        await self._window.show_home(heard.spot, heard.user, home)

    async def _tell(self, heard: Heard, done: Done) -> None:
        """Say something to the person who pressed, where they pressed."""
        if done.told:
            await self._conversation.show(heard, Line(done.told, done.remedies))


def working(body: Body) -> b.Block:
    """What a dialog shows while its work is done."""
    return draw_told(str(mapping(mapping(body.get("view")).get("title")).get("text") or " "), said.WORKING)


def _carried(action: Mapping[str, Any]) -> tuple[str, str, dict[str, str]]:
    """Step, what it is about, and the fields that a button carries; buttons of older messages too."""
    step, value = str(action.get("action_id") or "").partition(".")[0], str(action.get("value") or "")
    if value.startswith("{"):
        found = {name: str(one) for name, one in _read(value).items()}
        return step, found.pop("about", ""), found
    first, _, second = value.partition("|")
    if step == "feedback":
        return ("good" if first == "good" else "feedback"), second, {}
    if step == "join":
        return step, first, {"into": second}
    if step == "show_passage" or step.startswith("pick_"):
        return "passage", first, {"number": second or "1"}
    return step, value, {}


def _data(view: Mapping[str, Any]) -> Mapping[str, Any]:
    return _read(str(view.get("private_metadata") or ""))


def _read(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
