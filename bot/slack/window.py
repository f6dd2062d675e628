"""Slack's side of the counter: it posts, opens dialogs, and says who somebody is."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.domain.messages import Inbound
from bot.domain.people import Actor
from bot.domain.refusals import RecordsError
from bot.edges.edge import Heard, Standing, Writer
from bot.edges.jobs import Jobs
from bot.edges.shown import Home, Shown
from bot.slack import blocks as b
from bot.slack import wording as said
from bot.slack.drawing import draw, draw_home
from bot.slack.heard import recalled
from bot.slack.people import People
from bot.slack.places import PLATFORM, Spot, direct_to
from bot.slack.sending import FAILURES, LETTER, change, new_client, post, respond, try_to, why
from bot.slack.workspaces import Workspaces

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
FRESH_SECONDS = 60.0
"""A token is looked up anew after so long: another process may have installed or removed the app."""


class SlackWindow:
    """Lives as long as its edge."""

    name = PLATFORM
    help = said.HELP

    def __init__(self, hub: Hub, jobs: Jobs, workspaces: Workspaces, client: AsyncWebClient) -> None:
        self._hub, self._jobs, self._workspaces, self._client = hub, jobs, workspaces, client
        self.board = hub.settings.slack_hub_channel
        self.people = People(hub, jobs)
        self._clients: dict[str, tuple[float, AsyncWebClient]] = {}

    async def client(self, team: str) -> AsyncWebClient:
        """A client with the workspace's own token."""
        if self._workspaces.single:
            return self._client
        known = self._clients.get(team)
        if known and time.monotonic() - known[0] < FRESH_SECONDS:
            return known[1]
        try:
            found = await self._jobs.quickly(self._workspaces.find, team)
        except RecordsError:
            return known[1] if known else self._client
        made = new_client(found.token if found else None, self._hub.settings.slack_api_url)
        self._clients[team] = (time.monotonic(), made)
        return made

    def is_board(self, spot: Spot) -> bool:
        """Whether it is the hub's channel, of whatever workspace that is."""
        return bool(self.board) and spot.channel == self.board.split("/")[-1]

    def recall(self, left: Inbound, writer: Writer) -> Heard:
        """What was put on record when it was said."""
        return recalled(left, writer)

    async def own(self, writer: Writer, spot: Spot) -> Spot:
        """A person's direct message."""
        return spot if spot.is_direct else direct_to(spot.team, writer.person)

    async def writer_of(self, person: str) -> Writer:
        """A person of whom only the id was kept."""
        return Writer(person)

    async def post(self, spot: Spot, shown: Shown, *, only_for: Writer | None = None, reply_to: str = "") -> str:
        """Show something; the message's ts, empty where Slack did not take it."""
        drawn = await self.people.shown(draw(shown))
        if spot.answer_at and await respond(spot.answer_at, drawn):
            return "responded"
        return await post(await self.client(spot.team), spot, drawn, user=only_for.person if only_for else "")

    async def actor(self, writer: Writer, spot: Spot) -> Actor:
        """The person, with their user groups."""
        return await self.people.actor(await self.client(spot.team), writer.person)

    async def address(self, writer: Writer, spot: Spot) -> str:
        """The e-mail address that Slack vouches for."""
        return await self.people.address(await self.client(spot.team), writer, spot.team)

    async def standing(self, writer: Writer, spot: Spot) -> Standing:
        """Whether a person is a colleague."""
        return await self.people.standing(await self.client(spot.team), writer, spot.team)

    async def has_strangers(self, spot: Spot) -> bool:
        """Slack says of each message whether others read along."""
        return False

    async def has_answered(self, heard: Heard) -> bool | None:
        """Whether a message of ours stands below it, in somebody's own conversation; a letter of the hub's is none."""
        spot = heard.spot
        if not spot.is_direct or not spot.thread or not heard.message:
            return None
        try:
            found = await (await self.client(spot.team)).conversations_replies(
                channel=spot.channel, ts=spot.thread, oldest=heard.message, limit=50, include_all_metadata=True
            )
            below = list(found["messages"])
        except FAILURES as error:
            log.info("It cannot be told whether something was answered: %s", why(error))
            return None
        ours = [one for one in below if one.get("bot_id") and one.get("ts", "") > heard.message]
        return any(one.get("metadata", {}).get("event_type") != LETTER for one in ours)

    async def change(self, heard: Heard, shown: Shown) -> bool:
        """In the place of a message of ours; False where Slack does not change it."""
        drawn = await self.people.shown(draw(shown))
        return bool(heard.message) and await change(
            await self.client(heard.spot.team), heard.spot, heard.message, drawn
        )

    async def busy(self, heard: Heard) -> None:
        """A status below the question."""
        if heard.spot.thread:
            where = {"channel_id": heard.spot.channel, "thread_ts": heard.spot.thread}
            await try_to(
                await self.client(heard.spot.team), "assistant.threads.setStatus", **where, status=said.LOOKING
            )

    async def settled(self, heard: Heard, *, waits: bool) -> None:
        """The session's state, for Slack's own list of them; the status is cleared too."""
        title = b.cut(heard.text, 60) if heard.text else wording.NAME
        await self.session(heard.spot, "suspended" if waits else "active", title=title)

    async def session(self, spot: Spot, status: str, **more: str) -> None:
        """Set a session's state, where there is one."""
        if not spot.thread or not spot.is_direct:
            return
        client, where = await self.client(spot.team), {"channel_id": spot.channel, "thread_ts": spot.thread}
        if more:
            await try_to(client, "assistant.threads.setStatus", **where, status="")
        await try_to(client, "agents.sessions.setStatus", **where, status=status, **more)

    async def show_home(self, spot: Spot, person: str, home: Shown) -> None:
        """The home tab, as it is now."""
        view = draw_home(home if isinstance(home, Home) else Home())
        await try_to(await self.client(spot.team), "views.publish", user_id=person, view=view)
