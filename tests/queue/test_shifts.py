"""The handover from one shift to the next: in the terminal, as JSON, and to the boards after each day of the hub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.app import Hub
from bot.cli import main, open_hub
from bot.domain.messages import Outcome, Place, Question
from bot.domain.requests import CloseOutcome
from bot.domain.timing.hours import Hours
from bot.domain.timing.pace import Targets
from bot.queue.desk import Desk
from bot.queue.waiting.shifts import SHOWN, Shifts, prepare, shift_over
from bot.records import Records
from bot.settings import Settings, bank_holidays
from bot.worker import run_due
from indexer.build import Builder
from tests.domain.test_hours import LONDON, WEEK, at
from tests.queue.test_reminders import (
    ASKER,
    BELL,
    BOARD,
    DUNN,
    SHED,
    board,
    hand_over,
)
from tests.support.fakes import NOON, Clock, WordEncoder

pytestmark = pytest.mark.usefixtures("ungated")


@pytest.fixture
def records(hub_database: Path | str, clock: Clock) -> Iterator[Records]:
    """An empty hub database, on each engine, with one board."""
    with Records.open(hub_database, clock=clock, boards=[BOARD]) as opened:
        yield opened


def test_the_handover_has_each_request_once_under_what_matters_most(desk: Desk, records: Records, clock: Clock) -> None:
    hand_over(records)  # overdue by the time of the handover
    clock.now = at("2026-11-25T12:00")
    texts = ("who paints it", "who mends it", "who sells it", "who owns it", "who likes it", "who left it")
    taken, waits, ended, asked, answered, left = (hand_over(records, text) for text in texts)
    desk.claim(DUNN, taken)
    desk.close(BELL, ended, CloseOutcome.OUT_OF_SCOPE)
    desk.ask_more(BELL, asked, "Which one?")
    desk.reply(BELL, answered, "The sexton.")
    desk.withdraw(ASKER, left)
    clock.now = at("2026-11-25T13:30")
    desk.reassign(DUNN, taken, "bell")
    digest = prepare(records.pace, Targets(WEEK, 4, 8), clock.now - timedelta(hours=12), clock.now)
    new = "new, opened 25 Nov 12:00"
    assert digest.as_text(lambda moment: moment.astimezone(LONDON)) == (
        "Hub handover: since Wednesday 25 November, 01:30, 6 came in.\n\n"
        f"Overdue: 1\n- PF-0001 (opened 23 Nov 12:00; reply by 24 Nov 10:00) {SHED}\n\n"
        f"Taken: 1\n- {taken} ({new}; reply by 26 Nov 10:00; bell since 25 Nov 13:30) who paints it\n\n"
        f"Waiting for somebody: 1\n- {waits} ({new}; reply by 26 Nov 10:00) who mends it\n\n"
        "Waiting for whoever asked, who was asked for more: 1\n"
        f"- {asked} ({new}; reply by 26 Nov 10:00; bell since 25 Nov 12:00) who owns it\n\n"
        f"Replied since then, and not yet said whether it helped: 1\n- {answered} ({new}; bell) who likes it\n\n"
        f"Closed or withdrawn since then: 2\n- {left} ({new}; withdrawn) who left it\n"
        f"- {ended} ({new}; bell; closed because it is not for the hub) who sells it"
    )
    assert digest.as_json()["claimed"] == [
        {
            "reference": taken,
            "state": "claimed",
            "claimed_by": "bell",
            "claimed_at": "2026-11-25T13:30:00+00:00",
            "opened_at": "2026-11-25T12:00:00+00:00",
            "reply_by": "2026-11-26T10:00:00+00:00",
            "new": True,
            "outcome": None,
            "question": "who paints it",
        }
    ]
    desk.add_detail(ASKER, asked, "The red one.")
    assert [line.request.reference for line in prepare(records.pace, Targets(WEEK), NOON, clock.now).asked] == []


def test_a_long_handover_stays_fit_to_be_pasted_and_counts_what_it_leaves_out(records: Records, clock: Clock) -> None:
    for number in range(SHOWN + 5):
        hand_over(records, f"question {number}")
    digest = prepare(records.pace, Targets(WEEK), NOON, clock.now)
    lines = digest.as_text(lambda moment: moment).splitlines()
    assert lines[2] == "Waiting for somebody: 25"
    assert len([line for line in lines if line.startswith("- ")]) == SHOWN
    assert lines[-1] == "… and 5 more."
    assert len(digest.as_json()["waiting"]) == 25


DAYS = Hours.parse("Mon-Fri 08:00-18:00", LONDON, bank_holidays("GB-ENG"))


@pytest.mark.parametrize(
    ("hours", "told", "now", "day", "since"),
    [
        (DAYS, "2026-11-23", "2026-11-24T17:59", None, ""),
        (DAYS, "2026-11-23", "2026-11-24T18:00", "2026-11-24", "2026-11-23T18:00"),
        (DAYS, "2026-11-24", "2026-11-24T18:30", None, ""),
        (DAYS, "2026-11-27", "2026-11-30T18:00", "2026-11-30", "2026-11-27T18:00"),  # the weekend is in it
        (DAYS, "2026-12-24", "2026-12-28T19:00", None, ""),  # Christmas, Boxing Day
        (DAYS, "2026-11-23", "2026-11-25T03:00", "2026-11-24", "2026-11-23T18:00"),  # no worker ran at closing time
        (DAYS, "2026-11-20", "2026-11-25T03:00", "2026-11-24", "2026-11-20T18:00"),  # nor for days
        (Hours.parse("always"), "2026-11-23", "2026-11-24T23:59", None, ""),
        (Hours.parse("always"), "2026-11-23", "2026-11-25T00:00", "2026-11-24", "2026-11-24T00:00"),
        (Hours.parse("Mon-Sun 14:00-24:00"), "2026-11-23", "2026-11-25T00:05", "2026-11-24", "2026-11-24T00:00"),
        (DAYS, "", "2026-11-24T18:00", "2026-11-24", "2026-11-23T18:00"),
        (Hours.parse(""), "", "2026-11-24T18:00", None, ""),
    ],
)
def test_a_day_of_the_hub_is_over_once(hours: Hours, told: str, now: str, day: str | None, since: str) -> None:
    over = shift_over(hours, told, at(now))
    assert (over and (over[0].isoformat(), over[1])) == (day and (day, at(since)))


@pytest.mark.parametrize("text", ["Mon-Fri 08:00-18:00", "always", "Mon-Sun 14:00-24:00"])
def test_the_boards_hear_of_each_day_once_whatever_the_clock_does(text: str, records: Records, clock: Clock) -> None:
    targets = Targets(Hours.parse(text, LONDON))
    workers = [Shifts(records.pace, records.late, records.outbox, targets, clock) for _ in range(2)]
    hand_over(records)
    clock.now = at("2026-11-23T12:00")
    for minutes in [20] * 230 + [-60] + [20] * 3:  # three days, and the clock set back an hour
        clock.now += timedelta(minutes=minutes)
        for worker in workers:
            worker.tell()
    told = [line for line in board(records) if line.startswith("Hub handover")]
    # the day before the first worker ran, and three more
    assert len(told) == len(set(told)) == 4


def test_the_clock_set_back_over_closing_time_tells_nothing_twice(records: Records, clock: Clock) -> None:
    shifts = Shifts(records.pace, records.late, records.outbox, Targets(DAYS), clock)
    hand_over(records)
    clock.now = at("2026-11-23T18:05")
    assert shifts.tell() != ""
    clock.now -= timedelta(hours=1)
    assert shifts.tell() == ""
    clock.now += timedelta(hours=1)
    assert shifts.tell() == ""
    assert len(board(records)) == 1


def test_a_hub_that_has_only_just_begun_is_handed_nothing(records: Records, clock: Clock) -> None:
    shifts = Shifts(records.pace, records.late, records.outbox, Targets(DAYS), clock)
    assert shifts.tell() == ""
    clock.now = at("2026-11-23T18:00")
    assert shifts.tell().startswith("Hub handover: since Friday 20 November, 18:00, 0 came in.")
    assert len(board(records)) == 1


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    """Run a command in a hub that keeps hours."""
    settings = {"DATA": str(tmp_path / "data"), "HUB_HOURS": "Mon-Fri 08:00-18:00"}

    def invoke(*arguments: str, **more: str) -> Result:
        given = {f"PREVENTION_HUB_{name}": value for name, value in {**settings, **more}.items()}
        runner = CliRunner(env={**given, "NO_COLOR": "1", "COLUMNS": "160"})
        return runner.invoke(main, list(arguments), obj=partial(open_hub, encoder=WordEncoder()))

    return invoke


def test_the_command_line_shows_what_is_overdue_and_hands_over(run: Callable[..., Result], tmp_path: Path) -> None:
    clock = Clock(datetime.now(UTC) - timedelta(days=30))
    with Records.open(tmp_path / "data" / "hub.db", clock=clock) as records:
        hand_over(records, "who locks the old shed")
        clock.now = datetime.now(UTC)
        hand_over(records, "who locks the new shed")
    listed = json.loads(run("requests", "list", "--overdue", "--json").stdout)
    assert [(one["reference"], one["overdue"]) for one in listed] == [("PF-0001", True)]
    everything = json.loads(run("requests", "list", "--json").stdout)
    assert [(one["reference"], one["overdue"]) for one in everything] == [("PF-0002", False), ("PF-0001", True)]
    assert json.loads(run("requests", "list", "--overdue", "--state", "closed", "--json").stdout) == []
    assert json.loads(run("requests", "list", "--overdue", "--json", TARGET_REPLY="0").stdout) == []
    assert " OVERDUE" in run("requests", "list").stdout
    assert " OVERDUE" in run("requests", "show", "PF-0001").stdout
    assert " OVERDUE" not in run("requests", "show", "PF-0002").stdout
    digest = run("requests", "handover", "--since", "12").stdout
    assert "1 came in.\n\nOverdue: 1\n- PF-0001 (opened" in digest
    assert "Waiting for somebody: 1\n- PF-0002 (new, opened" in digest
    assert json.loads(run("requests", "handover", "--json").stdout)["came_in"] == 1


def test_doctor_shows_the_hours_as_they_were_read(run: Callable[..., Result]) -> None:
    def said(**more: str) -> str:
        findings = json.loads(run("doctor", "--json", **more).stdout)["findings"]
        return str(next(one["said"] for one in findings if one["what"] == "hub hours"))

    told = said(HUB_HOURS="sat 9:00-13:00; mon-fri 8:00-18:00")
    assert told.startswith(
        "Mon-Fri 08:00-18:00; Sat 09:00-13:00; Sun closed (Europe/London, bank holidays of GB-ENG); open "
    )
    assert told.endswith("; take within 4 hours; reply within 16 hours")
    assert said(HUB_HOURS="always", TARGET_CLAIM="0") == (
        "always (Europe/London); open now; no time to take in; reply within 16 hours"
    )
    assert said(HUB_HOURS="") == (
        "not set, so every hour counts, and officers are told of elapsed hours; "
        "take within 4 hours; reply within 16 hours"
    )


def test_the_worker_reminds_and_hands_over_and_whoever_asks_is_told_what_to_expect(
    tmp_path: Path, guidance: Path
) -> None:
    settings = Settings(data=tmp_path / "data", hub_staff="bell", admins="cole", hub_hours="always")
    hub = Hub(settings, WordEncoder())
    try:
        hub.publishing.build(Builder(hub.library, hub.encoder), [guidance], by_itself=True)
        with Records.open(settings.hub, clock=Clock(datetime.now(UTC) - timedelta(days=30))) as records:
            hand_over(records)
        done = list(run_due(hub, datetime.now(UTC).date()))
        assert sum("PF-0001 has had no reply in twice the time" in line for line in done) == 1
        assert sum(line.startswith("Hub handover: since") for line in done) == 1
        again = list(run_due(hub, datetime.now(UTC).date()))
        assert not any("PF-0001" in line for line in again)
        reply = hub.assistant.ask(Question("who paints the lighthouse door", Place("terminal", "t9"), "pc-9"))
        assert reply.outcome is Outcome.HANDED_OVER
        assert "The hub aims to reply within 16 hours while it is open." in reply.text
    finally:
        hub.close()
