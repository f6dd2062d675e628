"""`index evaluate --reader`: the judge alone and the judge with the force's own model, on the same questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from bot.app import Hub
from bot.cli.base import print_json, say
from indexer.measuring.evaluate import Expectation
from indexer.measuring.reading import side_by_side
from knowledge.store.edition import Edition

_NONE = "No reader is set. Set PREVENTION_HUB_READER_URL, _HOSTS and _MODEL; see the README."


def compare(hub: Hub, edition: Edition, asked: Sequence[Expectation], price: float, *, as_json: bool) -> None:
    """Ask every question twice and draw what came of it.

    Raises:
        UsageError: no reader is set, or its extra is not installed.
    """
    consulting = hub.consulting
    if consulting is None:
        raise click.UsageError(_NONE)
    if hub.reader is not None:
        hub.reader.warm()
    found = side_by_side(asked, edition, hub.encoder, consulting, price)
    print_json(found) if as_json else draw(found)


def draw(found: Mapping[str, Any]) -> None:
    """A row for each figure, then what the readings took."""
    table = Table(box=None, pad_edge=False)
    for name in ("questions", "figure", "alone", "with the reader"):
        table.add_column(name, no_wrap=True)
    for kind, named in found["alone"].items():
        for name, value in named.items():
            table.add_row(kind, name, _told(value), _told(found["with_reader"].get(kind, {}).get(name)))
    Console(width=110).print(table)
    took = found["reader"]
    say(
        f"{took['readings']} readings, {took['silent']} without an answer in time; "
        f"seconds: median {took['seconds_p50']}, 95 of 100 within {took['seconds_p95']}; "
        f"tokens: {took['tokens_in']} in, {took['tokens_out']} out; cost {took['cost']}"
    )


def _told(value: Mapping[str, float] | None) -> str:
    return f"{value['count']} of {value['of']} ({value['share']:.0%})" if value else "-"
