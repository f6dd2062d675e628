"""What comes in from platforms, what goes out to them, and the cards that show requests."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from bot.records.tables.kinds import METADATA, NUMBER, CleanText, UtcTime

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("key", String(80), nullable=False, comment="the same message again has the same key"),
    Column("platform", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("person", CleanText, nullable=False),
    Column("reference", String(20), nullable=False),
    Column("text", CleanText, nullable=False),
    Column("state", String(20), nullable=False, comment="waiting, leased, sent or dead"),
    Column("attempts", Integer, nullable=False),
    Column("fence", NUMBER, nullable=False, comment="of the newest lease; an older one may not settle it"),
    Column("due_at", UtcTime, nullable=False),
    Column("trouble", CleanText, nullable=False),
    Column("kind", String(20), nullable=False, server_default="reply"),
    UniqueConstraint("key", name="uq_outbox_key"),
    Index("ix_outbox_due", "state", "due_at"),
    Index("ix_outbox_place", "platform", "address", "id"),
)

INBOX = Table(
    "inbox",
    METADATA,
    # what the terminal's courier has brought, shown at the person's next chat
    Column("key", String(80), primary_key=True),
    Column("person", CleanText, nullable=False),
    Column("reference", String(20), nullable=False),
    Column("text", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("shown_at", UtcTime),
    Index("ix_inbox_person", "person", "shown_at"),
)

INBOUND = Table(
    "inbound",
    METADATA,
    # what a platform sent, before it is told that we have it; the text goes when it is answered
    Column("platform", String(20), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("address", CleanText, nullable=False),
    Column("asker", CleanText, nullable=False),
    Column("text", CleanText, nullable=False, comment="redacted before it came here"),
    Column("state", String(20), nullable=False, comment="taken, acted, answered or done"),
    Column("until", UtcTime, nullable=False, comment="when another process may take it over"),
    Column("at", UtcTime, nullable=False),
    Index("ix_inbound_state", "platform", "state", "until"),
)

CARDS = Table(
    "cards",
    METADATA,
    # the message that shows a request in a hub channel, to be changed in place
    Column("platform", String(20), primary_key=True),
    Column("address", String(400), primary_key=True),
    Column("reference", String(20), primary_key=True),
    Column("message", CleanText, nullable=False),
)
