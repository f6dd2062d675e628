"""Teams' own thumbs below a reply: it is kept, and what is wrong can be handed to the hub."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.domain.refusals import RecordsError, Refused
from bot.edges.jobs import Jobs
from bot.teams import requests as board
from bot.teams import wording as said
from bot.teams.actions import Press
from bot.teams.dialogs import Dialogs, dialog, line
from bot.teams.heard import mapping
from bot.teams.places import PLATFORM

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
LIKE = "like"
LOOKS, MOMENT = 10, 0.1
"""How often to look, and the seconds between."""
Answer = dict[str, Any]


class FeedbackLoop:
    """Lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs, dialogs: Dialogs) -> None:
        self._hub, self._jobs, self._dialogs = hub, jobs, dialogs

    async def fetch(self, press: Press, value: Mapping[str, Any]) -> Answer:
        """A thumb was pressed: thanks for one that is up, and for the other a dialog that asks what is wrong."""
        reaction = str(mapping(mapping(value.get("data")).get("actionValue")).get("reaction") or "")
        try:
            receipt = await self._receipt(press)
            if reaction == LIKE:
                await self._good(press, receipt)
                return line(wording.FEEDBACK_KEPT)
        except Refused as error:
            return line(str(error))
        except RecordsError:
            return line(wording.TROUBLE)
        return dialog(said.FEEDBACK_TITLE, board.draw_feedback(receipt))

    async def submit(self, press: Press, value: Mapping[str, Any]) -> Answer:
        """What was filled in; Teams' own form brings only a text."""
        given = mapping(value.get("actionValue"))
        fields = {**press.fields, **_filled(given.get("feedback"))}
        try:
            receipt = str(fields.get("receipt") or "") or await self._receipt(press)
            if str(given.get("reaction") or "") == LIKE:
                await self._good(press, receipt)
                return {}
            told = await self._dialogs.wrong(
                Press("feedback", {**fields, "receipt": receipt}, press.writer, press.spot)
            )
            return line(told)
        except Refused as error:
            return line(str(error))
        except RecordsError as error:
            log.error("Feedback could not be kept: %s", error)
            return line(wording.TROUBLE)

    async def _receipt(self, press: Press) -> str:
        message = str(press.fields.get("message") or "")
        for _ in range(LOOKS):
            found = await self._jobs.quickly(self._look, press, message)
            if found:
                return str(found)
            await asyncio.sleep(MOMENT)  # which reply a message shows is on record a moment after it is posted
        raise Refused(said.FEEDBACK_UNKNOWN)

    def _look(self, press: Press, message: str) -> str:
        shown = self._hub.records.shown
        if message:
            return str(shown.receipt(PLATFORM, message))
        # some clients do not say which message it is: in one's own chat it is the last one
        return str(shown.newest(PLATFORM, press.spot.conversation)) if press.spot.is_direct else ""

    async def _good(self, press: Press, receipt: str) -> None:
        give, place = self._hub.feedback.give, press.spot.place
        await self._jobs.in_thread(give, press.writer.person, place, receipt, helped=True)


def _filled(text: Any) -> dict[str, Any]:
    """The fields of our dialog, or the text of Teams' own form."""
    try:
        found = json.loads(str(text or "{}"))
    except ValueError:
        return _own_form(str(text))
    if not isinstance(found, dict):
        return _own_form(str(text))
    if "feedbackText" in found:
        return _own_form(str(found["feedbackText"] or ""))
    return {**found, "text": str(found.get("text") or "")}


def _own_form(text: str) -> dict[str, Any]:
    """Teams' own form has no box to tick: what somebody took the trouble to write goes to the hub."""
    return {"text": text, "hub": "true" if text.strip() else "false"}
