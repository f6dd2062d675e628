"""New hub databases for tests: what the migrations did to the first one is done again, without working it out anew.

Some 2,500 tests begin with an empty database, and Alembic takes a sixth of a second for each. Every engine's first
database is made by the migrations themselves; so are those of other processes, and every one that is upgraded.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import pytest
from sqlalchemy import Connection, event

Statement = tuple[str, Any]


@contextmanager
def remembered() -> Iterator[None]:
    """While it lasts, an empty database is made by the statements that made the first one of its engine."""
    done: dict[str, list[Statement]] = {}
    migrate = importlib.import_module("bot.records.migrate")  # the package has a function of that name
    real = migrate._upgrade

    def upgrade(connection: Connection, stored: str | None, name: str) -> None:
        engine = connection.dialect.name
        if stored is not None:
            real(connection, stored, name)
        elif engine in done:
            _repeat(connection, done[engine])
        else:
            done[engine] = _noted(connection, lambda: real(connection, stored, name))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_upgrade", upgrade)
        yield


def _repeat(connection: Connection, statements: list[Statement]) -> None:
    if connection.dialect.name == "postgresql":  # many at once, which SQLite's driver does not take
        statements = [one for plain, group in groupby(statements, lambda s: not s[1]) for one in _joined(plain, group)]
    for statement, values in statements:
        connection.exec_driver_sql(statement, values)


def _joined(plain: bool, statements: Iterable[Statement]) -> Iterable[Statement]:
    return [(";\n".join(text for text, _ in statements), None)] if plain else statements


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
