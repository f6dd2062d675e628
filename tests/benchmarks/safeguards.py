"""Precision and recall of the safeguards on safeguards.txt: `python -m tests.benchmarks.safeguards`.

With `--writers` also of both listeners, each alone and together, by kind, on writers that were left out of the fit.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.safeguards import Urgency, clean, declined, redact, urgency
from bot.safeguards.second.fit import Tried, fit, questions, read_messages
from knowledge.encoder import SentenceTransformerEncoder
from tests.benchmarks import identifiers

FILE = Path(__file__).parent / "safeguards.txt"
MARKED = re.compile(r"‹([^›]*)›")


@dataclass(frozen=True, slots=True)
class Figure:
    """How one safeguard did on messages that should trip it and on messages that should not."""

    name: str
    caught: int
    wanted: int
    false: int
    harmless: int

    @property
    def recall(self) -> float:
        """Share of what should be caught that is."""
        return self.caught / self.wanted

    @property
    def precision(self) -> float:
        """Share of what is caught that should be."""
        return self.caught / max(1, self.caught + self.false)


def sections() -> dict[str, list[str]]:
    """The messages under each heading."""
    found: dict[str, list[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = found.setdefault(line.strip("[]"), [])
        elif line.strip() and not line.startswith("#"):
            rows.append(line)
    return found


def is_wrong(kind: str, line: str) -> str:
    """What went wrong with one message; empty if nothing did."""
    text = clean(MARKED.sub(r"\1", line))
    if kind in {"urgent", "welfare"}:
        wanted = Urgency.WELFARE if kind == "welfare" else Urgency.INCIDENT
        return "" if urgency(text) is wanted else f"urgency is {urgency(text)}"
    if kind == "calm":
        return "" if urgency(text) is None else "flagged as urgent"
    if kind in {"identifiers", "left alone"}:
        return _redaction_fault(line, text)
    caught = declined(text) is not None
    return "" if caught == (kind == "declined") else f"declined as {declined(text)}"


def _redaction_fault(line: str, text: str) -> str:
    redacted = redact(text).text
    left = [value for value in MARKED.findall(line) if value in redacted]
    lost = [word for word in MARKED.sub(" ", line).split() if any(map(str.isalnum, word)) and word not in redacted]
    return "; ".join([*(f"left in: {value}" for value in left), *(f"taken out: {word}" for word in lost)])


def wrong() -> Iterator[tuple[str, str, str]]:
    """Every message that goes wrong: heading, message, fault."""
    for kind, lines in sections().items():
        for line in lines:
            fault = is_wrong(kind, line)
            if fault:
                yield kind, line, fault


def figures() -> list[Figure]:
    """Each safeguard's figures; for identifiers, each identifier and each message without one counts."""
    held = sections()
    bad = list(wrong())

    def missed(kind: str) -> int:
        return sum(k == kind for k, _, _ in bad)

    marked = sum(len(MARKED.findall(line)) for line in held["identifiers"])
    left = sum(fault.count("left in:") for _, _, fault in bad)
    damaged = sum("taken out:" in fault for _, _, fault in bad)
    quiet = len(held["identifiers"]) + len(held["left alone"])
    alarms, calm = len(held["urgent"]), len(held["calm"])
    return [
        Figure("urgent", alarms - missed("urgent"), alarms, missed("calm"), calm),
        Figure("welfare", len(held["welfare"]) - missed("welfare"), len(held["welfare"]), 0, calm),
        Figure("identifiers", marked - left, marked, damaged, quiet),
        Figure(
            "declined",
            len(held["declined"]) - missed("declined"),
            len(held["declined"]),
            missed("not declined"),
            len(held["not declined"]),
        ),
    ]


def by_kind(tried: Sequence[Tried]) -> Iterator[str]:
    """A line for each kind of message: how many of them each listener takes for an emergency."""
    kinds = sorted({(not item.message.urgent, item.message.kind) for item in tried})
    yield f"{'':26}{'first':>14}{'second':>14}{'both':>14}"
    for calm, kind in [(False, ""), (True, ""), *kinds]:
        group = [t for t in tried if t.message.urgent is not calm and kind in ("", t.message.kind)]
        name = f"{'calm' if calm else 'urgent'} {kind or 'all'}"
        counts = (sum(t.first for t in group), sum(t.second for t in group), sum(t.first or t.second for t in group))
        yield f"{name:26}" + "".join(f"{count:5} {count / len(group):7.3f} " for count in counts) + f" of {len(group)}"
    for name, heard in (("first", [t for t in tried if t.first]), ("second", [t for t in tried if t.second]),
                        ("both", [t for t in tried if t.first or t.second])):  # fmt: skip
        right = sum(t.message.urgent for t in heard)
        yield f"precision of {name}: {right} of {len(heard)} = {right / max(1, len(heard)):.3f}"


def writers() -> None:
    """Both listeners on the messages of writers that the second was not fitted on; takes minutes."""
    _, tried = fit([*read_messages(), *questions()], SentenceTransformerEncoder())
    print("Each writer was left out of the fit in turn. The first listener was written with a1, a2, b1 and b2 in view.")
    print("\n".join(by_kind(tried)))
    seen = {"a1", "a2", "b1", "b2", "a3", "b3"}
    print("\nWriters whose messages nobody looked at while writing the cues:")
    print("\n".join(by_kind([t for t in tried if t.message.writer not in seen])))


def own() -> None:
    """The safeguards on the messages of safeguards.txt."""
    for figure in figures():
        print(
            f"{figure.name:12} recall {figure.caught}/{figure.wanted} = {figure.recall:.3f}, "
            f"wrongly caught {figure.false}/{figure.harmless}, precision {figure.precision:.3f}"
        )
    for kind, line, fault in wrong():
        print(f"  [{kind}] {line}: {fault}")
    print("\n".join(identifiers.report()))


if __name__ == "__main__":
    own()
    if "--writers" in sys.argv:
        writers()
