"""Readers and chunker on broken files: python -m tests.benchmarks.fuzz_readers --seconds 60 --seed 1

Every round takes a small file of some format (or one of `--files FOLDER`), breaks it, and reads it as a build does, in
the child process with its limits. Nothing but the library's own refusals may come out; every line of every passage
stands in what was read; no word is lost; what takes too long is named. The same seed breaks the same files alike.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from indexer.loaders.archives import HOLDERS
from indexer.loaders.readers import KINDS
from indexer.loaders.sandbox import close_worker
from tests.benchmarks.fuzzing.holding import Outcome, look
from tests.benchmarks.fuzzing.mutating import mutated
from tests.benchmarks.fuzzing.seeds import seeds

LARGEST = 300_000
"""Bytes of a file that is broken: one of hundreds of pages takes minutes as it may, and makes the rounds few."""


def main(given: Sequence[str] | None = None) -> int:
    """Break and read files until the time is over; how many findings there were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=Path, help="a folder with more files to begin from")
    parser.add_argument("--keep", type=Path, help="a folder for the files of findings")
    asked = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="prevention-hub-fuzz-") as name:
        work = Path(name)
        found = _run(asked, work, [*seeds(work / "seeds"), *_more(asked.files)])
    close_worker()
    return found


def _more(folder: Path | None) -> list[Path]:
    known = KINDS | HOLDERS
    files = sorted(folder.rglob("*")) if folder is not None else []
    return [one for one in files if one.suffix.lower() in known and one.stat().st_size <= LARGEST]


def _run(asked: argparse.Namespace, work: Path, begin: Sequence[Path]) -> int:
    rounds, read, findings = Counter[str](), Counter[str](), 0
    slowest = Outcome("")
    ends, number = time.monotonic() + asked.seconds, 0
    while time.monotonic() < ends:
        rng = Random(f"{asked.seed}:{number}")
        seed = begin[number % len(begin)]
        file = work / f"broken{seed.suffix.lower()}"
        file.write_bytes(mutated(seed.read_bytes(), rng) if number >= len(begin) else seed.read_bytes())
        rounds[seed.suffix.lower()] += 1
        try:
            outcome = look(file)
            read[outcome.kind] += not outcome.refused
            slowest = max(slowest, outcome, key=lambda one: one.seconds)
        except Exception:  # a refusal does not come here: whatever does is a finding
            findings += 1
            print(f"FOUND in round {number} ({seed.name}):\n{traceback.format_exc(limit=-4)}")
            if asked.keep is not None:
                asked.keep.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, asked.keep / f"{asked.seed}-{number}{file.suffix}")
        number += 1
    for kind in sorted(rounds):
        print(f"{kind:>6}: {rounds[kind]} files, {read[kind]} read, {rounds[kind] - read[kind]} refused by name")
    print(f"{number} files, {findings} findings; the slowest took {slowest.seconds:.1f} s ({slowest.kind})")
    return findings


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
