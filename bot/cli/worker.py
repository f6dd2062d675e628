"""`worker`: the jobs of the program itself."""

from __future__ import annotations

import click

from bot.cli.base import first_edition, say, this_hub, with_data


@click.command()
@click.option("--once", is_flag=True, help="Run what is due, and exit.")
@click.option("--every", default=5, show_default=True, type=click.IntRange(1, 86_400), help="Seconds between rounds.")
@with_data
def worker(once: bool, every: int) -> None:
    """Do what is due: deliver, publish what was approved, look again at what was asked.

    \b
    Example:
      prevention-hub worker --once
    """
    import threading
    from datetime import UTC, datetime

    with this_hub() as hub:
        from bot.worker import run_due

        hub.check_force()
        first_edition(hub)
        stopped = threading.Event()
        said: set[str] = set()
        while not stopped.is_set():
            now: set[str] = set()
            for line in run_due(hub, datetime.now(UTC).date()):
                if line not in said:  # what goes on, such as a rollback that holds, is said once and not every round
                    say(line)
                now.add(line)
            if once:
                return
            said = now
            stopped.wait(every)
