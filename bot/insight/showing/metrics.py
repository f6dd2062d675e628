"""Figures for Prometheus: the same definitions, of the last week that is over, and the hub as it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)

from bot.watching.steps import WATCH

if TYPE_CHECKING:
    from bot.insight.figures import Figure
    from bot.insight.tables import Table

PREFIX = "prevention_hub"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is told; the table is None where it cannot be counted."""

    letters: Mapping[str, int]
    """By state."""
    waiting: int
    table: Table | None
    readings: Mapping[str, int] = field(default_factory=dict)
    """Readings of the force's own model in this process since it started, by what came of them."""
    edition: tuple[int, float] | None = None
    """The edition that serves here, and when it was built, in seconds since 1970."""
    now: float = 0.0
    """Seconds since 1970."""
    encoder: Mapping[str, str] = field(default_factory=dict)
    """Name, fingerprint and dimension of the encoder that the edition was made with."""
    ages: Mapping[str, float] = field(default_factory=dict)
    """How old the oldest is that waits, in seconds, by what it waits for: 0 where nothing does."""
    unanswered: int = 0
    """Messages from platforms that nobody has answered yet."""
    worker_seen: float | None = None
    """Seconds since a worker's last round; None where there never was one."""
    pool: Mapping[str, int] = field(default_factory=dict)
    """Connections of this process to the hub database: open, used, most."""


@dataclass(frozen=True, slots=True, eq=False)
class _Collector:
    snapshot: Snapshot | None

    def collect(self) -> Iterator[Metric]:
        """Every family."""
        yield from _process()
        up = GaugeMetricFamily(f"{PREFIX}_up", "Whether the hub database can be read.")
        up.add_metric([], 0 if self.snapshot is None else 1)
        yield up
        if self.snapshot is None:
            return
        yield GaugeMetricFamily(
            f"{PREFIX}_requests_waiting", "Requests that wait for a reply.", value=self.snapshot.waiting
        )
        letters = GaugeMetricFamily(f"{PREFIX}_letters", "Messages by state of delivery.", labels=["state"])
        for state, count in sorted(self.snapshot.letters.items()):
            letters.add_metric([state], count)
        yield letters
        yield from _standing(self.snapshot)
        if self.snapshot.readings:
            readings = CounterMetricFamily(
                f"{PREFIX}_readings", "Readings by the force's own model, by what came of them.", labels=["outcome"]
            )
            for outcome, count in sorted(self.snapshot.readings.items()):
                readings.add_metric([outcome], count)
            yield readings
        if self.snapshot.table is not None:
            yield from _figures(self.snapshot.table)


def _process() -> Iterator[Metric]:
    """What this process has done since it started."""
    times = HistogramMetricFamily(
        f"{PREFIX}_step_seconds",
        "Time of each step of a question in this process; `whole` is from taking it up to having given the reply.",
        labels=["step"],
    )
    for step, one in WATCH.times.items():
        times.add_metric([step.value], one.cumulated, one.seconds)
    yield times
    questions = CounterMetricFamily(
        f"{PREFIX}_questions", "Questions that this process has answered, by outcome.", labels=["outcome"]
    )
    for outcome, count in sorted(WATCH.outcomes.items()):
        questions.add_metric([outcome], count)
    yield questions


def _standing(snapshot: Snapshot) -> Iterator[Metric]:
    """The hub as it stands: the library, what waits and since when, the database."""
    if snapshot.edition is not None:
        number, built = snapshot.edition
        yield _gauge("edition", "The edition that serves here.", number)
        yield _gauge("edition_built_seconds", "When it was built, in seconds since 1970.", built)
        yield _gauge("edition_age_seconds", "How old it is.", max(0.0, snapshot.now - built))
    if snapshot.encoder:
        encoder = InfoMetricFamily(f"{PREFIX}_encoder", "The encoder that it was made with.")
        encoder.add_metric([], dict(snapshot.encoder))
        yield encoder
    ages = GaugeMetricFamily(
        f"{PREFIX}_oldest_seconds",
        "How long the oldest has waited: a request for a reply, a letter since it was due, a message for an answer.",
        labels=["waits"],
    )
    for waits, age in sorted(snapshot.ages.items()):
        ages.add_metric([waits], age)
    yield ages
    yield _gauge("messages_unanswered", "Messages from platforms without an answer so far.", snapshot.unanswered)
    if snapshot.worker_seen is not None:
        yield _gauge("worker_seen_seconds", "Seconds since a worker's last round, to a minute.", snapshot.worker_seen)
    pool = GaugeMetricFamily(
        f"{PREFIX}_database_connections", "This process's connections to the hub database.", labels=["state"]
    )
    for state, count in snapshot.pool.items():
        pool.add_metric([state], count)
    yield pool


def _gauge(name: str, told: str, value: float) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}", told, value=value)


def _figures(table: Table) -> Iterator[GaugeMetricFamily]:
    """Each figure of the period; one that is hidden has no sample."""
    for figure in table.figures:
        family = GaugeMetricFamily(name_of(figure), f"{figure.definition} Unit: {figure.unit}.", labels=["period"])
        cell = table.whole.cells[figure.key] if table.whole else None
        if cell is not None and cell.value is not None:
            family.add_metric([table.period.name], cell.value)
        yield family


def name_of(figure: Figure) -> str:
    """What Prometheus calls a figure."""
    return f"{PREFIX}_week_{figure.key}"


def exposition(snapshot: Snapshot | None) -> str:
    """The text that Prometheus reads; with no snapshot, that the database cannot be read."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collector(snapshot))
    return generate_latest(registry).decode()
