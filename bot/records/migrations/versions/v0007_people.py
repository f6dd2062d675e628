"""Who writes to us on a platform, and which message shows which reply."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("platform", sa.String(20), primary_key=True),
        sa.Column("person", sa.String(200), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_people_at", "people", ["platform", "at"])
    op.create_table(
        "shown",
        sa.Column("platform", sa.String(20), primary_key=True),
        sa.Column("message", sa.String(400), primary_key=True),
        sa.Column("receipt", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_shown_at", "shown", ["at"])
