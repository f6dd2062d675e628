"""Teams' own thumbs below a reply: which reply they are about is found by the message they stand below."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot import wording
from bot.domain.refusals import RecordsError
from bot.edges.jobs import Jobs
from bot.edges.names import Acquaintances
from bot.teams import wording as said
from bot.teams.heard import mapping
from bot.teams.presses import Answer, Pressed, Presses, line
from bot.teams.window import shown_key

log = logging.getLogger(__name__)
LIKE = "like"
LOOKS, MOMENT = 10, 0.1
"""How often to look, and the seconds between."""


class FeedbackLoop:
    """Lives as long as its edge."""

    def __init__(self, known: Acquaintances, jobs: Jobs, presses: Presses) -> None:
        self._known, self._jobs, self._presses = known, jobs, presses

    async def fetch(self, press: Pressed, value: Mapping[str, Any]) -> Answer:
        """A thumb was pressed: thanks for one that is up, and for the other a dialog that asks what is wrong."""
        reaction = str(mapping(mapping(value.get("data")).get("actionValue")).get("reaction") or "")
        about = await self._about(press, press.fields)
        if isinstance(about, str):
            return line(about)
        if reaction == LIKE:
            return line((await self._presses.take(replace(about, step="good"))).told)
        return await self._presses.fetch(about)

    async def submit(self, press: Pressed, value: Mapping[str, Any]) -> Answer:
        """What was filled in; Teams' own form brings only a text."""
        given = mapping(value.get("actionValue"))
        about = await self._about(press, {**press.fields, **_filled(given.get("feedback"))})
        if isinstance(about, str):
            return line(about)
        if str(given.get("reaction") or "") == LIKE:
            await self._presses.take(replace(about, step="good"))
            return {}
        about = replace(about, fields={name: one for name, one in about.fields.items() if name != "nonce"})
        return line((await self._presses.take(about)).told)

    async def _about(self, press: Pressed, fields: Mapping[str, str]) -> Pressed | str:
        """The press with the receipt that it is about, or why that is not known."""
        if refused := await self._presses.refused(press.heard):
            return refused
        try:
            receipt = Pressed(press.heard, "", fields).about or await self._receipt(press)
        except RecordsError:
            return wording.TROUBLE
        if not receipt:
            return said.FEEDBACK_UNKNOWN
        return Pressed(press.heard, "feedback", {**fields, "about": receipt})

    async def _receipt(self, press: Pressed) -> str:
        for _ in range(LOOKS):
            found = await self._jobs.quickly(self._look, press)
            if found:
                return found
            await asyncio.sleep(MOMENT)  # which reply a message shows is on record a moment after it is posted
        return ""

    def _look(self, press: Pressed) -> str:
        heard = press.heard
        if heard.message:
            return self._known.receipt(shown_key(heard.spot, heard.message))
        # some clients do not say which message it is: in one's own chat it is the last one
        return self._known.last_receipt(heard.spot.conversation) if heard.spot.is_direct else ""


def _filled(text: Any) -> dict[str, str]:
    """The fields of our dialog, or the text of Teams' own form."""
    try:
        found = json.loads(str(text or "{}"))
    except ValueError:
        return _own_form(str(text))
    if not isinstance(found, dict):
        return _own_form(str(text))
    if "feedbackText" in found:
        return _own_form(str(found["feedbackText"] or ""))
    return {**{str(name): str(one) for name, one in found.items()}, "text": str(found.get("text") or "")}


def _own_form(text: str) -> dict[str, str]:
    """Teams' own form has no box to tick: what somebody took the trouble to write goes to the hub."""
    return {"text": text, "hub": "true" if text.strip() else "false"}
