"""What redaction takes out and what it damages, by kind: `python -m tests.benchmarks.identifiers [FILE …]`.

Without a file it reads tests/data/identifiers.jsonl: one JSON object a line, `kind` and `text`, what must go between
‹ and ›; a text without marks must stay as it is. A file may also write `{"text", "kind", "expect": {"gone": […]}}`,
with `"expect": "unchanged"` for what must stay.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.safeguards import clean, redact

FILE = Path(__file__).parents[1] / "data" / "identifiers.jsonl"
_MARKED = re.compile(r"‹([^›]*)›")
_WORD = re.compile(r"\w+")
_TITLES = frozenset("Mr Mrs Ms Dr Rev Sgt DC PC Cllr Inspector Lt Col Cdr and Flat flat no mr".split())
"""Left before what was taken out; they tell nothing."""
_PLACEHOLDER = re.compile(r"\[[a-z_]+\]")


@dataclass(frozen=True, slots=True)
class Message:
    """A message and the texts in it that must go; none if it must stay as it is."""

    kind: str
    text: str
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """How redaction did on the messages of one kind."""

    kind: str
    right: int
    messages: int
    wrong: tuple[tuple[str, str], ...]
    """Message and what became of it."""


def messages(file: Path = FILE) -> list[Message]:
    """The messages of a file, in its order."""
    return [_message(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _message(row: dict[str, object]) -> Message:
    text = str(row["text"])
    expect = row.get("expect")
    gone = expect["gone"] if isinstance(expect, dict) else _MARKED.findall(text)
    return Message(str(row["kind"]), _MARKED.sub(r"\1", text), tuple(gone))


def is_right(message: Message, redacted: str) -> bool:
    """Whether no word of what must go is left; for a look-alike, whether nothing changed."""
    if not message.gone:
        return redacted == clean(message.text)
    left = set(_WORD.findall(_PLACEHOLDER.sub(" ", redacted)))
    return all(value not in redacted and not left & _telling(message, value) for value in message.gone)


def _telling(message: Message, value: str) -> set[str]:
    """The words of the value that stand nowhere else in the message; a single letter or digit tells nothing."""
    rest = message.text
    for gone in message.gone:
        rest = rest.replace(gone, " ")
    return {word for word in _WORD.findall(value) if len(word) > 1} - set(_WORD.findall(rest)) - _TITLES


def figures(read: Iterable[Message], remove: Callable[[str], str] = lambda text: redact(text).text) -> list[Figure]:
    """One figure for each kind, in order of first appearance."""
    results: dict[str, list[tuple[Message, str]]] = {}
    for message in read:
        results.setdefault(message.kind, []).append((message, remove(clean(message.text))))
    return [_figure(kind, found) for kind, found in results.items()]


def _figure(kind: str, found: list[tuple[Message, str]]) -> Figure:
    wrong = tuple((message.text, redacted) for message, redacted in found if not is_right(message, redacted))
    return Figure(kind, len(found) - len(wrong), len(found), wrong)


def report(file: Path = FILE) -> Iterator[str]:
    """Lines to print: both shares, each kind, each message that went wrong, the time one takes."""
    read = messages(file)
    for name, chosen in (
        ("everything gone", [message for message in read if message.gone]),
        ("look-alikes as they were", [message for message in read if not message.gone]),
    ):
        held = figures(chosen)
        right, total = sum(figure.right for figure in held), len(chosen)
        yield f"{name}: {right} of {total} = {right / max(total, 1):.3f}"
        for figure in held:
            yield f"  {figure.kind:12} {figure.right}/{figure.messages}"
            yield from (f"      {text}  ->  {redacted}" for text, redacted in figure.wrong)
    yield f"median {_median_ms(read):.2f} ms a message"


def _median_ms(read: list[Message]) -> float:
    times = []
    for message in read:
        start = time.perf_counter()
        redact(message.text)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    for name in sys.argv[1:] or [str(FILE)]:
        print("\n".join(report(Path(name))))
