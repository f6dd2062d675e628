"""Delivery: send what is due, again if it must be; a crash repeats a message rather than losing one."""

from __future__ import annotations

import logging
import math
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bot.domain.letters import FIRST_WAIT, LEASE_SECONDS, LONGEST_WAIT, Courier, Letter, NotDelivered, Trouble
from bot.domain.people import Action, Actor
from bot.domain.refusals import RecordsError, Remedy
from bot.domain.requests import QueueError

if TYPE_CHECKING:
    from bot.governance.office import Office
    from bot.records import Records

MOST_ATTEMPTS = 150
"""Tries after which a letter is dead and waits for a person: with growing pauses they take more than a day."""
MOST_FAULTS = 5
"""Tries of a letter that trips its courier: nothing else reaches its place meanwhile."""
HANDS = 4
"""Letters to one platform that are under way at once."""
PATIENCE = 1.0
"""Seconds that a round waits for the next letter to arrive before it leaves a slow platform to itself."""
RENEWED_AFTER = LEASE_SECONDS / 3
"""Seconds after which the lease of a letter that is under way is begun anew."""
LONGEST_UNDER_WAY = 600.0
"""Seconds after which a courier that does not come back loses its letter to another process."""
PAUSE_WHILE_REFUSED = 60.0
"""Seconds until a platform that does not take our token is asked again."""

log = logging.getLogger(__name__)


class Outbox(Protocol):
    """Where letters wait; every call may raise RecordsError."""

    def lease(self, platforms: Collection[str], limit: int, seconds: float) -> list[Letter]: ...
    def hold(self, letter: Letter, seconds: float) -> bool: ...
    def sent(self, letter: Letter) -> bool: ...
    def failed(self, letter: Letter, why: str, *, wait: float | None, counts: bool = True) -> bool: ...
    def stopped(self) -> Mapping[str, str]: ...
    def stop(self, platform: str, why: str, seconds: float) -> None: ...


def deliver_due(outbox: Outbox, couriers: Mapping[str, Courier], *, hands: int = 1) -> tuple[int, int]:
    """Send all that is due, and wait for it; how many letters arrived, and how many did not this time.

    Letters to a place whose courier is not switched on here wait for a process that has it. RecordsError.
    """
    rounds = Rounds(outbox, couriers, hands=hands, patience=math.inf)
    try:
        return rounds.run()
    finally:
        rounds.close()


