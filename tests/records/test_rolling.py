"""Two versions on one database: an older program goes on while a newer one upgrades it and works beside it."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from click.testing import CliRunner, Result
from sqlalchemy import Connection, inspect, text

from bot.cli import main, open_hub
from bot.domain.changes import Change
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.requests import MessageKind, RequestState
from bot.records import Records, RecordsError, migrate
from bot.records.audit import AuditReport
from bot.records.engine import open_database
from bot.records.migrate import MIGRATIONS, oldest_beside
from bot.records.tables import HEAD_REVISION
from tests.records.test_upgrades import REVISIONS, columns_in, config, contents, fill
from tests.support.fakes import WordEncoder

PROCESSES = get_context("spawn")
LONGEST = 60.0
ROUNDS = 12
NEXT, AFTER = (f"{int(HEAD_REVISION) + more:04}" for more in (1, 2))
HEADER = """
import sqlalchemy as sa
from alembic import op
revision = "{revision}"
down_revision = "{before}"
"""
ADDS = """
def upgrade():
    op.add_column("replies", sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))
    op.add_column("requests", sa.Column("colour", sa.Text()))
    op.create_table("ribbons", sa.Column("name", sa.Text(), primary_key=True))
    op.create_index("ix_messages_author", "messages", ["author"])
    op.execute("update requests set colour = 'grey'")
"""
TAKES = """
OLDEST = "{oldest}"
def upgrade():
    op.drop_column("replies", "why")
"""


class Schema(NamedTuple):
    """What an older program relies on: columns, and what a row must have and may not repeat."""

    columns: frozenset[tuple[str, str, str]]
    demands: frozenset[tuple[str, str]]


def schema(connection: Connection) -> Schema:
    seen = inspect(connection)
    columns, demands = set(), set()
    for table in seen.get_table_names():
        for column in seen.get_columns(table):
            columns.add((table, column["name"], repr(column["type"])))
            given = column["default"] is not None or column.get("autoincrement") is True
            if not column["nullable"] and not given:
                demands.add((table, column["name"]))
        unique = [*seen.get_unique_constraints(table), *(one for one in seen.get_indexes(table) if one["unique"])]
        demands |= {(table, f"unique {one['column_names']}") for one in unique}
        demands |= {(table, f"of {one['constrained_columns']}") for one in seen.get_foreign_keys(table)}
        demands |= {(table, one["sqltext"]) for one in seen.get_check_constraints(table)}
    return Schema(frozenset(columns), frozenset(demands))


def only_adds(before: Schema, after: Schema) -> bool:
    """Whether a program that knows the schema before can go on with the one after."""
    old = {table for table, _, _ in before.columns}
    new = {(table, what) for table, what in after.demands - before.demands if table in old}
    return before.columns <= after.columns and not new


def upgrade(connection: Connection, revision: str, folder: Path = MIGRATIONS) -> None:
    made = config()
    made.set_main_option("script_location", str(folder))
    made.attributes["connection"] = connection
    command.upgrade(made, revision)


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The migrations of the next version: one that adds, and after it one that takes away."""
    folder = tmp_path / "newer"
    shutil.copytree(MIGRATIONS, folder)
    adds = HEADER.format(revision=NEXT, before=HEAD_REVISION) + ADDS
    takes = HEADER.format(revision=AFTER, before=NEXT) + TAKES.format(oldest=NEXT)
    (folder / "versions" / "next.py").write_text(adds, encoding="utf-8")
    (folder / "versions" / "after.py").write_text(takes, encoding="utf-8")
    return folder


def test_each_migration_says_whether_it_only_adds(no_database_yet: Path | str, newer: Path) -> None:
    made = config()
    made.set_main_option("script_location", str(newer))
    scripts = list(ScriptDirectory.from_config(made).walk_revisions())[::-1]
    found: dict[str, bool] = {}
    with closing(open_database(no_database_yet)) as database, database.exclusive() as connection:
        before = schema(connection)
        for script in scripts:
            upgrade(connection, script.revision, newer)
            after = schema(connection)
            found[script.revision] = only_adds(before, after)
            before = after
    assert found == {script.revision: not oldest_beside(script) for script in scripts}
    assert [revision for revision, adds in found.items() if not adds] == [AFTER]


@pytest.mark.parametrize("revision", REVISIONS)
def test_what_an_older_program_writes_and_reads_fits_the_newest_tables(
    no_database_yet: Path | str, revision: str
) -> None:
    with closing(open_database(no_database_yet)) as database:
        with database.exclusive() as connection:
            upgrade(connection, revision)
            columns = columns_in(connection)
        migrate.migrate(database)
        with database.write() as connection:
            fill(connection, columns)
            kept = contents(connection, columns)
    assert all(len(rows) == 1 for name, rows in kept.items() if not name.startswith("audit"))


def work(records: Records, who: str, number: int) -> str:
    """One officer asks, is handed over, and the hub replies; the reference."""
    place = Place("terminal", f"{who}{number}")
    asked = Question(f"who locks shed {number} for {who}", place, who)
    records.save_reply(asked, Reply("r", Outcome.ANSWERED, "Quoted.", receipt=records.new_receipt()))

    def reply_for(given: str) -> Reply:
        return Reply("r", Outcome.HANDED_OVER, given, request=given)

    reference = records.save_handed_over(asked, reply_for, kind="question", found=(), why="too far")
    change = Change(RequestState.REPLIED)
    message = (MessageKind.REPLY, f"The sexton, {number}.")
    records.queue.change(reference, "bell", "replied", lambda _: change, message=message, tell=lambda name: name)
    seen = records.request(reference)
    assert seen is not None
    assert (seen.state, seen.messages[-1].text) == (RequestState.REPLIED, message[1])
    return reference


