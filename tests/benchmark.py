"""`make bench`: speed and memory, side by side in one run. Ratios hold on a noisy machine; single times do not."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from bot.app import Hub
from bot.messages import Place, Question
from bot.records import Records, utc_now
from bot.records.audit import Entry, append
from bot.settings import Settings
from indexer.build import Builder, starter_library
from indexer.chunker import chunk
from indexer.edition import rows_of
from indexer.loaders import load_all
from indexer.sources import find_sources
from knowledge.encoder import SentenceTransformerEncoder
from knowledge.library import Library

QUESTION = "how long can we hold someone on a 136 for"
ROUNDS = 60
EVENTS = 1_000_000
COPIES = 8
"""How many times the starter library is indexed under other words, for a longer measurement."""


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def line(what: str, value: str, aim: str = "") -> None:
    """One line of the table."""
    print(f"{what:52} {value:>14}   {aim}")


def command(*arguments: str, data: Path) -> float:
    """Seconds of a whole command, interpreter included."""
    program = [sys.executable, "-c", "from bot.cli import main; main()", *arguments]
    environment = {**os.environ, "PREVENTION_HUB_DATA": str(data)}
    return seconds(lambda: subprocess.run(program, env=environment, check=True, capture_output=True))


def bench_commands(data: Path) -> None:
    """Times of whole commands, as a person at a prompt has them."""
    line("--help", f"{median(command('--help', data=data) for _ in range(5)):.2f} s")
    line("first answer ever (indexes the starter library)", f"{command('ask', QUESTION, data=data):.1f} s")
    line("first answer of a new process", f"{median(command('ask', QUESTION, data=data) for _ in range(3)):.1f} s")
    line("urgent signpost of a new process", f"{command('ask', 'he has a machete out now', data=data):.2f} s")


def bench_question(data: Path, encoder: SentenceTransformerEncoder) -> None:
    """One question, recorded and all, against the model's own encode() of it; the two in turn."""
    hub = Hub(Settings.read(data), encoder)
    place = Place("terminal", "bench")

    def ask() -> object:
        return hub.assistant.ask(Question(QUESTION, place, "bench"))

    for _ in range(5):
        ask()
    pairs = [(seconds(ask), seconds(lambda: encoder._model.encode(QUESTION))) for _ in range(ROUNDS)]
    hub.close()
    whole, alone = median(a for a, _ in pairs), median(b for _, b in pairs)
    line("one question", f"{whole * 1000:.1f} ms")
    line("encoding it alone (sentence-transformers)", f"{alone * 1000:.1f} ms")
    line("question / encoding", f"{median(a / b for a, b in pairs):.2f}", "aim: at most 1.30")


def bench_indexing(folder: Path, encoder: SentenceTransformerEncoder) -> None:
    """Passages a second from files to a published edition, against the model's own encode() on the same texts."""
    source = folder / "guidance"
    source.mkdir()
    for copy in range(COPIES):
        for file in starter_library().glob("*.md"):
            text = file.read_text(encoding="utf-8").replace(f"id: {file.stem}", f"id: {file.stem}-{copy}")
            (source / f"{file.stem}-{copy}.md").write_text(text.replace(". ", f" ({copy}). "), encoding="utf-8")
    loaded, _ = load_all(find_sources([source]))
    rows = rows_of([(item.document, chunk(item)) for item in loaded])
    texts = [f"{row.heading}\n{row.passage.text}" for row in rows]
    ours, alone = [], []
    for attempt in range(3):
        library = Library(folder / f"library-{attempt}")
        ours.append(len(rows) / seconds(lambda library=library: Builder(library, encoder).build([source])))  # type: ignore[misc]
        alone.append(len(rows) / seconds(lambda: encoder._model.encode(texts, batch_size=32)))
    line("passages a second, files to published edition", f"{median(ours):.0f}")
    line("passages a second, the encoder alone", f"{median(alone):.0f}")
    ratio = median(a / b for a, b in zip(ours, alone, strict=True))
    line("indexing / encoder alone", f"{ratio:.2f}", "aim: at least 0.90")


def bench_record(folder: Path) -> None:
    """Verifying the record from end to end, at a million events."""
    with Records.open(folder / "record.db") as records:
        entry = Entry(utc_now(), "pc-4711", "replied", "PF-0042", {"outcome": "answered", "receipt": "7K3-F9Q"})
        for _ in range(EVENTS // 10_000):
            with records._database.write() as connection:
                append(connection, [entry] * 10_000)
        taken = seconds(records.verify_audit)
    line(f"verifying {EVENTS:,} events of the record", f"{taken:.0f} s")


def main() -> None:
    """Print the table."""
    print(
        f"{date.today().isoformat()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    encoder = SentenceTransformerEncoder()
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        bench_commands(folder / "data")
        encoder.encode_question("warm")
        bench_question(folder / "data", encoder)
        bench_indexing(folder, encoder)
        bench_record(folder)
    line("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
