"""An attack on the chat platforms' edges with real processes: `python -m tests.benchmarks.attack [EDGE …]`.

EDGE is slack-http, slack-socket or teams; without one, all three. The program runs as `prevention-hub serve` (or
`socket`) with the real encoder, in a process that is really killed in the middle of a burst; the platform is one of our
own on loopback, which is away for `--outage` seconds, refuses the token, and is slow. In the end every question has one
answer, every request one card and one reply, and every emergency its signpost: nothing lost, doubled or silent.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from tests.benchmarks.attacks.programs import Program, built_library
from tests.benchmarks.attacks.side import Side
from tests.benchmarks.attacks.sides import EDGES

COVERED = "how long can we hold someone on a 136 for"
NOT_COVERED = "who sells fishing permits for the lake at {}"
URGENT = "he is stabbing someone right now outside the bar"
BURST = 60
SIDE_BY_SIDE = 12
PATIENCE = 2400.0
"""Seconds for everything to arrive after an outage: the longest pause between two tries is 900."""


def main() -> None:
    """Attack each edge that is named, and print what was lost, doubled and silent."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("edges", nargs="*", help=", ".join(EDGES))
    asked.add_argument("--outage", type=float, default=600.0, help="seconds for which the platform is away")
    asked.add_argument("--library", type=Path, help="a data folder with an edition to begin with (default: build one)")
    given = asked.parse_args()
    print(f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}; all on one machine")
    with tempfile.TemporaryDirectory() as name:
        library = given.library or built_library(Path(name) / "library")
        for edge in given.edges or EDGES:
            data = Path(name) / edge
            data.mkdir()
            shutil.copytree(library / "library", data / "library")
            with EDGES[edge](data) as side:
                _Attack(side, given.outage).run()


