"""Delivery: send what is due, again if it must be; a crash repeats a message rather than losing one."""

from __future__ import annotations

import logging
import random
from collections.abc import Collection, Mapping
from typing import Protocol

from bot.domain.letters import FIRST_WAIT, LEASE_SECONDS, LONGEST_WAIT, Courier, Letter, NotDelivered
from bot.domain.refusals import RecordsError

MOST_ATTEMPTS = 5
"""Tries after which a letter is dead and waits for a person."""

log = logging.getLogger(__name__)


class Outbox(Protocol):
    """Where letters wait; every call may raise RecordsError."""

    def lease(self, platforms: Collection[str], limit: int, seconds: float) -> list[Letter]: ...
    def hold(self, letter: Letter, seconds: float) -> bool: ...
    def sent(self, letter: Letter) -> bool: ...
    def failed(self, letter: Letter, why: str, *, wait: float | None) -> bool: ...


def deliver_due(outbox: Outbox, couriers: Mapping[str, Courier], *, limit: int = 50) -> tuple[int, int]:
    """Send what is due; how many arrived, and how many did not this time.

    Letters to a place whose courier is not switched on here wait for a process that has it.
    """
    arrived = failed = 0
    while letters := outbox.lease(couriers.keys(), limit, LEASE_SECONDS):
        for letter in letters:
            # those before it may have taken longer than its lease: then another worker has it by now
            if not outbox.hold(letter, LEASE_SECONDS):
                continue
            if _deliver(outbox, couriers[letter.platform], letter):
                arrived += 1
            else:
                failed += 1
    return arrived, failed


def _deliver(outbox: Outbox, courier: Courier, letter: Letter) -> bool:
    try:
        courier.deliver(letter)
    except NotDelivered as error:
        _not_this_time(outbox, letter, error)
        return False
    except RecordsError:
        raise  # then its failure cannot be kept either: it is tried again when its lease has run out
    except Exception as error:
        # the name of its kind only: the text may hold what somebody wrote
        _not_this_time(outbox, letter, NotDelivered(type(error).__name__))
        return False
    return outbox.sent(letter)


def _not_this_time(outbox: Outbox, letter: Letter, error: NotDelivered) -> None:
    last = error.hopeless or letter.attempts + 1 >= MOST_ATTEMPTS
    wait = min(LONGEST_WAIT, max(error.wait, backoff(letter.attempts)))
    outbox.failed(letter, str(error), wait=None if last else wait)
    log.warning("%s to %s was not delivered: %s", letter.key, letter.platform, error)


def backoff(attempts: int) -> float:
    """Seconds before the next try: twice as long each time, with jitter, so that many do not come back at once."""
    longest: float = min(LONGEST_WAIT, FIRST_WAIT * 2.0**attempts)
    return random.uniform(0.5, 1.0) * longest  # noqa: S311 not a secret
