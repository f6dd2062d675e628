"""How often questions are asked, counted by several processes together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from bot.answering.limits import RateLimits
from bot.domain.messages import Place
from bot.domain.refusals import RecordsError
from bot.records import Records
from bot.records.tables import RATE_COUNTS
from tests.support.fakes import Clock

HERE = Place("slack", "C1")


def rows(records: Records) -> list[tuple[str, int]]:
    with records._database.read() as connection:
        return [(row.key, row.count) for row in connection.execute(select(RATE_COUNTS))]


def test_two_processes_count_together_and_anew_in_the_next_minute(records: Records, clock: Clock) -> None:
    one, other = (RateLimits("3/minute", "", shared=records.rates) for _ in range(2))
    asked = [limits.allows("pc-7", HERE) for limits in (one, other, one, other)]
    assert asked == [True, True, True, False]
    assert one.allows("pc-8", HERE)
    clock.now += timedelta(minutes=1)
    assert other.allows("pc-7", HERE)
    clock.now += timedelta(minutes=2)
    assert one.allows("pc-7", HERE)
    assert [count for _, count in rows(records)] == [1]  # what ended is gone
    assert "pc-7" not in str(rows(records))


def test_a_place_is_counted_whoever_asks_and_what_is_counted_for_something_else_apart(records: Records) -> None:
    limits = RateLimits("", "2/minute", shared=records.rates)
    assert [limits.allows(f"pc-{number}", HERE) for number in range(3)] == [True, True, False]
    assert limits.allows("pc-0", Place("slack", "C2"))
    assert RateLimits("", "1/minute", of="receipts", shared=records.rates).allows("pc-0", HERE)


class Away:
    """A database that cannot be reached."""

    def count(self, wanted: Sequence[tuple[str, int]]) -> list[int]:
        raise RecordsError("The hub database cannot be reached.")


def test_without_the_database_a_process_counts_for_itself() -> None:
    limits = RateLimits("2/minute", "", shared=Away())
    assert [limits.allows("pc-7", HERE) for _ in range(3)] == [True, True, False]
