"""A hub database on a PostgreSQL server, backed up and restored with the server's own programs."""

from __future__ import annotations

import json
import stat
import tarfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import make_url, text

from bot.cli import main
from bot.domain.letters import LEASE_SECONDS, LetterKind
from bot.domain.messages import Place
from bot.domain.people import Actor, Roles
from bot.domain.refusals import RecordsError
from bot.domain.timing.retention import Clocks
from bot.governance.anchors import Keys
from bot.governance.backup import Key, back_up, check, restore
from bot.governance.copies import DATABASE, BackupError
from bot.governance.dumping import DUMP, DumpError, dump
from bot.governance.office import Office
from bot.records import Records
from tests.governance.test_backup import hand_over
from tests.support.postgres import client_programs, new_account, new_database

SECRET = "s3cret word"


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the server's own version are on PATH."""
    for name, value in client_programs().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def hub_on_server(postgres_server: str) -> str:
    return new_database(postgres_server)


def a_program(folder: Path, name: str, does: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.mark.usefixtures("programs")
def test_a_backup_under_load_restores_every_request_acknowledged_before_it(
    tmp_path: Path, postgres_server: str, hub_on_server: str
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "local.toml").write_text("[contacts]\n", encoding="utf-8")
    (data / DATABASE).write_text("left over from before the move to a server", encoding="utf-8")
    acknowledged: list[str] = []
    stop = threading.Event()

    def write(name: int) -> None:
        with Records.open(hub_on_server) as records:
            count = 0
            while not stop.is_set():
                count += 1
                acknowledged.append(hand_over(records, f"question {count} of writer {name}"))

    writers = [threading.Thread(target=write, args=(name,)) for name in range(3)]
    for writer in writers:
        writer.start()
    try:
        while len(acknowledged) < 60:
            stop.wait(0.001)
        before = list(acknowledged)
        made = back_up(data, tmp_path / "b.tar.gz", server=hub_on_server)
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert made.files == 2
    target, again = tmp_path / "restored", new_database(postgres_server)
    restore(tmp_path / "b.tar.gz", target, server=again)
    assert sorted(file.name for file in target.iterdir()) == ["local.toml"]
    with Records.open(again) as records:
        held = {request.reference for request in records.requests(limit=100_000)}
        assert set(before) <= held <= set(acknowledged)
        assert records.verify_audit().ok
        assert hand_over(records, "asked afterwards") not in acknowledged[: len(held)]


@pytest.mark.usefixtures("programs")
def test_what_was_sent_is_not_sent_again_and_what_was_under_way_is(
    tmp_path: Path, postgres_server: str, hub_on_server: str
) -> None:
    with Records.open(hub_on_server) as records:
        for text in ("sent", "under way", "waiting"):
            records.outbox.put(text, LetterKind.REPLY, Place("terminal", text), "pc-7", "", text)
        sent, _ = records.outbox.lease(["terminal"], 2, 60)
        records.outbox.sent(sent)
        (tmp_path / "data").mkdir()
        back_up(tmp_path / "data", tmp_path / "b.tar.gz", server=hub_on_server)
    again = new_database(postgres_server)
    restore(tmp_path / "b.tar.gz", tmp_path / "restored", server=again)
    later = datetime.now(UTC) + timedelta(seconds=LEASE_SECONDS + 1)
    with Records.open(again, clock=lambda: later) as records:
        assert [one.text for one in records.outbox.lease(["terminal"], 9, 60)] == ["under way", "waiting"]
        assert records.outbox.counts() == {"sent": 1, "leased": 2}


@pytest.mark.usefixtures("programs")
def test_a_trimmed_record_is_whole_with_the_key_that_came_along_and_stays_closed(
    tmp_path: Path, postgres_server: str, hub_on_server: str
) -> None:
    now, key, secret = datetime.now(UTC), tmp_path / "keys" / "anchor.key", "correct horse battery"

    def office(records: Records, key: Path) -> Office:
        return Office(Roles.listed(hub="bell", admins="cole", auditors="dean"), records, lambda: now, Keys(key))

    with Records.open(hub_on_server, clock=lambda: now - timedelta(days=10)) as records:
        for number in range(5):
            records.audit("tested", "pc-7", number=number)
    with Records.open(hub_on_server, clock=lambda: now) as records:
        clocks = Clocks(questions=0, replies=0, requests=0, learning=0, audit=5)
        assert office(records, key).purge(Actor("cole"), clocks, dry_run=False).counts["audit"] == 5
        anchor = office(records, key).anchor(Actor("dean"))
    (tmp_path / "data").mkdir()
    assert back_up(tmp_path / "data", tmp_path / "b.tar.gz", Key(key, secret), server=hub_on_server).has_key
    again = new_account(postgres_server)  # may do nothing but work in its own database
    restore(tmp_path / "b.tar.gz", tmp_path / "restored", secret, server=again)
    with Records.open(again, clock=lambda: now) as records:
        restored = office(records, tmp_path / "restored" / "anchor.key")
        assert restored.verify().ok
        restored.compare(anchor)
        assert not office(records, tmp_path / "another.key").verify().ok
        with pytest.raises(RecordsError) as refused, records._database.write() as connection:
            connection.execute(text("update audit set actor = 'mallory'"))
        assert "the audit is append-only" in str(refused.value.__cause__)


@pytest.mark.usefixtures("programs")
def test_with_a_standby_the_server_that_is_there_is_backed_up(tmp_path: Path, hub_on_server: str) -> None:
    with Records.open(hub_on_server) as records:
        hand_over(records, "a question")
    url = make_url(hub_on_server)
    several = url.set(query={"host": ("127.0.0.1:1", f"{url.query['host']}"), "target_session_attrs": "read-write"})
    (tmp_path / "data").mkdir()
    made = back_up(tmp_path / "data", tmp_path / "b.tar.gz", server=several.render_as_string(hide_password=False))
    assert made.files == 1


@pytest.mark.usefixtures("programs")
def test_it_is_for_this_account_alone_and_is_restored_only_into_an_empty_database(
    tmp_path: Path, hub_on_server: str
) -> None:
    with Records.open(hub_on_server) as records:
        reference = hand_over(records, "a question")
    (tmp_path / "data").mkdir()
    back_up(tmp_path / "data", tmp_path / "b.tar.gz", server=hub_on_server)
    assert stat.S_IMODE((tmp_path / "b.tar.gz").stat().st_mode) == 0o600
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        assert {(one.name, one.mode) for one in tar} == {(DUMP, 0o600), ("backup.json", 0o600)}
    with pytest.raises(DumpError, match=r"is not empty\. Make a new one"):
        restore(tmp_path / "b.tar.gz", tmp_path / "restored", server=hub_on_server)
    with pytest.raises(BackupError, match=r"is of a PostgreSQL server\. Make an empty database there"):
        restore(tmp_path / "b.tar.gz", tmp_path / "restored")
    assert not (tmp_path / "restored").exists()
    with Records.open(hub_on_server) as records:
        assert [request.reference for request in records.requests()] == [reference]


def test_a_backup_of_a_file_is_not_restored_beside_a_server(tmp_path: Path, hub_on_server: str) -> None:
    with Records.open(tmp_path / "data" / DATABASE) as records:
        hand_over(records, "a question")
    back_up(tmp_path / "data", tmp_path / "b.tar.gz")
    with pytest.raises(BackupError, match=r"is a file\. Restore it with PREVENTION_HUB_DATABASE_URL left out"):
        restore(tmp_path / "b.tar.gz", tmp_path / "restored", server=hub_on_server)


@pytest.mark.usefixtures("programs")
def test_from_the_command_line_both_ways_and_the_first_day_knows(
    tmp_path: Path, postgres_server: str, hub_on_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREVENTION_HUB_DATABASE_URL", hub_on_server)
    with Records.open(hub_on_server) as records:
        reference = hand_over(records, "a question")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    data, file = str(tmp_path / "data"), str(tmp_path / "b.tar.gz")
    done = run("--data", data, "backup", file)
    assert done.exit_code == 0, done.output
    assert "written, read back, whole." in done.output
    tasks = json.loads(run("--data", data, "doctor", "--first-day", "--json").output)["first_day"]
    (backed_up,) = [one for one in tasks if one["what"] == "backup"]
    assert (backed_up["done"], backed_up["said"][:19]) == (True, "the last one is of ")
    monkeypatch.setenv("PREVENTION_HUB_DATABASE_URL", new_database(postgres_server))
    done = run("restore", file, "--data", str(tmp_path / "restored"))
    assert done.exit_code == 0, done.output
    assert reference in run("--data", str(tmp_path / "restored"), "requests", "list").output


def test_where_the_server_is_backed_up_by_itself_the_rest_goes_without_its_programs(
    tmp_path: Path, hub_on_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PREVENTION_HUB_DATABASE_URL", hub_on_server)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "local.toml").write_text("[contacts]\n", encoding="utf-8")
    command = ["--data", str(tmp_path / "data"), "backup", str(tmp_path / "b.tar.gz")]
    refused = CliRunner().invoke(main, command)
    assert refused.exit_code == 1
    assert "pg_dump is not here. Install PostgreSQL's client programs" in refused.output
    assert not (tmp_path / "b.tar.gz").exists()
    done = CliRunner().invoke(main, [*command, "--without-database"])
    assert done.exit_code == 0, done.output
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        assert DUMP not in tar.getnames()
    assert check(tmp_path / "b.tar.gz").files >= 1
    told = CliRunner().invoke(main, [*command[:2], "doctor", "--first-day", "--json"]).output
    (backed_up,) = [one for one in json.loads(told)["first_day"] if one["what"] == "backup"]
    assert backed_up["done"]
    assert backed_up["said"].endswith(", without the database: see that its server is backed up")
    monkeypatch.delenv("PREVENTION_HUB_DATABASE_URL")
    refused = CliRunner().invoke(main, [*command[:-1], str(tmp_path / "c.tar.gz"), "--without-database"])
    assert "The hub database is in the data folder: leave --without-database out." in refused.output


def test_a_program_that_is_newer_than_the_server_is_told_of_before_its_copy_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_program(tmp_path / "bin", "pg_dump", "exit 0")
    listed = "; Dumped from database version: 15.18 (Debian)\n;     Dumped by pg_dump version: 18.6"
    a_program(tmp_path / "bin", "pg_restore", f"echo '{listed}'")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(DumpError, match=r"pg_dump 18 writes cannot always be put back into a server of version 15\."):
        dump("postgresql://hub@db.force.example/hub", tmp_path / "dump")


def test_an_option_that_only_we_know_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_program(tmp_path / "bin", "pg_dump", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(DumpError, match=r"do not know\. Leave it out\."):
        dump("postgresql://hub@db.force.example/hub?prepare_threshold=0", tmp_path / "dump")


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("echo 'pg_dump: error: aborting because of server version mismatch' >&2; exit 1", "is of another version"),
        ("echo 'pg_dump: error: permission denied for table replies' >&2; exit 1", "permission denied for table"),
        ("exit 3", "it ended with exit code 3"),
    ],
)
def test_what_pg_dump_refuses_is_told_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, told: str
) -> None:
    a_program(tmp_path / "bin", "pg_dump", does)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(DumpError, match=told):
        dump("postgresql://hub@db.force.example/hub", tmp_path / "dump")


def test_a_password_is_never_among_what_a_program_is_started_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pg_dump", "pg_restore"):
        a_program(tmp_path / "bin", name, f'echo "$@" >> {tmp_path}/said; echo "$PGPASSWORD" >> {tmp_path}/secret')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    dump(
        f"postgresql+psycopg://hub:{SECRET.replace(' ', '%20')}@db.force.example:5433/hub?sslmode=require",
        tmp_path / "d",
    )
    said, secret = (tmp_path / "said").read_text(encoding="utf-8"), (tmp_path / "secret").read_text(encoding="utf-8")
    assert {"host=db.force.example", "port=5433", "user=hub", "dbname=hub", "sslmode=require"} <= set(
        said.partition("--dbname=")[2].split()
    )
    assert SECRET not in said
    assert secret.splitlines() == [SECRET, ""]


def test_every_server_of_an_address_is_named_with_its_own_port_and_no_other_secret_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pg_dump", "pg_restore"):
        a_program(tmp_path / "bin", name, f'echo "$@" >> {tmp_path}/said')
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    dump("postgresql://hub@/hub?host=a:5432&host=b:5433&target_session_attrs=read-write", tmp_path / "d")
    said = (tmp_path / "said").read_text(encoding="utf-8").splitlines()[0].split()
    assert {"host=a,b", "port=5432,5433", "target_session_attrs=read-write", "connect_timeout=10"} <= {
        word.removeprefix("--dbname=") for word in said
    }
    with pytest.raises(DumpError, match="holds sslpassword, which everybody on this machine would see"):
        dump("postgresql://hub@db/hub?sslkey=k&sslpassword=word", tmp_path / "e")


@pytest.mark.usefixtures("programs")
def test_a_table_that_somebody_holds_is_not_waited_for_without_end(
    tmp_path: Path, hub_on_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.governance.dumping.PATIENCE", 1)
    with Records.open(hub_on_server) as records, records._database.write() as connection:
        connection.execute(text("lock table replies in access exclusive mode"))
        with pytest.raises(DumpError, match=r"pg_dump could not do it: .*Mend that, and try again"):
            dump(hub_on_server, tmp_path / "d")
