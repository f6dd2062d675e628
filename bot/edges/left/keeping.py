"""What is written down of a message while it is answered: so a process that finds it left knows how far it came."""

from __future__ import annotations

import hashlib
import logging
from contextlib import AbstractContextManager, suppress
from typing import TYPE_CHECKING, Any

from bot.domain.letters import LetterKind
from bot.domain.refusals import RecordsError
from bot.edges.edge import Heard, Spot
from bot.edges.jobs import Jobs

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)


class TakenOver(Exception):
    """This process stood still for so long that another one has worked out the answer, and shows it."""


class Keeping:
    """Of one platform; lives as long as its conversation."""

    def __init__(self, hub: Hub, jobs: Jobs, platform: str) -> None:
        self._records, self._jobs, self._platform = hub.records, jobs, platform
        self._owed: set[str] = set()
        """Keys of what was answered while that could not be written down."""

    def answering(self, heard: Heard) -> AbstractContextManager[Any]:
        """Around the work: what keeps the reply, or does what is asked for, marks the message in its transaction."""
        return self._records.inbound.answering(self._platform, heard.key)

    async def telling(self, heard: Heard) -> None:
        """What is not on record is about to be shown: whoever finds this left cannot tell whether it was."""
        if heard.writer.stranger:
            return
        with suppress(RecordsError):
            await self._jobs.quickly(self._records.inbound.telling, self._platform, heard.key)

    async def later(self, heard: Heard, spot: Spot, text: str, reference: str = "") -> None:
        """What the platform does not take now goes through the outbox; from then on that brings it, and nobody else."""
        put, place = self._records.outbox.put, spot.place
        key, kind = f"answer:{hashed(heard.key)}", LetterKind.ANSWER
        try:
            with self.answering(heard):
                await self._jobs.quickly(put, key, kind, place, heard.user, reference, text)
        except RecordsError:
            log.error("A reply could neither be shown nor be kept for later.")

    async def finish(self, heard: Heard) -> None:
        """It is answered, or is not to be: no other process takes it up."""
        if heard.writer.stranger:
            return  # nothing of it was put on record
        try:
            await self._jobs.quickly(self._records.inbound.finish, self._platform, heard.key)
        except RecordsError:
            self._owed.add(heard.key)
            log.warning("An answered message could not be marked as answered yet.")

    async def pay(self) -> None:
        """Write down what was answered while that could not be. May raise RecordsError."""
        for key in list(self._owed):
            await self._jobs.quickly(self._records.inbound.finish, self._platform, key)
            self._owed.discard(key)


def hashed(key: str) -> str:
    """A key that is never too long: conversations' ids may be."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:40]
