"""A locked file, a lock on a server, and a server that is frozen: an officer is told in bounded time."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from bot.domain.timing.patience import Patience
from bot.records import Records, RecordsError
from bot.records.engine import name_of, open_database
from tests.support.fakes import Clock

IMPATIENT = Patience(connect=1.0, lock=0.2, statement=1.0)
HANGS = 60.0
"""Seconds that only a call which never ends takes."""


def in_time(call: Callable[[], object]) -> RecordsError:
    """The RecordsError of a call; it fails where the call goes on for a minute."""
    raised: list[BaseException | None] = []

    def run() -> None:
        try:
            call()
            raised.append(None)
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(HANGS)
    assert not thread.is_alive(), "it waits for ever"
    (error,) = raised
    assert isinstance(error, RecordsError), error
    return error


def test_a_file_or_row_that_another_holds_is_given_up(hub_database: Path | str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock, patience=IMPATIENT) as records:
        holder = open_database(hub_database)
        with holder.write() as connection:
            connection.execute(text("update audit_head set sequence = sequence where id = 1"))
            error = in_time(lambda: records.audit("tried", "pc-7"))
            assert "has been busy for too long. Try again" in str(error)
        holder.close()
        records.audit("tried", "pc-7")
        assert records.verify_audit().events == 1


@pytest.mark.parametrize("hub_database", ["postgresql"], indirect=True)
def test_a_statement_that_takes_too_long_is_given_up(hub_database: str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock, patience=IMPATIENT) as records:

        def dawdle() -> None:
            with records._database.read() as connection:
                connection.execute(text("select pg_sleep(600)"))

        assert "has been busy for too long" in str(in_time(dawdle))
        assert records.audit_head() == (0, "0" * 64)


@pytest.mark.parametrize("hub_database", ["postgresql"], indirect=True)
def test_a_purge_or_a_migration_may_take_longer(hub_database: str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock, patience=IMPATIENT) as records:
        with records._database.at_leisure() as connection:
            connection.execute(text("select pg_sleep(1.5)"))
        with records._database.read() as connection:
            assert connection.execute(text("show statement_timeout")).scalar_one() == "1s"


@pytest.mark.parametrize("hub_database", ["postgresql"], indirect=True)
def test_a_server_that_is_frozen_is_given_up_and_taken_up_again(hub_database: str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock, patience=IMPATIENT) as records:
        records.audit("tried", "pc-7")
        with records._database.read() as connection:
            children = [connection.execute(text("select pg_backend_pid()")).scalar_one()]
        frozen = [parent_of(children[0]), *children]
        for process in frozen:
            os.kill(process, signal.SIGSTOP)
        try:
            began = time.monotonic()
            error = in_time(lambda: records.audit("tried", "pc-7"))
            assert "cannot be reached. Check that PostgreSQL runs" in str(error)
            assert time.monotonic() - began < HANGS
            assert "cannot be reached" in str(in_time(records.audit_head))
        finally:
            for process in frozen:
                os.kill(process, signal.SIGCONT)
        records.audit("tried", "pc-7")
        assert records.verify_audit().events == 2


@pytest.mark.parametrize("hub_database", ["postgresql"], indirect=True)
def test_a_server_that_freezes_in_the_middle_of_a_statement_is_given_up(hub_database: str, clock: Clock) -> None:
    with Records.open(hub_database, clock=clock, patience=IMPATIENT) as records:

        def freeze_and_ask() -> None:
            with records._database.read() as connection:
                process = connection.execute(text("select pg_backend_pid()")).scalar_one()
                os.kill(process, signal.SIGSTOP)
                try:
                    connection.execute(text("select 1"))
                finally:
                    os.kill(process, signal.SIGCONT)

        assert "cannot be reached" in str(in_time(freeze_and_ask))
        assert records.audit_head() == (0, "0" * 64)


def parent_of(process: int) -> int:
    """The server's first process."""
    return int(Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])


def test_nothing_secret_of_an_address_is_shown() -> None:
    url = "postgresql://hub:hunter2@db.example:5432/hub?password=hunter3&sslkey=/etc/hub.key"
    assert name_of(url) == "postgresql://hub:***@db.example:5432/hub"
    assert name_of("postgresql://hub:hunter2@db:abc/hub") == "named by PREVENTION_HUB_DATABASE_URL"


@pytest.mark.parametrize("address", ["not a url", "hub.db", "postgresql://db:abc/hub", "postgresql://db:99999/hub"])
def test_what_is_no_address_is_refused_with_the_remedy_and_no_file_is_made(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RecordsError, match=r"is no address of a database\. Write it as"):
        Records.open(address)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("hub_database", ["postgresql"], indirect=True)
def test_what_an_address_asks_for_itself_goes_before_the_settings(hub_database: str, clock: Clock) -> None:
    url = make_url(hub_database).update_query_dict({"options": "-c statement_timeout=77000"})
    address = url.render_as_string(hide_password=False)
    with (
        Records.open(address, clock=clock, patience=IMPATIENT) as records,
        records._database.read() as connection,
    ):
        assert connection.execute(text("show statement_timeout")).scalar_one() == "77s"
        assert connection.execute(text("show lock_timeout")).scalar_one() == "200ms"
