"""Slack workspaces that have installed the app, with their tokens as the edge sealed them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from bot.records import audit
from bot.records.audit.chain import Entry
from bot.records.engine import Database
from bot.records.tables import WORKSPACES

_ONE = select(WORKSPACES.c.team, WORKSPACES.c.bot_user, WORKSPACES.c.token).where(
    WORKSPACES.c.team == bindparam("which")
)
_NEWEST = select(WORKSPACES.c.team, WORKSPACES.c.bot_user, WORKSPACES.c.token).order_by(WORKSPACES.c.at.desc()).limit(1)
_DROP = delete(WORKSPACES).where(WORKSPACES.c.team == bindparam("which"))
_ADD = insert(WORKSPACES)


class WorkspaceRecords:
    """Raises RecordsError when the database cannot do it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def find(self, team: str) -> tuple[str, str, str] | None:
        """Team, bot user and sealed token of a workspace; of the newest where none is named."""
        with self._database.read() as connection:
            found = connection.execute(_ONE if team else _NEWEST, {"which": team} if team else {}).one_or_none()
        return (found[0], found[1], found[2]) if found else None

    def save(self, team: str, bot_user: str, token: str, by: str) -> None:
        """Keep an installation, in the place of an earlier one."""
        with self._database.write() as connection:
            connection.execute(_DROP, {"which": team})
            row = {"team": team, "bot_user": bot_user, "token": token, "by": by, "at": self._now()}
            connection.execute(_ADD, row)
            audit.append(connection, [Entry(self._now(), by, "workspace.installed", team, {})])

    def remove(self, team: str) -> None:
        """Forget an installation."""
        with self._database.write() as connection:
            if connection.execute(_DROP, {"which": team}).rowcount:
                audit.append(connection, [Entry(self._now(), "slack", "workspace.removed", team, {})])
