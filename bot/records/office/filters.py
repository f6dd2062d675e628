"""Filters of the board, named and kept for one person each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.records.engine import Database
from bot.records.tables import SAVED_FILTERS

MOST = 20
"""For one person: more are no help."""
_OWN = SAVED_FILTERS.c.person == bindparam("who")
_THIS = SAVED_FILTERS.c.number == bindparam("which")
_ALL = select(SAVED_FILTERS).where(_OWN).order_by(SAVED_FILTERS.c.name, SAVED_FILTERS.c.number)
_ONE = select(SAVED_FILTERS).where(_OWN, _THIS)
_USED = update(SAVED_FILTERS).where(_OWN, _THIS).values(used_at=bindparam("now"))
_DROP = delete(SAVED_FILTERS).where(_OWN, _THIS)
_DROP_NAME = delete(SAVED_FILTERS).where(_OWN, SAVED_FILTERS.c.name == bindparam("called"))
_COUNT = select(func.count()).select_from(SAVED_FILTERS).where(_OWN)
_ADD = insert(SAVED_FILTERS).returning(SAVED_FILTERS.c.number)
_STALE = timedelta(days=1)
"""How exactly it is kept when one was used last: not every look is a write."""


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """What a person named, and what it looks for."""

    number: int
    name: str
    wanted: Mapping[str, str]
    """Fields of the board's form."""


class FilterRecords:
    """Raises RecordsError when the database cannot do it. Nobody reaches another person's filters."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def all(self, person: str) -> list[SavedFilter]:
        """A person's filters, by name."""
        with self._database.read() as connection:
            rows = connection.execute(_ALL, {"who": person}).mappings().all()
        return [SavedFilter(row["number"], row["name"], dict(row["wanted"])) for row in rows]

    def use(self, person: str, number: int) -> SavedFilter | None:
        """One of them, which is used now; None where this person has no such one."""
        which = {"who": person, "which": number}
        with self._database.read() as connection:
            row = connection.execute(_ONE, which).mappings().one_or_none()
        if row is None:
            return None
        if self._now() - row["used_at"] > _STALE:
            with self._database.write() as connection:
                connection.execute(_USED, {**which, "now": self._now()})
        return SavedFilter(row["number"], row["name"], dict(row["wanted"]))

    def keep(self, person: str, name: str, wanted: Mapping[str, str]) -> int | None:
        """Keep one, in the place of the person's own of that name; its number, or None where they have MOST already."""
        with self._database.write() as connection:
            connection.execute(_DROP_NAME, {"who": person, "called": name})
            if (connection.scalar(_COUNT, {"who": person}) or 0) >= MOST:
                return None
            row = {"person": person, "name": name, "wanted": dict(wanted), "used_at": self._now()}
            return int(connection.execute(_ADD, row).scalar_one())

    def remove(self, person: str, number: int) -> bool:
        """Forget one; whether this person had it."""
        with self._database.write() as connection:
            return bool(connection.execute(_DROP, {"who": person, "which": number}).rowcount)
