"""What goes wrong around the hub database: said in a sentence, with the remedy, and nothing is lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, make_url, text

from bot.cli import main
from bot.delivery import NotDelivered, deliver_due
from bot.desk import Desk
from bot.messages import Outcome, Place, Question, Reply
from bot.office import Actor, Office
from bot.records import Records
from bot.records.engine import open_database
from bot.records.migrate import MIGRATIONS
from bot.roles import Roles
from bot.terminal.mail import InboxCourier
from bot.triage import RequestState
from tests.fakes import NOON, Clock

FORK = multiprocessing.get_context("fork")
BELL, ASKER = Actor("bell"), Actor("pc-7")
Command = Callable[..., subprocess.CompletedProcess[str]]


def hand_over(records: Records) -> str:
    return records.save_handed_over(
        Question("who locks the kite shed", Place("terminal", "t1"), "pc-7"),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


def up_to(target: Path | str, revision: str) -> None:
    """A database as an earlier version of the program left it."""
    from alembic import command
    from alembic.config import Config

    database = open_database(target)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.exclusive() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    database.close()


def written_by_hand(target: Path | str) -> None:
    """An open request, in the columns that every version has had."""
    address = make_url(target) if isinstance(target, str) else f"sqlite:///{target}"
    engine = create_engine(address)
    asked = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    with engine.begin() as connection:
        connection.execute(
            text(
                "insert into questions (id, given_id, platform, address, asker, text, asked_at) "
                "values (7, '', 'terminal', 't1', 'pc-7', 'who locks the kite shed', :at)"
            ),
            {"at": asked if isinstance(target, str) else asked.replace(tzinfo=None).isoformat(" ")},
        )
        connection.execute(
            text(
                "insert into requests (number, question_id, kind, state, why, opened_at) "
                "values (3, 7, 'question', 'open', 'too far', :at)"
            ),
            {"at": asked if isinstance(target, str) else asked.replace(tzinfo=None).isoformat(" ")},
        )
        if isinstance(target, str):  # the next number comes from a sequence that nobody told
            connection.execute(text("select setval(pg_get_serial_sequence('requests', 'number'), 3)"))
            connection.execute(text("select setval(pg_get_serial_sequence('questions', 'id'), 7)"))
    engine.dispose()


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_a_database_of_an_earlier_version_is_brought_up_to_date_with_everything_in_it(
    hub_database: Path | str, revision: str, clock: Clock
) -> None:
    up_to(hub_database, revision)
    written_by_hand(hub_database)
    with Records.open(hub_database, clock=clock) as records:
        assert records.health().up_to_date
        old = records.request("PF-0003")
        assert old is not None
        assert (old.question, old.state, old.asker) == ("who locks the kite shed", RequestState.OPEN, "pc-7")
        desk = Desk(Office(Roles.listed(hub="bell"), records, clock), records, clock)
        desk.reply(BELL, "PF-0003", "The sexton.")
        assert hand_over(records) == "PF-0004"
        assert [one.reference for one in records.pace.waiting()] == ["PF-0004"]
        assert records.verify_audit().ok
    with Records.open(hub_database, clock=clock) as records:
        again = records.request("PF-0003")
        assert again is not None
        assert again.messages[0].text == "The sexton."


def test_a_clock_set_back_an_hour_loses_and_delays_nothing(desk: Desk, records: Records, clock: Clock) -> None:
    reference = hand_over(records)
    desk.reply(BELL, reference, "The sexton.")
    clock.now -= timedelta(hours=1)
    couriers = {"terminal": InboxCourier(records)}
    assert deliver_due(records.outbox, couriers) == (1, 0)
    desk.reopen(ASKER, reference)
    desk.reply(BELL, reference, "At dusk.")
    assert deliver_due(records.outbox, couriers) == (1, 0)
    assert [said.splitlines()[2] for _, said in records.outbox.take_from_inbox("pc-7")] == ["The sexton.", "At dusk."]
    shown = records.request(reference)
    assert shown is not None
    assert [message.text for message in shown.messages] == ["The sexton.", "At dusk."]
    assert records.verify_audit().ok


class Down:
    """A place that cannot be reached."""

    def deliver(self, letter: object) -> None:
        raise NotDelivered("it is down")


def test_a_letter_that_waits_for_another_try_does_not_wait_an_hour_longer(
    desk: Desk, records: Records, clock: Clock
) -> None:
    desk.reply(BELL, hand_over(records), "The sexton.")
    assert deliver_due(records.outbox, {"terminal": Down()}) == (0, 1)
    assert deliver_due(records.outbox, {"terminal": Down()}) == (0, 0)  # it is put off for some seconds
    clock.now -= timedelta(hours=1)
    assert deliver_due(records.outbox, {"terminal": InboxCourier(records)}) == (1, 0)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """The real command in a process of its own, on a hub with one open request."""
    data = tmp_path / "data"
    with Records.open(data / "hub.db", clock=lambda: NOON) as records:
        hand_over(records)

    def run(*arguments: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", "from bot.cli import main; main()", *arguments, "--data", str(data)]
        return subprocess.run(program, capture_output=True, text=True, timeout=120, check=False, preexec_fn=before)

    return run


def no_space() -> None:
    """Every write to a file fails, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def claim_without_rights(data: Path, answer: Connection) -> None:
    """The command as an account that may read and nothing else."""
    if os.geteuid() == 0:
        os.setuid(65534)
    result = CliRunner().invoke(main, ["requests", "claim", "PF-0001", "--data", str(data)])
    answer.send((result.exit_code, result.stderr))


def test_on_a_full_disk_the_hub_is_told_what_to_do_and_the_officer_that_it_was_not_recorded(command: Command) -> None:
    claimed = command("requests", "claim", "PF-0001", before=no_space)
    assert (claimed.returncode, claimed.stdout) == (1, "")
    assert "the disk is full or failing. Free some space; everything acknowledged before is kept." in claimed.stderr
    assert "Traceback" not in claimed.stderr
    asked = command("ask", "hello", "--json", before=no_space)
    assert asked.returncode == 0
    reply = json.loads(asked.stdout)
    assert (reply["outcome"], reply["receipt"]) == ("smalltalk", None)
    assert reply["text"].endswith("This reply could not be recorded, so it has no receipt.")
    urgent = command("ask", "he is stabbing her right now", "--json", before=no_space)
    assert json.loads(urgent.stdout)["outcome"] == "urgent"
    assert command("requests", "claim", "PF-0001").stdout.startswith("PF-0001: claimed")


def test_without_the_right_to_write_it_says_who_can_mend_that() -> None:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        with Records.open(data / "hub.db") as records:
            hand_over(records)
        (data / "hub.db").chmod(0o444)
        data.chmod(0o555)
        ours, theirs = FORK.Pipe(duplex=False)
        child = FORK.Process(target=claim_without_rights, args=(data, theirs))
        child.start()
        code, said = ours.recv()
        child.join(60)
        data.chmod(0o755)
        assert code == 1
        assert re.search(
            r"Error: The hub database .* Give this account the right to write|may write to its folder", said
        )
        with Records.open(data / "hub.db") as records:
            assert [one.state for one in records.requests()] == [RequestState.OPEN]


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(command: Command, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'data' / 'hub.db'}")
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    refused = command("requests", "list")
    assert refused.returncode == 1
    assert "was written by a newer version of this program (revision 9999). Install that version" in refused.stderr
    with engine.begin() as connection:
        assert connection.scalar(text("select version_num from alembic_version")) == "9999"
    engine.dispose()
