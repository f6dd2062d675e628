"""Progress on learning paths, and weekly digests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "learning",
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("path", sa.String(100), primary_key=True),
        sa.Column("step", sa.Integer(), primary_key=True),
        sa.Column("right", sa.Boolean(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=False),
    )
    op.create_table(
        "digests",
        sa.Column("week", sa.String(10), primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.Column("approved_by", sa.Text()),
        sa.Column("approved_at", MOMENT),
    )