def _old(target: str, begun: Any, upgraded: Any, answer: Pipe) -> None:
    """The program as it is, from before the upgrade until well after it."""
    given = []
    with Records.open(target) as records:
        given.append(work(records, "old", 0))
        begun.set()
        while not upgraded.is_set() and len(given) < 2_000:
            given.append(work(records, "old", len(given)))
        given += [work(records, "old", len(given)) for _ in range(ROUNDS)]
    with Records.open(target) as records:  # begun anew, after the upgrade
        given.append(work(records, "old", len(given)))
        answer.send((given, records.health().revision))


def _new(target: str, folder: str, begun: Any, upgraded: Any, answer: Pipe) -> None:
    """The next version of it."""
    assert begun.wait(LONGEST)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", Path(folder))
        patch.setattr(migrate, "HEAD_REVISION", NEXT)
        records = Records.open(target)
    with records:
        upgraded.set()
        given = [work(records, "new", number) for number in range(ROUNDS)]
        answer.send((given, records.health().revision))


def test_an_older_program_goes_on_while_a_newer_one_upgrades_and_works_beside_it(
    no_database_yet: Path | str, newer: Path
) -> None:
    Records.open(no_database_yet).close()
    target, (begun, upgraded) = str(no_database_yet), (PROCESSES.Event(), PROCESSES.Event())
    started, answers = [], []
    for call, arguments in ((_old, (target,)), (_new, (target, str(newer)))):
        ours, theirs = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(target=call, args=(*arguments, begun, upgraded, theirs))
        process.start()
        theirs.close()
        started.append((process, ours))
    for process, ours in started:
        assert ours.poll(LONGEST), "a process did not answer"
        answers.append(ours.recv())
        process.join(LONGEST)
        assert process.exitcode == 0
    assert [revision for _, revision in answers] == [NEXT, NEXT]
    given = [reference for references, _ in answers for reference in references]
    assert len(given) == len(set(given))
    assert len(answers[0][0]) >= ROUNDS + 2
    with Records.open(no_database_yet) as records:
        assert {one.reference for one in records.requests(limit=10_000)} == set(given)
        assert {one.state for one in records.requests(limit=10_000)} == {RequestState.REPLIED}
        assert records.verify_audit() == AuditReport(ok=True, events=4 * len(given))
        with records._database.read() as connection:
            assert connection.scalar(text("select count(*) from replies where mood = 'calm'")) == 2 * len(given)
            assert connection.scalar(text("select count(*) from outbox")) == len(given)


def test_what_takes_away_is_run_only_when_asked_for(
    no_database_yet: Path | str, newer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def revision() -> str:
        with closing(open_database(no_database_yet)) as database, database.read() as connection:
            return str(migrate.stored_revision(connection, database.name))

    Records.open(no_database_yet).close()
    monkeypatch.setattr(migrate, "MIGRATIONS", newer)
    monkeypatch.setattr(migrate, "HEAD_REVISION", NEXT)
    Records.open(no_database_yet).close()
    assert revision() == NEXT
    monkeypatch.setattr(migrate, "HEAD_REVISION", AFTER)  # a version that needs it to have been done
    with pytest.raises(RecordsError, match=r"an upgrade to finish .*Stop every older .* upgrade --finish"):
        Records.open(no_database_yet)
    assert revision() == NEXT
    with closing(open_database(no_database_yet)) as database:
        migrate.migrate(database, finish=True)
    assert revision() == AFTER
    Records.open(no_database_yet).close()
    monkeypatch.setattr(migrate, "HEAD_REVISION", NEXT)  # the one that brought it works beside it
    Records.open(no_database_yet).close()
    monkeypatch.setattr(migrate, "MIGRATIONS", MIGRATIONS)
    monkeypatch.setattr(migrate, "HEAD_REVISION", HEAD_REVISION)  # the one before does not
    with pytest.raises(RecordsError, match=r"newer version of this program \(revision \d+\)\. Install that version"):
        Records.open(no_database_yet)
    assert revision() == AFTER


def test_an_admin_finishes_an_upgrade_at_the_terminal(
    tmp_path: Path, newer: Path, made_by_migrations: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*arguments: str, **more: str) -> Result:
        runner = CliRunner(env={"PREVENTION_HUB_DATA": str(tmp_path / "data"), **more})
        return runner.invoke(main, ["upgrade", *arguments], obj=partial(open_hub, encoder=WordEncoder()))

    assert run().stdout == f"The hub database is at revision {HEAD_REVISION}.\n"
    monkeypatch.setattr(migrate, "MIGRATIONS", newer)
    monkeypatch.setattr(migrate, "HEAD_REVISION", NEXT)
    assert json.loads(run("--json").stdout) == {"revision": NEXT}
    refused = run("--finish", PREVENTION_HUB_ADMINS="insp-cole")
    assert (refused.exit_code, "admins" in refused.stderr) == (1, True)
    assert json.loads(run("--json").stdout) == {"revision": NEXT}
    assert run("--finish").stdout == f"The hub database is at revision {AFTER}.\n"
    with Records.open(tmp_path / "data" / "hub.db") as records:
        assert [event.action for _, event in records.audit_events(subject=AFTER)] == ["upgraded"]
