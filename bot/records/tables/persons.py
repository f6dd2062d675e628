"""What the hub keeps for each person: filters of the board, and which accounts of platforms are one person."""

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

BINDINGS = Table(
    "bindings",
    METADATA,
    # which accounts of platforms are one person; a binding that stands is never given to another account
    Column("platform", String(20), primary_key=True),
    Column("account", String(200), primary_key=True, comment="the person's id on that platform"),
    Column("person", String(200), nullable=False, comment="the id under which the core knows them"),
    Column("address", String(320), nullable=False, comment="e-mail, as the platform vouched for it"),
    Column("state", String(10), nullable=False, comment="bound or refused"),
    Column("first_seen", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False, comment="when the platform last vouched for the address"),
    Index("ix_bindings_person", "person"),
    Index("ix_bindings_address", "address"),
    Index("ix_bindings_account", "account"),
)
