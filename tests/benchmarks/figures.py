"""`make bench`: speed and memory, side by side in one run. Ratios hold on a noisy machine; single times do not."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import insert

from bot.domain.letters import Letter
from bot.domain.messages import Outcome, Place, Question, Reply
from bot.domain.people import Actor, Roles
from bot.domain.requests import RequestState
from bot.domain.timing.hours import Hours
from bot.domain.timing.pace import Targets
from bot.governance.office import Office
from bot.queue.desk import Desk
from bot.queue.waiting.pace import Pace
from bot.queue.waiting.reminders import Reminders
from bot.records import Records, tables, utc_now
from bot.records.audit.chain import Entry, append
from indexer.build import Builder, starter_library
from indexer.chunker import chunk
from indexer.loaders import load_all
from indexer.rows import rows_of
from indexer.sources import find_sources
from knowledge.encoder import SentenceTransformerEncoder
from knowledge.store.folder import Library
from tests.benchmarks.question import bench_question
from tests.support import postgres

QUESTION = "how long can we hold someone on a 136 for"
ROUNDS = 60
EVENTS = 1_000_000
REQUESTS = 100_000
ALWAYS = Targets(Hours.parse("always"))
WAITING = 5
"""Letters of a hundred that are still to be delivered, as after a platform was away for a while."""
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


def bench_indexing(folder: Path, encoder: SentenceTransformerEncoder) -> None:
    """Passages a second from files to a published edition, against the model's own encode() on the same texts."""
    source = folder / "guidance"
    source.mkdir()
    for copy in range(COPIES):
        for file in starter_library().glob("*.md"):
            text = file.read_text(encoding="utf-8").replace(f"id: {file.stem}", f"id: {file.stem}-{copy}")
            (source / f"{file.stem}-{copy}.md").write_text(text.replace(". ", f" ({copy}). "), encoding="utf-8")
    loaded, _ = load_all(find_sources([source]))
    rows = list(rows_of([(item.document, chunk(item)) for item in loaded]))
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


def bench_queue(target: Path | str, engine: str) -> None:
    """The queue at 100,000 requests and a million events: one step at a time, as hub staff take them.

    Each request has its reply, what was said of it and a letter in outbox and inbox, as after years of use.
    """
    with Records.open(target) as records:
        fill_queue(records)
        office = Office(Roles.listed(hub="bell"), records, utc_now)
        desk, bell = Desk(office, records, utc_now), Actor("bell")
        numbers = iter(range(REQUESTS - 50 * ROUNDS, REQUESTS))
        askers = iter(range(2000))
        letters: list[Letter] = []
        steps: dict[str, Callable[[], object]] = {
            "open": lambda: hand_over(records),
            "claim": lambda: desk.claim(bell, f"PF-{next(numbers)}"),
            "reply (claims on the way)": lambda: desk.reply(bell, f"PF-{next(numbers)}", "The sexton."),
            "list the newest 50": lambda: records.requests(limit=50),
            **{f"list the newest 50 {state}": lister(records, state) for state in RequestState},
            "list one person's": lambda: records.requests_of("pc-17", limit=20),
            "show one": lambda: records.request("PF-50000"),
            "the inbox of one person": lambda: records.outbox.take_from_inbox(f"pc-{next(askers)}"),
            f"lease 1 of {REQUESTS * WAITING // 100:,} letters that wait": lambda: letters.extend(
                records.outbox.lease(["terminal"], 1, 6000)
            ),
            "lease 50 of them": lambda: records.outbox.lease(["terminal"], 50, 6000),
            "lease from the hub's channel": lambda: records.outbox.lease(["slack"], 50, 0),
            "hold a letter": lambda: records.outbox.hold(letters[-1], 6000),
            "settle a letter": lambda: records.outbox.sent(letters.pop()),
            "count letters": records.outbox.counts,
            "what waits, for reminders": records.pace.waiting,
            "list the 50 that are overdue": lambda: records.pace.past(utc_now() - timedelta(hours=1), 50),
            "what may be expected": lambda: Pace(ALWAYS, records.pace, utc_now).expected(),
            "a round of reminders (500 at most)": lambda: Reminders(records.pace, ALWAYS, [], utc_now).send(),
            "what an open request is like": lambda: records.joining.open_vectors("bench", 2000),
        }
        for what, step in steps.items():
            times = sorted(1000 * seconds(step) for _ in range(ROUNDS))
            p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
            line(f"{engine}, {what}", f"{p50:.1f} / {p95:.1f} ms", "p50 / p95; lists: milliseconds")


