"""Improvement projects with their values, and the time that officers say they were saved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

MOMENT = sa.DateTime(timezone=True)
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "projects",
        sa.Column("number", NUMBER, primary_key=True, autoincrement=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "problem", "owner", "partners")),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("measure", sa.JSON(), nullable=False),
        sa.Column("baseline", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("request_number", NUMBER),
        sa.Column("claim", sa.JSON()),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False, server_default=""),
        sa.Column("proposed_account", sa.Text(), nullable=False, server_default=""),
        sa.Column("approved_by", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False, server_default=""),
        sa.Column("published_at", MOMENT),
        sa.Column("at", MOMENT, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "project_values",
        sa.Column("project", NUMBER, primary_key=True, autoincrement=False),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
    )
    op.create_table(
        "project_tried",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("project", NUMBER, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("recalculates", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index("ix_project_tried_project", "project_tried", ["project", "day"])
    op.create_table(
        "time_saved",
        sa.Column("id", NUMBER, primary_key=True, autoincrement=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Float(), nullable=False),
    )
    op.create_index("ix_time_saved_day", "time_saved", ["day"])
    op.create_table(
        "time_asked",
        sa.Column("person", sa.Text(), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
