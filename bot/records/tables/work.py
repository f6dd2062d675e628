"""Requests, and all that belongs to working on them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, false

from bot.records.tables.kinds import METADATA, NUMBER, CleanText, UtcTime

REQUESTS = Table(
    "requests",
    METADATA,
    Column("number", NUMBER, primary_key=True, autoincrement=True),
    Column("question_id", NUMBER, ForeignKey("questions.id", name="fk_requests_question"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("why", CleanText, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("claimed_by", CleanText),
    Column("outcome", String(20), comment="how it was closed"),
    Column("changed_at", UtcTime),
    Column("claimed_at", UtcTime, comment="when it was first taken"),
    Column("replied_at", UtcTime, comment="when it was first replied to"),
    Column("reopened_at", UtcTime, comment="when it was last opened again, until it is replied to"),
    Column(
        "unasked", Boolean, nullable=False, server_default=false(), comment="logged; the asker was never told of it"
    ),
    Column("joined_to", NUMBER, comment="the request that answers this one too"),
    Column("join_offered", NUMBER, comment="the request that its asker was offered to join"),
    Column("theme", String(40), nullable=False, server_default="", comment="as the form has it; empty for none"),
    Column("area", CleanText, nullable=False, server_default="", comment="where it happens, redacted"),
    Index("ix_requests_state", "state", "number"),
    Index("ix_requests_question", "question_id"),
    Index("ix_requests_joined", "joined_to"),
    Index("ix_requests_replied", "replied_at"),
    # a reference is never given twice, even after a purge
    sqlite_autoincrement=True,
)

MESSAGES = Table(
    "messages",
    METADATA,
    # what was said about a request: replies and questions to the asker, and the hub's own notes
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("request_number", NUMBER, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("author", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("event", NUMBER, comment="its event on the record, which holds a digest of the text"),
    Column("salt", String(32), nullable=False, server_default="", comment="of that digest; goes with the text"),
    Index("ix_messages_request", "request_number", "id"),
)

REQUEST_VECTORS = Table(
    "request_vectors",
    METADATA,
    # of the redacted question, to find a request like it; goes with the request
    Column("request_number", NUMBER, primary_key=True, autoincrement=False),
    Column("encoder", CleanText, nullable=False, comment="fingerprint of the encoder that made it"),
    Column("vector", LargeBinary, nullable=False, comment="half precision, unit length"),
)

REMINDERS = Table(
    "reminders",
    METADATA,
    Column("request_number", NUMBER, primary_key=True, autoincrement=False),
    Column("kind", String(20), primary_key=True),
    Column("at", UtcTime, nullable=False),
)

LATE_OFFERS = Table(
    "late_offers",
    METADATA,
    # unanswered questions that guidance answers now, until the hub has sent or dismissed them
    Column("request_number", NUMBER, primary_key=True, autoincrement=False),
    Column("edition", Integer, nullable=False),
    Column("citation", JSON, nullable=False),
    Column("state", String(20), nullable=False, comment="offered, sent or dismissed"),
    Column("at", UtcTime, nullable=False),
)
