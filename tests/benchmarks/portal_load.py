"""Many people in the portal at once: `python -m tests.benchmarks.portal_load [--people 200] [--staff 10] [--rounds 2]`.

The real server in a process of its own, with the starter library and the real encoder (`--library FOLDER` keeps what
was built for the next time; `--postgresql`: that engine, which waits for the disk at every commit). Everybody has a
session and an id of their own: limits and conversations are each person's. Between pages everybody reads for up to
`--pause` seconds; with 0 the queue is always full. Before that, an officer and one of the hub's staff are timed alone.
Afterwards everything that was acknowledged is looked for in the database.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import platform
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

import httpx

from bot import wording
from bot.app import Hub
from bot.domain.requests import MessageKind, RequestState
from bot.portal.samples import DEMONSTRATION, add_samples
from bot.records import Records
from bot.settings import Settings
from tests.benchmarks.portal_crowd import ASKS_LIBRARY, OURS, Browser, Crowd, officer, staff
from tests.support import postgres
from tests.support.serving import served

SPAWN = multiprocessing.get_context("spawn")
SECONDS = 600.0
ALONE = 10
"""Rounds of one officer, and of one of the hub's staff, while nobody else is there."""


def officer_id(number: int) -> str:
    """Somebody who asks."""
    return f"officer-{number}"


def staff_id(number: int) -> str:
    """Somebody of the hub."""
    return f"hub-{number}"


def serve(data: Path, database: str | None, people: int, hub_staff: int, parent: Connection) -> None:
    """What `serve --demo` does, with more sample people, until it is told to end."""
    wording.DEMO_PEOPLE.update({officer_id(one): (f"PC {one}", "officer") for one in range(people + 1)})
    staff_ids = [staff_id(one) for one in range(hub_staff + 1)]
    wording.DEMO_PEOPLE.update({one: (one.capitalize(), "hub staff") for one in staff_ids})
    granted = {**DEMONSTRATION, "hub_staff": ",".join(["sgt-bell", *staff_ids])}
    hub = Hub(Settings(data=data, database_url=database, **granted))
    from bot.server import edges_of, new_server

    add_samples(hub)
    hub.warm()
    hub.insight.count_ahead()
    with served(new_server(hub, edges_of(hub))) as address:
        parent.send(address)
        parent.recv()
    hub.close()


