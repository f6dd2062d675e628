"""How often something was done in a time, counted for all processes that share the database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, delete
from sqlalchemy.dialects import postgresql, sqlite

from bot.records.engine import Database
from bot.records.tables import RATE_COUNTS

KEPT = timedelta(minutes=1)
_OVER = delete(RATE_COUNTS).where(RATE_COUNTS.c.ends_at <= bindparam("now"))


class RateRecords:
    """Counts in windows of a fixed length; what a window was counted for is kept as a digest and gone after it.

    Raises RecordsError when the database cannot do it.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def count(self, wanted: Sequence[tuple[str, int]]) -> list[int]:
        """Count each once more, given with the length of its window in seconds; how often in this window by now."""
        now = self._now()
        with self._database.write() as connection:
            # in one order, so that two who count the same do not wait for each other for ever
            found = {one: _one_more(connection, *one, now) for one in sorted(set(wanted))}
            if 1 in found.values():
                # not what ended just now: a process whose clock is behind may be counting in it
                connection.execute(_OVER, {"now": now - KEPT})
        return [found[one] for one in wanted]


def _one_more(connection: Connection, what: str, seconds: int, now: datetime) -> int:
    window = int(now.timestamp()) // seconds
    key = hashlib.sha256(f"{what}:{seconds}:{window}".encode("utf-8", "replace")).hexdigest()
    ends = datetime.fromtimestamp((window + 1) * seconds, UTC)
    row = {"key": key, "count": 1, "ends_at": ends}
    return int(connection.execute(_add_one(connection.dialect.name), row).scalar_one())


@cache
def _add_one(dialect: str) -> Executable:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return (
        make(RATE_COUNTS)
        .on_conflict_do_update(index_elements=[RATE_COUNTS.c.key], set_={"count": RATE_COUNTS.c.count + 1})
        .returning(RATE_COUNTS.c.count)
    )