class Rounds:
    """Rounds of delivery: several letters at once, and in each conversation one after another.

    Each platform has hands of its own, and a letter is leased when a hand is free for it: one that hangs holds up
    nobody else. A platform that does not take our token is asked with one letter until it does. Lives as long as its
    program; one round at a time.
    """

    def __init__(
        self,
        outbox: Outbox,
        couriers: Mapping[str, Courier],
        *,
        hands: int = HANDS,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._outbox, self._hands, self._patience, self._clock = outbox, hands, patience, clock
        self._carrier = Carrier(outbox, couriers, clock)
        self._pools = {platform: ThreadPoolExecutor(hands, f"{platform}-letters") for platform in couriers}
        self._under_way: dict[Future[bool | None], _UnderWay] = {}
        self._ended = False

    def run(self) -> tuple[int, int]:
        """One round; how many letters arrived since the last one, and how many did not.

        It ends when nothing is due, or when nothing has arrived for as long as its patience: what is under way then
        goes on by itself, and is counted in the next. RecordsError: what is left of a letter is owed, and done first
        in the next round.
        """
        arrived = failed = 0
        trouble: RecordsError | None = None
        while not self._ended:
            begun = 0
            try:
                self._keep()
                begun = self._begin() if trouble is None else 0
            except RecordsError as error:  # what is under way is waited for: its trouble is this round's as well
                trouble = error
            done, _ = wait(self._under_way, self._patience if self._patience < math.inf else None, FIRST_COMPLETED)
            for future in done:
                del self._under_way[future]
                try:
                    outcome = future.result()
                except RecordsError as error:
                    trouble = error
                else:
                    arrived, failed = arrived + (outcome is True), failed + (outcome is False)
            if not done and not begun:
                break
        if trouble is not None:
            raise trouble
        return arrived, failed

    def close(self) -> None:
        """Begin nothing more, and wait for what is under way: a courier gives up before its letter's lease ends."""
        self._ended = True
        for pool in self._pools.values():
            pool.shutdown(wait=True)
        with suppress(RecordsError):  # then they are free when their leases end
            self._carrier.pay()

    def _begin(self) -> int:
        """Lease as many letters as there are hands free; how many."""
        self._carrier.pay()
        begun, busy = 0, Counter(one.letter.platform for one in self._under_way.values())
        for platform, pool in self._pools.items():
            hands = 1 if platform in self._carrier.refused else self._hands
            if busy[platform] >= hands:
                continue
            for letter in self._outbox.lease([platform], hands - busy[platform], LEASE_SECONDS):
                now = self._clock()
                self._under_way[pool.submit(self._carrier.bring, letter, now)] = _UnderWay(letter, now)
                begun += 1
        return begun

    def _keep(self) -> None:
        """A letter that is long under way stays leased, so that nobody else sends it as well; not for ever."""
        now = self._clock()
        for one in self._under_way.values():
            if now - one.held > RENEWED_AFTER and now - one.since < LONGEST_UNDER_WAY:
                self._outbox.hold(one.letter, LEASE_SECONDS)
                one.held = now


class _UnderWay:
    """A letter in a courier's hands: since when, and when its lease was last begun anew."""

    def __init__(self, letter: Letter, since: float) -> None:
        self.letter, self.since, self.held = letter, since, since


class Carrier:
    """Brings leased letters. What could not be written down of one is owed, and done before anything else is begun.

    Otherwise a database that is busy for a moment would leave a letter to its lease, a minute, or have one that arrived
    sent again. Threads may share it: whoever lost a lease meanwhile changes nothing by it.
    """

    def __init__(
        self, outbox: Outbox, couriers: Mapping[str, Courier], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.refused: set[str] = set()
        """Platforms that did not take our token the last time."""
        self._outbox, self._couriers, self._clock = outbox, couriers, clock
        self._owed: dict[int, tuple[float, Callable[[], object]]] = {}
        self._lock = threading.Lock()

    def bring(self, letter: Letter, leased: float) -> bool | None:
        """Whether a letter arrived that was leased then, by the clock; None where it was somebody else's by now.

        RecordsError: what is left of it is owed.
        """
        if self._clock() - leased > RENEWED_AFTER and not self._still_ours(letter):
            return None  # this process stood still meanwhile, and another one has sent it
        try:
            self._couriers[letter.platform].deliver(letter)
        except NotDelivered as error:
            if error.trouble is Trouble.OURS:
                self.refused.add(letter.platform)
            self._settle(letter, partial(_not_this_time, self._outbox, letter, error))
            return False
        except RecordsError:
            self._owe(letter, partial(self._give_back, letter))
            raise
        except Exception as error:
            # the name of its kind only: the text may hold what somebody wrote. A fault of ours will not mend itself
            given_up = letter.attempts + 1 >= MOST_FAULTS
            trouble = Trouble.ADDRESS if given_up else Trouble.PLATFORM
            told = NotDelivered(type(error).__name__, trouble=trouble)
            self._settle(letter, partial(_not_this_time, self._outbox, letter, told))
            return False
        self.refused.discard(letter.platform)
        return True if self._settle(letter, partial(self._outbox.sent, letter)) else None

    def pay(self) -> None:
        """Write down what could not be; RecordsError where it still cannot. After a lease's time nothing is owed."""
        with self._lock:
            owed = dict(self._owed)
        trouble: RecordsError | None = None
        for which, (since, settle) in owed.items():
            try:
                if self._clock() - since < LEASE_SECONDS:
                    settle()
            except RecordsError as error:
                trouble = error
            else:
                with self._lock:
                    self._owed.pop(which, None)
        if trouble is not None:
            raise trouble

    def _still_ours(self, letter: Letter) -> bool:
        try:
            return self._outbox.hold(letter, LEASE_SECONDS)
        except RecordsError:
            self._owe(letter, partial(self._give_back, letter))
            raise

    def _give_back(self, letter: Letter) -> None:
        self._outbox.failed(letter, "", wait=0.0, counts=False)

    def _settle(self, letter: Letter, settle: Callable[[], object]) -> object:
        try:
            return settle()
        except RecordsError:
            self._owe(letter, settle)
            raise

    def _owe(self, letter: Letter, settle: Callable[[], object]) -> None:
        with self._lock:
            self._owed[letter.id] = self._clock(), settle


def _not_this_time(outbox: Outbox, letter: Letter, error: NotDelivered) -> None:
    log.warning("%s to %s was not delivered: %s", letter.key, letter.platform, error)
    if error.trouble is Trouble.OURS:
        outbox.failed(letter, str(error), wait=PAUSE_WHILE_REFUSED, counts=False)
        outbox.stop(letter.platform, str(error), PAUSE_WHILE_REFUSED)
        return
    last = error.trouble is Trouble.ADDRESS or letter.attempts + 1 >= MOST_ATTEMPTS
    wait = min(LONGEST_WAIT, max(error.wait, backoff(letter.attempts)))
    outbox.failed(letter, str(error), wait=None if last else wait)


def backoff(attempts: int) -> float:
    """Seconds before the next try: twice as long each time, with jitter, so that many do not come back at once."""
    longest: float = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempts, 60))
    return random.uniform(0.75, 1.0) * longest  # noqa: S311 not a secret


def resend(office: Office, records: Records, actor: Actor, key: str | None) -> int:
    """Try a message again that was given up, or all of them (None); how many. QueueError where there is none."""
    office.check(actor, Action.WORK_REQUESTS)
    if key is None:
        return records.outbox.resend_all(actor.name)
    if not records.outbox.resend(key, actor.name):
        raise QueueError(f"No message '{key}' was given up.", Remedy(("doctor",)))
    return 1
