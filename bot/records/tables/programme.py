"""Advice, lessons, weekly digests and learning."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Integer, String, Table

from bot.records.tables.kinds import METADATA, NUMBER, CleanText, UtcTime

ADVICE = Table(
    "advice",
    METADATA,
    Column("request_number", NUMBER, primary_key=True, autoincrement=False),
    Column("title", CleanText, nullable=False),
    Column("question", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("owner", CleanText, nullable=False),
    Column("review_by", Date, nullable=False),
    Column("proposed_by", CleanText, nullable=False),
    Column("approved_by", CleanText),
    Column("proposed_account", CleanText, nullable=False, server_default="", comment="of the operating system"),
    Column("state", String(20), nullable=False, comment="proposed, approved or withdrawn"),
    Column("at", UtcTime, nullable=False),
)

LESSONS = Table(
    "lessons",
    METADATA,
    Column("request_number", NUMBER, primary_key=True, autoincrement=False),
    Column("title", CleanText, nullable=False),
    Column("problem", CleanText, nullable=False),
    Column("tried", CleanText, nullable=False),
    Column("happened", CleanText, nullable=False),
    Column("benefits", JSON, nullable=False),
    Column("owner", CleanText, nullable=False),
    Column("review_by", Date, nullable=False),
    Column("proposed_by", CleanText, nullable=False),
    Column("approved_by", CleanText),
    Column("proposed_account", CleanText, nullable=False, server_default="", comment="of the operating system"),
    Column("state", String(20), nullable=False, comment="proposed, approved or withdrawn"),
    Column("at", UtcTime, nullable=False),
)

DIGESTS = Table(
    "digests",
    METADATA,
    Column("week", String(10), primary_key=True, comment="such as 2026-W47"),
    Column("text", CleanText, nullable=False),
    Column("prepared_at", UtcTime, nullable=False),
    Column("approved_by", CleanText),
    Column("approved_at", UtcTime),
)

LEARNING = Table(
    "learning",
    METADATA,
    # a person's own: deleted when they ask, and never told to anyone else
    Column("person", CleanText, primary_key=True),
    Column("path", String(100), primary_key=True),
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("right", Boolean, nullable=False),
    Column("done_at", UtcTime, nullable=False),
)
