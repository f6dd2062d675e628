"""The message extension: looking through guidance and requests while writing, and handing a message to the hub."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.domain.messages import Citation, Viewer
from bot.domain.refusals import RecordsError
from bot.domain.requests import Request
from bot.edges.jobs import Jobs
from bot.teams import parts as c
from bot.teams import wording as said
from bot.teams.heard import listed, mapping, plain_words
from bot.teams.presses import Answer, Pressed, Presses
from bot.teams.window import TeamsWindow
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
PREVIEW = "application/vnd.microsoft.card.thumbnail"
SEARCH, REQUESTS, ABOUT, FORM = "search", "requests", "ask_hub_about", "support_form"
"""Its commands, as the manifest names them."""


class Extension:
    """Lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs, window: TeamsWindow, presses: Presses) -> None:
        self._hub, self._jobs, self._window, self._presses = hub, jobs, window, presses

    async def query(self, press: Pressed, value: Mapping[str, Any]) -> Answer:
        """What fits what is being typed; before anything is, one's newest requests."""
        text, asked = _typed(value), replace(press.heard, text=_typed(value))
        signpost = await self._jobs.at_once(self._hub.assistant.signpost, asked.question())
        if signpost is not None:  # nothing was asked of us: it is not counted
            return hint(signpost.text)
        if refused := await self._presses.refused(press.heard):
            return hint(refused)
        try:
            if str(value.get("commandId") or SEARCH) == REQUESTS:
                return await self._requests(press, text)
            return await self._passages(press, text)
        except (LibraryError, EncoderError, RecordsError) as error:
            log.error("Nothing could be looked up: %s", type(error).__name__)
            return hint(wording.TROUBLE)

    async def _passages(self, press: Pressed, text: str) -> Answer:
        if not text.strip():
            return hint(said.SEARCH_HINT)
        viewer = Viewer(press.heard.spot.place)  # what is picked here is posted where others read it
        found = await self._jobs.in_thread(self._hub.lookup.passages, text, viewer)
        return _results([_passage(one) for one in found]) if found else hint(said.SEARCH_NOTHING)

    async def _requests(self, press: Pressed, text: str) -> Answer:
        actor = await self._presses.whom.actor(press.heard.writer, press.heard.spot)
        found = await self._jobs.in_thread(self._hub.lookup.requests, text, actor)
        return _results([_request(one) for one in found]) if found else hint(said.SEARCH_NO_REQUEST)

    async def fetch(self, press: Pressed, value: Mapping[str, Any]) -> Answer:
        """The dialog of a command: a message to be handed to the hub, or the form."""
        if str(value.get("commandId")) == FORM:
            return await self._presses.fetch(replace(press, step="form", fields={}))
        payload = mapping(value.get("messagePayload"))
        text = plain_words(str(mapping(payload.get("body")).get("content") or ""))
        return await self._presses.fetch(replace(press, step="about", fields={"text": text}))


def _typed(value: Mapping[str, Any]) -> str:
    """What is being typed; nothing on the first look, which Teams names "initialRun"."""
    for one in listed(value.get("parameters")):
        found = mapping(one)
        if found.get("name") != "initialRun":
            return str(found.get("value") or "")[:500]
    return ""


def _passage(cited: Citation) -> c.Element:
    body = [*c.said(wording.source(cited), weight="Bolder"), c.quote(cited.quote), *c.small(wording.standing(cited))]
    return _result(c.card(body), cited.section or cited.title, f"{cited.title} · {c.cut(cited.quote, 120)}")


def _request(request: Request) -> c.Element:
    line = wording.own_request(request)
    state = wording.STATE_NAMES[request.state.value]
    return _result(c.card(c.said(line)), f"{request.reference} · {state}", c.cut(request.question, 120))


def _result(card: c.Element, title: str, text: str) -> c.Element:
    preview = {
        "contentType": PREVIEW,
        "content": {"title": c.cut(title, 50), "text": c.cut(" ".join(text.split()), 160)},
    }
    return {**c.attachment(card), "preview": preview}


def _results(found: Sequence[c.Element]) -> Answer:
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": list(found)}}


def hint(text: str) -> Answer:
    """A line in the place of results."""
    return {"composeExtension": {"type": "message", "text": text}}
