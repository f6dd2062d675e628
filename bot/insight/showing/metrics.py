"""Figures for Prometheus: the same definitions, of the last week that is over, and the hub as it stands now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

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


@dataclass(frozen=True, slots=True, eq=False)
class _Collector:
    snapshot: Snapshot | None

    def collect(self) -> Iterator[GaugeMetricFamily | CounterMetricFamily]:
        """Every family."""
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
        if self.snapshot.edition is not None:
            number, built = self.snapshot.edition
            yield GaugeMetricFamily(f"{PREFIX}_edition", "The edition that serves here.", value=number)
            yield GaugeMetricFamily(
                f"{PREFIX}_edition_built_seconds", "When it was built, in seconds since 1970.", value=built
            )
        if self.snapshot.readings:
            readings = CounterMetricFamily(
                f"{PREFIX}_readings", "Readings by the force's own model, by what came of them.", labels=["outcome"]
            )
            for outcome, count in sorted(self.snapshot.readings.items()):
                readings.add_metric([outcome], count)
            yield readings
        if self.snapshot.table is not None:
            yield from _figures(self.snapshot.table)


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
