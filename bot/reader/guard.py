"""When a reader is not asked, and when it is not waited for: so many at once, so long, and not while it fails."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from enum import StrEnum

from knowledge.reader.protocol import Read

FAILURES = 3
"""Failures in a row after which it is left alone for a while."""
REST = 30.0
"""Seconds for which it is left alone; twice as long each time that it still fails, at most LONGEST_REST."""
LONGEST_REST = 600.0


class Outcome(StrEnum):
    """What came of wanting a reading."""

    READ = "read"
    BUSY = "busy"
    RESTING = "resting"
    SLOW = "slow"
    DOWN = "down"
    OVER_QUOTA = "over_quota"
    REFUSED = "refused"
    NONSENSE = "nonsense"


class ReaderTrouble(Exception):
    """There is no reading."""

    def __init__(self, outcome: Outcome, wait: float = 0.0) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome
        self.wait = wait
        """Seconds that the endpoint asked to be left alone."""


class Guard:
    """Runs readings in threads of its own, so that a reply goes out in time whatever the endpoint does."""

    def __init__(self, seconds: float, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._at_once, self._clock = seconds, at_once, clock
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="reader")
        self._lock = threading.Lock()
        self._under_way = 0
        self._failures = 0
        self._rests_until = 0.0
        self._rest = REST
        self.counted: Counter[Outcome] = Counter()
        """Readings since the start, by what came of them."""

    def run(self, read: Callable[[], Read], spent: float = 0.0) -> Read | None:
        """A reading in time, of which some is spent already, or none. Never raises."""
        left = self._seconds - spent
        outcome = self._enter() if left > 0 else Outcome.SLOW
        if outcome is not None:
            self.counted[outcome] += 1
            return None
        future = self._pool.submit(self._work, read)
        try:
            result = future.result(left)
        except Late:
            self._left(Outcome.SLOW)
            return None
        except ReaderTrouble as trouble:
            self._left(trouble.outcome, trouble.wait)
            return None
        except Exception:  # a client may raise whatever a hostile endpoint makes it raise
            self._left(Outcome.NONSENSE)
            return None
        self._left(Outcome.READ)
        return result

    def close(self) -> None:
        """Wait for nothing."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    @property
    def rests(self) -> bool:
        """Whether it is left alone at the moment."""
        with self._lock:
            return self._clock() < self._rests_until

    def _enter(self) -> Outcome | None:
        with self._lock:
            if self._clock() < self._rests_until:
                return Outcome.RESTING
            if self._under_way >= self._at_once:
                return Outcome.BUSY
            self._under_way += 1
            return None

    def _work(self, read: Callable[[], Read]) -> Read:
        try:
            return read()
        finally:
            with self._lock:
                self._under_way -= 1  # one that is too slow keeps its place until it has ended

    def _left(self, outcome: Outcome, wait: float = 0.0) -> None:
        with self._lock:
            self.counted[outcome] += 1
            if outcome is Outcome.READ:
                self._failures, self._rest = 0, REST
                return
            self._failures += 1
            if wait > 0:
                self._rests_until = self._clock() + min(wait, LONGEST_REST)
            elif self._failures >= FAILURES:
                self._rests_until = self._clock() + self._rest
                self._rest = min(2 * self._rest, LONGEST_REST)
