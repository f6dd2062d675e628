"""What comes from outside a conversation: the feedback channel of the programme, and programs that use the API."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, String, Table

from bot.records.tables.kinds import METADATA, NUMBER, CleanText, UtcTime

ECHOES = Table(
    "echoes",
    METADATA,
    # nothing of who wrote: no person, no address, and the day instead of the moment
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("side", String(10), nullable=False, comment="public or staff"),
    Column("theme", String(40), nullable=False),
    Column("text", CleanText, nullable=False, comment="redacted"),
    Column("day", Date, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("state", String(20), nullable=False, comment="new, read or answered"),
    Column("answer", NUMBER, comment="the answer that covers it"),
    Index("ix_echoes_state", "state", "number"),
    # the number of one that was taken away is never given again
    sqlite_autoincrement=True,
)

ECHO_ANSWERS = Table(
    "echo_answers",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("said", CleanText, nullable=False),
    Column("did", CleanText, nullable=False),
    Column("covers", Integer, nullable=False, comment="how many wrote so"),
    Column("state", String(20), nullable=False, comment="proposed, approved or withdrawn"),
    Column("proposed_by", CleanText, nullable=False),
    Column("proposed_account", CleanText, nullable=False, server_default="", comment="of the operating system"),
    Column("approved_by", CleanText),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

API_TOKENS = Table(
    "api_tokens",
    METADATA,
    Column("name", String(80), primary_key=True, comment="of the program that uses it"),
    Column("digest", String(64), nullable=False, unique=True, comment="SHA-256 of the token, which is kept nowhere"),
    Column("person", String(200), nullable=False, comment="in whose name, and within whose roles, it acts"),
    Column("scopes", JSON, nullable=False),
    Column("by", CleanText, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Column("used_on", Date),
)

API_CALLS = Table(
    "api_calls",
    METADATA,
    # what was answered under an idempotency key: the receipt or reference, and nothing of what was sent
    Column("token", String(80), primary_key=True),
    Column("key", String(64), primary_key=True, comment="digest of the key"),
    Column("sent", String(64), nullable=False, comment="digest of what was sent"),
    Column("status", Integer, nullable=False, comment="0 while it is being worked on"),
    Column("answer", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_api_calls_at", "at"),
)
