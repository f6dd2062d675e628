"""A worker that is killed again and again while it delivers: nothing is lost, and order is kept."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.letters import Letter, NotDelivered
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, Roles
from bot.governance.office import Office
from bot.queue.delivery import MOST_ATTEMPTS, deliver_due
from bot.queue.desk import Desk
from bot.records import Records
from bot.terminal.mail import InboxCourier
from tests.support.fakes import NOON

KILLS = 50
CONVERSATIONS, EACH = 12, 12
FORK = multiprocessing.get_context("fork")  # a real process each time, without the second that imports take
BELL = Actor("bell")


def fast_clock() -> datetime:
    """A clock that runs ten thousand times as fast, so that nobody waits for a lease or a pause to run out."""
    return NOON + timedelta(seconds=(time.monotonic() - STARTED) * 10_000)


STARTED = time.monotonic()


class Flaky:
    """A courier that fails a third of the time, and tells the test how far it has come."""

    def __init__(self, deliver: Callable[[Letter], None], steps: int, seed: int) -> None:
        self._deliver, self._steps, self._random = deliver, steps, random.Random(seed)

    def deliver(self, letter: Letter) -> None:
        os.write(self._steps, b"1")
        # never so often that it is given up: what becomes of dead letters is tested elsewhere
        if letter.attempts < MOST_ATTEMPTS - 1 and self._random.random() < 1 / 3:
            raise NotDelivered("the platform is having a bad day", wait=5)
        self._deliver(letter)
        os.write(self._steps, b"2")


def write_down(file: Path, worker_number: int) -> Callable[[Letter], None]:
    """A place that cannot look a key up: it shows whatever it is given."""

    def deliver(letter: Letter) -> None:
        with open(file, "a", encoding="utf-8") as shown:
            shown.write(f"{worker_number}\t{letter.address}\t{letter.key}\t{letter.text.splitlines()[2]}\n")
            shown.flush()
            os.fsync(shown.fileno())

    return deliver


def worker(database: Path | str, place: Path | None, steps: int, seed: int) -> None:
    """Deliver until nothing is left, as the worker does."""
    with Records.open(database, clock=fast_clock) as records:
        inner = write_down(place, seed) if place else InboxCourier(records).deliver
        couriers = {"terminal": Flaky(inner, steps, seed)}
        while records.outbox.counts().keys() & {"waiting", "leased"}:
            deliver_due(records.outbox, couriers)


def fill(database: Path | str) -> dict[str, list[str]]:
    """Replies to many conversations, mixed; what each conversation should see, in order."""
    expected: dict[str, list[str]] = {f"place {number}": [] for number in range(CONVERSATIONS)}
    with Records.open(database, clock=fast_clock) as records:
        desk = Desk(Office(Roles.listed(hub="bell"), records, fast_clock), records, fast_clock)
        references = {}
        for address in expected:
            references[address] = records.save_handed_over(
                Question("who locks the shed", Place("terminal", address), address),
                lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
                kind="question",
                found=(),
                why="too far",
            )
        for turn in range(EACH):
            for address, reference in references.items():
                desk.reply(BELL, reference, f"Reply {turn}.")
                expected[address].append(f"Reply {turn}.")
    return expected


def run_and_kill(database: Path | str, place: Path | None, kills: int) -> None:
    """Start a worker, kill it after some steps, and so on; the last one may finish."""
    chance = random.Random(20261123)
    for turn in range(kills + 1):
        reading, writing = os.pipe()
        child = FORK.Process(target=worker, args=(database, place, writing, turn))
        child.start()
        os.close(writing)
        assert child.pid is not None
        if turn < kills:
            for _ in range(chance.randint(1, 9)):
                if not os.read(reading, 1):
                    break
            time.sleep(chance.uniform(0, 0.005))  # anywhere between two steps, inside a commit too
            os.kill(child.pid, signal.SIGKILL)
        else:
            while os.read(reading, 4096):
                pass
        child.join(60)
        os.close(reading)
        # every kill met a worker that was still at work
        assert child.exitcode == (-signal.SIGKILL if turn < kills else 0)


@dataclass(frozen=True)
class Shown:
    """One line of what a place has shown."""

    worker: int
    address: str
    key: str
    text: str


def first_shown(lines: list[Shown]) -> dict[str, list[str]]:
    """What each conversation saw, without repeats."""
    seen: dict[str, dict[str, str]] = {}
    for line in lines:
        seen.setdefault(line.address, {}).setdefault(line.key, line.text)
    return {address: list(texts.values()) for address, texts in seen.items()}


def shown_again(lines: list[Shown]) -> tuple[int, list[Shown]]:
    """How often something was shown again; and what was, though its worker had gone on to another letter since."""
    repeats, unexplained = 0, []
    for number, line in enumerate(lines):
        if any(later.key == line.key for later in lines[number + 1 :]):
            repeats += 1
            if any(later.worker == line.worker for later in lines[number + 1 :]):
                unexplained.append(line)
    return repeats, unexplained


def test_where_keys_are_looked_up_everything_is_shown_once_and_in_order(hub_database: Path | str) -> None:
    expected = fill(hub_database)
    run_and_kill(hub_database, None, KILLS)
    with Records.open(hub_database, clock=fast_clock) as records:
        shown = {address: records.outbox.take_from_inbox(address) for address in expected}
        assert records.verify_audit().ok
        assert records.outbox.counts() == {"sent": CONVERSATIONS * EACH}
    assert {address: [text.splitlines()[2] for _, text in found] for address, found in shown.items()} == expected


def test_where_they_are_not_a_kill_repeats_one_message_at_most(hub_database: Path | str, tmp_path: Path) -> None:
    expected = fill(hub_database)
    place = tmp_path / "shown"
    run_and_kill(hub_database, place, KILLS)
    rows = [line.split("\t") for line in place.read_text("utf-8").splitlines()]
    lines = [Shown(int(number), address, key, text) for number, address, key, text in rows]
    assert first_shown(lines) == expected
    repeats, unexplained = shown_again(lines)
    assert unexplained == []
    assert 1 <= repeats <= KILLS  # none at all: then no kill met a letter on its way


@pytest.mark.parametrize("turns", [3])
def test_two_workers_at_once_show_everything_once_and_in_order(hub_database: Path | str, turns: int) -> None:
    expected = fill(hub_database)
    for turn in range(turns):
        pipes = [os.pipe() for _ in range(2)]
        children = [
            FORK.Process(target=worker, args=(hub_database, None, writing, turn * 10 + number))
            for number, (_, writing) in enumerate(pipes)
        ]
        for child in children:
            child.start()
        for _, writing in pipes:
            os.close(writing)
        for reading, _ in pipes:
            if turn < turns - 1:
                os.read(reading, 1)
            else:
                while os.read(reading, 4096):
                    pass
        for child in children:
            if turn < turns - 1 and child.pid is not None:
                os.kill(child.pid, signal.SIGKILL)
            child.join(60)
        for reading, _ in pipes:
            os.close(reading)
    with Records.open(hub_database, clock=fast_clock) as records:
        shown = {address: records.outbox.take_from_inbox(address) for address in expected}
    assert {address: [text.splitlines()[2] for _, text in found] for address, found in shown.items()} == expected
