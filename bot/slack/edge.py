"""Slack as the server carries it: what is listened to, and what becomes of it."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.web.async_client import AsyncWebClient
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.domain.refusals import RecordsError
from bot.edges import reception as inbound
from bot.edges.jobs import Jobs, Together
from bot.slack import drawing
from bot.slack import wording as said
from bot.slack.actions import Actions, Body
from bot.slack.conversation import Conversation, Heard, heard_in, words_of
from bot.slack.home import HomeTab
from bot.slack.installing import new_oauth_flow
from bot.slack.people import People
from bot.slack.places import PLATFORM, Spot
from bot.slack.sending import new_client, post, respond, try_to
from bot.slack.threads import CardThreads
from bot.slack.workspaces import Installations, Workspaces, new_authorize

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
LARGEST_BODY = 1_000_000
"""Bytes; Slack's own are far smaller."""
SECONDS_TO_END = 15.0
SECONDS_TO_GIVE_WAY = 2.0
"""An answer waits at most so long for what comes in at the same time to be acknowledged first."""
LOOK_FOR_LEFT = 30.0
"""Seconds between looks for questions that a process that died has left."""
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_STAMP = re.compile(r"[0-9]{1,12}")
_ANY = re.compile(".+")
"""One listener for all buttons, and one for all dialogs."""


