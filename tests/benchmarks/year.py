"""Every figure of a large made-up year against the plain facts, and a million replies: python -m tests.benchmarks.year

20,000 questions and 1,500 requests, seeded, on both engines: each figure of each split is worked out a second time, as
in tests/insight/test_figures.py. Then the year is laid over itself until there are a million replies, and a whole year
is counted, not split and by subject.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from bot.insight.counts import count_year
from bot.insight.figures import COUNTS, Split
from bot.insight.insight import Insight
from bot.insight.periods import parse
from bot.records import Records
from tests.insight.test_figures import NOW, OFFICE, counted_again, same
from tests.support import postgres
from tests.support import year as made_up

SPLITS = (None, Split.PLACE, Split.SUBJECT, Split.KIND, Split.THEME, Split.AREA)
PERIODS = ("2025", *(f"2025-Q{number}" for number in range(1, 5)), *(f"2025-{number:02d}" for number in range(1, 13)))
MILLION = 1_000_000
_LAY = (
    "insert into questions (id, given_id, platform, address, asker, text, asked_at) "
    "select id + :by, given_id, platform, address, asker, text, asked_at from questions where id <= :by",
    "insert into replies (id, question_id, given_id, receipt, outcome, text, why, redacted, signals, reason, "
    "replied_at, salt) "
    "select id + :by, question_id + :by, given_id, 'L' || cast(id + :by as varchar), outcome, text, why, redacted, "
    "signals, reason, replied_at, salt from replies where id <= :by",
    "insert into citations (reply_id, role, position, passage, document, title, section, quote, answer, status, "
    "marking, link, similarity) "
    "select reply_id + :by, role, position, passage, document, title, section, quote, answer, status, "
    "marking, link, similarity from citations where reply_id <= :by",
)


def compare(records: Records, made: made_up.Made) -> tuple[int, int]:
    """How many figures were compared, and how many of them are shown; an AssertionError names one that differs."""
    insight = Insight(records, OFFICE, lambda: NOW)
    compared = shown = 0
    for split in SPLITS:
        again = counted_again(made, split.value if split else "")
        for name in PERIODS:
            table = insight.table(parse(name), split)
            assert table.whole is not None
            for row in (*table.rows, table.whole):
                category = "" if row is table.whole else row.name
                counts = {key: len(again[(name, key, category)]) for key in COUNTS if key in row.cells}
                shown += same(row, counts, again[(name, "requests", category)])
                compared += len(row.cells)
    return compared, shown


def lay_over(records: Records) -> int:
    """Double what there is until there are a million replies; how many there are."""
    with records._database.at_leisure() as connection:
        while (count := connection.scalar(text("select count(*) from replies")) or 0) < MILLION:
            highest = connection.scalar(text("select max(id) from questions"))
            for statement in _LAY:
                connection.execute(text(statement), {"by": highest})
        connection.exec_driver_sql("analyze")  # as a server does by itself; that of the tests does not
    return count


def measure(engine: str, target: Path | str) -> None:
    """One engine."""
    with Records.open(target) as records:
        made = made_up.make(records, questions=20_000, requests=1_500)
        compared, shown = compare(records, made)
        print(
            f"{engine}: {compared} figures are what the facts say, {shown} of them shown, the rest hidden", flush=True
        )
        count = lay_over(records)
        for split in (None, Split.SUBJECT):
            began = time.perf_counter()
            count_year(records.counting, OFFICE, 2025, split, NOW)
            took = time.perf_counter() - began
            print(f"{engine}: a year of {count:,} replies, {split or 'not split'}: {took:.1f} s", flush=True)


def main() -> None:
    """Both engines."""
    with tempfile.TemporaryDirectory() as folder, postgres.running() as server:
        measure("SQLite", Path(folder) / "hub.db")
        measure("PostgreSQL", postgres.new_database(server))


if __name__ == "__main__":
    main()
