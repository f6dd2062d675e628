"""Reminders and escalation: told once, to whom they concern, and nothing is changed by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor
from bot.domain.requests import CloseOutcome
from bot.domain.timing.pace import Reminder, ReminderKind, Targets
from bot.queue.delivery import deliver_due
from bot.queue.desk import Desk
from bot.queue.waiting.reminders import Reminders
from bot.records import Records
from bot.terminal.mail import InboxCourier
from tests.domain.test_hours import WEEK, at
from tests.support.fakes import NOON, Clock

BELL, DUNN, ASKER = Actor("bell"), Actor("dunn"), Actor("pc-7")
BOARD = Place("slack", "C-HUB")
SHED = "who locks the kite shed"


@pytest.fixture
def records(hub_database: Path | str, clock: Clock) -> Iterator[Records]:
    """An empty hub database, on each engine, with one board."""
    with Records.open(hub_database, clock=clock, boards=[BOARD]) as opened:
        yield opened


def hand_over(records: Records, text: str = SHED) -> str:
    return records.save_handed_over(
        Question(text, Place("terminal", "t1"), "pc-7"),
        lambda reference: Reply("r", Outcome.HANDED_OVER, reference, request=reference),
        kind="question",
        found=(),
        why="too far",
    )


def inbox(records: Records, clock: Clock, person: str) -> list[str]:
    deliver_due(records.outbox, {"terminal": InboxCourier(records)})
    return [text for _, text in records.outbox.take_from_inbox(person)]


def board(records: Records) -> list[str]:
    """What the board was told since the last look, but for the cards."""
    told = []
    while letters := records.outbox.lease(["slack"], 50, 60):
        for letter in letters:
            records.outbox.sent(letter)
            told += [letter.text] if letter.kind.value == "reminder" else []
    return told


def test_reminders_come_once_each_to_whom_they_concern_and_change_nothing(
    desk: Desk, records: Records, clock: Clock
) -> None:
    reminders = Reminders(records.pace, Targets(WEEK, claim=4, reply=8), ["cole"], clock)
    reference = hand_over(records)  # Monday 12:00
    clock.now = at("2026-11-23T15:59")
    assert reminders.send() == []
    clock.now = at("2026-11-23T16:00")
    unclaimed = f"Nobody has taken PF-0001 yet, and it should have been by now: {SHED}"
    assert reminders.send() == [unclaimed]
    assert reminders.send() == []
    assert board(records) == [unclaimed]
    assert inbox(records, clock, "cole") == []
    desk.claim(BELL, reference)
    clock.now = at("2026-11-24T10:00")
    late = f"PF-0001 has had no reply, and it should have had one by now (bell has it): {SHED}"
    assert reminders.send() == [late]
    assert inbox(records, clock, "bell") == [late]
    clock.now = at("2026-11-24T18:00")
    (line,) = reminders.send()
    assert line.startswith("PF-0001 has had no reply in twice the time it should (bell has it). An admin is told too")
    assert inbox(records, clock, "cole") == [line]
    assert board(records) == [late, line]
    clock.now -= timedelta(hours=1)  # the clock was set back
    assert reminders.send() == []
    request = records.request(reference)
    assert request is not None
    assert (request.state.value, request.claimed_by) == ("claimed", "bell")
    desk.reply(BELL, reference, "The sexton.")
    clock.now += timedelta(days=30)
    assert reminders.send() == []


def test_what_nobody_takes_in_twice_the_time_is_escalated_before_any_reply_is_due(
    records: Records, clock: Clock
) -> None:
    reminders = Reminders(records.pace, Targets(WEEK, claim=2, reply=40), ["cole"], clock)
    hand_over(records)
    clock.now = at("2026-11-23T14:00")
    assert len(reminders.send()) == 1
    assert inbox(records, clock, "cole") == []
    clock.now = at("2026-11-23T16:00")
    line = f"Nobody has taken PF-0001 in twice the time it should. An admin is told too: {SHED}"
    assert reminders.send() == [line]
    assert inbox(records, clock, "cole") == [line]


def test_after_a_long_silence_only_the_furthest_is_told(records: Records, clock: Clock) -> None:
    hand_over(records)
    clock.now = at("2026-12-10T12:00")
    (line,) = Reminders(records.pace, Targets(WEEK), ["cole"], clock).send()
    assert "in twice the time" in line
    assert Reminders(records.pace, Targets(WEEK), ["cole"], clock).send() == []


def test_without_targets_nobody_is_reminded(records: Records, clock: Clock) -> None:
    hand_over(records)
    clock.now = at("2027-11-23T12:00")
    assert Reminders(records.pace, Targets(WEEK, 0, 0), ["cole"], clock).send() == []


def test_many_that_wait_are_all_reminded_of_a_round_at_a_time_and_none_twice(
    records: Records, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.queue.waiting.reminders.MOST", 3)
    for number in range(7):
        hand_over(records, f"question {number}")
    clock.now = at("2026-12-10T12:00")
    reminders = Reminders(records.pace, Targets(WEEK), [], clock)
    rounds = [reminders.send() for _ in range(4)]
    assert [len(told) for told in rounds] == [3, 3, 1, 0]
    assert sorted(line.split()[0] for told in rounds for line in told) == [f"PF-{number:04}" for number in range(1, 8)]


def test_several_workers_remind_once(records: Records, clock: Clock) -> None:
    for number in range(5):
        hand_over(records, f"question {number}")
    clock.now = at("2026-12-10T12:00")
    workers = [Reminders(records.pace, Targets(WEEK), ["cole"], clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        told = [line for lines in pool.map(lambda worker: worker.send(), workers) for line in lines]
    assert len(told) == len(set(told)) == 5
    assert sorted(lines(inbox(records, clock, "cole"))) == sorted(told)
    assert sorted(lines(board(records))) == sorted(told)


def lines(letters: Sequence[str]) -> list[str]:
    """The reminders in letters, which may hold several each."""
    return [line.removeprefix("- ") for text in letters for line in text.splitlines() if "PF-" in line]


def test_fifty_two_that_are_overdue_are_one_letter_for_the_board_and_for_each_person(
    desk: Desk, records: Records, clock: Clock
) -> None:
    for number in range(52):
        reference = hand_over(records, f"question {number}")
        if number < 3:
            desk.claim(BELL, reference)
        if number == 3:
            desk.claim(DUNN, reference)
    clock.now = at("2026-12-10T12:00")
    assert len(Reminders(records.pace, Targets(WEEK), ["cole"], clock).send()) == 52
    (posted,) = board(records)
    assert posted.startswith("52 requests wait for longer than they should:\n- PF-0001 has had no reply in twice the")
    assert posted.endswith("\n… and 32 more.")
    assert len(posted.splitlines()) == 22
    (for_bell,) = inbox(records, clock, "bell")
    assert [line.split()[0] for line in lines([for_bell])] == ["PF-0001", "PF-0002", "PF-0003"]
    (for_dunn,) = inbox(records, clock, "dunn")
    assert for_dunn.startswith("PF-0004 has had no reply in twice the time it should (dunn has it).")
    assert len(inbox(records, clock, "cole")) == 1
    assert Reminders(records.pace, Targets(WEEK), ["cole"], clock).send() == []


Step = Callable[[Desk, str], object]


@pytest.mark.parametrize(
    "step",
    [
        lambda desk, reference: desk.claim(DUNN, reference),
        lambda desk, reference: desk.reply(DUNN, reference, "The sexton."),
        lambda desk, reference: desk.withdraw(ASKER, reference),
    ],
    ids=["claimed", "replied", "withdrawn"],
)
def test_a_reminder_that_was_overtaken_is_not_sent(step: Step, desk: Desk, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    (seen,) = records.pace.waiting()
    step(desk, reference)
    overtaken = [Reminder(seen, ReminderKind.CLAIM, ("cole",))]
    assert records.pace.remind(overtaken, lambda found: "old news") == ()
    assert inbox(records, clock, "cole") == []
    assert board(records) == []


def test_what_is_opened_again_is_counted_anew(desk: Desk, records: Records, clock: Clock) -> None:
    targets = Targets(WEEK, claim=4, reply=8)
    reminders = Reminders(records.pace, targets, [], clock)
    reference = hand_over(records)
    clock.now = at("2026-11-24T12:00")
    assert len(reminders.send()) == 1
    desk.reply(BELL, reference, "The sexton.")
    clock.now = at("2026-11-25T09:00")
    again = desk.reopen(ASKER, reference)
    assert again.reopened_at == at("2026-11-25T09:00")
    assert targets.claim_by(again) == at("2026-11-25T13:00")
    assert reminders.send() == []
    clock.now = at("2026-11-25T13:00")
    assert len(reminders.send()) == 1


def test_what_joined_another_is_not_chased_twice(desk: Desk, records: Records, clock: Clock) -> None:
    first, second = hand_over(records), hand_over(records, "who oils the bell")
    desk.join(BELL, second, first)
    clock.now = at("2026-11-30T12:00")
    (line,) = Reminders(records.pace, Targets(WEEK), [], clock).send()
    assert line.startswith(first)


def test_recent_requests_are_told_with_their_first_reply_or_none(desk: Desk, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    clock.now += timedelta(hours=2)
    desk.reply(BELL, reference, "The sexton.")
    clock.now += timedelta(hours=2)
    desk.reopen(ASKER, reference)
    desk.reply(BELL, reference, "At dusk.")
    waits, ended, joined = (hand_over(records, f"{SHED} {number}") for number in range(3))
    desk.close(BELL, ended, CloseOutcome.OUT_OF_SCOPE)
    desk.join(BELL, joined, waits)
    late = NOON + timedelta(hours=4)
    assert records.pace.recent(NOON, 10) == [(late, None), (NOON, NOON + timedelta(hours=2))]
    assert records.pace.recent(NOON, 1) == [(late, None)]
    assert records.pace.recent(NOON + timedelta(hours=3), 10) == [(late, None)]
