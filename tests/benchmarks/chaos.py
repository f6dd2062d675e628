"""A fleet under load while its parts are killed: `python -m tests.benchmarks.chaos [--minutes 10] [--seed 1]`.

Two machines on loopback, each with a library of its own, two `serve`, a `worker` and a builder, all real processes; a
PostgreSQL primary and its synchronous standby; an S3-compatible store in which the builders publish; Slack, and
programs that use the JSON API with idempotency keys. A random process is killed every few seconds and begun again; from
time to time it is the primary, and its standby is promoted. The encoder is the tests' stand-in, and builds ask no
golden questions: it is order, leases and editions that are tried here, and not search. In the end everything that was
acknowledged is looked for from the outside.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from tests.benchmarks.attacks.programs import environment
from tests.benchmarks.fleet.balancer import Balancer
from tests.benchmarks.fleet.counting import counted, longest_pause, until_delivered
from tests.benchmarks.fleet.load import Caller, InSlack, Noted, Officer, Staff
from tests.benchmarks.fleet.machines import Building, Member, Server, write_guidance
from tests.support.objects import BUCKET, Objects
from tests.support.objects import running as running_store
from tests.support.slack.fake import FakeSlack
from tests.support.slack.workspace import APP_TOKEN, HUB, SECRET, TOKEN
from tests.support.standby import Pair, running_pair

READY = 240.0
"""Seconds within which everything must be up."""
DRAIN = 240.0
"""Seconds after the last kill within which every call and letter must be settled: a message that was left waits two
minutes."""
OFFICERS, STAFF = 4, 2
BETWEEN_FAILOVERS = 60.0


class Fleet:
    """Everything that runs, and can be killed."""

    def __init__(self, folder: Path, pair: Pair, settings: dict[str, str], until: float) -> None:
        self.pair, self.folder = pair, folder
        self.marks: list[str] = []
        guidance = folder / "guidance"
        self.data = [folder / name for name in ("one", "two")]
        self.servers = [Server(f"serve-{at}", self.data[at // 2], settings, until) for at in range(4)]
        self.workers = [
            Member(f"worker-{at}", self.data[at], ["worker", "--every", "1"], settings, until) for at in range(2)
        ]
        build = ["index", "build", str(guidance)]
        self.builders = [
            Building(Member(f"builder-{at}", self.data[at], build, settings, until), guidance, self.marks, pause=4.0)
            for at in range(2)
        ]
        self.failovers: list[float] = []
        self.starts = 0

    def start(self) -> None:
        """Every `serve` and `worker`; all of them ready."""
        for one in (*self.servers, *self.workers):
            one.start()
        _until(lambda: all(one.is_ready() for one in self.servers), READY, self.told)
        for builder in self.builders:
            builder.start()

    def told(self) -> str:
        """The last words of each."""
        return "\n".join(f"{one.name}: {one.log[-400:]}" for one in (*self.servers, *self.workers))

    def end(self) -> None:
        """End every process, each by its own id."""
        for builder in self.builders:
            builder.stop()
        for one in (*self.servers, *self.workers):
            one.kill()


class Killer:
    """Kills at random, by a seed, and begins again what it killed."""

    def __init__(self, fleet: Fleet, seed: int, every: float) -> None:
        self._fleet, self._random, self._every = fleet, random.Random(seed), every
        self._due: list[tuple[float, Member]] = []
        self._next_failover = time.monotonic() + BETWEEN_FAILOVERS / 2
        self._following: threading.Thread | None = None
        self.over = threading.Event()

    def run(self) -> None:
        """Until the time is over; then everything is begun again."""
        next_kill = time.monotonic() + self._every
        while not self.over.wait(0.2):
            now = time.monotonic()
            self._begin_again(now)
            if now >= next_kill:
                self._strike(now)
                next_kill = now + self._random.uniform(0.5, 1.5) * self._every
        self._begin_again(float("inf"))
        if self._following is not None:
            self._following.join(READY)

    def _strike(self, now: float) -> None:
        if now >= self._next_failover and (self._following is None or not self._following.is_alive()):
            self._fail_over(now)
            return
        down = {member for _, member in self._due}
        candidates: list[Member] = [*self._fleet.servers * 2, *self._fleet.workers * 2]
        candidates += [builder.member for builder in self._fleet.builders]
        victim = self._random.choice([one for one in candidates if one not in down])
        if isinstance(victim, Server) and not victim.is_ready():
            return  # what is still starting answers nobody: to kill it again would try nothing
        victim.kill()
        if not any(victim is builder.member for builder in self._fleet.builders):  # those begin by themselves
            self._due.append((now + self._random.uniform(0.0, 3.0), victim))

    def _fail_over(self, now: float) -> None:
        if not self._fleet.pair.in_step():
            return
        began = time.monotonic()
        self._fleet.pair.fail_over()
        self._fleet.failovers.append(time.monotonic() - began)
        self._next_failover = now + self._random.uniform(0.8, 1.4) * BETWEEN_FAILOVERS
        self._following = threading.Thread(target=self._fleet.pair.follow, daemon=True)
        self._following.start()

    def _begin_again(self, now: float) -> None:
        for at, member in [one for one in self._due if one[0] <= now]:
            self._due.remove((at, member))
            member.start()


def main() -> None:
    """Run, count, and print the figures as JSON and as a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10.0)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--every", type=float, default=8.0, help="seconds between two kills, about")
    asked.add_argument("--keep", type=Path, help="a folder for what the processes say")
    given = asked.parse_args()
    longest = given.minutes * 60 + READY * 3 + DRAIN
    with tempfile.TemporaryDirectory() as name, running(Path(given.keep or name), longest) as (fleet, slack, token):
        figures = _run(fleet, slack, token, given)
    print(json.dumps(figures, indent=1))
    print(f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}, seed {given.seed}")
    for what, value in figures.items():
        print(f"{what:46} {value}")
    sys.exit(any(figures[one] for one in ZERO))


