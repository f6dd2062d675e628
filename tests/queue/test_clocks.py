"""Machines whose clocks differ on one database: what one has leased the other leaves alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.letters import Letter, NotDelivered
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, Roles
from bot.governance.office import Office
from bot.queue.delivery import deliver_due
from bot.queue.desk import Desk
from bot.records import Records
from tests.support.fakes import NOON, Clock

BELL = Actor("bell")


@pytest.fixture
def slow() -> Clock:
    return Clock(NOON)


@pytest.fixture
def machines(hub_database: Path | str, clock: Clock, slow: Clock) -> Iterator[tuple[Records, Records]]:
    """Two machines; the second one's clock is set by its test."""
    with Records.open(hub_database, clock=clock) as one, Records.open(hub_database, clock=slow) as two:
        yield one, two


def reply(records: Records, clock: Clock, address: str = "t1") -> None:
    reference = records.save_handed_over(
        Question(f"who locks {address}", Place("terminal", address), "pc-7"),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )
    Desk(Office(Roles.listed(hub="bell"), records, clock), records, clock).reply(BELL, reference, "The sexton.")


class Noting:
    """A courier that writes down what it brings, and in the middle lets the other machine look in."""

    def __init__(self, other: Records | None = None) -> None:
        self.brought: list[str] = []
        self._other = other

    def deliver(self, letter: Letter) -> None:
        self.brought.append(letter.address)
        if self._other is not None:
            self.seen_by_other = deliver_due(self._other.outbox, {"terminal": Noting()})

    def close(self) -> None:
        return


@pytest.mark.parametrize("seconds", [-3600, -30, 30])
def test_a_letter_is_sent_once_by_machines_whose_clocks_differ(
    machines: tuple[Records, Records], clock: Clock, slow: Clock, seconds: int
) -> None:
    one, two = machines
    slow.now += timedelta(seconds=seconds)
    reply(one, clock)
    courier = Noting(two)
    assert deliver_due(one.outbox, {"terminal": courier}) == (1, 0)
    assert (courier.brought, courier.seen_by_other) == (["t1"], (0, 0))
    assert two.outbox.counts() == {"sent": 1}


def test_a_clock_more_than_a_lease_ahead_takes_a_letter_over_and_the_first_cannot_mark_it(
    machines: tuple[Records, Records], clock: Clock, slow: Clock
) -> None:
    """It may then be sent twice: clocks that are so far apart are what the notes on time warn of."""
    one, two = machines
    slow.now += timedelta(seconds=90)
    reply(one, clock)
    courier = Noting(two)
    assert deliver_due(one.outbox, {"terminal": courier}) == (0, 0)
    assert courier.seen_by_other == (1, 0)
    assert one.outbox.counts() == {"sent": 1}
    assert [event.action for _, event in one.audit_events(limit=50)].count("letter.sent") == 1


class Busy(Noting):
    """A place that asks for a minute."""

    def deliver(self, letter: Letter) -> None:
        raise NotDelivered("429", wait=60)


def test_what_is_put_off_waits_on_every_machine_and_is_never_lost(
    machines: tuple[Records, Records], clock: Clock, slow: Clock
) -> None:
    one, two = machines
    slow.now -= timedelta(minutes=5)
    reply(one, clock)
    assert deliver_due(one.outbox, {"terminal": Busy()}) == (0, 1)
    assert deliver_due(two.outbox, {"terminal": Noting()}) == (0, 0)
    clock.now += timedelta(seconds=61)
    assert deliver_due(one.outbox, {"terminal": Noting()}) == (1, 0)
    assert one.verify_audit().ok
