"""`index describe` and `index explain`: what is known of a file, and what became of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.base import NamedPath, print_json, say, this_hub, with_data
from bot.cli.library.index import index

DAY = click.DateTime(["%Y-%m-%d"])
ASKED = ("title", "owner", "status", "law_checked_on", "review_by", "marking")
"""What is asked for where nothing was given; an empty line leaves it as it is."""
_OF_ONE = "title"
"""What the files of a folder do not share."""


@index.command()
@click.argument("file", type=NamedPath(exists=True))
@click.option("--id", "id_", help="Its id: letters, digits, hyphens.")
@click.option("--title", help="Its title.")
@click.option("--summary", help="What it is about, in a sentence.")
@click.option("--owner", help="Who looks after it.")
@click.option("--status", help="in_force, pilot, practice, draft, superseded, withdrawn …")
@click.option("--law-checked-on", type=DAY, help="When its law was checked, as 2026-10-20.")
@click.option("--review-by", type=DAY, help="When it is to be reviewed, as 2027-01-20.")
@click.option("--marking", help="OFFICIAL or OFFICIAL-SENSITIVE.")
@click.option("--handling", help="A note shown beside the marking.")
@click.option("--audience", help="Whom it is for; leave it out for everybody.")
@click.option("--jurisdiction", help='Where its law applies, such as "England and Wales".')
@click.option("--version", help="Which version it is.")
@click.option("--link", help="Where it can be opened, as https://…")
@click.option("--uncertain", multiple=True, help="A topic on which it must not be quoted; as often as you like.")
@with_data
def describe(file: Path, id_: str | None, **given: Any) -> None:
    """Write down what is known of FILE, of any format, in a TOML file beside it; of a folder, for all files in it.

    Without options it asks for each field in turn. What is there already stays unless it is given anew.

    \b
    Example:
      prevention-hub index describe "policy (2).pdf" --owner "Custody" --status in_force --review-by 2027-01-20
    """
    from indexer.describing import check_describable, write_sidecar
    from indexer.sidecar import SidecarRefused
    from knowledge.manifest import LibraryError

    with this_hub() as hub:
        hub.publishing.check_may_build()
        try:
            check_describable(file)
            target = write_sidecar(file, _stated({"id": id_, **given}) or _asked_for(file))
        except SidecarRefused as error:
            raise LibraryError(str(error)) from error
    say(f"Wrote {target}:")
    say(target.read_text(encoding="utf-8").rstrip())
    say("It counts from the next build: prevention-hub index build")


def _stated(given: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in given.items() if value not in (None, ())}


def _asked_for(file: Path) -> dict[str, Any]:
    """What is typed at the terminal; click.UsageError where that is nothing."""
    asked = [name for name in ASKED if name != _OF_ONE or not file.is_dir()]
    said = {name: value for name in asked if (value := _ask(name, file))}
    if not said:
        raise click.UsageError('Give at least one field, for instance --owner "Custody".')
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date()
    return list(value) if isinstance(value, tuple) else value


def _ask(name: str, file: Path) -> str:
    """A field typed at the terminal, asked again until it can be read or is left empty."""
    from indexer.sidecar import SidecarRefused, check

    def checked(typed: str) -> str:
        value = typed.strip()
        try:
            check({name: value} if value else {}, file)
        except SidecarRefused as error:
            raise click.UsageError(str(error).partition("': ")[2] or str(error)) from error
        return value

    label = name.replace("_", " ").capitalize()
    return str(click.prompt(label, default="", show_default=False, value_proc=checked))


@index.command()
@click.argument("which", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def explain(which: str, as_json: bool) -> None:
    """Say why a file is or is not in the edition that serves: ID is a document's id, a path, or the end of one.

    \b
    Example:
      prevention-hub index explain d24-section-136
    """
    if not which.strip():
        raise click.UsageError('"" names nothing. Name a document by its id, or a file.')
    from indexer.explaining import explained

    with this_hub(as_json) as hub:
        found = explained(hub.library.edition(), which, hub.publishing.purged.names)
    if as_json:
        print_json(found)
        return
    for number, one in enumerate(found):
        if number:
            say("")
        _draw(one)


def _draw(one: dict[str, Any]) -> None:
    """One file: its standing first, then where it is from, then its passages."""
    say(f"{one['path']}\n  {one['standing']}.".replace("..", "."))
    held = one["document"] or {}
    lines = {
        "source": one["source"],
        "document": f"{held['id']}: {held['title']}" if held else "",
        "version": held.get("version"),
        "status": held.get("status"),
        "law checked": held.get("law_checked_on"),
        "review by": held.get("review_by"),
        "read by": one["reader"],
        "digest": one["digest"],
    }
    for name, value in lines.items():
        if value:
            say(f"  {name}: {value}")
    for note in one["notes"]:
        say(f"  note: {note}")
    if one["passages"]:
        say(f"  {len(one['passages'])} passages in edition {one['edition']}:")
    for passage in one["passages"]:
        page = f", page {passage['page']}" if passage["page"] else ""
        say(f"    {passage['section'] or held['title']}{page}: {passage['begins']} …")
