"""Work of an edge that outlives one event: kept alive, and finished before the program ends."""

from __future__ import annotations

import asyncio
import contextvars
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, Generic, ParamSpec, TypeVar

MOST_AT_ONCE = 4
"""Answers that are worked out side by side; more of them wait their turn."""
QUICK_AT_ONCE = 8
"""Short calls beside them, such as putting something on record: these never wait for an answer."""
URGENT_AT_ONCE = 2
"""Emergencies have threads of their own: they wait for nothing and nobody."""
log = logging.getLogger(__name__)
_P = ParamSpec("_P")
_R = TypeVar("_R")
_I = TypeVar("_I")


class Jobs:
    """Tasks that are not lost when the listener that began them has returned; lives as long as its event loop."""

    def __init__(self, most_at_once: int = MOST_AT_ONCE) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        # three lanes: what waits in one never holds up another, as it would in asyncio's own few threads
        self._slow = ThreadPoolExecutor(most_at_once, "answers")
        self._quick = ThreadPoolExecutor(QUICK_AT_ONCE, "records")
        self._urgent = ThreadPoolExecutor(URGENT_AT_ONCE, "emergencies")

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin some work and keep it alive."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def in_thread(self, function: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """Call the synchronous core without holding up the loop."""
        return await _in(self._slow, partial(function, *args, **kwargs))

    async def quickly(self, function: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """As `in_thread`, for a short call that something else waits for."""
        return await _in(self._quick, partial(function, *args, **kwargs))

    async def at_once(self, function: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
        """As `in_thread`, for an emergency: nothing else that is called so takes long, or needs the database."""
        return await _in(self._urgent, partial(function, *args, **kwargs))

    async def drain(self, seconds: float = 10.0) -> bool:
        """Wait for what is in flight; whether all of it ended in time."""
        while self._running:
            _, pending = await asyncio.wait(set(self._running), timeout=seconds)
            if pending:
                return False
        return True

    def close(self) -> None:
        """Give back the threads; nothing new is begun."""
        for lane in (self._slow, self._quick, self._urgent):
            lane.shutdown(wait=False, cancel_futures=True)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # the error's own text may hold what somebody typed
            log.error("Work in the background ended with %s.", type(error).__name__)


async def _in(lane: ThreadPoolExecutor, call: Callable[[], _R]) -> _R:
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(lane, lambda: context.run(call))


class Together(Generic[_I, _R]):
    """Short calls that come at once are made as one: three hundred events cost a few transactions, not three hundred.

    Lives as long as its Jobs.
    """

    def __init__(self, jobs: Jobs, do: Callable[[list[_I]], list[_R]], most: int = 100) -> None:
        self._jobs, self._do, self._most = jobs, do, most
        self._waiting: list[tuple[_I, asyncio.Future[_R]]] = []
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def call(self, item: _I) -> _R:
        """What `do` gives for this item; raises what it raises."""
        future: asyncio.Future[_R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._quiet.is_set():
            self._quiet.clear()
            self._jobs.spawn(self._work())
        return await future

    async def quiet(self, seconds: float) -> None:
        """Wait until nothing waits any more, or for so long: what takes its time goes after what is short."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._quiet.wait(), seconds)

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._one(batch)
        finally:
            self._quiet.set()

    async def _one(self, batch: list[tuple[_I, asyncio.Future[_R]]]) -> None:
        try:
            done = await self._jobs.quickly(self._do, [item for item, _ in batch])
        except Exception as error:
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(batch, done, strict=True):
            if not future.done():
                future.set_result(result)