ZERO = (
    "requests lost",
    "requests acknowledged under a wrong reference",
    "requests doubled",
    "replies lost",
    "replies doubled",
    "answers with marks of two editions",
    "editions whose answers differ between servers",
)
"""What must not be."""


@contextmanager
def running(folder: Path, longest: float) -> Iterator[tuple[Fleet, FakeSlack, dict[str, str]]]:
    """The fleet, begun; everything is ended afterwards, also where the run fails."""
    until = time.monotonic() + longest
    with ExitStack() as stack:
        slack = stack.enter_context(FakeSlack())
        store = stack.enter_context(running_store(Objects()))
        pair = stack.enter_context(running_pair(longest))
        settings = {
            "database_url": pair.url,
            "database_wait": "5",
            "shared_library": f"s3://{BUCKET}/hub",
            "shared_seconds": "2",
            "portal_demo": "true",
            "hub_staff": ",".join(f"bell-{at}" for at in range(STAFF)),
            "admins": getpass.getuser(),
            **dict.fromkeys(("rate_person", "rate_place", "rate_client"), "1000000/minute"),
            "slack_bot_token": TOKEN,
            "slack_app_token": APP_TOKEN,
            "slack_signing_secret": SECRET,
            "slack_hub_channel": HUB,
            "slack_api_url": slack.api_url,
            "hub_hours": "always",
            "target_claim": "0",
            "target_reply": "0",
        }
        _use_store(store.url)
        fleet = Fleet(folder, pair, settings, until)
        write_guidance(folder / "guidance", "mk00000")
        fleet.marks.append("mk00000")
        for data, words in zip(
            fleet.data, (["index", "build", str(folder / "guidance")], ["index", "pull"]), strict=True
        ):
            _command(data, settings, *words)
        tokens = {
            name: _command(fleet.data[0], settings, "api", "token", "add", name, "--for", name, *scopes, "--json")
            for name, scopes in _programs()
        }
        balancer = Balancer([one.port for one in fleet.servers])
        stack.callback(balancer.close)
        slack.app_url = balancer.address
        stack.callback(fleet.end)
        fleet.start()
        yield fleet, slack, {name: json.loads(said)["token"] for name, said in tokens.items()}