def fill_queue(records: Records) -> None:
    """100,000 requests, one in twenty still open, and a million events, straight into the tables."""
    now, database = utc_now(), records._database
    for start in range(0, REQUESTS, 5000):
        numbers = range(start + 1, start + 5001)
        with database.write() as connection:
            connection.execute(insert(tables.QUESTIONS), [_question(number, now) for number in numbers])
            connection.execute(insert(tables.REQUESTS), [_request(number, now) for number in numbers])
            connection.execute(insert(tables.REPLIES), [_reply(number, now) for number in numbers])
            connection.execute(insert(tables.MESSAGES), [_message(number, now) for number in numbers])
            connection.execute(insert(tables.OUTBOX), [_letter(number, now) for number in numbers])
            connection.execute(insert(tables.OUTBOX), [_card(number, now) for number in numbers])
            connection.execute(insert(tables.INBOX), [_in_inbox(number, now) for number in numbers])
            entries = [
                Entry(now, "bell", "request.noted", f"PF-{number:04d}", {"before": "open"}) for number in numbers
            ]
            for _ in range(EVENTS // REQUESTS):
                append(connection, entries)
    with database.write() as connection:
        if connection.dialect.name == "postgresql":  # the next numbers, and what the planner knows of the tables
            for table in ("questions", "requests", "replies", "messages", "outbox"):
                column = "number" if table == "requests" else "id"
                newest = f"(select max({column}) from {table})"
                connection.exec_driver_sql(f"select setval(pg_get_serial_sequence('{table}', '{column}'), {newest})")
            connection.exec_driver_sql("analyze")


def lister(records: Records, state: RequestState) -> Callable[[], object]:
    """Lists the newest requests in one state."""
    return lambda: records.requests(state=state.value, limit=50)


def hand_over(records: Records) -> str:
    """A question that guidance does not cover becomes a request."""
    question = Question("who locks the kite shed", Place("terminal", "bench"), "pc-17")
    return records.save_handed_over(
        question,
        lambda given: Reply("r", Outcome.HANDED_OVER, given, request=given),
        kind="question",
        found=(),
        why="too far",
    )


def _question(number: int, now: datetime) -> dict[str, object]:
    person = f"pc-{number % 2000}"
    place = {"given_id": "", "platform": "terminal", "address": f"t{number}", "asker": person}
    return {"id": number, **place, "text": f"who locks kite shed {number}", "asked_at": now}


def _request(number: int, now: datetime) -> dict[str, object]:
    is_open = number % 20 == 0 or number > REQUESTS - 50 * ROUNDS
    return {
        "number": number,
        "question_id": number,
        "kind": "question",
        "state": "open" if is_open else "closed",
        "why": "too far",
        "opened_at": now - timedelta(hours=5),
        "replied_at": None if is_open else now - timedelta(hours=number % 4),
    }


def _reply(number: int, now: datetime) -> dict[str, object]:
    said = {"outcome": "handed_over", "text": f"Your reference is PF-{number:04d}.", "why": "too far", "redacted": []}
    known = {"question_id": number, "request_number": number, "given_id": f"r{number}", "receipt": f"R{number:06d}"}
    return {"id": number, **known, **said, "signals": {}, "replied_at": now}


def _message(number: int, now: datetime) -> dict[str, object]:
    return {"id": number, "request_number": number, "kind": "reply", "author": "bell", "text": "The sexton.", "at": now}


def _letter(number: int, now: datetime) -> dict[str, object]:
    to = {"platform": "terminal", "address": f"t{number}", "person": f"pc-{number % 2000}"}
    tried = {"state": "waiting" if number % 100 < WAITING else "sent", "attempts": 0, "fence": 0, "trouble": ""}
    name = {"id": number, "key": f"PF-{number:04d}:{number}", "reference": f"PF-{number:04d}"}
    return {**name, **to, **tried, "text": "The sexton.", "due_at": now, "kind": "reply"}


def _card(number: int, now: datetime) -> dict[str, object]:
    """All cards go to one place: the hub's channel. The last hundred are on their way."""
    to = {"platform": "slack", "address": "T1/C0HUB", "person": "bell", "kind": "card"}
    tried = {"state": "waiting" if number > REQUESTS - 100 else "sent", "attempts": 0, "fence": 0, "trouble": ""}
    name = {"id": REQUESTS + number, "key": f"PF-{number:04d}:{number}@1", "reference": f"PF-{number:04d}"}
    return {**name, **to, **tried, "text": "bell: claimed", "due_at": now}


def _in_inbox(number: int, now: datetime) -> dict[str, object]:
    seen = None if number > REQUESTS * 0.9 else now  # a tenth is not seen yet: five messages each
    who = {"person": f"pc-{number % 2000}", "reference": f"PF-{number:04d}", "text": "The sexton."}
    return {"key": f"PF-{number:04d}:{number}", **who, "at": now, "shown_at": seen}


def bench_library(folder: Path) -> None:
    """Everything but the queue."""
    encoder = SentenceTransformerEncoder()
    bench_commands(folder / "data")
    encoder.encode_question("warm")
    for what, value, aim in bench_question(folder / "data", encoder):
        line(what, value, aim)
    bench_indexing(folder, encoder)
    bench_record(folder)


def main() -> None:
    """Print the table; all of it, or the queue alone on one engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queue", action="store_true", help="the queue alone")
    parser.add_argument("--postgres", action="store_true", help="the queue alone, on PostgreSQL")
    chosen = parser.parse_args()
    print(
        f"{date.today().isoformat()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory() as aside:
        folder = Path(aside)
        if not (chosen.queue or chosen.postgres):
            bench_library(folder)
        if not chosen.postgres:
            bench_queue(folder / "queue.db", "SQLite")
        if not chosen.queue:
            with postgres.running(durable=True) as address:
                bench_queue(address, "PostgreSQL")
    line("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
