"""Time that officers say they were saved: asked at most once in a week, kept without who said it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, insert, update

from bot.records.engine import Database, insert_new
from bot.records.tables import TIME_ASKED, TIME_SAVED

WEEK = timedelta(days=7)
_FORGET = delete(TIME_ASKED).where(TIME_ASKED.c.at <= bindparam("by"))
_ANSWER = (
    update(TIME_ASKED)
    .where(TIME_ASKED.c.person == bindparam("who"), TIME_ASKED.c.answered.is_(False))
    .values(answered=True)
)
_KEEP = insert(TIME_SAVED)


class SavedRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def may_ask(self, person: str) -> bool:
        """Whether this person is to be asked now: True once, and then not for a week, on whichever platform."""
        now = self._now()
        with self._database.write() as connection:
            connection.execute(_FORGET, {"by": now - WEEK})
            return insert_new(connection, TIME_ASKED, {"person": person, "at": now})

    def keep(self, person: str, minutes: float, day: date) -> bool:
        """Keep what somebody who was asked says; once for each time they were asked."""
        with self._database.write() as connection:
            if not connection.execute(_ANSWER, {"who": person}).rowcount:
                return False
            connection.execute(_KEEP, {"day": day, "minutes": minutes})
            return True

    def forget_old(self) -> None:
        """Forget who was asked more than a week ago."""
        with self._database.write() as connection:
            connection.execute(_FORGET, {"by": self._now() - WEEK})
