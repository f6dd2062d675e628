"""What goes wrong around the hub database: said in a sentence, with the remedy, and nothing is lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, make_url, text

from bot.app import Hub
from bot.cli import main
from bot.domain.letters import NotDelivered
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor
from bot.domain.requests import RequestState
from bot.domain.timing.hours import Hours
from bot.domain.timing.pace import Targets
from bot.queue.delivery import deliver_due
from bot.queue.desk import Desk
from bot.queue.waiting.reminders import Reminders
from bot.records import AuditReport, Records, RecordsError
from bot.settings import Settings
from bot.terminal.mail import InboxCourier
from indexer.build import Builder
from tests.support.fakes import NOON, Clock, WordEncoder

FORK = multiprocessing.get_context("fork")
BELL, ASKER = Actor("bell"), Actor("pc-7")
LEAFLET = "which leaflet goes with tractors"
SHEDS = count(1)
"""Another shed each time: the same question asked again would stay one request."""
Command = Callable[..., subprocess.CompletedProcess[str]]


def hand_over(records: Records) -> str:
    return records.save_handed_over(
        Question(f"who locks kite shed {next(SHEDS)}", Place("terminal", "t1"), "pc-7"),
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


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


def test_an_inbox_and_the_queue_keep_their_order_when_the_clock_is_set_back(
    desk: Desk, records: Records, clock: Clock
) -> None:
    reference = hand_over(records)
    couriers = {"terminal": InboxCourier(records)}
    said = ["First.", "Second.", "Third."]
    for one in said:
        desk.reply(BELL, reference, one)
        deliver_due(records.outbox, couriers)
        clock.now -= timedelta(hours=1)
    assert [said.splitlines()[2] for _, said in records.outbox.take_from_inbox("pc-7")] == [
        "First.",
        "Second.",
        "Third.",
    ]
    newer = hand_over(records)
    assert [one.reference for one in records.requests()] == [newer, reference]
    events = [event.action for _, event in records.audit_events(limit=100) if event.action == "request.replied"]
    assert events == ["request.replied"] * 3


def test_who_holds_a_letter_still_does_when_the_clock_is_set_back(desk: Desk, records: Records, clock: Clock) -> None:
    desk.reply(BELL, hand_over(records), "The sexton.")
    (held,) = records.outbox.lease({"terminal"}, 10, 60)
    clock.now -= timedelta(hours=1)
    assert records.outbox.lease({"terminal"}, 10, 60) == []
    assert records.outbox.hold(held, 60)
    clock.now += timedelta(seconds=61)  # its holder was killed: from here on it is anybody's
    (again,) = records.outbox.lease({"terminal"}, 10, 60)
    assert not records.outbox.sent(held)
    assert records.outbox.sent(again)


def test_nobody_is_reminded_twice_when_the_clock_is_set_back(desk: Desk, records: Records, clock: Clock) -> None:
    reminders = Reminders(records.pace, Targets(Hours.parse("always"), claim=1, reply=8), [], clock)
    hand_over(records)
    clock.now += timedelta(hours=1)
    assert len(reminders.send()) == 1
    clock.now -= timedelta(hours=1)
    assert reminders.send() == []
    clock.now += timedelta(hours=1)
    assert reminders.send() == []


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


@pytest.fixture
def hub(tmp_path: Path, guidance: Path) -> Iterator[Hub]:
    """A whole hub with an edition; nothing in it is about leaflets."""
    hub = Hub(Settings(data=tmp_path / "data", hub_contact="ring 2222"), WordEncoder())
    hub.publishing.build(Builder(hub.library, hub.encoder), [guidance])
    yield hub
    hub.close()


def ask(hub: Hub, text: str) -> Reply:
    return hub.assistant.ask(Question(text, Place("terminal", "t1"), "pc-7"))


def hand_in(hub: Hub, number: int) -> Reply:
    """Ask the hub outright, each time something else: the same question twice would stay one request."""
    return hub.assistant.hand_over(Question(f"{LEAFLET} {number}", Place("terminal", "t1"), "pc-7"))


def fill_the_disk(hub: Hub, answer: Connection) -> None:
    """Ask until nothing more fits, make room, and ask once more; what was said each time."""
    hand_in(hub, 100)
    room, hard = (hub.settings.data / "hub.db-wal").stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (room + 400_000, hard))
    said = [hand_in(hub, number) for number in range(40)]
    said.append([ask(hub, "how do I dry a kite") for _ in range(20)][-1])  # a smaller record may still fit at first
    said.append(ask(hub, "he is stabbing her right now"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    said.append(hand_in(hub, 200))
    answer.send([(one.outcome, one.request, one.receipt, one.text) for one in said])
    os._exit(0)  # the hub is closed by the process that opened it


def test_while_the_disk_is_full_an_officer_is_told_that_the_hub_does_not_have_the_question(hub: Hub) -> None:
    hub.close()
    ours, theirs = FORK.Pipe(duplex=False)
    child = FORK.Process(target=fill_the_disk, args=(Hub(hub.settings, WordEncoder()), theirs))
    child.start()
    *asked, dry, urgent, last = ours.recv()
    child.join(60)
    kept = [one for one in asked if one[1]]
    lost = [one for one in asked if not one[1]]
    assert kept
    assert lost
    for outcome, _, receipt, said in lost:
        assert (outcome, receipt) == (Outcome.HANDED_OVER, None)
        assert said.endswith(
            "Your question could NOT be recorded, so the hub does not have it. Please tell the hub yourself: ring 2222"
        )
        assert "PF-" not in said
    assert (dry[1], dry[2]) == (None, None)
    assert "Washing kites > How do I dry a kite?" in dry[3]
    assert dry[3].endswith("This reply could not be recorded, so it has no receipt.")
    assert urgent[0] is Outcome.URGENT
    assert last[1] is not None
    again = Hub(hub.settings, WordEncoder())
    references = {one[1] for one in kept} | {"PF-0001", last[1]}
    assert {one.reference for one in again.records.requests(limit=1000)} == references
    assert again.records.verify_audit().ok
    assert again.records.health().integrity == "ok"
    again.close()


def test_a_database_that_may_not_grow_refuses_in_a_sentence_and_goes_on_when_it_may(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    with Records.open(path) as records:
        first = hand_over(records)
        with records._database.write() as connection:  # SQLite's own word for a full disk
            pages = connection.exec_driver_sql("pragma page_count").scalar_one()
            connection.exec_driver_sql(f"pragma max_page_count = {pages}")
        with pytest.raises(RecordsError, match=r"the disk is full\. Free some space; everything acknowledged before"):
            any(hand_over(records) == "" for _ in range(200))
        with records._database.write() as connection:
            connection.exec_driver_sql("pragma max_page_count = 1000000")
        last = hand_over(records)
        kept = records.requests(limit=1000)
        assert (kept[0].reference, kept[-1].reference) == (last, first)
        assert records.verify_audit().events == 2 * len(kept)


def administer(address: str, *statements: str) -> None:
    """As the administrator of a PostgreSQL, beside the program."""
    engine = create_engine(make_url(address).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement.replace("{name}", make_url(address).database or ""))
    engine.dispose()


CUT = "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"


@pytest.mark.parametrize("hub_database", ["postgresql"], indirect=True)
def test_a_server_that_takes_no_writes_is_named_and_nothing_is_lost(hub_database: str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock) as records:
        first = hand_over(records)
        administer(hub_database, 'alter database "{name}" set default_transaction_read_only = on', CUT)
        with pytest.raises(RecordsError, match=r"is read-only\. Let PREVENTION_HUB_DATABASE_URL name a server that"):
            hand_over(records)
        assert [one.reference for one in records.requests()] == [first]
        administer(hub_database, 'alter database "{name}" reset default_transaction_read_only', CUT)
        assert hand_over(records) != first
        assert records.verify_audit() == AuditReport(ok=True, events=4)


@pytest.mark.parametrize("hub_database", ["postgresql"], indirect=True)
def test_when_the_server_was_away_nobody_is_shown_an_error_once_it_is_back(hub_database: str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock) as records:
        first = hand_over(records)
        administer(hub_database, 'alter database "{name}" allow_connections false', CUT)
        with pytest.raises(
            RecordsError, match=r"cannot be reached\. Check that PostgreSQL runs, and the address, name"
        ):
            hand_over(records)
        administer(hub_database, 'alter database "{name}" allow_connections true')
        second = hand_over(records)
        administer(hub_database, CUT)  # it was restarted between two questions
        third = hand_over(records)
        assert [one.reference for one in records.requests()] == [third, second, first]
        assert records.verify_audit().ok


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
        # what the command imports is imported now: another account may not read this one's Python
        assert CliRunner().invoke(main, ["requests", "show", "PF-0001", "--data", str(data)]).exit_code == 0
        ours, theirs = FORK.Pipe(duplex=False)
        child = FORK.Process(target=claim_without_rights, args=(data, theirs))
        child.start()
        code, said = ours.recv()
        child.join(60)
        data.chmod(0o755)
        assert code == 1
        assert said == (
            f"Error: The hub database {data / 'hub.db'} is read-only. Give this account the right to write to the file "
            "and its folder.\n"
        )
        with Records.open(data / "hub.db") as records:
            assert [one.state for one in records.requests()] == [RequestState.OPEN]


def test_a_database_that_a_newer_version_took_something_from_is_refused_in_a_sentence(
    command: Command, tmp_path: Path
) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'data' / 'hub.db'}")
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    assert command("requests", "list").returncode == 0  # it only added: both work beside each other
    with engine.begin() as connection:
        connection.execute(text("delete from marks where name = 'schema.oldest'"))
    engine.dispose()
    refused = command("requests", "list")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "was written by a newer version of this program (revision 9999). Install that version" in refused.stderr
    assert "Traceback" not in refused.stderr
