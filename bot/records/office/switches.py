"""What is paused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from bot.domain.people import By, name_of
from bot.domain.switches import Switch
from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.engine import Database
from bot.records.tables import SWITCHES

_ALL = select(SWITCHES).order_by(SWITCHES.c.name)
_OFF = delete(SWITCHES).where(SWITCHES.c.name == bindparam("which"))
_ON = insert(SWITCHES)


class SwitchRecords:
    """Switches in the hub database; raises RecordsError when they cannot be kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def paused(self) -> Mapping[str, Switch]:
        """Name to switch of everything that is paused."""
        with self._database.read() as connection:
            return {row.name: Switch(row.name, row.by, row.why, row.at) for row in connection.execute(_ALL)}

    def pause(self, name: str, by: By, why: str) -> None:
        """Pause something at once; pausing it again changes the reason."""
        with self._database.write() as connection:
            connection.execute(_OFF, {"which": name})
            connection.execute(_ON, {"name": name, "by": name_of(by), "why": why, "at": self._now()})
            audit.append(connection, [Entry(self._now(), by, "paused", name, {"why": why})])

    def resume(self, name: str, by: By) -> bool:
        """Resume something; False, and nothing changed, where it was not paused."""
        with self._database.write() as connection:
            if not connection.execute(_OFF, {"which": name}).rowcount:
                return False
            audit.append(connection, [Entry(self._now(), by, "resumed", name, {})])
            return True
