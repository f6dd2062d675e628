"""Teams as the server carries it: what comes in, and what becomes of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.edges.conversation import Conversation
from bot.edges.edge import Heard, Writer
from bot.edges.jobs import Jobs
from bot.edges.pressing import Pressing
from bot.edges.reception import Reception
from bot.edges.shown import Line
from bot.edges.steps import Steps
from bot.teams import wording as said
from bot.teams.connector import CLOUDS, Connector
from bot.teams.door.admission import Activity, Admission, NotAdmitted
from bot.teams.door.tokens import Keys, KeysAway, Tokens
from bot.teams.extension import Extension, hint
from bot.teams.feedback import FeedbackLoop
from bot.teams.heard import edited_in, heard_in, mapping, spot_of, writer_of
from bot.teams.places import PLATFORM, Spot
from bot.teams.presses import Answer, Pressed, Presses, line, pressed, told
from bot.teams.window import TeamsWindow

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
SECONDS_TO_ANSWER = 4.0
"""Teams waits five seconds for the answer to a button or a dialog."""
Invoke = Callable[[Pressed, Mapping[str, Any]], Awaitable[Answer]]


class TeamsEdge:
    """One platform; lives as long as its event loop."""

    name = PLATFORM

    def __init__(self, hub: Hub) -> None:
        self._hub, self._jobs = hub, Jobs()
        self._connector = Connector(hub.settings, self._service)
        self._keys = Keys(self._connector.cloud.openid_metadata_url)
        self._fetcher = ThreadPoolExecutor(1, "teams-keys")
        self._admission = self._new_admission()
        self._window = TeamsWindow(hub, self._jobs, self._connector)
        steps = Steps(hub)
        self._conversation = Conversation(hub, self._jobs, self._window, steps)
        self._reception = Reception(hub, self._jobs, self._window, self._conversation)
        pressing = Pressing(hub, self._jobs, self._window, self._conversation, steps)
        self._presses = Presses(self._window, self._conversation, pressing)
        self._extension = Extension(hub, self._jobs, self._window, self._presses)
        self._feedback = FeedbackLoop(self._window.people.known, self._jobs, self._presses)
        self._last_service = ""

    def _new_admission(self) -> Admission:
        settings, local = self._hub.settings, self._connector.is_local
        known = {cloud.openid_metadata_url for cloud in CLOUDS.values()}
        named = settings.teams_openid_metadata_url
        tokens = Tokens(
            settings.teams_client_id,
            self._keys,
            [self._connector.cloud.token_issuer],
            issuer_of_keys=bool(named) and (local or named not in known),
        )
        return Admission(tokens, settings.teams_tenants, self._jobs, self._fetcher, may_be_plain=local)

    def routes(self) -> Sequence[BaseRoute]:
        """Everything that Teams sends comes one way."""
        return [Route("/api/messages", self._messages, methods=["POST"])]

    async def start(self) -> None:
        """Get the keys, and look for what an earlier process left unanswered, now and then again."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._fetcher, self._keys.fetch)
        except KeysAway as error:
            log.warning("The keys of Teams cannot be fetched yet (%s); nothing is taken without them.", error)
        await self._reception.start()

    async def stop(self) -> None:
        """Take nothing more, finish what is in flight, and end."""
        await self._reception.stop()
        self._fetcher.shutdown(wait=False, cancel_futures=True)
        await self._connector.close()

    def _service(self) -> str:
        return self._last_service

    async def _messages(self, request: HttpRequest) -> Response:
        try:
            activity = await self._admission.admit(request)
        except NotAdmitted as error:
            log.warning("Something was not let in: %s", error)
            return JSONResponse({"error": "not accepted"}, status_code=error.status)
        try:
            return await self._take(activity)
        except Exception as error:  # its text may quote what somebody typed
            log.error("Something from Teams could not be handled: %s", type(error).__name__)
            return JSONResponse({"error": "not handled"}, status_code=500)

    async def _take(self, activity: Activity) -> Response:
        writer, spot = writer_of(activity), spot_of(activity)
        if writer is None or spot is None:
            return JSONResponse({})
        self._last_service = spot.service or self._last_service
        if activity["type"] == "invoke":
            return await self._invoke(activity, writer, spot)
        heard = heard_in(activity, self._window.board_channel)
        if heard is not None:
            if not writer.stranger:
                self._jobs.spawn(self._window.people.meet(writer, spot))
            await self._message(activity, heard)
        elif activity["type"] in ("installationUpdate", "conversationUpdate"):
            await self._window.people.meet(writer, spot)
        elif (edited := edited_in(activity)) is not None and edited.spot.is_direct:
            self._jobs.spawn(self._conversation.show(edited, Line(said.EDITED)))
        return JSONResponse({})

    async def _message(self, activity: Activity, heard: Heard) -> None:
        """What is addressed to us is on record before Teams is told that we have it; a repeat goes no further."""
        press = pressed(heard, activity.get("value"))
        if press.step and not heard.text:  # a button of an older client
            await self._reception.begin(heard, lambda: self._presses.as_message(press))
        else:
            await self._reception.hear(heard)

    async def _invoke(self, activity: Activity, writer: Writer, spot: Spot) -> Response:
        """What Teams waits for the answer to; not for longer than it waits."""
        name, value = str(activity.get("name") or ""), mapping(activity.get("value"))
        ways: dict[str, Invoke] = {
            "adaptiveCard/action": self._execute,
            "task/fetch": self._fetch,
            "task/submit": self._submit,
            "message/fetchTask": self._feedback.fetch,
            "message/submitAction": self._feedback.submit,
            "composeExtension/query": self._extension.query,
            "composeExtension/fetchTask": self._extension.fetch,
            "composeExtension/submitAction": self._submit,
        }
        if name not in ways:
            return JSONResponse({}, status_code=501)
        heard = Heard("", spot, writer, "", message=str(activity.get("replyToId") or ""))
        work: asyncio.Task[Answer] = self._jobs.spawn(_whole(ways[name](pressed(heard, None), value)))
        done, _ = await asyncio.wait({work}, timeout=SECONDS_TO_ANSWER)
        if done:
            return JSONResponse(work.result())
        if name != "composeExtension/query":
            self._jobs.spawn(self._later(heard, work))
        return JSONResponse(_working(name))

    async def _later(self, heard: Heard, work: asyncio.Task[Answer]) -> None:
        await self._presses.follow_up(heard, await work)

    async def _execute(self, press: Pressed, value: Mapping[str, Any]) -> Answer:
        action = mapping(value.get("action"))
        found = pressed(press.heard, action.get("data"), str(action.get("verb") or ""))
        return await self._presses.execute(found)

    async def _fetch(self, press: Pressed, value: Mapping[str, Any]) -> Answer:
        return await self._presses.fetch(pressed(press.heard, value.get("data")))

    async def _submit(self, press: Pressed, value: Mapping[str, Any]) -> Answer:
        return await self._presses.submit(pressed(press.heard, value.get("data")))


async def _whole(work: Awaitable[Answer]) -> Answer:
    return await work


def _working(name: str) -> Answer:
    """That it is being worked on, in the way that Teams shows it."""
    if name == "adaptiveCard/action":
        return told(said.WORKING)
    return hint(said.TYPE_ON) if name == "composeExtension/query" else line(said.WORKING)