@contextmanager
def running(data: Path, database: str | None, people: int, hub_staff: int) -> Iterator[str]:
    """The server's address while it runs."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=serve, args=(data, database, people, hub_staff, theirs))
    process.start()
    try:
        if not ours.poll(SECONDS):
            raise SystemExit("the server did not start")
        yield ours.recv()
        ours.send("end")
        process.join(SECONDS)
    finally:
        process.terminate()


def build(data: Path, kept: Path | None) -> None:
    """An edition of the starter library, built once, or taken from where the last one was kept."""
    library = Settings(data=data).library
    if kept is not None and kept.is_dir():
        shutil.copytree(kept, library)
        return
    hub = Hub(Settings(data=data))
    hub.publishing.build(hub.publishing.builder(), by_itself=True)
    hub.close()
    if kept is not None:
        shutil.copytree(library, kept)
    for file in data.glob("hub.db*"):  # the server begins with a database of its own
        file.unlink()


async def alone(address: str, crowd: Crowd, people: int, hub_staff: int) -> None:
    """One after the other, with nobody else there."""
    async with _browser(address, crowd, officer_id(people)) as one:
        await officer(one, ALONE, 5_000)
    async with _browser(address, crowd, staff_id(hub_staff)) as one:
        await staff(one, hub_staff, asyncio.Event(), ALONE)


async def together(address: str, crowd: Crowd, chosen: argparse.Namespace) -> float:
    """Everybody at once; the seconds until the last officer had what they wanted."""
    over, began = asyncio.Event(), time.perf_counter()

    async def works(number: int) -> None:
        async with _browser(address, crowd, staff_id(number)) as one:
            await staff(one, number, over, pause=chosen.pause)

    async def asks(number: int) -> None:
        async with _browser(address, crowd, officer_id(number)) as one:
            await officer(one, chosen.rounds, number, chosen.pause)

    working = [asyncio.create_task(works(number)) for number in range(chosen.staff)]
    await asyncio.gather(*(asks(number) for number in range(chosen.people)))
    took = time.perf_counter() - began
    over.set()
    await asyncio.gather(*working)
    return took


@asynccontextmanager
async def _browser(address: str, crowd: Crowd, person: str) -> AsyncIterator[Browser]:
    # connections of their own: a pool that all share is looked through for every page, and slower than the server
    async with httpx.AsyncClient(base_url=address, headers=OURS, timeout=SECONDS, verify=False) as client:
        yield Browser(client, crowd, person)


def marks(text: str) -> set[str]:
    """Its numbers: no two strange questions share theirs, and redaction may take other words out."""
    return set(re.findall(r"\d+", text))


def check(target: Path | str, crowd: Crowd) -> dict[str, int]:
    """What was lost or doubled, of everything that was acknowledged."""
    with Records.open(target) as records:
        requests = {one.reference: one for one in records.requests(limit=1_000_000)}
        requests = {name: whole for name in requests if (whole := records.request(name)) is not None}
        whole_record = records.verify_audit().ok
    sent = Counter((one.asker, one.question) for one in requests.values())
    replies = {
        name: [said.text for said in one.messages if said.kind is MessageKind.REPLY] for name, one in requests.items()
    }
    kept = {name: one for name, one in requests.items() if name in crowd.opened}
    return {
        "requests acknowledged": len(crowd.opened),
        "lost": len(crowd.opened) - len(kept),
        "of somebody else, or with other words": sum(
            one.asker != crowd.opened[name][0] or not marks(crowd.opened[name][1]) <= marks(one.question)
            for name, one in kept.items()
        ),
        "doubled": len(crowd.told_twice) + sum(count - 1 for count in sent.values()),
        "claimed by two": len(crowd.claimed) - len(set(crowd.claimed)),
        "replies acknowledged": len(crowd.replied),
        "replies lost or doubled": sum(replies.get(name) != [text] for name, text in crowd.replied.items()),
        "closed, and not so on record": sum(requests[one].state is not RequestState.CLOSED for one in crowd.closed),
        "record broken": int(not whole_record),
    }


def table(title: str, crowd: Crowd) -> None:
    """Each step with its times: first those that do not ask the library, then those that do."""
    print(f"\n{title}\n{'':30} {'count':>6} {'p50':>8} {'p95':>8} {'slowest':>8}")
    for heading, asks in (("pages that do not ask the library", False), ("that do", True)):
        print(heading)
        for kind, took in sorted(crowd.took.items()):
            if (kind in ASKS_LIBRARY) is asks:
                print(f"  {kind:28} {len(took):6} {_times(took)}")
        every = [one for kind, took in crowd.took.items() if (kind in ASKS_LIBRARY) is asks for one in took]
        print(f"  {'all of them':28} {len(every):6} {_times(every)}")
    print(f"errors {crowd.errors.total()} {dict(crowd.errors) or ''}")


def _times(took: list[float]) -> str:
    took = sorted(took) or [0.0]
    return f"{median(took):8.1f} {took[int(len(took) * 0.95)]:8.1f} {took[-1]:8.1f}"


def main() -> None:
    """Build, serve, measure, and look at what is there."""
    chosen = _parser().parse_args()
    print(f"{date.today()}, {'PostgreSQL' if chosen.postgresql else 'SQLite'}, {os.cpu_count()} cores,", end=" ")
    print(f"Python {platform.python_version()}; server and browsers on one machine, load before {os.getloadavg()[0]}")
    with (
        tempfile.TemporaryDirectory() as name,
        postgres.running(durable=True) if chosen.postgresql else nullcontext() as server,
    ):
        data, database = Path(name), postgres.new_database(server) if server else None
        build(data, chosen.library)
        first, crowd = Crowd(), Crowd()
        with running(data, database, chosen.people, chosen.staff) as address:
            asyncio.run(alone(address, first, chosen.people, chosen.staff))
            table("one person at a time", first)
            took = asyncio.run(together(address, crowd, chosen))
            table(f"{chosen.people} people and {chosen.staff} of the hub's staff at once, {took:.0f} s", crowd)
        asked, pages = len(crowd.took["ask"]), sum(map(len, crowd.took.values()))
        print(f"questions a second {asked / took:.1f}, pages a second {pages / took:.1f}")
        print(f"claims that a colleague won {crowd.too_late}, questions without a request of their own {crowd.joins}\n")
        for what, count in check(database or Settings(data=data).hub, crowd).items():
            print(f"{what:40} {count:6}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--staff", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--pause", type=float, default=10.0)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--postgresql", action="store_true")
    return parser


if __name__ == "__main__":
    main()
