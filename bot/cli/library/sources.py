"""`index sources …`: the list of folders and files that every edition is built from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.base import print_json, say, this_hub, with_data
from bot.cli.library.index import index

if TYPE_CHECKING:
    from bot.app import Hub

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
@click.argument("named", metavar="PATHS", nargs=-1, required=True)
@click.option("--inside", is_flag=True, help="A site may stand on the force's own network.")
@with_data
def add(named: tuple[str, ...], inside: bool) -> None:
    """Add folders, files or web sites; the next build reads them.

    Of a site the pages below its address are brought here, as robots.txt allows; the worker looks once a day.

    \b
    Example:
      prevention-hub index sources add ./our-guidance
      prevention-hub index sources add https://www.example.org/guidance/
    """
    with this_hub() as hub:
        hub.publishing.check_may_build()
        paths = [_mirrored(hub, one, inside=inside) if "://" in one else Path(one) for one in named]
        new = hub.publishing.add_sources(paths)
        for path in new:
            say(f"Added: {path}")
        say("Publish with: prevention-hub index build" if new else "All of them are in the list already.")


def _mirrored(hub: Hub, address: str, *, inside: bool) -> Path:
    """A site's pages, brought into a folder of the data folder."""
    from indexer.sources.web import FOLDER, Site, folder_of

    folder = hub.settings.data.absolute() / FOLDER / folder_of(address)
    done = Site(address, folder, inside).mirror()
    say(f"{address}: {done.fetched} brought here, {done.unchanged} as they were, {len(done.gone)} gone.")
    for trouble in done.troubles:
        say(f"  not read: {trouble}")
    return folder


@sources.command()
@with_data
def fetch() -> None:
    """Look at every web site of the list now; the worker does it once a day.

    \b
    Example:
      prevention-hub index sources fetch
    """
    from indexer.sources.web import FOLDER, sites

    with this_hub() as hub:
        hub.publishing.check_may_build()
        found = list(sites(hub.settings.data.absolute() / FOLDER))
        for site in found:
            _mirrored(hub, site.address, inside=site.inside)
        say("Publish with: prevention-hub index build" if found else "No web site is in the list.")


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
