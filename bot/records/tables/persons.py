"""What the hub keeps for each person who works in it."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table, UniqueConstraint

from bot.records.tables.kinds import METADATA, NUMBER, UtcTime

SAVED_FILTERS = Table(
    "saved_filters",
    METADATA,
    # of the board; its address holds the number alone, never what is filtered by
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("person", String(200), nullable=False),
    Column("name", String(60), nullable=False),
    Column("wanted", JSON, nullable=False),
    Column("used_at", UtcTime, nullable=False),
    UniqueConstraint("person", "name", name="uq_saved_filters_name"),
    Index("ix_saved_filters_used", "used_at"),
    # the number of one that was removed is never given again
    sqlite_autoincrement=True,
)
