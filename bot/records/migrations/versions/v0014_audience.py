"""Whom what was shown is for: what some colleagues were quoted is not shown to the others by its receipt."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("citations", sa.Column("audience", sa.Text(), nullable=False, server_default=""))
