"""Which message shows which reply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from bot.records.engine import Database
from bot.records.tables import SHOWN

_SHOWN_AS = select(SHOWN.c.receipt).where(SHOWN.c.platform == bindparam("on"), SHOWN.c.message == bindparam("which"))
_DROP_SHOWN = delete(SHOWN).where(SHOWN.c.platform == bindparam("on"), SHOWN.c.message == bindparam("which"))
_SHOW = insert(SHOWN)


class ShownRecords:
    """Which message shows a reply, for feedback that names only the message. Raises RecordsError."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._now = clock

    def put(self, platform: str, message: str, receipt: str) -> None:
        """Keep that a message shows the reply with this receipt."""
        with self._database.write() as connection:
            connection.execute(_DROP_SHOWN, {"on": platform, "which": message})
            row = {"platform": platform, "message": message, "receipt": receipt, "at": self._now()}
            connection.execute(_SHOW, row)

    def newest(self, platform: str, conversation: str) -> str:
        """The receipt of the reply that was shown last in a conversation; empty where none was."""
        newest = (
            select(SHOWN.c.receipt)
            .where(SHOWN.c.platform == platform, SHOWN.c.message.startswith(f"{conversation}:", autoescape=True))
            .order_by(SHOWN.c.at.desc(), SHOWN.c.message.desc())
            .limit(1)
        )
        with self._database.read() as connection:
            return str(connection.scalar(newest) or "")

    def receipt(self, platform: str, message: str) -> str:
        """The receipt of the reply that a message shows; empty where it shows none."""
        with self._database.read() as connection:
            return str(connection.scalar(_SHOWN_AS, {"on": platform, "which": message}) or "")
