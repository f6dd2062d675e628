"""What was said is on the record, accounts beside names, theme and area of requests, and holds numbered once."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LINE = re.compile(r"^(Where|Theme): (.+)$", re.MULTILINE)


def upgrade() -> None:
    for table in ("replies", "messages"):
        op.add_column(table, sa.Column("event", NUMBER))
        op.add_column(table, sa.Column("salt", sa.String(32), nullable=False, server_default=""))
    op.add_column("audit", sa.Column("account", sa.Text(), nullable=False, server_default=""))
    for table in ("advice", "lessons"):
        op.add_column(table, sa.Column("proposed_account", sa.Text(), nullable=False, server_default=""))
    op.add_column("requests", sa.Column("join_offered", NUMBER))
    op.add_column("requests", sa.Column("theme", sa.String(40), nullable=False, server_default=""))
    op.add_column("requests", sa.Column("area", sa.Text(), nullable=False, server_default=""))
    _fill_theme_and_area()
    if op.get_bind().dialect.name == "sqlite":
        _number_holds_once()


def _fill_theme_and_area() -> None:
    """From the description that a form made: a line each."""
    connection = op.get_bind()
    requests = sa.table("requests", *(sa.column(name) for name in ("number", "question_id", "kind", "theme", "area")))
    questions = sa.table("questions", sa.column("id"), sa.column("text"))
    described = (
        sa.select(requests.c.number, questions.c.text)
        .join(questions, questions.c.id == requests.c.question_id)
        .where(requests.c.kind.in_(("operational_problem", "organisational_inefficiency")))
    )
    for number, text in connection.execute(described).all():
        found = dict(_LINE.findall(text))
        values = {"theme": found.get("Theme", "")[:40].strip(), "area": found.get("Where", "").strip()}
        if any(values.values()):
            connection.execute(sa.update(requests).where(requests.c.number == number).values(**values))


def _number_holds_once() -> None:
    """SQLite gives a number again unless it is told not to; PostgreSQL never does."""
    with op.batch_alter_table("holds", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
        pass
    connection = op.get_bind()
    lifted = connection.execute(sa.text("select subject from audit where action = 'hold.lifted'")).scalars()
    stand = connection.execute(sa.text("select id from holds")).scalars()
    highest = max([*stand, *(int(number) for number in lifted if str(number).isdigit())], default=0)
    connection.execute(sa.text("delete from sqlite_sequence where name = 'holds'"))
    connection.execute(sa.text("insert into sqlite_sequence (name, seq) values ('holds', :seq)"), {"seq": highest})
