"""`deploy`: what a machine needs to run this for good, written into a folder to be looked through and adapted."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from bot.cli.base import say, with_data

NAMES = (
    "Containerfile",
    "compose.yaml",
    "prevention-hub-serve.service",
    "prevention-hub-worker.service",
    "alerts.md",
)


@click.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder to write into.")
@with_data
def deploy(out: Path) -> None:
    """Write a Containerfile, a compose file with PostgreSQL, systemd units and a page of alerts.

    What is there already is left as it is.

    \b
    Example:
      prevention-hub deploy --out ./deploy
    """
    out.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        target = out / name
        if target.exists():
            say(f"{target} is there already and stays.")
            continue
        target.write_text(files("bot").joinpath("templates/deploy", name).read_text(encoding="utf-8"), encoding="utf-8")
        say(f"Wrote {target}")
