"""Working with many: joined requests, feedback, what platforms sent and show, reminders, recall and lessons."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _requests()
    _feedback()
    _places()
    _recall_and_lessons()


def _requests() -> None:
    op.add_column("requests", sa.Column("claimed_at", MOMENT))
    op.add_column("requests", sa.Column("replied_at", MOMENT))
    op.add_column("requests", sa.Column("joined_to", NUMBER))
    op.add_column("requests", sa.Column("reopened_at", MOMENT))
    op.create_index("ix_requests_joined", "requests", ["joined_to"])
    op.create_index("ix_requests_replied", "requests", ["replied_at"])
    op.add_column("outbox", sa.Column("kind", sa.String(20), nullable=False, server_default="reply"))
    op.create_table(
        "request_vectors",
        sa.Column("request_number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("encoder", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "reminders",
        sa.Column("request_number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("receipt", sa.String(40), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("request_number", NUMBER),
        sa.Column("at", MOMENT, nullable=False),
        sa.UniqueConstraint("receipt", "person", name="uq_feedback_receipt"),
    )
    op.create_index("ix_feedback_at", "feedback", ["at"])


def _places() -> None:
    op.create_table(
        "inbound",
        sa.Column("platform", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_inbound_state", "inbound", ["platform", "state", "until"])
    op.create_table(
        "cards",
        sa.Column("platform", sa.String(20), primary_key=True),
        sa.Column("address", sa.String(400), primary_key=True),
        sa.Column("reference", sa.String(20), primary_key=True),
        sa.Column("message", sa.Text(), nullable=False),
    )


def _recall_and_lessons() -> None:
    op.create_table(
        "recalls",
        sa.Column("reply_id", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("recall", sa.String(20), primary_key=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "lessons",
        sa.Column("request_number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("tried", sa.Text(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("benefits", sa.JSON(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "late_offers",
        sa.Column("request_number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("citation", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_table(
        "marks",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    op.create_index("ix_replies_replied_at", "replies", ["replied_at"])
