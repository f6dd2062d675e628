"""Whose a hub database is: one row names the force, written by the first process that works for one."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select

from bot.domain.forces.belonging import MARK, not_ours
from bot.records.engine import Database, insert_new
from bot.records.errors import AnothersRecords
from bot.records.tables import MARKS

_OWNER = select(MARKS.c.value).where(MARKS.c.name == MARK)


def check_unlike(database: Database, force: str) -> None:
    """Before anything is changed in it, migrations included. AnothersRecords where it is another force's."""
    with database.read() as connection:
        if inspect(connection).has_table(MARKS.name):
            _check(connection, force)


def claim(database: Database, force: str) -> None:
    """Mark a database that is nobody's as this force's. AnothersRecords where somebody else was first."""
    if not force:
        return
    with database.read() as connection:
        if connection.scalar(_OWNER) == force:
            return
    with database.write() as connection:
        insert_new(connection, MARKS, {"name": MARK, "value": force})
        _check(connection, force)


def _check(connection: Connection, force: str) -> None:
    if told := not_ours("The hub database", connection.scalar(_OWNER) or "", force):
        raise AnothersRecords(told)
