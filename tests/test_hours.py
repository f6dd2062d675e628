"""Hub hours, targets, what may be expected, reminders and the handover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery import deliver_due
from bot.desk import Desk
from bot.handover import prepare
from bot.hours import Hours
from bot.messages import Outcome, Place, Question, Reply
from bot.office import Actor
from bot.records import Records
from bot.reminders import Reminders
from bot.settings import Settings, SettingsError, bank_holidays
from bot.targets import Pace, Targets
from bot.terminal.mail import InboxCourier
from bot.triage import CloseOutcome
from tests.fakes import NOON, Clock

LONDON = ZoneInfo("Europe/London")
WEEK = Hours.parse("Mon-Fri 08:00-18:00; Sat 09:00-13:00", LONDON, bank_holidays("GB-ENG"))
BELL, ASKER = Actor("bell"), Actor("pc-7")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


def at(text: str) -> datetime:
    """A moment on London's clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23T07:59", False),
        ("2026-11-23T08:00", True),
        ("2026-11-23T17:59", True),
        ("2026-11-23T18:00", False),
        ("2026-11-28T12:59", True),
        ("2026-11-29T12:00", False),
        ("2026-12-25T12:00", False),
        ("2026-12-28T12:00", False),  # Boxing Day was a Saturday
        ("2026-08-31T12:00", False),
        ("2026-07-01T08:30", True),
    ],
)
def test_the_hub_is_open_when_it_says_so_and_never_on_a_bank_holiday(moment: str, is_open: bool) -> None:
    assert WEEK.is_open(at(moment)) is is_open


def test_hours_count_only_while_the_hub_is_open() -> None:
    friday = at("2026-11-27T17:00")
    assert WEEK.between(friday, at("2026-11-30T09:00")) == 1 + 4 + 1
    assert WEEK.add(friday, 6) == at("2026-11-30T09:00")
    assert WEEK.add(friday, 5) == at("2026-11-28T13:00")
    assert WEEK.next_opening(at("2026-12-24T18:00")) == at("2026-12-29T08:00")
    assert WEEK.next_opening(friday) == friday
    assert WEEK.between(friday, friday - timedelta(days=1)) == 0


def test_the_wall_clock_decides_when_the_clocks_are_changed() -> None:
    night = Hours.parse("Sun 00:00-06:00", LONDON)
    assert night.between(at("2026-03-29T00:00"), at("2026-03-29T12:00")) == 5  # an hour is missing
    assert night.between(at("2026-10-25T00:00"), at("2026-10-25T12:00")) == 7  # one comes twice
    assert Hours.parse("Mon-Sun 08:00-18:00", LONDON).between(at("2026-03-28T12:00"), at("2026-03-29T12:00")) == 10


def test_a_hub_that_never_closes_and_one_that_never_opens() -> None:
    always = Hours.parse("always", LONDON, bank_holidays("GB-ENG"))
    assert always.is_open(at("2026-12-25T03:00"))
    assert always.add(at("2026-12-25T03:00"), 30) == at("2026-12-26T09:00")
    assert (always.are_set, Hours.parse("").are_set) == (True, False)
    closed = Hours.parse("Mon 08:00-09:00", LONDON, lambda day: True)
    assert (closed.next_opening(NOON), closed.add(NOON, 1), closed.between(NOON, NOON + timedelta(days=9))) == (
        None,
        None,
        0,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("weekdays 8-6", "write it as"),
        ("Mon-Fri 18:00-08:00", "must come before"),
        ("Mon-Xyz 08:00-18:00", "days are Mon"),
        ("Mon 08:00-25:00", "24:00 is the last"),
        ("Mon 08:00-12:00, 11:00-15:00", "overlap"),
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_how_to_write_them(
    text: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREVENTION_HUB_HUB_HOURS", text)
    with pytest.raises(SettingsError, match=f"PREVENTION_HUB_HUB_HOURS is wrong: .*{said}"):
        Settings.read()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TIMEZONE", "Mars/Base", "no such time zone"),
        ("HOLIDAYS", "ZZ", "nobody knows the bank holidays"),
        ("HOLIDAYS", "GB-XX", "nobody knows the bank holidays"),
        ("TARGET_CLAIM", "-1", "greater than or equal to 0"),
    ],
)
def test_other_settings_that_cannot_be_read(name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"PREVENTION_HUB_{name}", value)
    with pytest.raises(SettingsError, match=f"PREVENTION_HUB_{name} is wrong: .*{said}"):
        Settings.read()


@given(MOMENTS, st.floats(0.1, 200))
def test_adding_hours_and_counting_them_agree(start: datetime, hours: float) -> None:
    end = WEEK.add(start, hours)
    assert end is not None
    assert end > start
    assert WEEK.between(start, end) == pytest.approx(hours, abs=1e-6)