class SlackEdge:
    """One platform; lives as long as its event loop."""

    name = PLATFORM

    def __init__(self, hub: Hub) -> None:
        self._hub, self._settings, self._jobs = hub, hub.settings, Jobs()
        self._workspaces = Workspaces(hub.settings, hub.records)
        self._client = new_client(self._workspaces.single or None, hub.settings.slack_api_url)
        self._taking = Together(self._jobs, partial(inbound.take_all, hub.records.inbound))
        people = People(hub, self._jobs)
        self._conversation = Conversation(hub, self._jobs, people)
        self._threads = CardThreads(hub, self._jobs, self._conversation)
        self._home = HomeTab(hub, self._jobs, people)
        self._actions = Actions(hub, self._jobs, people, self._home.show)
        self._answering: dict[str, tuple[asyncio.Task[Any], Heard]] = {}
        self._seen = inbound.Seen()
        self._oauth = new_oauth_flow(hub.settings, self._client, Installations(self._workspaces, self._jobs))
        self._app = self._new_app()
        self._looking: asyncio.Task[Any] | None = None
        self._socket: AsyncSocketModeHandler | None = None

    def _new_app(self) -> AsyncApp:
        # the library's own loggers name whole requests when something is not handled: nothing anybody typed is logged
        for name in ("slack_bolt", "slack_sdk"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        quiet = logging.getLogger("slack_bolt.hub")
        secret = self._settings.slack_signing_secret
        app = AsyncApp(
            logger=quiet,
            client=self._client,
            signing_secret=secret.get_secret_value() if secret else None,
            request_verification_enabled=True,
            authorize=cast(Any, new_authorize(self._workspaces, self._jobs)),  # None is how it says "not installed"
        )
        app.middleware(self._on_record)
        app.event("message")(self._on_message)
        app.event("app_mention")(self._on_message)
        app.event("app_home_opened")(self._on_home)
        app.event("agent_session_stopped")(self._on_stop)
        app.event("app_context_changed")(self._on_nothing)
        app.event("assistant_thread_started")(self._on_thread_started)
        app.event("assistant_thread_context_changed")(self._on_nothing)
        app.event(_ANY)(self._on_nothing)
        app.command("/prevention")(self._on_command)
        app.shortcut("ask_hub_about")(self._on_about)
        app.shortcut("support_form")(self._on_form)
        app.action(_ANY)(self._on_action)
        app.view(_ANY)(self._on_view)
        app.error(self._on_error)
        return app

    def routes(self) -> Sequence[BaseRoute]:
        """Events, actions and commands; the install pages where the app is installed in many workspaces."""
        pages = self._pages(self._oauth) if self._oauth is not None else []
        return [Route("/slack/events", self._events, methods=["POST"]), *pages]

    async def start(self) -> None:
        """Look for what an earlier process left unanswered, now and then again."""
        self._looking = asyncio.get_running_loop().create_task(self._look_for_left())

    async def stop(self) -> None:
        """Take nothing more, finish what is in flight, and end."""
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        if self._looking is not None:
            self._looking.cancel()
        if not await self._jobs.drain(SECONDS_TO_END):
            log.warning("Some answers were not finished in time; the next process answers them.")
        if self._client.session is not None:
            await self._client.session.close()

    async def listen(self) -> None:
        """Connect by Socket Mode; it reconnects by itself."""
        token = self._settings.slack_app_token
        self._socket = AsyncSocketModeHandler(
            self._app, token.get_secret_value() if token else "", web_client=self._client
        )
        await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def _events(self, request: HttpRequest) -> Response:
        if self._settings.slack_signing_secret is None:  # nothing can be told from a forgery
            return Response("", status_code=401)
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_BODY:
                return Response("too large", status_code=413)
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not (_STAMP.fullmatch(stamp) and _SIGNATURE.fullmatch(signature)):  # the SDK raises for some of these
            return Response("", status_code=401)
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return Response("", status_code=400)
        try:
            return to_starlette_response(await self._app.async_dispatch(to_async_bolt_request(request, text.encode())))
        except Exception as error:  # what is malformed makes the library raise whatever it likes; its text may quote it
            log.error("Something from Slack could not be read: %s", type(error).__name__)
            return Response("", status_code=400)

    def _pages(self, flow: AsyncOAuthFlow) -> list[BaseRoute]:
        async def install(request: HttpRequest) -> Response:
            return to_starlette_response(await flow.handle_installation(to_async_bolt_request(request, b"")))

        async def redirected(request: HttpRequest) -> Response:
            return to_starlette_response(await flow.handle_callback(to_async_bolt_request(request, b"")))

        return [
            Route(flow.install_path, install, methods=["GET"]),
            Route(flow.redirect_uri_path, redirected, methods=["GET"]),
        ]

    async def _on_record(self, body: Body, next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # noqa: A002 Bolt's name
        """What is addressed to us is on record before Slack is told that we have it; a repeat goes no further."""
        heard = heard_in(body)
        if heard is not None and await self._is_for_us(heard, body):
            if not await self._is_new(heard):
                return BoltResponse(status=200, body="")
            self._begin(heard)
            return BoltResponse(status=200, body="")
        await self._forget_if_gone(body)
        await next()
        return None

    async def _is_for_us(self, heard: Heard, body: Body) -> bool:
        event = body["event"]
        if self._threads.holds(heard):
            return self._threads.is_reply(heard) or event["type"] == "app_mention"
        if event["type"] == "app_mention" or heard.spot.channel.startswith("D") or event.get("channel_type") == "im":
            return True
        if not event.get("thread_ts"):
            return False
        return await self._conversation.is_ours(heard)

    async def _is_new(self, heard: Heard) -> bool:
        # the database knows for every process; memory holds while it cannot be written
        if not self._seen.is_new(heard.key):
            return False
        if heard.stranger:
            return True  # nothing of it is kept, and nothing of it is answered later
        try:
            return await self._taking.call((heard.key, heard.question()))
        except RecordsError as error:
            log.error("A message could not be put on record, and is answered all the same: %s", error)
            return True

    def _begin(self, heard: Heard) -> None:
        """Answer in the background; the stop button finds it by its thread."""
        thread, task = _thread(heard.spot), self._jobs.spawn(self._answer(heard))
        self._answering[thread] = (task, heard)

        def ended(task: asyncio.Task[Any]) -> None:
            if self._answering.get(thread, (None,))[0] is task:
                del self._answering[thread]

        task.add_done_callback(ended)

    async def _answer(self, heard: Heard) -> None:
        await self._taking.quiet(SECONDS_TO_GIVE_WAY)
        client = await self._client_for(heard.spot.team)
        try:
            if self._threads.is_reply(heard):
                await self._threads.reply(client, heard)
            else:
                await self._conversation.answer(client, heard)
        except Exception as error:  # nobody is left without a word, whatever went wrong
            log.error("A message could not be answered: %s", type(error).__name__)
            await self._conversation.say_trouble(client, heard)

    async def _client_for(self, team: str) -> AsyncWebClient:
        if self._workspaces.single:
            return self._client
        found = await self._jobs.quickly(self._workspaces.find, team)
        return new_client(found.token if found else None, self._settings.slack_api_url)

    async def _look_for_left(self) -> None:
        while True:
            try:
                for left in await self._jobs.in_thread(self._hub.records.inbound.unfinished, PLATFORM):
                    spot = Spot.of(left.place.address)
                    client = await self._client_for(spot.team)
                    # who else reads a channel is not on record, so the answer comes by direct message
                    heard = Heard(left.key, spot, left.asker, left.text, shared=not spot.is_direct)
                    is_reply = self._threads.is_reply(heard)
                    self._jobs.spawn((self._threads.reply if is_reply else self._conversation.again)(client, heard))
            except RecordsError as error:
                log.warning("Unanswered messages could not be looked for: %s", error)
            await asyncio.sleep(LOOK_FOR_LEFT)

    async def _on_message(self, body: Body, client: AsyncWebClient) -> None:
        """What came through `_on_record` is not for the assistant: below a card it stays in the hub."""
        heard = heard_in(body)
        if heard is not None and self._threads.holds(heard):
            self._jobs.spawn(self._threads.explain_once(client, heard))

    async def _on_home(self, body: Body, client: AsyncWebClient) -> None:
        event = body["event"]
        if event.get("tab") == "messages":
            prompts = [{"title": title, "message": message} for title, message in said.PROMPTS]
            where = {"channel_id": event["channel"], "title": said.PROMPTS_TITLE, "prompts": prompts}
            self._jobs.spawn(try_to(client, "assistant.threads.setSuggestedPrompts", **where))
        else:
            self._jobs.spawn(self._home.show(client, event["user"]))

    async def _on_thread_started(self, body: Body, client: AsyncWebClient) -> None:
        """Workspaces that were set up before the agent view greet each thread."""
        thread = body["event"]["assistant_thread"]
        prompts = [{"title": title, "message": message} for title, message in said.PROMPTS]
        where = {"channel_id": thread["channel_id"], "thread_ts": thread["thread_ts"], "prompts": prompts}
        self._jobs.spawn(try_to(client, "assistant.threads.setSuggestedPrompts", **where))

    async def _on_stop(self, body: Body, client: AsyncWebClient) -> None:
        """The stop button: what is being answered in that thread ends, and the session waits for the asker."""
        event = body["event"]
        channel = str(event.get("channel") or event.get("channel_id") or "")
        thread = str(event.get("thread_ts") or "")
        task, heard = self._answering.get(f"{channel}/{thread}", (None, None))
        if task is not None and heard is not None:
            task.cancel()
            self._jobs.spawn(self._conversation.finish(heard))
        where = {"channel_id": channel, "thread_ts": thread}
        self._jobs.spawn(try_to(client, "agents.sessions.setStatus", **where, status="active"))

    async def _on_nothing(self, body: Body) -> None:
        """Whatever else Slack sends: taken, so that it is not sent again."""

    async def _forget_if_gone(self, body: Body) -> None:
        """The app was taken out of a workspace, or its bot's token revoked: the token goes before Slack is told."""
        event, team = body.get("event", {}), str(body.get("team_id") or "")
        revoked = event.get("type") == "tokens_revoked" and (event.get("tokens") or {}).get("bot")
        if team and (revoked or event.get("type") == "app_uninstalled") and not self._workspaces.single:
            await self._jobs.quickly(self._workspaces.remove, team)

    async def _on_command(self, ack: Callable[..., Awaitable[None]], body: Body, client: AsyncWebClient) -> None:
        heard = self._conversation.asked_by_command(body)
        if heard is not None and not await self._is_new(heard):
            await ack()
            return
        await ack()
        self._jobs.spawn(self._say_to_command(client, body, heard))

    async def _say_to_command(self, client: AsyncWebClient, body: Body, heard: Heard | None) -> None:
        drawn = await self._conversation.command(client, body)
        if not (body.get("response_url") and await respond(client, str(body["response_url"]), drawn)):
            spot = Spot(str(body.get("team_id") or ""), str(body["channel_id"]))
            await post(client, spot, drawn, user="" if spot.is_direct else str(body["user_id"]))
        if heard is not None:
            await self._conversation.finish(heard)

    async def _on_about(self, ack: Callable[..., Awaitable[None]], body: Body, client: AsyncWebClient) -> None:
        await ack()
        text = words_of(str(body.get("message", {}).get("text") or ""))
        view = drawing.draw_one_text("about", said.ABOUT_TITLE, said.ABOUT_LABEL, "", initial=text)
        await try_to(client, "views.open", trigger_id=body["trigger_id"], view=view)

    async def _on_form(self, ack: Callable[..., Awaitable[None]], body: Body, client: AsyncWebClient) -> None:
        await ack()
        await try_to(client, "views.open", trigger_id=body["trigger_id"], view=drawing.draw_form())

    async def _on_action(self, ack: Callable[..., Awaitable[None]], body: Body, client: AsyncWebClient) -> None:
        await ack()
        if not body.get("actions"):
            return
        self._jobs.spawn(self._actions.press(client, body))

    async def _on_view(self, ack: Callable[..., Awaitable[None]], body: Body, client: AsyncWebClient) -> None:
        if body.get("type") != "view_submission":
            await ack()
            return
        errors = await self._actions.submit(client, body)
        if errors:
            await ack(response_action="errors", errors=errors)
        else:
            await ack()

    async def _on_error(self, error: Exception) -> BoltResponse:
        """Nothing of what somebody typed is logged. Slack is told that it went wrong, and sends an event again."""
        log.error("Something from Slack could not be handled: %s", type(error).__name__)
        return BoltResponse(status=500, body="")


def _thread(spot: Spot) -> str:
    return f"{spot.channel}/{spot.thread}"
