"""`index sources …`: the list of folders and files that every edition is built from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from bot.cli.base import print_json, say, this_hub, with_data
from bot.cli.library.index import index

PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@index.group()
@with_data
def sources() -> None:
    """The folders and files that every edition is built from, beside the starter library and approved advice.

    \b
    Example:
      prevention-hub index sources list
    """


@sources.command("list")
@JSON
@with_data
def list_sources(as_json: bool) -> None:
    """List the sources, with what the edition that serves has of each.

    \b
    Example:
      prevention-hub index sources list
    """
    with this_hub(as_json) as hub:
        rows = hub.publishing.listed()
        if as_json:
            print_json(rows)
            return
        for row in rows:
            added = f", added by {row['added_by']} on {row['added_at'][:10]}" if row.get("added_by") else ""
            trouble = f"\n  {row['trouble']}" if row["trouble"] else ""
            say(f"{row['path']}: {row['documents']} documents{added}{trouble}")
        if not rows:
            say("No source has been named. Add one with: prevention-hub index sources add FOLDER")


@sources.command()
@PATHS
@with_data
def add(paths: tuple[Path, ...]) -> None:
    """Add folders or files; the next build reads them.

    \b
    Example:
      prevention-hub index sources add ./our-guidance
    """
    with this_hub() as hub:
        new = hub.publishing.add_sources(paths)
        for path in new:
            say(f"Added: {path}")
        say("Publish with: prevention-hub index build" if new else "All of them are in the list already.")


@sources.command()
@PATHS
@with_data
def remove(paths: tuple[Path, ...]) -> None:
    """Take folders or files out of the list; the next build takes their documents out of the library.

    \b
    Example:
      prevention-hub index sources remove ./our-guidance
    """
    with this_hub() as hub:
        for path in paths:
            gone = hub.publishing.remove_source(path)
            say(f"Removed: {path}. The next build takes {gone} documents out: prevention-hub index build")


@sources.command()
@JSON
@with_data
def check(as_json: bool) -> None:
    """Look at every source: whether it is there, how many files it has, what is passed over.

    \b
    Example:
      prevention-hub index sources check
    """
    with this_hub(as_json) as hub:
        rows = hub.publishing.checked()
        print_json(rows) if as_json else _draw(rows)
        if any(row["trouble"] for row in rows):
            sys.exit(1)


def _draw(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        say(f"{row['path']}: {row['trouble'] or str(row['files']) + ' files'}")
        for passed in row["passed_over"]:
            say(f"  passed over: {passed['path']}: {passed['reason']}")


@index.command()
@with_data
def pull() -> None:
    """Take the edition that serves from the shared library; the worker and the server do it by themselves.

    \b
    Example:
      prevention-hub index pull
    """
    with this_hub() as hub:
        if hub.sharing is None:
            raise click.UsageError("No shared library is set. Set PREVENTION_HUB_SHARED_LIBRARY; see the README.")
        pulled = hub.publishing.take_shared()
        number = hub.library.current_number()
        if pulled is None:
            say(f"Edition {number} serves, here and everywhere." if number else "Nothing is published there yet.")
        else:
            say(f"Took edition {pulled.edition}: {pulled.fetched} bytes fetched, {pulled.had} were here already.")
