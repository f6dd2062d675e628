"""How many machines a force needs: worked out from what was measured, with every assumption in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

MEASURED = 7.7
"""Questions a second that one `serve` answered on two shared cores, pages and queue beside them included
(`python -m tests.benchmarks.portal_load --postgresql`, the database on the same cores; SQLite: 8.9 to 9.6)."""
CORES = 2
"""For one `serve`."""
USED = 0.5
"""Share of that which is planned with: beyond it, questions begin to wait for one another."""
A_DAY = 3.0
"""Questions of an officer in a day."""
BUSIEST_HOUR = 0.15
"""Share of a day's questions that come in its busiest hour."""
BURST = 3.0
"""How much more come in that hour's busiest minute than in its average one."""
ON_A_MACHINE = 2
"""`serve` processes on a machine of four cores."""
OFFICERS = (500, 2_000, 5_000, 10_000, 35_000)


@dataclass(frozen=True, slots=True)
class Need:
    """What so many officers need."""

    officers: int

    @property
    def rate(self) -> float:
        """Questions a second in the busiest minute of the day."""
        return self.officers * A_DAY * BUSIEST_HOUR * BURST / 3600

    @property
    def processes(self) -> int:
        """`serve` processes that answer them."""
        return max(1, ceil(self.rate / (MEASURED * USED)))

    @property
    def machines(self) -> int:
        """Machines of four cores for them, and one more, so that one may be lost."""
        return ceil(self.processes / ON_A_MACHINE) + 1


def table() -> str:
    """The table as Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "| officers | questions a second, busiest minute | `serve` processes | machines of 4 cores, one to spare |"
    yield "|---|---|---|---|"
    for need in map(Need, OFFICERS):
        yield f"| {need.officers:,} | {need.rate:.1f} | {need.processes} | {need.machines} |"


def filled(text: str) -> str:
    """A text with the table and what it was worked out from."""
    return (
        text.replace("{table}", table())
        .replace("{measured}", f"{MEASURED:g}")
        .replace("{cores}", str(CORES))
        .replace("{used}", f"{USED:.0%}")
        .replace("{a_day}", f"{A_DAY:g}")
        .replace("{busiest_hour}", f"{BUSIEST_HOUR:.0%}")
        .replace("{burst}", f"{BURST:g}")
    )
