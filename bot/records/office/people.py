"""The people who write to the assistant on a platform: their names, and where they are reached."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, or_, select

from bot.domain.people import Person
from bot.records.engine import Database
from bot.records.tables import PEOPLE

_THIS = (PEOPLE.c.platform == bindparam("on"), PEOPLE.c.person == bindparam("who"))
_ONE = select(PEOPLE).where(*_THIS)
_DROP = delete(PEOPLE).where(*_THIS)
_ADD = insert(PEOPLE)
_NEWEST = select(PEOPLE).where(PEOPLE.c.platform == bindparam("on")).order_by(PEOPLE.c.at.desc()).limit(1)
_NAMED = select(PEOPLE.c.person, PEOPLE.c.account, PEOPLE.c.name).where(
    or_(PEOPLE.c.person.in_(bindparam("ids", expanding=True)), PEOPLE.c.account.in_(bindparam("ids", expanding=True))),
    PEOPLE.c.name != "",
)


class PeopleRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def get(self, platform: str, person: str) -> Person | None:
        """What is known of a person; None where nothing is."""
        with self._database.read() as connection:
            row = connection.execute(_ONE, {"on": platform, "who": person}).mappings().one_or_none()
        return Person(row["person"], row["name"], row["account"], row["address"], row["service"]) if row else None

    def newest(self, platform: str) -> Person | None:
        """The person who was met last."""
        with self._database.read() as connection:
            row = connection.execute(_NEWEST, {"on": platform}).mappings().one_or_none()
        return Person(row["person"], row["name"], row["account"], row["address"], row["service"]) if row else None

    def met(self, platform: str, people: Sequence[Person]) -> list[None]:
        """Keep what is known of people now, all or none; what is left empty stays as it was."""
        with self._database.write() as connection:
            for person in sorted(people, key=lambda one: one.person):  # always in the same order
                which = {"on": platform, "who": person.person}
                old = connection.execute(_ONE, which).mappings().one_or_none()
                kept = {
                    name: getattr(person, name) or (old[name] if old else "")
                    for name in ("name", "account", "address", "service")
                }
                connection.execute(_DROP, which)
                connection.execute(_ADD, {"platform": platform, "person": person.person, **kept, "at": self._now()})
        return [None] * len(people)

    def accounts(self, platform: str, people: list[str]) -> dict[str, str]:
        """What a platform calls people in conversations, as far as it is known."""
        found = select(PEOPLE.c.person, PEOPLE.c.account).where(
            PEOPLE.c.platform == platform, PEOPLE.c.person.in_(people), PEOPLE.c.account != ""
        )
        with self._database.read() as connection:
            return {row.person: row.account for row in connection.execute(found)}

    def on(self, platform: str, people: list[str]) -> frozenset[str]:
        """Which of these people are known on a platform."""
        found = select(PEOPLE.c.person).where(PEOPLE.c.platform == platform, PEOPLE.c.person.in_(people))
        with self._database.read() as connection:
            return frozenset(connection.execute(found).scalars())

    def names(self, ids: list[str]) -> dict[str, str]:
        """Ids to names, as far as they are known, on whatever platform."""
        with self._database.read() as connection:
            found = connection.execute(_NAMED, {"ids": ids}).all()
        return {known: name for person, account, name in found for known in (person, account) if known}
