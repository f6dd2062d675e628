"""Improvement projects, and the time that officers say the assistant saved them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Float, Index, String, Table, false

from bot.records.tables.kinds import METADATA, NUMBER, CleanText, UtcTime

PROJECTS = Table(
    "projects",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("title", CleanText, nullable=False),
    Column("problem", CleanText, nullable=False),
    Column("owner", CleanText, nullable=False),
    Column("partners", CleanText, nullable=False),
    Column("stage", String(20), nullable=False),
    Column("measure", JSON, nullable=False),
    Column("baseline", CleanText, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("request_number", NUMBER),
    Column("claim", JSON),
    Column("state", String(20), nullable=False, comment="working, proposed, published or withdrawn"),
    Column("proposed_by", CleanText, nullable=False, server_default=""),
    Column("proposed_account", CleanText, nullable=False, server_default="", comment="of the operating system"),
    Column("approved_by", CleanText),
    Column("text", CleanText, nullable=False, server_default="", comment="what is told, as it was approved"),
    Column("published_at", UtcTime),
    Column("at", UtcTime, nullable=False),
    # a reference is never given twice
    sqlite_autoincrement=True,
)

PROJECT_VALUES = Table(
    "project_values",
    METADATA,
    Column("project", NUMBER, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("value", Float, nullable=False),
    Column("source", String(20), nullable=False, comment="typed, csv or counted"),
)

PROJECT_TRIED = Table(
    "project_tried",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("project", NUMBER, nullable=False),
    Column("day", Date, nullable=False),
    Column("what", CleanText, nullable=False),
    Column("recalculates", Boolean, nullable=False, server_default=false()),
    Index("ix_project_tried_project", "project", "day"),
)

TIME_SAVED = Table(
    "time_saved",
    METADATA,
    # minutes that an officer says they were saved: never who said it, nor of which reply
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("day", Date, nullable=False),
    Column("minutes", Float, nullable=False),
    Index("ix_time_saved_day", "day"),
)

TIME_ASKED = Table(
    "time_asked",
    METADATA,
    # who was asked last, so that nobody is asked twice in a week; forgotten after it
    Column("person", CleanText, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("answered", Boolean, nullable=False, server_default=false()),
)
