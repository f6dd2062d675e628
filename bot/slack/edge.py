"""Slack as the server carries it: what is listened to, and what becomes of it."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute

from bot.edges.conversation import Conversation
from bot.edges.jobs import Jobs
from bot.edges.pressing import Pressing
from bot.edges.reception import Reception
from bot.edges.shown import Line
from bot.edges.steps import Steps
from bot.settings import SettingsError
from bot.slack import wording as said
from bot.slack.heard import (
    Body,
    commanded_in,
    edited_in,
    enterprise_of,
    heard_in,
    mapping,
    pressed_in,
    team_of,
    viewed_in,
    viewer_in,
)
from bot.slack.installing import new_oauth_flow
from bot.slack.places import PLATFORM, Spot
from bot.slack.presses import Presses, working
from bot.slack.sending import FAILURES, channel_of, new_client, try_to, why
from bot.slack.web import routes
from bot.slack.window import SlackWindow
from bot.slack.workspaces import Installations, Workspaces, new_authorize

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
_ANY = re.compile(".+")
"""One listener for all buttons, and one for all dialogs."""
Ack = Callable[..., Awaitable[None]]
SECONDS_TO_LEAVE, SECONDS_TO_ACK = 5.0, 2.0


class SlackEdge:
    """One platform; lives as long as its event loop."""

    name = PLATFORM

    def __init__(self, hub: Hub) -> None:
        self._settings, self._jobs = hub.settings, Jobs()
        self._workspaces = Workspaces(hub.settings, hub.records)
        self._client = new_client(self._workspaces.single or None, hub.settings.slack_api_url)
        self._window = SlackWindow(hub, self._jobs, self._workspaces, self._client)
        steps = Steps(hub)
        self._conversation = Conversation(hub, self._jobs, self._window, steps)
        self._reception = Reception(hub, self._jobs, self._window, self._conversation)
        pressing = Pressing(hub, self._jobs, self._window, self._conversation, steps)
        self._presses = Presses(hub, self._jobs, self._window, self._conversation, pressing)
        self._oauth = new_oauth_flow(hub.settings, self._client, Installations(self._workspaces, self._jobs))
        self._app = self._new_app()
        self._socket: AsyncSocketModeHandler | None = None

    def _new_app(self) -> AsyncApp:
        # the library's own loggers name whole requests when something is not handled: nothing anybody typed is logged
        for name in ("slack_bolt", "slack_sdk"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        secret = self._settings.slack_signing_secret
        app = AsyncApp(
            logger=logging.getLogger("slack_bolt.hub"),
            client=self._client,
            signing_secret=secret.get_secret_value() if secret else None,
            request_verification_enabled=True,
            authorize=cast(Any, new_authorize(self._workspaces, self._jobs)),  # None is how it says "not installed"
        )
        app.middleware(self._on_record)
        app.event("app_home_opened")(self._on_home)
        app.event("app_context_changed")(self._on_context)
        app.event("agent_session_stopped")(self._on_stop)
        app.event("assistant_thread_started")(self._on_thread_started)
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
        return routes(self._app, self._oauth, verified=self._settings.slack_signing_secret is not None)

    async def start(self) -> None:
        """Look for what an earlier process left unanswered, now and then again."""
        await self._reception.start()

    async def stop(self) -> None:
        """Take nothing more, finish what is in flight, and end."""
        if self._socket is not None:
            try:
                async with asyncio.timeout(SECONDS_TO_LEAVE):
                    await self._socket.close_async()  # type: ignore[no-untyped-call]
            except FAILURES:
                log.info("The connection to Slack was not closed in time.")
        await self._reception.stop()
        if self._client.session is not None:
            await self._client.session.close()

    async def listen(self) -> None:
        """Connect by Socket Mode; it reconnects by itself.

        SettingsError where Slack does not take the token: trying again would not help.
        """
        token = self._settings.slack_app_token
        secret = token.get_secret_value() if token else ""
        try:
            await self._client.apps_connections_open(app_token=secret)
        except FAILURES as error:
            if why(error) in REFUSED_TOKENS:
                raise SettingsError(said.SOCKET_REFUSED.format(why=why(error))) from error
            log.warning("Slack cannot be reached yet (%s); it is tried again.", why(error))
        self._socket = AsyncSocketModeHandler(self._app, secret, web_client=self._client)
        await self._socket.connect_async()  # type: ignore[no-untyped-call]

    async def _on_record(self, body: Body, next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # noqa: A002 Bolt's name
        """What is addressed to us is on record before Slack is told that we have it; a repeat goes no further."""
        self._window.people.is_part_of(team_of(body), enterprise_of(body))
        heard = heard_in(body, self._window.board.split("/")[-1])
        if heard is not None:
            await self._reception.hear(heard)
            return BoltResponse(status=200, body="")
        await self._forget_if_gone(body)
        await next()
        return None

    async def _on_home(self, body: Body) -> None:
        event = body["event"]
        heard = pressed_in({**body, "user": {"id": event.get("user")}})
        if event.get("tab") == "messages":
            self._jobs.spawn(self._suggest(heard.spot.team, str(event["channel"]), viewed_in(body)))
        else:
            self._jobs.spawn(self._presses.show_home(heard))

    async def _on_context(self, body: Body) -> None:
        """What somebody looks at beside the app has changed: what is suggested goes with it. Nothing of it is kept."""
        event = mapping(body.get("event"))
        channel, viewer = str(event.get("channel") or ""), viewer_in(body)
        if channel or viewer:
            self._jobs.spawn(self._suggest(team_of(body), channel or f"@{viewer}", viewed_in(body)))

    async def _suggest(self, team: str, channel: str, viewed: str) -> None:
        """What may be asked first, for whoever looks at the hub's channel or at anything else."""
        client = await self._window.client(team)
        chosen = said.PROMPTS_HUB if viewed and self._window.is_board(Spot(team, viewed)) else said.PROMPTS
        prompts = [{"title": title, "message": message} for title, message in chosen]
        try:
            where = {"channel_id": await channel_of(client, Spot(team, channel)), "title": said.PROMPTS_TITLE}
        except FAILURES as error:
            log.info("A direct message could not be opened: %s", why(error))
            return
        await try_to(client, "assistant.threads.setSuggestedPrompts", **where, prompts=prompts)

    async def _on_thread_started(self, body: Body, client: AsyncWebClient) -> None:
        """Workspaces that were set up before the agent view greet each thread."""
        thread = body["event"]["assistant_thread"]
        prompts = [{"title": title, "message": message} for title, message in said.PROMPTS]
        where = {"channel_id": thread["channel_id"], "thread_ts": thread["thread_ts"], "prompts": prompts}
        self._jobs.spawn(try_to(client, "assistant.threads.setSuggestedPrompts", **where))

    async def _on_stop(self, body: Body) -> None:
        """The stop button: what is being answered in that thread ends, and the session waits for the asker."""
        event = body["event"]
        channel = str(event.get("channel") or event.get("channel_id") or "")
        spot = Spot(team_of(body), channel, str(event.get("thread_ts") or ""))
        self._reception.stop_answering(spot.place)
        self._jobs.spawn(self._window.session(spot, "active"))

    async def _on_nothing(self, body: Body) -> None:
        """Whatever else Slack sends: taken, so that it is not sent again. A changed question is not a new one."""
        edited = edited_in(body)
        if edited is not None and edited.spot.is_direct:
            self._jobs.spawn(self._conversation.show(edited, Line(said.EDITED)))

    async def _forget_if_gone(self, body: Body) -> None:
        """The app was taken out of a workspace, or its bot's token revoked: the token goes before Slack is told."""
        event, team = mapping(body.get("event")), str(body.get("team_id") or "")
        revoked = event.get("type") == "tokens_revoked" and (event.get("tokens") or {}).get("bot")
        if team and (revoked or event.get("type") == "app_uninstalled") and not self._workspaces.single:
            await self._jobs.quickly(self._workspaces.remove, team)

    async def _on_command(self, ack: Ack, body: Body) -> None:
        # on record before it is acknowledged, as long as that can be done within Slack's three seconds
        await asyncio.wait({self._jobs.spawn(self._reception.hear(commanded_in(body)))}, timeout=SECONDS_TO_ACK)
        await ack()

    async def _on_about(self, ack: Ack, body: Body) -> None:
        await ack()
        self._jobs.spawn(self._presses.about(body))

    async def _on_form(self, ack: Ack, body: Body) -> None:
        await ack()
        self._jobs.spawn(self._presses.open(body, pressed_in(body), "form"))

    async def _on_action(self, ack: Ack, body: Body) -> None:
        await ack()
        if body.get("actions"):
            self._jobs.spawn(self._presses.pressed(body))

    async def _on_view(self, ack: Ack, body: Body) -> None:
        """A dialog that is sent is acknowledged before the work, and then says what became of it."""
        if body.get("type") != "view_submission":
            await ack()
            return
        await ack(response_action="update", view=working(body))
        self._jobs.spawn(self._presses.submitted(body))

    async def _on_error(self, error: Exception) -> BoltResponse:
        """Nothing of what somebody typed is logged. Slack is told that it went wrong, and sends an event again."""
        log.error("Something from Slack could not be handled: %s", type(error).__name__)
        return BoltResponse(status=500, body="")


REFUSED_TOKENS = frozenset(
    "invalid_auth not_authed account_inactive token_revoked token_expired not_allowed_token_type missing_scope "
    "forbidden_team".split()
)
"""Errors of Slack after which the same token is never taken again."""
