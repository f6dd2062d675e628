"""Teams as the server carries it: what comes in, and what becomes of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot import wording
from bot.domain.messages import Inbound
from bot.domain.refusals import RecordsError
from bot.edges import reception as inbound
from bot.edges.jobs import Jobs, Together
from bot.teams import wording as said
from bot.teams.actions import Actions, Press, told
from bot.teams.activities import message, plain
from bot.teams.admission import Activity, Admission, NotAdmitted
from bot.teams.connector import Connector, cloud_of
from bot.teams.conversation import Conversation, shown_key
from bot.teams.dialogs import Dialogs, line, step_of
from bot.teams.extension import Extension, hint
from bot.teams.feedback import FeedbackLoop
from bot.teams.heard import Heard, Writer, heard_in, mapping, spot_of, writer_of
from bot.teams.once import Once
from bot.teams.people import People
from bot.teams.places import PLATFORM, Spot
from bot.teams.threads import CardThreads
from bot.teams.tokens import Keys, KeysAway, Tokens

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
SECONDS_TO_END = 15.0
SECONDS_TO_GIVE_WAY = 2.0
"""An answer waits at most so long for what comes in at the same time to be acknowledged first."""
LOOK_FOR_LEFT = 30.0
"""Seconds between looks for questions that a process that died has left."""
Invoke = Callable[[Press, Mapping[str, Any]], Awaitable[dict[str, Any]]]


class TeamsEdge:
    """One platform; lives as long as its event loop."""

    name = PLATFORM

    def __init__(self, hub: Hub) -> None:
        self._hub, self._jobs = hub, Jobs()
        self._connector = Connector(hub.settings, self._service)
        self._keys = Keys(hub.settings.teams_openid_metadata_url or self._connector.cloud.openid_metadata_url)
        self._fetcher = ThreadPoolExecutor(1, "teams-keys")
        self._admission = self._new_admission()
        self._taking = Together(self._jobs, partial(inbound.take_all, hub.records.inbound))
        self._once = once = Once(hub, self._jobs)
        self._people = People(hub, self._jobs, self._connector)
        self._conversation = Conversation(hub, self._jobs, self._people, self._connector)
        self._threads = CardThreads(hub, self._jobs, self._conversation)
        self._actions = Actions(hub, self._jobs, self._people, self._connector, self._conversation, once)
        self._dialogs = Dialogs(hub, self._jobs, self._people, self._actions, once)
        self._extension = Extension(hub, self._jobs, self._people, self._dialogs)
        self._feedback = FeedbackLoop(hub, self._jobs, self._dialogs)
        self._looking: asyncio.Task[Any] | None = None
        self._last_service = ""
        self._seen = inbound.Seen()

    def _new_admission(self) -> Admission:
        settings, local = self._hub.settings, self._connector.is_local
        known = {cloud_of("").openid_metadata_url, self._connector.cloud.openid_metadata_url}
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
        self._looking = asyncio.get_running_loop().create_task(self._look_for_left())

    async def stop(self) -> None:
        """Take nothing more, finish what is in flight, and end."""
        if self._looking is not None:
            self._looking.cancel()
        if not await self._jobs.drain(SECONDS_TO_END):
            log.warning("Some answers were not finished in time; the next process answers them.")
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
        heard = heard_in(activity)
        if heard is not None:
            if not writer.stranger:
                self._jobs.spawn(self._people.meet(writer, spot))
            await self._message(activity, heard)
        elif activity["type"] in ("installationUpdate", "conversationUpdate"):
            await self._people.meet(writer, spot)
        return JSONResponse({})

    async def _message(self, activity: Activity, heard: Heard) -> None:
        """What is addressed to us is on record before Teams is told that we have it; a repeat goes no further."""
        step, fields = step_of(activity.get("value"))
        if step and not heard.text:  # a button of an older client
            if await self._is_new(heard):
                press = Press(step, fields, heard.writer, heard.spot)
                self._jobs.spawn(self._never_silent(heard, self._pressed(heard, press)))
            return
        if await self._is_for_us(heard) and await self._is_new(heard):
            self._jobs.spawn(self._answer(heard))

    async def _is_for_us(self, heard: Heard) -> bool:
        if heard.spot.is_direct or heard.mentioned:
            return True
        if self._threads.holds(heard):
            return self._threads.is_reply(heard)
        # with the right to read a team's channels, Teams sends what nobody addressed to us too
        try:
            return bool(await self._jobs.quickly(self._hub.records.has_asked, heard.user, heard.spot.place))
        except RecordsError:
            return False

    async def _is_new(self, heard: Heard) -> bool:
        # the database knows for every process; memory holds while it cannot be written
        if not self._seen.is_new(heard.key):
            return False
        if heard.writer.stranger:
            return True  # nothing of it is kept, and nothing of it is answered later
        try:
            return await self._taking.call((heard.key, heard.question()))
        except RecordsError as error:
            log.error("A message could not be put on record, and is answered all the same: %s", error)
            return True

    async def _answer(self, heard: Heard) -> None:
        await self._taking.quiet(SECONDS_TO_GIVE_WAY)
        await self._never_silent(heard, self._reply(heard))

    async def _never_silent(self, heard: Heard, work: Coroutine[Any, Any, None]) -> None:
        """Whatever goes wrong that nobody thought of, whoever waits is told."""
        try:
            await work
        except Exception as error:  # its text may quote what somebody typed
            log.error("A message could not be answered: %s", type(error).__name__)
            await self._conversation.tell(heard, wording.TROUBLE)
            await self._conversation.finish(heard)

    async def _reply(self, heard: Heard) -> None:
        if self._threads.is_reply(heard):
            await self._threads.reply(heard)
        elif self._threads.holds(heard):
            await self._threads.explain(heard)
        else:
            await self._conversation.answer(heard)

    async def _pressed(self, heard: Heard, press: Press) -> None:
        """A button that came as a message: what became of it is a message too."""
        if await self._people.is_stranger(heard.writer, heard.spot):
            await self._conversation.tell(heard, said.STRANGER)
            return
        answered = await self._actions.press(press)
        value = answered["value"]
        await self._conversation.show(heard, plain(value) if isinstance(value, str) else message("", value))
        await self._conversation.finish(heard)

    async def _look_for_left(self) -> None:
        while True:
            try:
                for left in await self._jobs.in_thread(self._hub.records.inbound.unfinished, PLATFORM):
                    self._jobs.spawn(self._left(left))
            except RecordsError as error:
                log.warning("Unanswered messages could not be looked for: %s", error)
            await asyncio.sleep(LOOK_FOR_LEFT)

    async def _left(self, left: Inbound) -> None:
        """A message is answered, or for the hub's thread sent on; a step is forgotten, so that it can be taken."""
        spot, writer = Spot.of(left.place.address), await self._people.writer(left.asker)
        # who else reads a channel is not on record, so the answer comes in the asker's own chat
        message = left.key.partition(":")[0]
        heard = Heard(left.key, spot, writer, left.text, shared=not spot.is_direct, message=message)
        if self._once.is_step(left.key):
            await self._once.forget(left.key)
        if left.text:
            await self._answer(heard)
        else:
            # of an emergency there are no words on record, and none of a button
            await self._conversation.say(heard, wording.ASK_AGAIN)

    async def _invoke(self, activity: Activity, writer: Writer, spot: Spot) -> Response:
        """What Teams waits for the answer to."""
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
        if await self._people.is_stranger(writer, spot):
            return JSONResponse(_not_for(name))
        await self._people.meet(writer, spot)
        reply_to = str(activity.get("replyToId") or "")
        fields = {"message": shown_key(spot, reply_to)} if reply_to else {}
        return JSONResponse(await ways[name](Press("", fields, writer, spot), value))

    async def _execute(self, press: Press, value: Mapping[str, Any]) -> dict[str, Any]:
        action = mapping(value.get("action"))
        step, fields = step_of(action.get("data"))
        step = step or str(action.get("verb") or "")
        pressed = Press(step, fields, press.writer, press.spot)
        return await (self._dialogs.form_in_chat(pressed) if step == "form" else self._actions.press(pressed))

    async def _fetch(self, press: Press, value: Mapping[str, Any]) -> dict[str, Any]:
        step, fields = step_of(value.get("data"))
        return await self._dialogs.open(Press(step, fields, press.writer, press.spot))

    async def _submit(self, press: Press, value: Mapping[str, Any]) -> dict[str, Any]:
        step, fields = step_of(value.get("data"))
        return await self._dialogs.submit(Press(step, fields, press.writer, press.spot))


def _not_for(name: str) -> dict[str, Any]:
    """What a stranger is told, in the way that Teams shows it."""
    if name == "adaptiveCard/action":
        return told(said.STRANGER)
    return hint(said.STRANGER) if name == "composeExtension/query" else line(said.STRANGER)