class _Attack:
    """One edge's day of trouble, and the count of what came of it."""

    def __init__(self, side: Side, outage: float) -> None:
        self.side, self.outage = side, outage
        self.asked: dict[str, str] = {}
        """Who asked, and which phase it was."""
        self.urgent: dict[str, float] = {}
        """Who wrote of an emergency, and after how many seconds it was signposted."""
        self.new: list[str] = []
        """Who asked what guidance does not have."""

    def run(self) -> None:
        """Every trouble in turn; then the counts."""
        with Program(self.side) as program:
            self._ask("warm", 1)
            self._answered("warm")
            self._burst(program)
            self._slow()
            self._revoked(program)
            self._away()
            self._count()

    def _burst(self, program: Program) -> None:
        """A burst, killed in the middle of answering; begun again, it goes on where it was."""
        self._ask("burst", BURST, new=0.2)
        self._urgent("burst")
        program.kill()
        program.start()
        self._urgent("after the kill")
        self._answered("burst")

    def _slow(self) -> None:
        self.side.slow(2.0)
        self._ask("slow", 10, new=0.2)
        self._answered("slow")
        self.side.slow(0.0)

    def _revoked(self, program: Program) -> None:
        """Our token is not taken; `readyz` says so where there is one, and everything goes on by itself afterwards."""
        self.side.refuse(True)
        self._ask("revoked", 5, new=0.4)
        told = self.side.until(lambda: program.trouble(), 120)
        print(f"{self.side.name}: token refused; readyz: {told or 'nothing said'}")
        self.side.refuse(False)
        self._answered("revoked")

    def _away(self) -> None:
        """The platform takes nothing for a while, and hub staff go on working."""
        self._ask("before", 5, new=1.0)
        self._answered("before")
        self.side.away(True)
        self._ask("away", 10, new=0.4)
        replied = self.side.reply_to_all(self.requests_so_far())
        time.sleep(self.outage)
        self.side.away(False)
        back = time.perf_counter()
        self._answered("away")
        self.side.until(lambda: all(self.side.replies(one) for one in replied), PATIENCE)
        print(f"{self.side.name}: away for {self.outage:.0f} s; all caught up {time.perf_counter() - back:.0f} s after")

    def _ask(self, phase: str, number: int, new: float = 0.0) -> None:
        """So many people ask at once; a share of them what guidance does not have."""
        people = [f"{phase}{at}".replace(" ", "") for at in range(number)]
        texts = []
        for at, one in enumerate(people):
            new_one = at < number * new
            self.new += [one] * new_one
            texts.append((one, NOT_COVERED.format(one) if new_one else COVERED))
            self.asked[one] = phase
        self.side.say_all(texts, SIDE_BY_SIDE)

    def _urgent(self, phase: str) -> None:
        person = f"urgent{phase}".replace(" ", "")
        began = time.perf_counter()
        self.side.say_all([(person, URGENT)], 1)
        self.side.until(lambda: self.side.signposted(person), 60)
        self.urgent[person] = time.perf_counter() - began

    def _answered(self, phase: str) -> None:
        mine = [one for one, when in self.asked.items() if when == phase]
        self.side.until(lambda: all(self.side.answers(one) or self.side.notes(one) for one in mine), PATIENCE)

    def requests_so_far(self) -> list[str]:
        """References of the requests that have a card by now."""
        return sorted(self.side.cards())

    def _count(self) -> None:
        side = self.side

        def say(told: str) -> None:
            print(f"{side.name}: {told}", flush=True)

        opened = side.references()
        stood_for: set[str] = set()

        def are_there() -> bool:
            cards = side.cards()
            stood_for.update(one for one in opened if one not in stood_for and side.pressed_card(one))
            return all(cards[one] or one in stood_for for one in opened)

        side.until(are_there, 900)
        cards = side.cards()
        missing = sum(not cards[one] for one in stood_for)
        say(f"{len(stood_for)} cards stood for by a button, {missing} of them not there")
        arrived = {one: side.answers(one) for one in self.asked}
        twice = [one for one, count in arrived.items() if count > 1]
        brought = self._pressed(arrived)
        say(f"{len(self.asked)} questions' answers: {_of(count or brought[one] for one, count in arrived.items())}")
        say(f"answered twice in: {', '.join(sorted({self.asked[one] for one in twice})) or 'none'}")
        shown = _of(cards[one] or one in stood_for for one in opened)
        say(f"{len(opened)} requests ({len(self.new)} asked for): cards {shown}")
        say(f"asked for, and not told of a request: {self._untold() or 'nobody'}")
        say(f"{len(side.replied)} replies by the hub: {_of(side.replies(one) for one in side.replied)}")
        took = ", ".join(f"{seconds:.2f} s" for seconds in self.urgent.values())
        say(f"{len(self.urgent)} emergencies signposted after {took}")
        say(f"against the platform's rules: {len(side.faults())} {'; '.join(side.faults()[:3])}")

    def _untold(self) -> str:
        """Who asked what guidance does not have, and was never told of a request; with what they were told."""
        untold = [one for one in self.new if not any("PF-" in text for text in self.side.seen(one))]
        return "; ".join(f"{one}: {' / '.join(self.side.seen(one))[:300]}" for one in untold)

    def _pressed(self, arrived: Mapping[str, int]) -> dict[str, int]:
        """Whoever got a note presses its button; how many answers that brought to each of those who had asked."""
        notes = {one: self.side.notes(one) for one in arrived}
        brought = {
            one: int(all(self.side.press(one, note) for note in found) and bool(found)) for one, found in notes.items()
        }
        noted = [one for one, found in notes.items() if found]
        print(
            f"{self.side.name}: {sum(map(len, notes.values()))} notes with a button to {len(noted)} people, "
            f"{sum(not arrived[one] for one in noted)} of them without an answer by then; "
            f"pressing it brought the answer to {sum(brought.values())}"
        )
        return brought


def _of(counts: Iterable[int]) -> str:
    found = list(counts)
    lost, doubled = sum(one == 0 for one in found), sum(one > 1 for one in found)
    return f"{lost} lost, {doubled} doubled"


if __name__ == "__main__":
    main()
