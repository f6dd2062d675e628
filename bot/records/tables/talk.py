"""Questions, replies, what was quoted, and what people said of it."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from bot.records.tables.kinds import METADATA, NUMBER, CleanText, UtcTime

QUESTIONS = Table(
    "questions",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("given_id", CleanText, nullable=False),
    Column("platform", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("asker", CleanText, nullable=False),
    Column("text", CleanText, nullable=False, comment="redacted before it came here"),
    Column("asked_at", UtcTime, nullable=False),
    Index("ix_questions_place", "platform", "address", "id"),
    Index("ix_questions_asker", "asker", "id"),
    Index("ix_questions_asked_at", "asked_at"),
)

REPLIES = Table(
    "replies",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("question_id", NUMBER, ForeignKey("questions.id", name="fk_replies_question"), nullable=False),
    Column("request_number", NUMBER, ForeignKey("requests.number", name="fk_replies_request")),
    Column("given_id", CleanText, nullable=False),
    Column("receipt", String(40)),
    Column("outcome", String(20), nullable=False),
    Column("text", CleanText, nullable=False),
    Column("why", CleanText, nullable=False),
    Column("confidence", Float),
    Column("edition", Integer),
    Column("redacted", JSON, nullable=False),
    Column("signals", JSON, nullable=False),
    Column("reason", String(40), nullable=False, server_default="", comment="why it is what it is, as a code"),
    Column("weighed", JSON, comment="what was found, and what was weighed against it"),
    Column("beside", JSON, comment="what stood beside the quotes: a notice, related questions, short answers"),
    Column("replied_at", UtcTime, nullable=False),
    Column("event", NUMBER, comment="its event on the record, which holds a digest of what was shown"),
    Column("salt", String(32), nullable=False, server_default="", comment="of that digest; goes with the text"),
    UniqueConstraint("receipt", name="uq_replies_receipt"),
    Index("ix_replies_question", "question_id"),
    Index("ix_replies_replied_at", "replied_at"),
    Index("ix_replies_request", "request_number"),
)

CITATIONS = Table(
    "citations",
    METADATA,
    Column("reply_id", NUMBER, ForeignKey("replies.id", name="fk_citations_reply"), primary_key=True),
    Column("role", String(20), primary_key=True, comment="quoted, candidate or found"),
    Column("position", Integer, primary_key=True),
    Column("passage", CleanText, nullable=False),
    Column("edition", Integer),
    Column("document", CleanText, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("section", CleanText, nullable=False),
    Column("page", Integer),
    Column("quote", CleanText, nullable=False),
    Column("answer", CleanText, nullable=False, server_default=""),
    Column("status", CleanText, nullable=False),
    Column("law_checked_on", Date),
    Column("review_by", Date),
    Column("marking", CleanText, nullable=False),
    Column("link", CleanText, nullable=False),
    Column("audience", CleanText, nullable=False, server_default="", comment="empty for everybody"),
    Column("similarity", Float, nullable=False, comment="1.0 is identical"),
    # who was told what is asked when a passage changes
    Index("ix_citations_passage", "document", "passage"),
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("receipt", String(40), nullable=False),
    Column("person", CleanText, nullable=False),
    Column("helped", Boolean, nullable=False),
    Column("reason", CleanText, nullable=False, comment="redacted before it came here"),
    Column("request_number", NUMBER),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("receipt", "person", name="uq_feedback_receipt"),
    Index("ix_feedback_at", "at"),
)

RECALLS = Table(
    "recalls",
    METADATA,
    # the askers who have been told that something they were shown does not stand any more
    Column("reply_id", NUMBER, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("recall", String(20), primary_key=True),
    Column("by", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
)

SHOWN = Table(
    "shown",
    METADATA,
    # which message shows a reply
    Column("platform", String(20), primary_key=True),
    Column("message", String(400), primary_key=True),
    Column("receipt", String(40), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_shown_at", "at"),
)

URGENT_SIGNS = Table(
    "urgent_signs",
    METADATA,
    # one row for each, never a text, an asker or a time of day
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("kind", CleanText, nullable=False),
    Column("day", Date, nullable=False),
    Index("ix_urgent_signs_day", "day", "kind"),
)

CHOICES = Table(
    "choices",
    METADATA,
    # which of the sections that a reply offered the asker opened; position 0 is none of them
    Column("receipt", String(40), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("person", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_choices_at", "at"),
)
