"""A PostgreSQL primary with a synchronous standby, each a server on a port of its own that can be killed.

The server is that of the wheel (see `postgres.py`). Whoever is connected names both ports and asks for the one that
takes writes; after the primary's death the standby is promoted, and a new standby is made where the primary was.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from tests.support.aside import in_memory
from tests.support.postgres import NotStarted, make_ready, run

OPTIONS = {
    # killed processes lose nothing that the system has taken; power cuts are not what is tried here
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "wal_keep_size": "256",
    "listen_addresses": "127.0.0.1",
}
SECONDS = 60.0


class Server:
    """One of the two: its port, its data, and its process while it runs."""

    def __init__(self, folder: Path, name: str, longest: float) -> None:
        self.folder, self.name, self._longest = folder, name, longest
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Of this server alone."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it takes connections; it ends by itself after its longest time."""
        options = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
        command = [self.folder / "server/bin/postgres", "-D", self.name, "-p", str(self.port), "-k", str(self.folder)]
        with open(self.folder / f"{self.name}.log", "ab") as said:
            self._process = subprocess.Popen(
                ["timeout", "-s", "KILL", f"{self._longest:.0f}", *command, *options],
                cwd=self.folder,
                env={
                    "PATH": os.defpath,
                    "LD_LIBRARY_PATH": str(self.folder / "server/lib"),
                    "LC_ALL": "C",
                    "TZ": "UTC",
                },
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
                user="nobody" if os.geteuid() == 0 else None,
            )
        until = time.monotonic() + SECONDS
        while not self._answers():
            if time.monotonic() > until or self._process.poll() is not None:
                told = (self.folder / f"{self.name}.log").read_text(errors="replace")[-800:]
                raise NotStarted(f"the server {self.name} did not start: {told}")
            time.sleep(0.05)

    def kill(self) -> None:
        """End it and everything it started at once, as when its machine is gone."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            family = _family(self._process.pid)
            for one in family:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGSTOP)  # so that the first does not begin new ones
            for one in {*family, *_family(self._process.pid)}:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
        self._process.wait(SECONDS)
        self._process = None
        for left in self.folder.glob(f".s.PGSQL.{self.port}*"):  # of a machine that is gone nothing is left to mind
            left.unlink(missing_ok=True)

    def tell(self, statement: str) -> object:
        """Run a statement; the first value of what it gives."""
        engine = create_engine(self.address, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                found = connection.exec_driver_sql(statement)
                return found.scalar() if found.returns_rows else None
        finally:
            engine.dispose()

    def _answers(self) -> bool:
        try:
            self.tell("select 1")
        except SQLAlchemyError:
            return False
        return True


class Pair:
    """A primary and its standby; `url` names both."""

    def __init__(self, folder: Path, longest: float) -> None:
        self.folder = folder
        self.primary, self.standby = Server(folder, "a", longest), Server(folder, "b", longest)
        hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in (self.primary, self.standby))
        self.url = f"postgresql+psycopg://postgres@/postgres?{hosts}&target_session_attrs=read-write"

    def start(self) -> None:
        """Both, from nothing."""
        name = self.primary.name
        run(self.folder, "initdb", "-D", name, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self.primary.start()
        self.follow()

    def follow(self) -> None:
        """Make the standby anew from the primary; from then on a commit waits for both."""
        data, primary = self.folder / self.standby.name, self.primary
        shutil.rmtree(data, ignore_errors=True)
        source = f"host=127.0.0.1 port={primary.port} user=postgres application_name={self.standby.name}"
        run(self.folder, "pg_basebackup", "-D", self.standby.name, "-R", "-X", "stream", "-c", "fast", "-d", source)
        with open(data / "postgresql.auto.conf", "a", encoding="utf-8") as settings:
            settings.write("synchronous_standby_names = ''\n")  # promoted, it must not wait for anybody
        self.standby.start()
        primary.tell("alter system set synchronous_standby_names = '*'")
        primary.tell("select pg_reload_conf()")
        until = time.monotonic() + SECONDS
        while not self.in_step():
            if time.monotonic() > until:
                raise NotStarted("the standby does not follow")
            time.sleep(0.05)

    def in_step(self) -> bool:
        """Whether whatever is acknowledged is on both."""
        asked = "select count(*) from pg_stat_replication where sync_state = 'sync' and state = 'streaming'"
        return bool(self.primary.tell(asked))

    def fail_over(self) -> None:
        """The primary dies, and the standby is promoted in its place; `follow` makes the next standby."""
        self.primary.kill()
        run(self.folder, "pg_ctl", "-D", self.standby.name, "-w", "promote")
        self.primary, self.standby = self.standby, self.primary

    def kill(self) -> None:
        """End both."""
        self.primary.kill()
        self.standby.kill()


@contextmanager
def running_pair(longest: float) -> Iterator[Pair]:
    """Primary and standby while the block lasts, and for so many seconds at most."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=in_memory() or "/tmp"))
    pair: Pair | None = None
    try:
        make_ready(folder)
        pair = Pair(folder, longest)
        pair.start()
        yield pair
    finally:
        if pair is not None:
            pair.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _family(process: int) -> list[int]:
    """A process and all that came from it: PostgreSQL's are in sessions of their own."""
    found, todo = [], [process]
    while todo:
        found.append(todo.pop())
        with suppress(OSError):
            children = Path(f"/proc/{found[-1]}/task/{found[-1]}/children").read_text(encoding="ascii")
            todo.extend(int(one) for one in children.split())
    return found


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
