"""Bringing a hub database to this program's schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, inspect, select, text

from bot.records.engine import Database
from bot.records.errors import RecordsError
from bot.records.tables import HEAD_REVISION, MARKS

if TYPE_CHECKING:
    from alembic.script import Script

_STORED = text("select version_num from alembic_version")
MIGRATIONS = Path(__file__).parent / "migrations"
OLDEST = "schema.oldest"
"""The mark that says which revision a program must know at least to work on this database."""
_FIRST = "0001"
_TRIES = 20
_GAVE_WAY = ("55P03", "40P01")
"""PostgreSQL's codes for a lock that was not to be had in time, and for a deadlock."""


def migrate(database: Database, *, finish: bool = False) -> None:
    """Create or upgrade the tables; several processes may at once, while older programs go on with their work.

    A migration only adds, unless its file says which program is the `OLDEST` that works beside it. Such a one takes
    something away or tightens it, and is run only to `finish` an upgrade, once every older program is gone; and for an
    empty database.

    Raises:
        RecordsError: a newer program's database, on which this one cannot work; or an upgrade has to be finished first.
    """
    with database.read() as connection:
        stored = stored_revision(connection, database.name)
        if not finish and stored is not None and (stored == HEAD_REVISION or _may_work_on(connection, stored)):
            return None
    for _ in range(_TRIES - 1):
        try:
            return _upgrade_alone(database, finish=finish)
        except RecordsError as error:  # whoever is at work goes first
            if getattr(getattr(error.__cause__, "orig", None), "sqlstate", None) not in _GAVE_WAY:
                raise
    return _upgrade_alone(database, finish=finish)


def stored_revision(connection: Connection, name: str) -> str | None:
    """The revision in the database; None where it is empty. RecordsError where it is something else's."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        revision: str | None = connection.execute(_STORED).scalar_one_or_none()
        return revision
    if tables:
        raise RecordsError(
            f"The database {name} belongs to another program. Move it away, or name another with --data."
        )
    return None


def _may_work_on(connection: Connection, stored: str) -> bool:
    """Whether the database is newer than this program, and whoever upgraded it left a mark that this one still fits."""
    if stored < HEAD_REVISION:
        return False
    oldest = connection.scalar(select(MARKS.c.value).where(MARKS.c.name == OLDEST))
    return oldest is not None and oldest <= HEAD_REVISION


def _upgrade_alone(database: Database, *, finish: bool) -> None:
    with database.exclusive() as connection:
        stored = stored_revision(connection, database.name)
        if finish or stored != HEAD_REVISION:  # another process may have been first
            _upgrade(connection, stored, database.name, finish=finish)


def _upgrade(connection: Connection, stored: str | None, name: str, *, finish: bool) -> None:
    # Alembic takes 0.4 s to import: only who needs it pays
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {one.revision: oldest_beside(one) for one in ScriptDirectory.from_config(config).walk_revisions()}
    if stored is not None and stored not in known:
        raise RecordsError(
            f"The hub database {name} was written by a newer version of this program (revision {stored}). "
            "Install that version; nothing was changed."
        )
    everything = finish or stored is None
    due = [one for one in sorted(known) if one > (stored or "") and (everything or one <= HEAD_REVISION)]
    tight = [one for one in due if known[one]]
    if tight and not everything:
        raise RecordsError(
            f"The hub database {name} has an upgrade to finish (revision {tight[0]}). Stop every older version of this "
            "program, then run: prevention-hub upgrade --finish"
        )
    if due:
        config.attributes["connection"] = connection
        command.upgrade(config, due[-1])
        oldest = max([_FIRST, *(known[one] for one in known if one <= due[-1])])
        connection.execute(delete(MARKS).where(MARKS.c.name == OLDEST))
        connection.execute(insert(MARKS), {"name": OLDEST, "value": oldest})


def oldest_beside(script: Script) -> str:
    """The revision a program must know at least to work beside a migration; empty where it only adds."""
    return str(getattr(script.module, "OLDEST", ""))