@given(MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(start: datetime) -> None:
    opening = WEEK.next_opening(start)
    assert opening is not None
    assert WEEK.is_open(opening)
    assert WEEK.between(start, opening) == 0


class Replies:
    """What a hub database knows of past replies."""

    def __init__(self, times: Sequence[tuple[datetime, datetime]]) -> None:
        self.times, self.asked = times, 0

    def reply_times(self, since: datetime) -> Sequence[tuple[datetime, datetime]]:
        self.asked += 1
        return self.times


def pace(hours: Hours, times: Sequence[tuple[datetime, datetime]], now: str) -> str:
    return Pace(Targets(hours), Replies(times), lambda: at(now)).expected()


def test_what_may_be_expected_is_the_recent_median_in_hub_hours() -> None:
    monday = at("2026-11-16T16:00")
    times = [(monday, at("2026-11-17T09:00"))] * 10
    assert pace(WEEK, times, "2026-11-23T12:00") == (
        "Half of recent requests had a reply within 3 hours in which the hub was open."
    )
    assert pace(WEEK, times, "2026-11-21T14:00") == (
        "Half of recent requests had a reply within 3 hours in which the hub was open. It is open again on Monday at "
        "08:00."
    )
    assert pace(Hours.parse(""), times, "2026-11-23T03:00") == "Half of recent requests had a reply within 17 hours."


def test_with_too_few_replies_only_the_aim_is_told_and_nothing_where_nothing_is_set() -> None:
    monday = at("2026-11-16T16:00")
    few = [(monday, monday + timedelta(minutes=9))] * 9
    assert pace(WEEK, few, "2026-11-23T18:30") == (
        "The hub aims to reply within 16 hours while it is open. It is open again tomorrow at 08:00."
    )
    assert pace(Hours.parse(""), few, "2026-11-23T18:30") == ""
    assert pace(Hours.parse("always"), [*few, few[0]], "2026-11-23T18:30").endswith(
        "within 10 minutes in which the hub was open."
    )


def test_the_median_is_looked_up_again_after_ten_minutes_or_when_the_clock_was_set_back() -> None:
    replies, clock = Replies([]), Clock(at("2026-11-23T12:00"))
    told = Pace(Targets(WEEK), replies, clock)
    for minutes in (0, 9, 11, -49):
        clock.now = at("2026-11-23T12:00") + timedelta(minutes=minutes)
        told.expected()
    assert replies.asked == 3


def hand_over(records: Records, text: str = "who locks the kite shed") -> str:
    question = Question(text, Place("terminal", "t1"), "pc-7")
    return records.save_handed_over(
        question,
        lambda reference: Reply("r", Outcome.HANDED_OVER, reference, request=reference),
        kind="question",
        found=(),
        why="too far",
    )


def inbox(records: Records, clock: Clock, person: str) -> list[str]:
    deliver_due(records.outbox, {"terminal": InboxCourier(records)})
    return [text for _, text in records.outbox.take_from_inbox(person)]


def test_reminders_come_once_each_to_whom_they_concern_and_change_nothing(
    desk: Desk, records: Records, clock: Clock
) -> None:
    targets = Targets(WEEK, claim=4, reply=8)
    reminders = Reminders(records.pace, targets, ["cole"], clock)
    reference = hand_over(records)  # Monday 12:00
    clock.now = at("2026-11-23T15:59")
    assert reminders.send() == []
    clock.now = at("2026-11-23T16:00")
    assert reminders.send() == ["Nobody has taken PF-0001 yet, and it should have been by now: who locks the kite shed"]
    assert reminders.send() == []
    desk.claim(BELL, reference)
    clock.now = at("2026-11-24T10:00")
    assert reminders.send() == [
        "PF-0001 has had no reply, and it should have had one by now (bell has it): who locks the kite shed"
    ]
    assert len(inbox(records, clock, "bell")) == 1
    clock.now = at("2026-11-24T18:00")
    (line,) = reminders.send()
    assert line.startswith("PF-0001 has had no reply in twice the time it should (bell has it). An admin is told too")
    assert inbox(records, clock, "cole") == [line]
    clock.now -= timedelta(hours=1)  # the clock was set back
    assert reminders.send() == []
    request = records.request(reference)
    assert request is not None
    assert request.state.value == "claimed"
    desk.reply(BELL, reference, "The sexton.")
    clock.now += timedelta(days=30)
    assert reminders.send() == []


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
    first, second = hand_over(records), hand_over(records)
    desk.join(BELL, second, first)
    clock.now = at("2026-11-30T12:00")
    lines = Reminders(records.pace, Targets(WEEK), [], clock).send()
    assert [line for line in lines if second in line] == []
    assert len(lines) == 1


def test_reply_times_are_of_first_replies_only(desk: Desk, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    clock.now += timedelta(hours=2)
    desk.reply(BELL, reference, "The sexton.")
    clock.now += timedelta(hours=2)
    desk.reopen(ASKER, reference)
    desk.reply(BELL, reference, "At dusk.")
    assert records.pace.reply_times(NOON - timedelta(days=1)) == [(NOON, NOON + timedelta(hours=2))]
    assert records.pace.reply_times(NOON + timedelta(hours=3)) == []


def test_the_handover_has_each_request_once_under_what_matters_most(desk: Desk, records: Records, clock: Clock) -> None:
    hand_over(records, "who locks the kite shed")  # overdue by the time of the handover
    clock.now = at("2026-11-25T12:00")
    taken, waits, ended = (hand_over(records, text) for text in ("who paints it", "who mends it", "who sells it"))
    desk.claim(BELL, taken)
    desk.close(BELL, ended, CloseOutcome.OUT_OF_SCOPE)
    digest = prepare(records.pace, Targets(WEEK, 4, 8), clock.now - timedelta(hours=12), clock.now)
    assert digest.as_text(lambda moment: moment.astimezone(LONDON)) == (
        "Hub handover: since Wednesday 25 November, 00:00, 3 came in.\n\n"
        "Overdue\n- PF-0001 (23 Nov 12:00) who locks the kite shed\n\n"
        f"Taken\n- {taken} (25 Nov 12:00, bell) who paints it\n\n"
        f"Waiting for somebody\n- {waits} (25 Nov 12:00) who mends it\n\n"
        f"Closed since then\n- {ended} (25 Nov 12:00, bell) who sells it"
    )
    assert digest.as_json()["overdue"][0]["reference"] == "PF-0001"


def test_bank_holidays_are_england_s_unless_said_otherwise() -> None:
    assert bank_holidays("GB-ENG")(date(2026, 8, 31))
    assert not bank_holidays("GB-SCT")(date(2026, 8, 31))
    assert not bank_holidays("none")(date(2026, 12, 25))
