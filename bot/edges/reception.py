"""The reception of every platform: once however often delivered, on record before it is acknowledged, never silent.

Emergencies come first: they are heard before anything is put on record or waits in a queue, on a lane of their own.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from bot import safeguards
from bot.domain.messages import Inbound, Place, Question, Reply
from bot.domain.refusals import RecordsError
from bot.edges.conversation import Conversation
from bot.edges.edge import Heard, Window
from bot.edges.jobs import Jobs, Together
from bot.edges.steps import forget, is_step
from bot.watching.calls import call

if TYPE_CHECKING:
    from bot.app import Hub

log = logging.getLogger(__name__)
SECONDS_TO_END = 15.0
SECONDS_TO_GIVE_WAY = 2.0
"""An answer waits at most so long for what comes in at the same time to be acknowledged first."""
LOOK_FOR_LEFT = 30.0
"""Seconds between looks for what a process that died has left; what is under way is held for longer as often."""


class KeepsInbound(Protocol):
    """What is asked of the hub database; may raise RecordsError."""

    def receive(self, platform: str, key: str, place: Place, asker: str, text: str) -> bool: ...
    def receive_all(self, messages: Sequence[tuple[str, Place, str, str]]) -> list[bool]: ...


class Seen:
    """The newest keys that this process has had: it knows a repeat even while the database cannot be written."""

    def __init__(self, most: int = 2000) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def is_new(self, key: str) -> bool:
        """Whether it comes for the first time; from now on it does not."""
        if key in self._keys:
            return False
        self._keys[key] = None
        while len(self._keys) > self._most:
            self._keys.popitem(last=False)
        return True


@dataclass(slots=True)
class _Underway:
    """Something that is being answered."""

    heard: Heard
    task: asyncio.Task[Any]


class Reception:
    """Takes what a platform sends to people's conversations; lives as long as its edge."""

    def __init__(self, hub: Hub, jobs: Jobs, window: Window, conversation: Conversation) -> None:
        self._hub, self._jobs, self._window, self._conversation = hub, jobs, window, conversation
        self._taking = Together(jobs, partial(take_all, hub.records.inbound))
        self._seen = Seen()
        self._underway: dict[str, _Underway] = {}
        self._looking: asyncio.Task[Any] | None = None

    async def hear(self, heard: Heard) -> bool:
        """Something was said; when this returns it is on record, or answered already. Whether it was for us."""
        with call():
            return await self._hear(heard)

    async def _hear(self, heard: Heard) -> bool:
        if not await self._conversation.is_for_us(heard):
            self._jobs.spawn(self._conversation.overhear(heard))
            return False
        if not self._seen.is_new(heard.key):
            return True
        if not self._conversation.is_hub_reply(heard):
            signpost = await self._jobs.at_once(self._hub.assistant.signpost, heard.question())
            if signpost is not None:
                self._jobs.spawn(self._emergency(heard, signpost))
                return True
        if await self._is_new(heard):
            self._begin(heard, self._answer(heard))
        return True

    async def _emergency(self, heard: Heard, signpost: Reply) -> None:
        """The signpost first; that there was one is counted afterwards, and nothing of it is kept.

        It waits for nothing: meanwhile it goes on record that something was said, for a process that has to end here.
        """
        recording = self._jobs.spawn(self._put_on_record(heard))
        try:
            await self._conversation.signpost(heard, signpost)
        except Exception as error:
            log.error("A signpost could not be shown: %s", type(error).__name__)
            await self._conversation.say_trouble(heard)
        await recording
        await self._jobs.quickly(self._hub.assistant.count, heard.question(), signpost)
        await self._conversation.finish(heard)

    async def _put_on_record(self, heard: Heard) -> None:
        if heard.writer.stranger:
            return
        with suppress(RecordsError):
            await self._jobs.quickly(take, self._hub.records.inbound, heard.key, heard.question())

    async def _is_new(self, heard: Heard) -> bool:
        # the database knows for every process; memory holds while it cannot be written
        if heard.writer.stranger:
            return True  # nothing of it is kept, and nothing of it is answered later
        try:
            return await self._taking.call((heard.key, heard.question()))
        except RecordsError as error:
            log.error("A message could not be put on record, and is answered all the same: %s", error)
            return True

    async def begin(self, heard: Heard, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """As `hear`, for what came as a message and is none: it is on record, and done once."""
        if self._seen.is_new(heard.key) and await self._is_new(heard):
            self._begin(heard, work())

    def _begin(self, heard: Heard, work: Coroutine[Any, Any, None]) -> None:
        """Work in the background that is held for this process for as long as it takes."""
        task = self._jobs.spawn(self._never_silent(heard, work))
        self._underway[heard.key] = _Underway(heard, task)
        task.add_done_callback(lambda _: self._underway.pop(heard.key, None))

    async def _answer(self, heard: Heard) -> None:
        await self._taking.quiet(SECONDS_TO_GIVE_WAY)
        await self._conversation.answer(heard)

    async def _never_silent(self, heard: Heard, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # its text may quote what was typed
            log.error("A message could not be answered: %s", type(error).__name__)
            await self._conversation.say_trouble(heard)

    def stop_answering(self, place: Place) -> bool:
        """End what is being answered in a conversation; whether there was something."""
        found = [one for one in self._underway.values() if one.heard.spot.place == place]
        for one in found:
            one.task.cancel()
            self._jobs.spawn(self._conversation.finish(one.heard))
        return bool(found)

    async def start(self) -> None:
        """Look for what an earlier process left unanswered, now and then again."""
        self._looking = asyncio.get_running_loop().create_task(self._look())

    async def stop(self) -> None:
        """Finish what is in flight, and end."""
        if self._looking is not None:
            self._looking.cancel()
        if not await self._jobs.drain(SECONDS_TO_END):
            log.warning("Some answers were not finished in time; the next process answers them.")
        self._jobs.close()

    async def _look(self) -> None:
        inbound, name = self._hub.records.inbound, self._window.name
        while True:
            try:
                # first what is under way here, so that it is not taken for left
                await self._jobs.quickly(inbound.hold, name, list(self._underway))
                await self._conversation.keeping.pay()  # what was answered while that could not be written down
                for left in await self._jobs.quickly(inbound.unfinished, name):
                    if left.key not in self._underway:
                        await self._take_up(left)
            except RecordsError as error:
                log.warning("Unanswered messages could not be looked for: %s", error)
            await asyncio.sleep(LOOK_FOR_LEFT)

    async def _take_up(self, left: Inbound) -> None:
        """A message is answered, or from a card's thread sent on; a step may be taken again, and that is said."""
        if is_step(left.key):
            await self._jobs.quickly(forget, self._hub.records.inbound, self._window.name, left.key)
        # of a step it is the person who is on record, and not the account
        asker = await self._jobs.quickly(self._conversation.whom.account, left.asker)
        heard = self._window.recall(left, await self._window.writer_of(asker))
        # who else reads a channel is not on record, so the answer comes in private
        heard = replace(heard, shared=not heard.spot.is_direct)
        self._begin(heard, self._conversation.interrupted.take_up(heard, left))


def take(records: KeepsInbound, key: str, question: Question) -> bool:
    """Put a question on record before it is acknowledged; False where the platform has sent it before.

    What is urgent is recorded without its text: a process that finds it unanswered can only say so.
    """
    return records.receive(question.place.platform, key, question.place, question.asker, _kept(question))


def take_all(records: KeepsInbound, taken: Sequence[tuple[str, Question]]) -> list[bool]:
    """As `take`, for many that came at once; all of them are on record, or none."""
    return records.receive_all([(key, one.place, one.asker, _kept(one)) for key, one in taken])


def _kept(question: Question) -> str:
    text = safeguards.clean(question.text)
    return "" if safeguards.urgency(text) is not None else safeguards.redact(text).text
