"""Bringing a hub database to this program's schema."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.records.engine import Database
from bot.records.errors import RecordsError
from bot.records.tables import HEAD_REVISION

_STORED = text("select version_num from alembic_version")
MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Create or upgrade the tables; several processes may at once. RecordsError for a newer database."""
    with database.read() as connection:
        if stored_revision(connection, database.name) == HEAD_REVISION:
            return
    with database.exclusive() as connection:
        stored = stored_revision(connection, database.name)
        if stored != HEAD_REVISION:  # another process may have been first
            _upgrade(connection, stored, database.name)


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


def _upgrade(connection: Connection, stored: str | None, name: str) -> None:
    # Alembic takes 0.4 s to import: only who needs it pays
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if stored is not None and stored not in known:
        raise RecordsError(
            f"The hub database {name} was written by a newer version of this program (revision {stored}). "
            "Install that version; nothing was changed."
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
