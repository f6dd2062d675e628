"""`worker`: what is done without anybody asking."""

from __future__ import annotations

import click

from bot.cli.base import first_edition, this_hub, with_data


@click.command()
@click.option("--once", is_flag=True, help="Run what is due, and exit.")
@click.option("--every", default=5, show_default=True, type=click.IntRange(1, 86_400), help="Seconds between rounds.")
@with_data
def worker(once: bool, every: int) -> None:
    """Do what is due without anybody asking: deliver, publish what was approved, look again at what was asked.

    \b
    Example:
      prevention-hub worker --once
    """
    import threading
    from datetime import UTC, datetime

    with this_hub() as hub:
        from bot.worker import run_due

        first_edition(hub)
        stopped = threading.Event()
        while not stopped.is_set():
            for line in run_due(hub, datetime.now(UTC).date()):
                click.echo(line)
            if once:
                return
            stopped.wait(every)
