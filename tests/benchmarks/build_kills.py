"""Builds that are killed at any moment while two readers ask: `python -m tests.benchmarks.build_kills [--kills 100]`.

Real processes and real files; the encoder is a stand-in that takes its time. Every build writes the number of its
round into every passage, so that an answer from two editions shows two numbers. After each kill somebody builds again,
with nothing mended: that build has to publish, and it takes over what the killed one had encoded.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from multiprocessing.synchronize import Event
from pathlib import Path

from indexer.build import Builder
from indexer.report import verify_editions
from knowledge.encoder import Encoded, Span
from knowledge.search import search
from knowledge.store.folder import Library
from tests.support.fakes import WordEncoder

DOCUMENTS, SECTIONS = 30, 5
READERS = 2
FORK = multiprocessing.get_context("fork")  # a real process each time, without the seconds that imports take


class SlowEncoder(WordEncoder):
    """Takes half a millisecond for each text, as an encoder on a good machine."""

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        time.sleep(0.0005 * len(texts))
        return super().encode_texts(texts, spans)


@dataclass
class Tally:
    """What came of it."""

    kills: int = 0
    """Builds that were killed before they were done."""
    survived: int = 0
    """Builds that were done before the signal came; not counted as kills."""
    resumed: int = 0
    """Builds after a kill that published, with nothing mended between."""
    taken_over: int = 0
    """Passages whose vectors such a build had from the killed one."""
    stuck: list[str] = field(default_factory=list)
    """Builds after a kill that did not publish."""
    answers: int = 0
    mixed: list[str] = field(default_factory=list)
    """Answers whose passages come from two rounds, or editions that changed what they say."""
    failures: list[str] = field(default_factory=list)
    """Questions that failed."""
    editions: int = 0
    damaged: list[str] = field(default_factory=list)
    """Editions that `index verify` finds fault with."""
    left_over: list[str] = field(default_factory=list)
    """Folders of killed builds that are still there at the end."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing failed."""
        troubles = (self.stuck, self.mixed, self.failures, self.damaged, self.left_over)
        return self.resumed == self.kills and not any(troubles)


def write(folder: Path, turn: int, documents: int = DOCUMENTS) -> None:
    """Every document of one round; each passage names the round."""
    folder.mkdir(exist_ok=True)
    for number in range(documents):
        sections = [
            f"## How are kites of kind {number} flown in case {case}?\n\n"
            f"Kites of kind {number} are flown by rule {case * 7 + number}. This is round-{turn} of the rules.\n"
            for case in range(SECTIONS)
        ]
        (folder / f"kite-{number:02d}.md").write_text(f"# Kites {number}\n\n" + "\n".join(sections), encoding="utf-8")


def build(library: Path, folder: Path, told: Path) -> None:
    """One build, in a process of its own; what came of it is written down."""
    built = Builder(Library(library), SlowEncoder(), keep=5).build([folder])
    told.write_text(json.dumps({"edition": built.manifest.edition, "resumed": built.resumed}), encoding="utf-8")


def read(library: Path, told: Path, stop: Event, seed: int) -> None:
    """Ask until told to stop; what was seen is written down at the end."""
    opened, encoder, chance = Library(library), WordEncoder(), random.Random(seed)
    seen: dict[int, str] = {}
    tally = Tally()
    while not stop.is_set():
        text = f"how are kites of kind {chance.randrange(DOCUMENTS)} flown"
        try:
            edition = opened.edition()
            found = search(edition, encoder, text)
        except Exception as error:
            tally.failures.append(f"{type(error).__name__}: {error}")
            continue
        tally.answers += 1
        stop.wait(0.002)  # else two readers on two cores leave the builder nothing
        rounds = {word for hit in found.hits for word in hit.entry.passage.text.split() if word.startswith("round-")}
        if len(rounds) != 1 or seen.setdefault(edition.number, min(rounds)) not in rounds:
            tally.mixed.append(f"edition {edition.number}: {sorted(rounds)}")
    told.write_text(json.dumps(asdict(tally)), encoding="utf-8")


def attack(folder: Path, kills: int, seed: int = 19, documents: int = DOCUMENTS, wait: float = 120.0) -> Tally:
    """Kill so many builds; each at a moment of its own, from its first step to its last."""
    chance, tally, library, source = random.Random(seed), Tally(), folder / "library", folder / "guidance"
    write(source, 0, documents)
    _seconds(library, source, folder / "built.json", wait)
    stop = FORK.Event()
    readers = [FORK.Process(target=read, args=(library, folder / f"{n}.json", stop, n)) for n in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        turn = 1
        write(source, turn, documents)
        usual = _seconds(library, source, folder / "built.json", wait)  # beside the readers, as those that are killed
        while tally.kills < kills:
            turn += 1
            write(source, turn, documents)
            _one_turn(tally, library, source, folder / "built.json", chance.uniform(0, usual), wait)
    finally:
        stop.set()
        for reader in readers:
            reader.join(wait)
    _count(tally, Library(library), [folder / f"{n}.json" for n in range(READERS)])
    return tally


def _seconds(library: Path, source: Path, told: Path, wait: float) -> float:
    """How long a build takes that nobody disturbs."""
    start = time.perf_counter()
    process = FORK.Process(target=build, args=(library, source, told))
    process.start()
    process.join(wait)
    return time.perf_counter() - start


def _one_turn(tally: Tally, library: Path, source: Path, told: Path, after: float, wait: float) -> None:
    told.unlink(missing_ok=True)
    process = FORK.Process(target=build, args=(library, source, told))
    process.start()
    process.join(after)
    if process.is_alive() and process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join(wait)
    if process.exitcode != -signal.SIGKILL:
        tally.survived += 1
        return
    tally.kills += 1
    told.unlink(missing_ok=True)
    again = FORK.Process(target=build, args=(library, source, told))
    again.start()
    again.join(wait)
    if again.exitcode == 0 and told.is_file():
        tally.resumed += 1
        tally.taken_over += int(json.loads(told.read_text(encoding="utf-8"))["resumed"])
    else:
        tally.stuck.append(f"exit code {again.exitcode} after a kill at {after:.3f} s")


def _count(tally: Tally, library: Library, told: Sequence[Path]) -> None:
    for file in told:
        seen = json.loads(file.read_text(encoding="utf-8"))
        tally.answers += seen["answers"]
        tally.failures += seen["failures"]
        tally.mixed += seen["mixed"]
    editions = verify_editions(library)["editions"]
    tally.editions = len(editions)
    tally.damaged = [f"edition {one['edition']}: {one['trouble']}" for one in editions if one["trouble"]]
    tally.left_over = [path.name for path in library.editions.glob(".*")]


def main() -> None:
    """Print the count; exit code 1 if anything failed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=100)
    asked.add_argument("--seed", type=int, default=19)
    given = asked.parse_args()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="prevention-hub-") as name:
        tally = attack(Path(name), given.kills, given.seed)
    for what, value in asdict(tally).items():
        print(f"{what:12} {len(value) if isinstance(value, list) else value}")
        for line in (value if isinstance(value, list) else [])[:5]:
            print(f"    {line}")
    print(f"{time.perf_counter() - start:.0f} s; {'clean' if tally.is_clean else 'NOT CLEAN'}")
    raise SystemExit(0 if tally.is_clean else 1)


if __name__ == "__main__":
    main()
