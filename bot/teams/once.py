"""What must happen once, however often Teams brings it: a second delivery has another id, so ours is in the card."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.domain.messages import Place
from bot.domain.refusals import RecordsError, Refused
from bot.edges.jobs import Jobs
from bot.teams.places import PLATFORM

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)


_STEP = "step:"
"""What keys of steps begin with: a message that was left is answered, a step is to be taken again."""


class DoneBefore(Refused):
    """It was done already."""


class Once:
    """Knows across processes what was done; lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs) -> None:
        self._hub, self._jobs = hub, jobs

    @asynccontextmanager
    async def doing(self, key: str, place: Place, person: str) -> AsyncIterator[None]:
        """Around what must happen once; what fails may be tried again.

        Raises:
            DoneBefore: it was done already.
            RecordsError: it cannot be told.
        """
        inbound, key = self._hub.records.inbound, f"{_STEP}{key}"
        if not await self._jobs.quickly(inbound.receive, PLATFORM, key, place, person, ""):
            raise DoneBefore
        try:
            yield
        except BaseException:
            await self.forget(key)
            raise
        try:
            await self._jobs.quickly(inbound.finish, PLATFORM, key)
        except RecordsError:  # it was done: whoever asked for it must not be told that it was not
            log.warning("A step that was taken could not be marked as taken.")

    @staticmethod
    def is_step(key: str) -> bool:
        """Whether what is on record is a step, and no message."""
        return key.startswith(_STEP)

    async def forget(self, key: str) -> None:
        """Let a step that failed, or that a process died in, be taken again."""
        try:
            await self._jobs.quickly(self._hub.records.inbound.forget, PLATFORM, key)
        except RecordsError:
            log.warning("What failed cannot be tried again with the same dialog.")
