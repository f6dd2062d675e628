"""Hub hours, targets, and what may be expected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.timing.hours import Hours
from bot.domain.timing.pace import Recent, Targets
from bot.queue.waiting.pace import Pace, _half_within
from bot.settings import Settings, SettingsError, bank_holidays
from tests.support.fakes import NOON, Clock

LONDON = ZoneInfo("Europe/London")
WEEK = Hours.parse("Mon-Fri 08:00-18:00; Sat 09:00-13:00", LONDON, bank_holidays("GB-ENG"))
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


def test_a_window_in_the_hour_that_is_left_out_in_spring_does_not_open() -> None:
    night = Hours.parse("Sun 01:15-02:10", LONDON)
    assert night.next_opening(at("2026-03-29T00:00")) == at("2026-04-05T01:15")
    assert night.closes(date(2026, 3, 29)) is None


def test_a_night_goes_on_over_midnight() -> None:
    night = Hours.parse("Mon 22:00-24:00; Tue 00:00-06:00", LONDON)
    assert [night.is_open(at(f"2026-11-24T{moment}")) for moment in ("00:00", "05:59", "06:00")] == [True, True, False]
    assert night.between(at("2026-11-23T21:00"), at("2026-11-24T07:00")) == 8
    assert night.add(at("2026-11-23T23:00"), 3) == at("2026-11-24T02:00")
    assert night.before(at("2026-11-24T02:00"), 3) == at("2026-11-23T23:00")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mon–fri 8:00–18:00;Sat 09:00-13:00", "Mon-Fri 08:00-18:00; Sat 09:00-13:00; Sun closed"),
        (
            "Sat-Mon 13:00-15:00,09:00-12:00",
            "Mon 09:00-12:00, 13:00-15:00; Tue-Fri closed; Sat-Sun 09:00-12:00, 13:00-15:00",
        ),
        ("Always", "always"),
    ],
)
def test_hours_are_shown_as_they_were_read_and_can_be_read_again(text: str, read: str) -> None:
    assert str(Hours.parse(text)) == read
    opened = Hours.parse("; ".join(part for part in read.split("; ") if "closed" not in part))
    assert opened.windows == Hours.parse(text).windows


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
        ("Mon 22:00-06:00", "a night is"),
        ("Mon 8-18", "write it as"),
        ("Tue 08:00-18:00; Mon 8-18", "write it as"),
        (" ; ", "write it as"),
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
        ("TARGET_CLAIM", "soon", "valid number"),
        ("TARGET_REPLY", "nan", "less than or equal to 2000"),
        ("TARGET_REPLY", "inf", "less than or equal to 2000"),
        ("TARGET_REPLY", "1e12", "less than or equal to 2000"),
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


@given(MOMENTS, st.floats(0.1, 200), st.integers(-300, 300))
def test_what_has_waited_for_so_long_is_what_is_past_its_time(now: datetime, hours: float, minutes: int) -> None:
    edge = WEEK.before(now, hours)
    assert edge is not None
    assert WEEK.between(edge, now) == pytest.approx(hours, abs=1e-6)
    start = edge + timedelta(minutes=minutes)
    due = WEEK.add(start, hours)
    assert due is not None
    assert (due <= now) is (start <= edge)


@given(MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(start: datetime) -> None:
    opening = WEEK.next_opening(start)
    assert opening is not None
    assert WEEK.is_open(opening)
    assert WEEK.between(start, opening) == 0


class Recently:
    """What a hub database knows of recent requests."""

    def __init__(self, requests: Sequence[Recent]) -> None:
        self.requests, self.asked = requests, 0

    def recent(self, since: datetime, most: int) -> Sequence[Recent]:
        self.asked += 1
        return self.requests


def pace(hours: Hours, requests: Sequence[Recent], now: str) -> str:
    return Pace(Targets(hours), Recently(requests), lambda: at(now)).expected()


MONDAY = at("2026-11-16T16:00")
AIM = "The hub aims to reply within 16 hours while it is open."


def test_what_may_be_expected_is_the_recent_median_in_hub_hours() -> None:
    requests = [(MONDAY, at("2026-11-17T09:00"))] * 10
    half = "Half of recent requests had a reply within 3 hours in which the hub was open."
    assert pace(WEEK, requests, "2026-11-23T12:00") == half
    assert pace(WEEK, requests, "2026-11-21T14:00") == f"{half} The hub is open again on Monday at 08:00."
    assert pace(Hours.parse(""), requests, "2026-11-23T03:00") == (
        "Half of recent requests had a reply within 17 hours."
    )


def test_with_too_few_replies_only_the_aim_is_told_whether_hours_are_set_or_not() -> None:
    few = [(MONDAY, MONDAY + timedelta(minutes=9))] * 9
    assert pace(WEEK, few, "2026-11-23T18:30") == f"{AIM} The hub is open again tomorrow at 08:00."
    assert pace(Hours.parse(""), few, "2026-11-23T18:30") == "The hub aims to reply within 16 hours."
    assert pace(Hours.parse("always"), [*few, few[0]], "2026-11-23T18:30").endswith(
        "within 10 minutes in which the hub was open."
    )


def test_requests_without_a_reply_count_as_well_so_that_half_means_half_of_all() -> None:
    quick = [(MONDAY, MONDAY + timedelta(hours=1))] * 10
    slow = [(MONDAY, MONDAY + timedelta(hours=18))] * 6  # Tuesday 10:00: 4 hub hours
    ignored = [(MONDAY, None)]
    always, now = Hours.parse(""), "2026-11-23T12:00"
    assert "within an hour." in pace(always, [*quick, *ignored * 10], now)
    assert pace(always, [*quick, *ignored * 11], now) == "The hub aims to reply within 16 hours."
    assert "within an hour." in pace(always, [*quick, *slow], now)
    assert "within 18 hours." in pace(always, [*quick, *slow, *ignored * 5], now)
    # what was opened only just now says nothing yet against it
    assert "within an hour." in pace(always, [*quick, *[(at("2026-11-23T11:59"), None)] * 500], now)


@given(st.lists(st.integers(1, 5000), min_size=10, max_size=80))
def test_where_all_had_a_reply_half_of_them_had_it_by_the_median(minutes: list[int]) -> None:
    told = _half_within([(float(length), False) for length in minutes])
    assert told is not None
    assert 2 * sum(length <= told for length in minutes) >= len(minutes)
    assert 2 * sum(length < told for length in minutes) < len(minutes)


def test_a_clock_that_was_set_back_makes_no_wait_shorter_than_nothing() -> None:
    assert "within 5 minutes" in pace(WEEK, [(MONDAY, MONDAY - timedelta(hours=1))] * 10, "2026-11-23T12:00")


def test_the_median_is_looked_up_again_after_ten_minutes_or_when_the_clock_was_set_back() -> None:
    recently, clock = Recently([]), Clock(at("2026-11-23T12:00"))
    told = Pace(Targets(WEEK), recently, clock)
    for minutes in (0, 9, 11, -49):
        clock.now = at("2026-11-23T12:00") + timedelta(minutes=minutes)
        told.expected()
    assert recently.asked == 3


def test_bank_holidays_are_england_s_unless_said_otherwise() -> None:
    assert bank_holidays("GB-ENG")(date(2026, 8, 31))
    assert not bank_holidays("GB-SCT")(date(2026, 8, 31))
    assert not bank_holidays("none")(date(2026, 12, 25))
