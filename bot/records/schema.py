"""The tables of the hub database. A change here needs a migration beside it; a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

HEAD_REVISION = "0009"
"""The newest migration: held here so that opening an up-to-date database need not import Alembic."""

METADATA = MetaData()
# SQLite numbers rows by itself only where the column is a plain INTEGER
NUMBER = BigInteger().with_variant(Integer, "sqlite")


def clean_text(text: str) -> str:
    """The text as both engines can keep it: PostgreSQL refuses NUL, and neither takes half a character."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class CleanText(TypeDecorator[str]):
    """Text that can always be stored."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean_text(value)


class UtcTime(TypeDecorator[datetime]):
    """A moment. It must know its time zone when written and is in UTC when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite keeps no zone: what was written was UTC
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


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
    Column("claimed_at", UtcTime, comment="when somebody first took it"),
    Column("replied_at", UtcTime, comment="when it was first replied to"),
    Column("reopened_at", UtcTime, comment="when it was last opened again, until it is replied to"),
    Column("joined_to", NUMBER, comment="the request that answers this one too"),
    Column(
        "unasked", Boolean, nullable=False, server_default=false(), comment="logged; the asker was never told of it"
    ),
    Index("ix_requests_state", "state", "number"),
    Index("ix_requests_question", "question_id"),
    Index("ix_requests_joined", "joined_to"),
    Index("ix_requests_replied", "replied_at"),
    # a reference is never given twice, even after a purge
    sqlite_autoincrement=True,
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
    Column("join_offered", NUMBER, comment="an open request that the asker was offered to join"),
    Column("weighed", JSON, comment="what was found, and what was weighed against it"),
    Column("replied_at", UtcTime, nullable=False),
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
    Column("similarity", Float, nullable=False, comment="1.0 is identical"),
    # who was told what is asked when a passage changes
    Index("ix_citations_passage", "document", "passage"),
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

AUDIT = Table(
    "audit",
    METADATA,
    Column("sequence", NUMBER, primary_key=True, autoincrement=False),
    # times and detail are kept as the very characters that were hashed
    Column("at", String(40), nullable=False),
    Column("actor", CleanText, nullable=False),
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
    # row 2, if there is one: the last event that was trimmed, from which the chain goes on
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", NUMBER, nullable=False),
    Column("hash", String(64), nullable=False),
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

DIGESTS = Table(
    "digests",
    METADATA,
    Column("week", String(10), primary_key=True, comment="such as 2026-W47"),
    Column("text", CleanText, nullable=False),
    Column("prepared_at", UtcTime, nullable=False),
    Column("approved_by", CleanText),
    Column("approved_at", UtcTime),
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
    Index("ix_messages_request", "request_number", "id"),
)

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
    Column("state", String(20), nullable=False, comment="proposed, approved or withdrawn"),
    Column("at", UtcTime, nullable=False),
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

INBOUND = Table(
    "inbound",
    METADATA,
    # what a platform sent, before it is told that we have it; the text goes when it is answered
    Column("platform", String(20), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("address", CleanText, nullable=False),
    Column("asker", CleanText, nullable=False),
    Column("text", CleanText, nullable=False, comment="redacted before it came here"),
    Column("state", String(20), nullable=False, comment="leased or done"),
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

RECALLS = Table(
    "recalls",
    METADATA,
    # who has been told that something they were shown does not stand any more
    Column("reply_id", NUMBER, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("recall", String(20), primary_key=True),
    Column("by", CleanText, nullable=False),
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
    Column("state", String(20), nullable=False, comment="proposed, approved or withdrawn"),
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
    # who writes to us on a platform, and where they are reached
    Column("platform", String(20), primary_key=True),
    Column("person", String(200), primary_key=True),
    Column("name", CleanText, nullable=False),
    Column("account", CleanText, nullable=False),
    Column("address", CleanText, nullable=False),
    Column("service", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_people_at", "platform", "at"),
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

CHOICES = Table(
    "choices",
    METADATA,
    # which of the sections that a reply offered somebody opened; position 0 is none of them
    Column("receipt", String(40), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("person", CleanText, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_choices_at", "at"),
)
