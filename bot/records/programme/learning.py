"""What people have done of the learning paths. Deletable: it is theirs, and no part of the audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from bot.records.engine import Database
from bot.records.tables import LEARNING

_DONE = select(LEARNING.c.path, LEARNING.c.step, LEARNING.c.right).where(LEARNING.c.person == bindparam("who"))
_OF = delete(LEARNING).where(LEARNING.c.person == bindparam("who"))
_STEP = _OF.where(LEARNING.c.path == bindparam("which"), LEARNING.c.step == bindparam("number"))
_MARK = insert(LEARNING)


class LearningRecords:
    """Progress in the hub database; raises RecordsError when it cannot be kept."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def done(self, person: str) -> Mapping[tuple[str, int], bool]:
        """(path, step) to whether it went right; steps count from 1."""
        with self._database.read() as connection:
            return {(row.path, row.step): row.right for row in connection.execute(_DONE, {"who": person})}

    def mark(self, person: str, path: str, step: int, *, right: bool) -> None:
        """Keep that a step was done; a later try takes the place of an earlier one."""
        with self._database.write() as connection:
            connection.execute(_STEP, {"who": person, "which": path, "number": step})
            row = {"person": person, "path": path, "step": step, "right": right, "done_at": self._now()}
            connection.execute(_MARK, row)

    def forget(self, person: str) -> int:
        """Delete what is kept of a person; how many steps that were."""
        with self._database.write() as connection:
            return connection.execute(_OF, {"who": person}).rowcount
