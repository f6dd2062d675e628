"""The first tables: questions, replies, requests, what was quoted, and the audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _questions()
    _requests()
    _replies()
    _citations()
    _urgent_signs()
    _audit()


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("given_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="redacted before it came here"),
        sa.Column("asked_at", MOMENT, nullable=False),
    )
    op.create_index("ix_questions_place", "questions", ["platform", "address", "id"])


def _requests() -> None:
    op.create_table(
        "requests",
        sa.Column("number", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("question_id", NUMBER, sa.ForeignKey("questions.id", name="fk_requests_question"), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_requests_state", "requests", ["state", "number"])
    op.create_index("ix_requests_question", "requests", ["question_id"])


def _replies() -> None:
    op.create_table(
        "replies",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("question_id", NUMBER, sa.ForeignKey("questions.id", name="fk_replies_question"), nullable=False),
        sa.Column("request_number", NUMBER, sa.ForeignKey("requests.number", name="fk_replies_request")),
        sa.Column("given_id", sa.Text(), nullable=False),
        sa.Column("receipt", sa.String(40)),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("edition", sa.Integer()),
        sa.Column("redacted", sa.JSON(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("replied_at", MOMENT, nullable=False),
        sa.UniqueConstraint("receipt", name="uq_replies_receipt"),
    )
    op.create_index("ix_replies_question", "replies", ["question_id"])
    op.create_index("ix_replies_request", "replies", ["request_number"])


def _citations() -> None:
    op.create_table(
        "citations",
        sa.Column("reply_id", NUMBER, sa.ForeignKey("replies.id", name="fk_citations_reply"), primary_key=True),
        sa.Column("role", sa.String(20), primary_key=True, comment="quoted, candidate or found"),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("passage", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer()),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("law_checked_on", sa.Date()),
        sa.Column("review_by", sa.Date()),
        sa.Column("marking", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False, comment="1.0 is identical"),
    )
    op.create_index("ix_citations_passage", "citations", ["document", "passage"])


def _urgent_signs() -> None:
    op.create_table(
        "urgent_signs",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
    )
    op.create_index("ix_urgent_signs_day", "urgent_signs", ["day", "kind"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("ix_audit_subject", "audit", ["subject", "sequence"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sequence", NUMBER, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"id": 1, "sequence": 0, "hash": "0" * 64}])
    _make_append_only()


def _make_append_only() -> None:
    """The database itself refuses to change or remove an event."""
    refusal = "the audit is append-only"
    if op.get_bind().dialect.name == "sqlite":
        for change in ("update", "delete"):
            op.execute(
                f"create trigger audit_no_{change} before {change} on audit begin select raise(abort, '{refusal}'); end"
            )
        return
    op.execute(
        "create function audit_refuses() returns trigger language plpgsql as "
        f"$$ begin raise exception '{refusal}'; end $$"
    )
    op.execute(
        "create trigger audit_append_only before update or delete or truncate on audit "
        "for each statement execute function audit_refuses()"
    )
