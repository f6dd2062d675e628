"""Alembic's door: records/migrate.py hands in a connection that is already inside a write transaction."""

from __future__ import annotations

from alembic import context

from bot.records.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
