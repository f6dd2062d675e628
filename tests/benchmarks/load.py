"""Eight processes on one hub database: `python -m tests.benchmarks.load [--seconds 60] [--postgres]`.

Each opens requests, takes the oldest open one (racing with the others) and replies to it. Afterwards everything that
was acknowledged is looked for, and the record is verified.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, Roles
from bot.domain.refusals import RecordsError
from bot.domain.requests import QueueError, RequestState, TransitionError
from bot.governance.office import Office
from bot.queue.desk import Desk
from bot.records import Records
from tests.support import postgres

PROCESSES = 8
SPAWN = multiprocessing.get_context("spawn")


@dataclass
class Done:
    """What one process did, and what it was shown."""

    opened: list[str] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)
    replied: list[str] = field(default_factory=list)
    too_late: int = 0
    """Claims that another process won: said to whoever tried, and no error."""
    errors: Counter[str] = field(default_factory=Counter)


def work(target: str, name: str, seconds: float) -> Done:
    """Open, claim and reply until the time is over."""
    done = Done()
    with Records.open(target) as records:
        office = Office(Roles.listed(hub=name), records, lambda: datetime.now(UTC))
        desk = Desk(office, records, lambda: datetime.now(UTC))
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                _turn(records, desk, Actor(name), done)
            except RecordsError as error:
                done.errors[str(error)] += 1
    return done


def _turn(records: Records, desk: Desk, actor: Actor, done: Done) -> None:
    question = Question(f"question {len(done.opened)} of {actor.name}", Place("terminal", actor.name), actor.name)
    done.opened.append(
        records.save_handed_over(
            question,
            lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
            kind="question",
            found=(),
            why="too far",
        )
    )
    for request in records.requests(state=RequestState.OPEN.value, limit=2):
        try:
            desk.claim(actor, request.reference)
            done.claimed.append(request.reference)
            desk.reply(actor, request.reference, "The sexton.")
            done.replied.append(request.reference)
        except (QueueError, TransitionError):
            done.too_late += 1


def check(target: str, all_done: list[Done]) -> dict[str, int]:
    """What was lost or doubled, of everything that was acknowledged."""
    opened = [reference for done in all_done for reference in done.opened]
    claimed = Counter(reference for done in all_done for reference in done.claimed)
    replied = {reference for done in all_done for reference in done.replied}
    with Records.open(target) as records:
        kept = {request.reference: request.state for request in records.requests(limit=10_000_000)}
        letters = sum(records.outbox.counts().values())
        whole = records.verify_audit().ok
    return {
        "opened": len(opened),
        "replied": len(replied),
        "lost": len(set(opened) - kept.keys()) + sum(kept[one] is not RequestState.REPLIED for one in replied),
        "doubled": len(opened) - len(set(opened)) + sum(count - 1 for count in claimed.values()),
        "letters too many or too few": abs(letters - len(replied)),
        "errors shown": sum(sum(done.errors.values()) for done in all_done),
        "record broken": int(not whole),
    }


def run(target: str, seconds: float) -> dict[str, int]:
    """Start the processes, wait for them, and look at what is there."""
    Records.open(target).close()
    with SPAWN.Pool(PROCESSES) as pool:
        names = [f"officer {number}" for number in range(PROCESSES)]
        done = pool.starmap(work, [(target, name, seconds) for name in names])
    return check(target, done)


def main() -> None:
    """Print what was done in a second, and what was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--postgres", action="store_true")
    chosen = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        postgres.running(durable=True) if chosen.postgres else nullcontext("") as address,
    ):
        found = run(address or str(Path(name) / "hub.db"), chosen.seconds)
    engine = "PostgreSQL" if chosen.postgres else "SQLite"
    print(
        f"{date.today()}, {engine}, {PROCESSES} processes, {chosen.seconds:g} s, {os.cpu_count()} cores, Python",
        end=" ",
    )
    print(platform.python_version())
    for what, count in found.items():
        print(f"{what:30} {count:8}")
    print(f"{'opened a second':30} {found['opened'] / chosen.seconds:8.0f}")
    print(f"{'opened, claimed, replied a second':30} {found['replied'] / chosen.seconds:5.0f}")


if __name__ == "__main__":
    main()
