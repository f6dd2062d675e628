"""A hub database on PostgreSQL as one file, written and read back by the server's own programs.

pg_dump sees one moment of the database while everybody goes on writing, and pg_restore puts it into an empty one whole
or not at all (PostgreSQL's documentation, chapter "SQL Dump"). Passwords go by the environment: everybody on a machine
may read what programs are started with.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from bot.domain.refusals import Refused
from bot.records.server import parts_of

DUMP = "hub.dump"
"""What the hub database is called in a backup of it."""
PATIENCE = 10
"""Seconds for a connection, and for a table that somebody holds alone; unless the address says otherwise."""
_OTHER_VERSION = re.compile(r"server version mismatch|unsupported version \([\d.]+\) in file header")
_FROM_SERVER = re.compile(r"Dumped from database version: (\d+)")
_BY_PROGRAM = re.compile(r"Dumped by pg_dump version: (\d+)")
_NEEDED = (
    "Install PostgreSQL's client programs of the server's own version (Debian: postgresql-client-VERSION), so that "
    "{program} is on PATH; or back the server up as its administrators do, and the rest with --without-database."
)


class DumpError(Refused):
    """A database on a server cannot be written to a file or read back; the message names the remedy."""


def dump(url: str, target: Path) -> None:
    """Write the database at an address to a file of this account alone, and have its contents listed.

    Raises:
        DumpError: no client programs are here, they are of another version than the server, or it does not let them.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    how = ("--format=custom", "--no-owner", "--no-privileges", "--no-password", f"--lock-wait-timeout={PATIENCE}s")
    _run("pg_dump", url, *how, f"--file={target}")
    listed = _run("pg_restore", "", "--list", str(target))
    server, program = _FROM_SERVER.search(listed), _BY_PROGRAM.search(listed)
    if server and program and int(program[1]) > int(server[1]):  # found out today, and not on the day it is needed
        raise DumpError(
            f"What pg_dump {program[1]} writes cannot always be put back into a server of version {server[1]}. "
            + _NEEDED.format(program="pg_dump")
        )


def load(url: str, file: Path) -> None:
    """Read a file that `dump` wrote into the empty database at an address: all of it, or nothing.

    Raises:
        DumpError: something is in the database already, or as for `dump`.
    """
    if _tables(url):
        raise DumpError(
            "The database that PREVENTION_HUB_DATABASE_URL names is not empty. Make a new one, and name that."
        )
    once = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-password")
    _run("pg_restore", url, *once, str(file))


def _run(program: str, url: str, *arguments: str) -> str:
    """What a program says. DumpError with what it says is wrong."""
    found = shutil.which(program)
    if found is None:
        raise DumpError(f"{program} is not here. {_NEEDED.format(program=program)}")
    address, password = _address(url) if url else ("", "")
    environment = {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": password} if password else {})}
    where = [f"--dbname={address}"] if url else []
    done = subprocess.run(  # noqa: S603 one of two programs, and no shell
        [found, *where, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    if _OTHER_VERSION.search(done.stderr):
        raise DumpError(f"{found} is of another version than the server or the file. {_NEEDED.format(program=program)}")
    lines = done.stderr.strip().splitlines() or [f"it ended with exit code {done.returncode}"]
    wrong = next((line for line in lines if "error:" in line), lines[0])
    raise DumpError(f"{program} could not do it: {wrong}. Mend that, and try again.")


def _address(url: str) -> tuple[str, str]:
    """An address as PostgreSQL's own programs take it, and the password, which stands apart.

    Raises:
        DumpError: it holds another secret, which cannot be told apart.
    """
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    named = parts_of(url)  # several servers too, each with its port
    if "sslpassword" in named:
        raise DumpError(
            "The address of the database holds sslpassword, which everybody on this machine would see. Keep the key in "
            "a file of this account without one."
        )
    password = named.pop("password", None)
    try:
        return make_conninfo("", **{"connect_timeout": PATIENCE, **named}), str(password or "")
    except ProgrammingError as error:
        raise DumpError(
            "The address of the database holds an option that PostgreSQL's own programs do not know. Leave it out."
        ) from error


def _tables(url: str) -> int:
    """How many tables of anybody's are in a database. DumpError where it cannot be asked."""
    import psycopg

    address, password = _address(url)
    asked = "select count(*) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
    try:
        with psycopg.connect(address, password=password or None) as connection:
            row = connection.execute(asked).fetchone()
    except psycopg.Error as error:
        raise DumpError(
            "The database that PREVENTION_HUB_DATABASE_URL names cannot be reached. Check the address, and that it was "
            "made on the server."
        ) from error
    return int(row[0]) if row else 0
