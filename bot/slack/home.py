"""The home tab: one's own requests, the queue for hub staff, the library and the switch for admins."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.refusals import RecordsError
from bot.edges.jobs import Jobs
from bot.queue.overview import Overview
from bot.slack.drawing import draw_home
from bot.slack.people import People
from bot.slack.sending import try_to

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)


class HomeTab:
    """Draws a person's home tab; safe to call as often as they look."""

    def __init__(self, hub: Hub, jobs: Jobs, people: People) -> None:
        self._hub, self._jobs, self._people = hub, jobs, people

    async def show(self, client: AsyncWebClient, user: str) -> None:
        """Publish the tab as it is now."""
        actor = await self._people.actor(client, user)
        try:
            home = await self._jobs.in_thread(self._hub.overviews.of, actor)
        except RecordsError as error:
            log.error("A home tab could not be drawn: %s", error)
            home = Overview()
        await try_to(client, "views.publish", user_id=user, view=draw_home(home))
