"""What a reply showed beside its quotes, so that its page shows it too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("replies", sa.Column("beside", sa.JSON(), nullable=True))
