"""What one question costs, recorded and all, against encoding it with the model alone: by turns, in one run.

    python -m tests.benchmarks.question DATA [--profile]

DATA is a data folder with a built starter library; the hub database is made in a temporary folder. Every question is
another one, so that nothing is answered from what was remembered. `--profile` prints where the rest of the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from statistics import median

from bot.app import Hub
from bot.domain.messages import Place, Question
from bot.settings import Settings
from indexer.measuring.evaluate import golden_questions
from knowledge.encoder import SentenceTransformerEncoder

ROUNDS = 60
AT_ONCE = 4
Row = tuple[str, str, str]
"""What was measured, its value, and what is aimed at."""


class Asking:
    """Asks, every time as somebody else in another place."""

    def __init__(self, hub: Hub) -> None:
        self._hub, self._number = hub, count()

    def __call__(self, text: str) -> None:
        """Ask one question."""
        number = next(self._number)
        self._hub.assistant.ask(Question(text, Place("terminal", f"bench-{number}"), f"bench-{number}"))


def took(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of processors."""
    start, spent = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - spent


def questions() -> list[str]:
    """Golden questions that are answered, each once."""
    asked = [one.text for one in golden_questions() if one.outcome == "answered"]
    return list(dict.fromkeys(asked))


def bench_question(data: Path, encoder: SentenceTransformerEncoder) -> Iterator[Row]:
    """One question against the model's own encode() of it; then several people asking at once."""
    hub = Hub(Settings.read(data), encoder)
    asking, asked = Asking(hub), questions()
    first, second, third = asked[:5], asked[5 : 5 + ROUNDS], asked[5 + ROUNDS : 5 + 2 * ROUNDS]
    hub.warm()
    for text in first:
        asking(text)
    pairs = [(took(lambda: asking(text)), took(lambda: encoder._model.encode(text))) for text in second]  # noqa: B023 called at once
    whole, whole_spent = (median(part) for part in zip(*(pair[0] for pair in pairs), strict=True))
    alone, alone_spent = (median(part) for part in zip(*(pair[1] for pair in pairs), strict=True))
    yield "one question, from ask to record", f"{1000 * whole:.1f} ms", ""
    yield "encoding it alone (the model's own encode())", f"{1000 * alone:.1f} ms", ""
    yield "question / encoding, by the clock", f"{whole / alone:.2f}", "aim: at most 1.30"
    yield "question / encoding, of processors", f"{whole_spent / alone_spent:.2f}", ""
    yield f"questions a second, {AT_ONCE} people at once", f"{throughput(asking, third):.1f}", ""
    hub.close()


def throughput(asking: Asking, texts: Sequence[str]) -> float:
    """Questions a second where several people ask at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        spent, _ = took(lambda: list(pool.map(asking, texts)))
    return len(texts) / spent


def main() -> None:
    """Print the rows, or a profile."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        shutil.copytree(given.data / "library", data / "library")
        profiler = cProfile.Profile(time.process_time) if given.profile else None
        if profiler:
            profiler.enable()
        for what, value, aim in bench_question(data, SentenceTransformerEncoder()):
            print(f"{what:52} {value:>14}   {aim}", flush=True)
        if profiler:
            profiler.disable()
            pstats.Stats(profiler).sort_stats("cumulative").print_stats(60)


if __name__ == "__main__":
    main()
