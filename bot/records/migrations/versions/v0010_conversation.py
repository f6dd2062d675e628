"""What was chosen of what a reply offered, why a reply is what it is, and questions that nobody answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("requests", sa.Column("unasked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("replies", sa.Column("reason", sa.String(40), nullable=False, server_default=""))
    op.add_column("replies", sa.Column("weighed", sa.JSON(), nullable=True))
    op.create_table(
        "choices",
        sa.Column("receipt", sa.String(40), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_choices_at", "choices", ["at"])
