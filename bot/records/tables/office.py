"""The record, and what looking after the hub needs."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from bot.records.tables.kinds import METADATA, NUMBER, CleanText, UtcTime

AUDIT = Table(
    "audit",
    METADATA,
    Column("sequence", NUMBER, primary_key=True, autoincrement=False),
    # times and detail are kept as the very characters that were hashed
    Column("at", String(40), nullable=False),
    Column("actor", CleanText, nullable=False),
    Column("account", CleanText, nullable=False, server_default="", comment="of the operating system, at a terminal"),
    Column("action", CleanText, nullable=False),
    Column("subject", CleanText, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_audit_subject", "subject", "sequence"),
)

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    # row 1: where the chain ends. Locking it orders writers, and a chain cut short no longer fits it.
    # row 2, if there is one: the last event that was trimmed; a signed event further on says so too
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", NUMBER, nullable=False),
    Column("hash", String(64), nullable=False),
)

SWITCHES = Table(
    "switches",
    METADATA,
    # a row is there while something is paused
    Column("name", String(200), primary_key=True),
    Column("by", CleanText, nullable=False),
    Column("why", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
)

HOLDS = Table(
    "holds",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("scope", String(20), nullable=False, comment="person, request or everything"),
    Column("value", CleanText, nullable=False),
    Column("by", CleanText, nullable=False),
    Column("why", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
    # the number of a hold that was lifted is never given again
    sqlite_autoincrement=True,
)

MARKS = Table(
    "marks",
    METADATA,
    # how far the worker has come with something, such as the edition it last looked at
    Column("name", String(60), primary_key=True),
    Column("value", CleanText, nullable=False),
)

WORKSPACES = Table(
    "workspaces",
    METADATA,
    # Slack workspaces that have installed the app
    Column("team", String(40), primary_key=True),
    Column("bot_user", CleanText, nullable=False),
    Column("token", CleanText, nullable=False, comment="sealed by the edge"),
    Column("by", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
)

PEOPLE = Table(
    "people",
    METADATA,
    # the people who write to the assistant on a platform, and where they are reached
    Column("platform", String(20), primary_key=True),
    Column("person", String(200), primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("account", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("service", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_people_at", "platform", "at"),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    # of the portal; the id is a digest of what the cookie holds
    Column("id", String(64), primary_key=True),
    Column("person", String(200), nullable=False),
    Column("name", CleanText, nullable=False),
    Column("groups", JSON, nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("seen_at", UtcTime, nullable=False),
    Index("ix_sessions_person", "person"),
)

RATE_COUNTS = Table(
    "rate_counts",
    METADATA,
    # how often something was done in a time, for all processes together; of whom, only a digest tells
    Column("key", String(64), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    Index("ix_rate_counts_ends", "ends_at"),
)
