"""Delivery: send what is due, again if it must be; a crash repeats a message rather than losing one."""

from __future__ import annotations

import logging
import random
from collections.abc import Collection, Mapping
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
    def stop(self, platform: str, why: str) -> None: ...


def deliver_due(outbox: Outbox, couriers: Mapping[str, Courier], *, limit: int = 50) -> tuple[int, int]:
    """Send what is due; how many arrived, and how many did not this time.

    Letters to a place whose courier is not switched on here wait for a process that has it. A platform that does not
    take our token gets nothing more in this round; one letter is tried again a minute later, and all of them when it
    is taken.
    """
    arrived = failed = 0
    working = set(couriers)
    while letters := outbox.lease(sorted(working), limit, LEASE_SECONDS):
        for letter in letters:
            # those before it may have taken longer than its lease: then another worker has it by now
            if not outbox.hold(letter, LEASE_SECONDS):
                continue
            if letter.platform not in working:
                outbox.failed(letter, "", wait=PAUSE_WHILE_REFUSED, counts=False)
            elif _deliver(outbox, couriers[letter.platform], letter, working):
                arrived += 1
            else:
                failed += 1
    return arrived, failed


def _deliver(outbox: Outbox, courier: Courier, letter: Letter, working: set[str]) -> bool:
    try:
        courier.deliver(letter)
    except NotDelivered as error:
        _not_this_time(outbox, letter, error)
        if error.trouble is Trouble.OURS:
            working.discard(letter.platform)
            outbox.stop(letter.platform, str(error))
        return False
    except RecordsError:
        raise  # then its failure cannot be kept either: it is tried again when its lease has run out
    except Exception as error:
        # the name of its kind only: the text may hold what somebody wrote. A fault of ours will not mend itself
        given_up = letter.attempts + 1 >= MOST_FAULTS
        trouble = Trouble.ADDRESS if given_up else Trouble.PLATFORM
        _not_this_time(outbox, letter, NotDelivered(type(error).__name__, trouble=trouble))
        return False
    return outbox.sent(letter)


def _not_this_time(outbox: Outbox, letter: Letter, error: NotDelivered) -> None:
    log.warning("%s to %s was not delivered: %s", letter.key, letter.platform, error)
    if error.trouble is Trouble.OURS:
        outbox.failed(letter, str(error), wait=PAUSE_WHILE_REFUSED, counts=False)
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
