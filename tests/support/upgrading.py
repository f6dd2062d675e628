"""New SQLite files for tests: what the migrations did to the first one is done again, without working it out anew.

Some 1,500 tests begin with an empty file, and Alembic takes a sixth of a second for each. The first file is made by
the migrations themselves; so are those of other processes, every one that is upgraded, and PostgreSQL's, which are
copied by the server instead.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, event

Statement = tuple[str, Any]


@contextmanager
def remembered() -> Iterator[None]:
    """While it lasts, an empty file is made by the statements that made the first one."""
    done: list[Statement] = []
    migrate = importlib.import_module("bot.records.migrate")  # the package has a function of that name
    real = migrate._upgrade

    def upgrade(connection: Connection, stored: str | None, name: str) -> None:
        if stored is not None or connection.dialect.name != "sqlite":
            real(connection, stored, name)
        elif done:
            _repeat(connection, done)
        else:
            done.extend(_noted(connection, lambda: real(connection, stored, name)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_upgrade", upgrade)
        yield


def _repeat(connection: Connection, statements: list[Statement]) -> None:
    for statement, values in statements:
        connection.exec_driver_sql(statement, values)


def _noted(connection: Connection, work: Any) -> list[Statement]:
    """What is changed in a database while something works on it."""
    statements: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        if not statement.lstrip().lower().startswith(("select", "pragma table", "pragma main")):
            statements.extend((statement, one or None) for one in (values if many else [values]))

    event.listen(connection, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return statements
