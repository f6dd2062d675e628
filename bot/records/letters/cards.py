"""Which message shows a request in a hub channel."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select

from bot.records.engine import Database
from bot.records.tables import CARDS

_THIS_CARD = (
    CARDS.c.platform == bindparam("on"),
    CARDS.c.address == bindparam("where"),
    CARDS.c.reference == bindparam("which"),
)
_CARD = select(CARDS.c.message).where(*_THIS_CARD)
_REFERENCE = select(CARDS.c.reference).where(
    CARDS.c.platform == bindparam("on"), CARDS.c.address == bindparam("where"), CARDS.c.message == bindparam("which")
)
_DROP_CARD = delete(CARDS).where(*_THIS_CARD)
_ADD_CARD = insert(CARDS)


class CardRecords:
    """Which message shows a request in a hub channel; raises RecordsError when that cannot be kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, platform: str, address: str, reference: str) -> str:
        """The message's id in its platform; empty where there is none yet."""
        with self._database.read() as connection:
            found = connection.scalar(_CARD, {"on": platform, "where": address, "which": reference})
        return str(found or "")

    def put(self, platform: str, address: str, reference: str, message: str) -> None:
        """Keep the message's id."""
        with self._database.write() as connection:
            connection.execute(_DROP_CARD, {"on": platform, "where": address, "which": reference})
            row = {"platform": platform, "address": address, "reference": reference, "message": message}
            connection.execute(_ADD_CARD, row)

    def reference(self, platform: str, address: str, message: str) -> str:
        """Which request a message shows; empty where it is no card of ours."""
        with self._database.read() as connection:
            found = connection.scalar(_REFERENCE, {"on": platform, "where": address, "which": message})
        return str(found or "")
