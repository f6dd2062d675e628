"""Delivery: once, in order, again if it must be, and nobody waits for somebody else's trouble."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.letters import Letter, NotDelivered, Trouble
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor
from bot.domain.requests import QueueError
from bot.queue.delivery import deliver_due, resend
from bot.queue.desk import Desk
from bot.records import Records
from tests.support.fakes import Clock

BELL = Actor("bell")


def hand_over(records: Records, text: str = "who locks the kite shed", place: str = "t1") -> str:
    return records.save_handed_over(
        Question(text, Place("terminal", place), "pc-7"),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


class Flaky:
    """A courier that fails as often as it is told to, then delivers."""

    def __init__(self, failures: int, wait: float = 0.0, trouble: Trouble = Trouble.PLATFORM) -> None:
        self.failures, self.wait, self.trouble = failures, wait, trouble
        self.brought: list[str] = []

    def deliver(self, letter: Letter) -> None:
        if self.failures:
            self.failures -= 1
            raise NotDelivered("The line is busy.", wait=self.wait, trouble=self.trouble)
        self.brought.append(letter.text)


def test_what_was_not_delivered_is_tried_again_later_and_in_order(desk: Desk, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    desk.reply(BELL, reference, "one")
    desk.reply(BELL, reference, "two")
    courier = Flaky(2, wait=120)
    assert deliver_due(records.outbox, {"terminal": courier}) == (0, 1)
    assert deliver_due(records.outbox, {"terminal": courier}) == (0, 0)
    clock.now += timedelta(seconds=119)
    assert deliver_due(records.outbox, {"terminal": courier}) == (0, 0)
    clock.now += timedelta(seconds=2)
    assert deliver_due(records.outbox, {"terminal": courier}) == (0, 1)
    clock.now += timedelta(hours=1)
    assert deliver_due(records.outbox, {"terminal": courier}) == (2, 0)
    assert [text.split("\n\n")[1] for text in courier.brought] == ["one", "two"]


def test_a_platform_that_is_away_for_a_day_loses_nothing_and_is_asked_less_and_less(
    desk: Desk, records: Records, clock: Clock
) -> None:
    desk.reply(BELL, hand_over(records), "one")
    courier, began = Flaky(100_000), clock.now
    while clock.now - began < timedelta(hours=24):
        deliver_due(records.outbox, {"terminal": courier})
        clock.now += timedelta(seconds=30)
    tried = 100_000 - courier.failures
    assert 80 < tried < 145  # at first within seconds, then every quarter of an hour
    courier.failures = 0
    clock.now += timedelta(minutes=16)
    assert deliver_due(records.outbox, {"terminal": courier}) == (1, 0)
    assert courier.brought[0].startswith("The hub has replied to PF-0001")


def test_an_address_that_is_gone_is_kept_told_to_the_hub_and_sent_again_with_all_the_others(
    desk: Desk, records: Records
) -> None:
    for number in (1, 2):
        desk.reply(BELL, hand_over(records, f"question {number}", f"t{number}"), "one")
    courier = Flaky(2, trouble=Trouble.ADDRESS)
    assert deliver_due(records.outbox, {"terminal": courier}) == (0, 2)
    assert [letter.trouble for letter in records.outbox.dead()] == ["The line is busy."] * 2
    assert resend(desk.office, records, BELL, None) == 2
    assert deliver_due(records.outbox, {"terminal": courier}) == (2, 0)
    with pytest.raises(QueueError, match="was given up"):
        resend(desk.office, records, BELL, "PF-0009:1")


def test_a_token_that_is_not_taken_stops_its_platform_alone_and_everything_resumes_by_itself(
    desk: Desk, records: Records, clock: Clock
) -> None:
    for number in range(5):
        desk.reply(BELL, hand_over(records, f"question {number}", f"t{number}"), "one")
    courier = Flaky(3, trouble=Trouble.OURS)
    for _ in range(3):
        assert deliver_due(records.outbox, {"terminal": courier}) == (0, 1)  # one letter asks, for all
        assert records.outbox.stopped() == {"terminal": "The line is busy."}
        assert deliver_due(records.outbox, {"terminal": courier}) == (0, 0)
        clock.now += timedelta(minutes=2)
    assert deliver_due(records.outbox, {"terminal": courier}) == (5, 0)
    assert records.outbox.stopped() == {}
    assert records.outbox.dead() == []


def test_a_lease_that_ran_out_is_taken_again_and_the_old_holder_cannot_settle_it(
    desk: Desk, records: Records, clock: Clock
) -> None:
    desk.reply(BELL, hand_over(records), "one")
    (first,) = records.outbox.lease({"terminal"}, 10, 60)
    assert records.outbox.lease({"terminal"}, 10, 60) == []
    clock.now += timedelta(seconds=61)
    (second,) = records.outbox.lease({"terminal"}, 10, 60)
    assert (second.key, second.fence) == (first.key, first.fence + 1)
    assert not records.outbox.sent(first)
    assert records.outbox.sent(second)


class Slow:
    """A place that takes its time; another worker looks in while it is at the letter with this number."""

    def __init__(self, clock: Clock, seconds: float, other: Callable[[], object] = lambda: None, at: int = 0) -> None:
        self._clock, self._seconds, self._other, self._at = clock, seconds, other, at
        self.brought: list[str] = []

    def deliver(self, letter: Letter) -> None:
        self._clock.now += timedelta(seconds=self._seconds)
        self.brought.append(letter.address)
        if len(self.brought) == self._at:
            self._other()


def test_a_worker_that_is_slow_and_another_bring_each_letter_once(desk: Desk, records: Records, clock: Clock) -> None:
    for number in (1, 2, 3):
        desk.reply(BELL, hand_over(records, f"question {number}", f"t{number}"), "ok")
    second = Slow(clock, 0)
    first = Slow(clock, 40, lambda: deliver_due(records.outbox, {"terminal": second}), at=2)
    assert deliver_due(records.outbox, {"terminal": first}) == (2, 0)
    # the lease of the third ran out while the first worker was at the second
    assert (first.brought, second.brought) == (["t1", "t2"], ["t3"])
    assert records.outbox.counts() == {"sent": 3}


class Busy(Slow):
    """A slow place where one conversation is refused for a minute."""

    def deliver(self, letter: Letter) -> None:
        super().deliver(letter)
        if letter.address == "t2":
            raise NotDelivered("429", wait=60)


def test_the_wait_a_platform_asks_for_begins_when_it_asks(desk: Desk, records: Records, clock: Clock) -> None:
    for number in (1, 2):
        desk.reply(BELL, hand_over(records, f"question {number}", f"t{number}"), "ok")
    courier = Busy(clock, 50)
    assert deliver_due(records.outbox, {"terminal": courier}) == (1, 1)
    clock.now += timedelta(seconds=59)
    assert deliver_due(records.outbox, {"terminal": courier}) == (0, 0)
    clock.now += timedelta(seconds=2)
    assert deliver_due(records.outbox, {"terminal": courier}) == (0, 1)
    assert courier.brought == ["t1", "t2", "t2"]


class Tripped:
    """A courier with a fault of its own in one conversation."""

    def __init__(self) -> None:
        self.brought: list[str] = []

    def deliver(self, letter: Letter) -> None:
        if letter.address == "t1":
            raise KeyError("what pc-7 wrote")
        self.brought.append(letter.address)


def test_a_letter_that_trips_its_courier_holds_up_nobody_and_is_given_up_at_last(
    desk: Desk, records: Records, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    for number in (1, 2):
        desk.reply(BELL, hand_over(records, f"question {number}", f"t{number}"), "ok")
    courier = Tripped()
    assert deliver_due(records.outbox, {"terminal": courier}) == (1, 1)
    for _ in range(5):
        clock.now += timedelta(hours=1)
        deliver_due(records.outbox, {"terminal": courier})
    (dead,) = records.outbox.dead()
    assert (courier.brought, dead.address, dead.attempts, dead.trouble) == (["t2"], "t1", 5, "KeyError")
    assert "what pc-7 wrote" not in caplog.text


def test_to_find_what_is_due_nobody_reads_all_that_was_ever_sent(tmp_path: Path) -> None:
    said: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        said.append((statement, given))

    with Records.open(tmp_path / "hub.db") as records:
        event.listen(records._database._engine, "before_cursor_execute", listen)
        records.outbox.lease(["slack"], 50, 60)
        (due,) = [one for one in said if one[0].startswith("SELECT")]
        with records._database.read() as connection:
            plan = [row[3] for row in connection.exec_driver_sql(f"explain query plan {due[0]}", due[1])]
    reads = [step for step in plan if step.startswith(("SEARCH", "SCAN"))]
    # by state: what was sent to the hub's channel over the years is not among it
    assert len(reads) == 2
    assert all("ix_outbox_due (state=?" in step or "INTEGER PRIMARY KEY (rowid=?)" in step for step in reads), plan
