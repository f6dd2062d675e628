"""Working on requests: who has one, what was said, what is on its way to whom, and advice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("requests", sa.Column("claimed_by", sa.Text()))
    op.add_column("requests", sa.Column("outcome", sa.String(20)))
    op.add_column("requests", sa.Column("changed_at", MOMENT))
    op.create_table(
        "messages",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("request_number", NUMBER, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index("ix_messages_request", "messages", ["request_number", "id"])
    op.create_table(
        "outbox",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("fence", NUMBER, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_due", "outbox", ["state", "due_at"])
    op.create_index("ix_outbox_place", "outbox", ["platform", "address", "id"])
    op.create_table(
        "inbox",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("shown_at", MOMENT),
    )
    op.create_index("ix_inbox_person", "inbox", ["person", "shown_at"])
    op.create_table(
        "advice",
        sa.Column("request_number", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
