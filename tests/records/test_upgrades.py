"""A hub database of another version: brought up to date with everything in it, or refused with the remedy."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    Table,
    insert,
    inspect,
    select,
    text,
)

from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, Roles
from bot.domain.requests import RequestState
from bot.governance.office import Office
from bot.queue.delivery import deliver_due
from bot.queue.desk import Desk
from bot.records import Records, RecordsError, audit
from bot.records.engine import open_database
from bot.records.migrate import MIGRATIONS, OLDEST
from bot.records.tables import HEAD_REVISION, METADATA, NUMBER, UtcTime
from bot.terminal.mail import InboxCourier
from tests.support.fakes import Clock

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
REVISIONS = [f"{number:04}" for number in range(1, 19)]
ROWS: dict[str, dict[str, Any]] = {
    "questions": {"platform": "terminal", "address": "t1", "asker": "pc-7", "text": "who locks the kite shed"},
    "requests": {"number": 3, "question_id": 7, "kind": "question", "state": "open", "claimed_by": None}
    | {"unasked": False}
    | dict.fromkeys(["outcome", "changed_at", "claimed_at", "replied_at", "reopened_at", "joined_to"]),
    "replies": {"question_id": 7, "request_number": 3, "outcome": "handed_over", "receipt": "7K3F9Q"},
    "citations": {"reply_id": 7, "role": "found"},
    "messages": {"request_number": 3, "kind": "note"},
    "outbox": {"key": "PF-0003:3", "platform": "terminal", "person": "pc-7", "reference": "PF-0003"}
    | {"state": "waiting", "attempts": 0, "kind": "reply", "text": "It is on its way."},
    "inbox": {
        "key": "PF-0003:2",
        "person": "pc-7",
        "reference": "PF-0003",
        "text": "It came before.",
        "shown_at": None,
    },
    "advice": {"state": "proposed"},
    "lessons": {"state": "proposed"},
    "late_offers": {"state": "offered"},
    "inbound": {"state": "done"},
    "projects": {"state": "working", "stage": "scanning", "claim": None, "measure": {}},
    "echoes": {"state": "new"},
    "echo_answers": {"state": "proposed"},
}
"""Where it matters what stands in a column; the others get something of their kind."""


def something(column: Column[Any]) -> Any:
    """A value that can be told from what any default would put there."""
    kinds: list[tuple[type[Any], Any]] = [
        (UtcTime, LONG_AGO),
        (Date, date(2026, 1, 5)),
        (Boolean, True),
        (Float, 0.625),
        (JSON, {"kept": [1, "é"]}),
        (LargeBinary, b"\x00\xff"),
        (Integer, 7),
        (type(NUMBER), 7),
    ]
    return next((value for kind, value in kinds if isinstance(column.type, kind)), f"{column.name} é"[:20])


def columns_in(connection: Connection) -> dict[Table, list[str]]:
    """The tables of a version with the columns that it has."""
    seen = inspect(connection)
    return {
        table: [column["name"] for column in seen.get_columns(table.name)]
        for table in METADATA.sorted_tables
        if seen.has_table(table.name)
    }


def contents(connection: Connection, columns: dict[Table, list[str]]) -> dict[str, list[Any]]:
    """Everything that stands in those columns; not which programs may work on the database, which an upgrade says."""
    found = {
        table.name: sorted(map(tuple, connection.execute(select(*(table.c[name] for name in names)))), key=repr)
        for table, names in columns.items()
    }
    return {table: [row for row in rows if row[0] != OLDEST] for table, rows in found.items()}


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    return made


def as_left_by(target: Path | str, revision: str) -> tuple[dict[Table, list[str]], dict[str, list[Any]]]:
    """A database as that version left it, with something in every column; which ones, and what is in them."""
    with closing(open_database(target)) as database, database.exclusive() as connection:
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, revision)
        columns = columns_in(connection)
        fill(connection, columns)
        events = [audit.Entry(LONG_AGO, "pc-7", "request.opened", "PF-0003", {"kind": "question"})] * 3
        audit.append(connection, events)
        return columns, contents(connection, columns)


def fill(connection: Connection, columns: dict[Table, list[str]]) -> None:
    """A row in each table but the record's, with something in every one of these columns."""
    for table, names in columns.items():
        if not table.name.startswith("audit"):
            row = {name: something(table.c[name]) for name in names} | ROWS.get(table.name, {})
            connection.execute(insert(table).values({name: row[name] for name in names}))
        if connection.dialect.name == "postgresql" and (key := table.autoincrement_column) is not None:
            newest = f"setval(pg_get_serial_sequence('{table.name}', '{key.name}'), 7)"
            connection.execute(text(f"select {newest}"))


def test_every_version_there_was_is_tried() -> None:
    assert sorted(script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()) == REVISIONS
    assert REVISIONS[-1] == HEAD_REVISION


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_database_of_an_earlier_version_is_brought_up_to_date_and_nothing_is_lost(
    no_database_yet: Path | str, revision: str, clock: Clock
) -> None:
    columns, before = as_left_by(no_database_yet, revision)
    assert all(before.values())
    with Records.open(no_database_yet, clock=clock) as records:
        with records._database.read() as connection:
            assert contents(connection, columns) == before
        assert records.health().up_to_date
        assert records.verify_audit() == audit.AuditReport(ok=True, events=3)


@pytest.mark.parametrize("revision", REVISIONS)
def test_work_goes_on_where_an_earlier_version_left_it(
    no_database_yet: Path | str, revision: str, clock: Clock
) -> None:
    as_left_by(no_database_yet, revision)
    with Records.open(no_database_yet, clock=clock) as records:
        old = records.request("PF-0003")
        assert old is not None
        assert (old.question, old.state, old.asker) == ("who locks the kite shed", RequestState.OPEN, "pc-7")
        desk = Desk(Office(Roles.listed(hub="bell"), records, clock), records, clock)
        desk.reply(Actor("bell"), "PF-0003", "The sexton.")
        newer = records.save_handed_over(
            Question("who locks the barn", Place("terminal", "t1"), "pc-7"),
            lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
            kind="question",
            found=(),
            why="too far",
        )
        assert int(newer.removeprefix("PF-")) > 3
        assert newer in [one.reference for one in records.pace.waiting()]
        deliver_due(records.outbox, {"terminal": InboxCourier(records)})
        seen = [said.splitlines()[2] if "\n" in said else said for _, said in records.outbox.take_from_inbox("pc-7")]
        queued = ["It came before.", "It is on its way."] if revision >= "0004" else []
        assert seen == [*queued, "The sexton."]
        assert records.verify_audit().ok


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(no_database_yet: Path | str) -> None:
    columns, before = as_left_by(no_database_yet, HEAD_REVISION)
    with closing(open_database(no_database_yet)) as database, database.write() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(
        RecordsError,
        match=r"was written by a newer version of this program \(revision 9999\)\. "
        r"Install that version; nothing was changed\.$",
    ):
        Records.open(no_database_yet)
    with closing(open_database(no_database_yet)) as database, database.read() as connection:
        assert connection.scalar(text("select version_num from alembic_version")) == "9999"
        assert contents(connection, columns) == before
