"""The real command with the stand-in encoder: `python -m tests.benchmarks.fleet.program SECONDS COMMAND …`.

It ends by itself after so many seconds, whatever became of whoever started it. A build asks no golden questions, which
with this encoder say nothing.
"""

from __future__ import annotations

import signal
import sys
from functools import partial

import bot.publishing
from bot.cli import main
from bot.cli.base import open_hub
from tests.support.fakes import WordEncoder


def run() -> None:
    """Run the command."""
    signal.alarm(int(sys.argv[1]))
    bot.publishing.golden_gate = lambda *given, **named: None  # type: ignore[assignment]
    bot.publishing.measuring = lambda *given: None  # type: ignore[assignment, return-value]
    main(sys.argv[2:], obj=partial(open_hub, encoder=WordEncoder(dimension=4096)), prog_name="prevention-hub")


if __name__ == "__main__":
    run()
