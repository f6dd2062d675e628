"""A small library, made by the real builder from real files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.domain.people import Roles
from bot.governance.office import Office
from bot.queue.desk import Desk
from bot.records import Records
from indexer.build import Builder
from knowledge.encoder import SentenceTransformerEncoder
from knowledge.store.folder import Library
from tests.support import postgres, upgrading
from tests.support.aside import in_memory
from tests.support.fakes import Clock, WordEncoder

LAUNDRY = """---
id: KITE-laundry
title: Washing kites
status: in_force
law_checked_on: 2026-10-20
review_by: 2099-01-20
owner: Kite hub
uncertain:
  - whether purple detergent is allowed on silk kites
---

## How long may a kite soak in water?

A cotton kite may soak for forty minutes. A silk kite may soak for ten minutes only.

## How do I dry a kite?

1. Shake it.
2. Hang it in the shade.
3. Turn it every hour.

## What this does not cover

This page does not cover repairs of torn kites.
"""
BADGERS = """---
id: badger-counting
title: Counting badgers
status: practice
law_checked_on: 2026-09-01
review_by: 2099-02-01
classification: OFFICIAL-SENSITIVE
---

## When are badgers counted?

Badgers are counted at dusk, in pairs, by two people with red torches.

## Who keeps the badger ledger?

The ledger of badgers is kept by the sexton.
"""


FIRST = (
    "test_real_encoder.py", "test_browser.py", "test_crashes.py", "test_traffic.py", "test_load.py", "test_trouble.py",
    "test_conversations.py", "test_upgrades.py", "test_faults.py", "test_figures.py",
)  # fmt: skip
"""Files that take longest: begun first, so that no process works alone at the end."""


def pytest_configure(config: pytest.Config) -> None:
    """Before processes are started that run tests beside each other: how they share the machine.

    Each computes with one thread: the others would wait for a core, and burn another while they do. `tmp_path` is in
    memory where there is room. Whoever has said otherwise in the environment is heeded.
    """
    if config.getoption("numprocesses", None):
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if memory := in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, everything else in its order."""
    items.sort(key=lambda item: FIRST.index(item.path.name) if item.path.name in FIRST else len(FIRST))


@pytest.fixture
def guidance(tmp_path: Path) -> Path:
    """A folder with two guidance documents."""
    folder = tmp_path / "guidance"
    folder.mkdir()
    (folder / "laundry.md").write_text(LAUNDRY, encoding="utf-8")
    (folder / "badgers.md").write_text(BADGERS, encoding="utf-8")
    return folder


DROWNED = (
    "silk kite soaked and torn, some lad had it out in the stream in the rain, wants it rinsed and hung - badger ledger"
)
"""A message that says much of one thing and a word of another; nothing in it says that it asks two things."""


@pytest.fixture
def muddy(guidance: Path) -> Path:
    """The two documents and a third, with four sections that are all near to `DROWNED`."""
    told = ("soaked in the stream", "soaked and torn", "soaked in the rain", "soaked and muddy")
    sections = "\n\n".join(f"## A kite {how}?\n\nA silk kite {how} is rinsed, wrung and hung again." for how in told)
    (guidance / "mud.md").write_text(f"---\nid: mud\ntitle: Mud\nreview_by: 2099-01-01\n---\n\n{sections}\n", "utf-8")
    return guidance


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    empty = Library(tmp_path / "library")
    yield empty
    empty.close()


@pytest.fixture
def publish(library: Library, encoder: WordEncoder) -> Callable[[Path], Library]:
    """Build an edition of a folder and give the library."""

    def build(folder: Path) -> Library:
        Builder(library, encoder).build([folder])
        return library

    return build


@pytest.fixture
def ungated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds that neither ask the golden questions nor calibrate a judge, for tests of something else.

    Both together ask the starter library some 1,600 times; tests/indexer and tests/test_readme.py have them done.
    """
    monkeypatch.setattr("bot.publishing.golden_gate", lambda *given, **named: None)
    monkeypatch.setattr("bot.publishing.measuring", lambda *given: None)


@pytest.fixture(scope="session")
def real_encoder() -> SentenceTransformerEncoder:
    """all-MiniLM-L6-v2; loaded once for the whole run."""
    return SentenceTransformerEncoder()


@pytest.fixture(scope="session", autouse=True)
def _databases_are_made_quickly() -> Iterator[None]:
    """Alembic makes one SQLite file, and the others are copies."""
    with upgrading.remembered():
        yield


@pytest.fixture
def made_by_migrations() -> Iterator[None]:
    """New SQLite files begin empty, as in production."""
    with upgrading.anew():
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL, started for this run."""
    with postgres.running() as address:
        yield address


@pytest.fixture(scope="session")
def migrated(postgres_server: str) -> str:
    """A hub database that the migrations have made and nobody has used."""
    address = postgres.new_database(postgres_server)
    Records.open(address).close()
    return address


@pytest.fixture(params=["sqlite", "postgresql"])
def hub_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """An unused hub database on each engine: the path of a file, or an address."""
    yield from _database(request, tmp_path, like="migrated")


@pytest.fixture(params=["sqlite", "postgresql"])
def no_database_yet(request: pytest.FixtureRequest, tmp_path: Path, made_by_migrations: None) -> Iterator[Path | str]:
    """Where no migration has been: the path of a file that is not there, the address of an empty database."""
    yield from _database(request, tmp_path)


def _database(request: pytest.FixtureRequest, tmp_path: Path, *, like: str = "") -> Iterator[Path | str]:
    if request.param == "sqlite":
        yield tmp_path / "hub.db"
        return
    server = request.getfixturevalue("postgres_server")
    database = postgres.new_database(server, like=request.getfixturevalue(like) if like else "")
    yield database
    postgres.drop_database(server, database)


@pytest.fixture
def clock() -> Clock:
    """A clock that is moved by hand; it stands at noon."""
    return Clock()


@pytest.fixture
def records(hub_database: Path | str, clock: Clock) -> Iterator[Records]:
    """An empty hub database, on each engine."""
    with Records.open(hub_database, clock=clock) as opened:
        yield opened


@pytest.fixture
def office(records: Records, clock: Clock) -> Office:
    """With bell and dunn in the hub, and cole as admin."""
    return Office(Roles.listed(hub="bell,dunn", admins="cole"), records, clock)


@pytest.fixture
def desk(office: Office, records: Records, clock: Clock) -> Desk:
    """The desk of that office."""
    return Desk(office, records, clock)