def _programs() -> Iterator[tuple[str, list[str]]]:
    for at in range(OFFICERS):
        yield f"pc-{at}", ["--scope", "ask", "--scope", "requests"]
    for at in range(STAFF):
        yield f"bell-{at}", ["--scope", "board"]


def _run(fleet: Fleet, slack: FakeSlack, tokens: dict[str, str], given: argparse.Namespace) -> dict[str, Any]:
    over, noted = threading.Event(), Noted()
    addresses = [one.address for one in fleet.servers]
    callers: list[Caller] = [
        (Staff if name.startswith("bell") else Officer)(addresses, token, noted, over, given.seed * 1000 + at)
        for at, (name, token) in enumerate(tokens.items())
    ]
    in_slack = InSlack(slack, noted, over, given.seed)
    threads = [threading.Thread(target=one.run, args=(0.3,), daemon=True) for one in callers]
    threads.append(threading.Thread(target=in_slack.run, args=(1.5,), daemon=True))
    killer = Killer(fleet, given.seed, given.every)
    killing = threading.Thread(target=killer.run, daemon=True)
    began = time.monotonic()
    for thread in (*threads, killing):
        thread.start()
    over.wait(given.minutes * 60)
    ended = time.monotonic()
    killer.over.set()
    killing.join(READY)
    over.set()
    for caller in callers:
        caller.deadline = time.monotonic() + DRAIN
    for builder in fleet.builders:
        builder.stop()
    for thread in threads:
        thread.join(DRAIN + 60)
    letters = until_delivered(fleet.pair.url, DRAIN / 3)
    _until_answered(slack, noted)
    exits = Counter(code for builder in fleet.builders for code in builder.exits)
    return {
        "minutes": round((ended - began) / 60, 1),
        "kills": {one.name: one.kills for one in _members(fleet)},
        "failovers": len(fleet.failovers),
        "longest promotion in s": round(max(fleet.failovers, default=0.0), 1),
        "editions built": exits[0],
        "builds killed or told to build again": sum(exits.values()) - exits[0],
        **counted(fleet.pair.url, slack, noted),
        "longest pause of answering in s": round(longest_pause(noted.answered, began, ended), 1),
        "longest wait for an acknowledgement in s": round(max(noted.waits, default=0.0), 1),
        "letters by state": letters,
        "tries of calls by outcome": dict(noted.statuses),
        "seconds to end gracefully": [round(one.end(), 1) for one in (*fleet.servers, *fleet.workers)],
    }


def _members(fleet: Fleet) -> list[Member]:
    return [*fleet.servers, *fleet.workers, *(builder.member for builder in fleet.builders)]


def _until_answered(slack: FakeSlack, noted: Noted) -> None:
    """Wait for what Slack was told that we have: whoever takes it over waits for the lease of who had it."""

    def all_answered() -> bool:
        return all(any(one.get("bot_id") for one in list(slack.messages[slack.dm_of(who)])) for who in noted.in_slack)

    deadline = time.monotonic() + DRAIN / 3
    while not all_answered() and time.monotonic() < deadline:
        time.sleep(1)


def _command(data: Path, settings: dict[str, str], *words: str) -> str:
    data.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.benchmarks.fleet.program", "120", *words]
    done = subprocess.run(
        command, env=environment(data, **settings), capture_output=True, text=True, check=False, timeout=150
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def _use_store(url: str) -> None:
    os.environ.update(
        AWS_ENDPOINT_URL=url,
        AWS_ACCESS_KEY_ID="a",
        AWS_SECRET_ACCESS_KEY="b",
        AWS_REGION="eu-west-2",
    )


def _until(holds: Callable[[], bool], seconds: float, told: Callable[[], str]) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError(f"not ready in time:\n{told()}")
        time.sleep(0.3)


if __name__ == "__main__":
    main()
