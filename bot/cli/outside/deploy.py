"""`deploy`: what a machine needs to run this for good, written into a folder to be looked through and adapted."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import click

from bot.cli.base import NamedPath, say, with_data
from bot.cli.outside.capacity import filled

NAMES = (
    "Containerfile",
    "compose.yaml",
    "prevention-hub-serve.service",
    "prevention-hub-worker.service",
    "alerts.md",
    "capacity.md",
)


@click.command()
@click.option("--out", required=True, type=NamedPath(file_okay=False), help="Folder to write into.")
@click.option("--forces", default="", help="Names of forces, with commas: one installation for all of them.")
@with_data
def deploy(out: Path, forces: str) -> None:
    """Write a Containerfile, a compose file with PostgreSQL, systemd units, a page of alerts and one on capacity.

    With --forces a profile, a database and account, a `serve` and a `worker` for each. What is there already is left
    as it is.

    \b
    Example:
      prevention-hub deploy --out ./deploy
      prevention-hub deploy --forces avon,kent --out ./deploy
    """
    texts: Mapping[str, str] = {name: _template(name) for name in NAMES}
    named = [name.strip() for name in forces.split(",") if name.strip()]
    if named:
        from bot.cli.outside.deploying import for_forces

        texts = for_forces(texts, _template("force.toml"), named)
    for name, text in texts.items():
        target = out / name
        if target.exists():
            say(f"{target} is there already and stays.")
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        if target.parent.name == "forces" or target.suffix == ".sql":
            target.chmod(0o600)  # a database's password will stand in it
        say(f"Wrote {target}")


def _template(name: str) -> str:
    text = files("bot").joinpath("templates/deploy", name).read_text(encoding="utf-8")
    return filled(text) if name == "capacity.md" else text
