"""The home tab: one's own requests, the queue for hub staff, the library and the switch for admins."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from slack_sdk.web.async_client import AsyncWebClient

from bot.jobs import Jobs
from bot.office import Actor
from bot.refusals import RecordsError
from bot.roles import MAY, Action
from bot.slack import wording as said
from bot.slack.drawing import Home, draw_home
from bot.slack.people import People
from bot.slack.sending import try_to
from bot.switches import ANSWERS
from knowledge.manifest import LibraryError

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
            home = await self._jobs.in_thread(self._look, actor)
        except RecordsError as error:
            log.error("A home tab could not be drawn: %s", error)
            home = Home()
        await try_to(client, "views.publish", user_id=user, view=draw_home(home))

    def _look(self, actor: Actor) -> Home:
        hub = self._hub
        roles = hub.office.roles.of(actor.name, actor.groups)
        works, switches = bool(roles & MAY[Action.WORK_REQUESTS]), bool(roles & MAY[Action.BUILD])
        paused = hub.switchboard.paused().get(ANSWERS)
        return Home(
            mine=hub.records.requests_of(actor.name, limit=10),
            queue=hub.records.pace.waiting(15) if works else None,
            library=self._library() if switches else None,
            paused=paused.why if paused else None,
        )

    def _library(self) -> str:
        try:
            manifest = self._hub.library.manifest()
        except LibraryError:
            return said.HOME_NO_EDITION
        return said.HOME_EDITION.format(
            edition=manifest.edition, documents=manifest.documents, passages=manifest.passages
        )
