"""`index sources …`: the list of folders and files that every edition is built from."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.base import NamedPath, local, print_json, say, this_hub, with_data
from bot.cli.library.index import index

if TYPE_CHECKING:
    from bot.app import Hub
    from indexer.sources.graph import Drive

_NO_GRAPH = (
    "No app is set that may read document libraries. Set PREVENTION_HUB_GRAPH_TENANT, PREVENTION_HUB_GRAPH_CLIENT_ID "
    "and PREVENTION_HUB_GRAPH_CLIENT_SECRET; see the README."
)
PATHS = click.argument("paths", nargs=-1, required=True, type=NamedPath())
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
            say(f"{row['path']}: {row['documents']} documents{added}{_said(row)}{_brought(hub, row)}{trouble}")
        if not rows:
            say("No source has been named. Add one with: prevention-hub index sources add FOLDER")


def _said(row: dict[str, Any]) -> str:
    """Who owns a source, what its documents are marked and for whom, and how often it is looked at."""
    said = [f"{name}: {row[name]}" for name in ("owner", "marking", "audience", "groups") if row.get(name)]
    return f"\n  {', '.join([*said, 'looked at ' + row['every']])}"


def _brought(hub: Hub, row: dict[str, Any]) -> str:
    """When all of it was last found, or brought here from where it stands."""
    succeeded = local(hub, datetime.fromisoformat(row["succeeded"])) if row["succeeded"] else ""
    if row["address"]:
        return f"\n  from {row['address']}, last brought here: {succeeded or 'never as a whole'}"
    return f"\n  last found: {succeeded}" if succeeded else ""


@sources.command()
@click.argument("named", metavar="PATHS", nargs=-1, required=True)
@click.option("--inside", is_flag=True, help="A site may stand on the force's own network.")
@click.option("--owner", help="Who looks after its documents, where they do not say.")
@click.option("--marking", help="OFFICIAL or OFFICIAL-SENSITIVE: the lowest that its documents are marked.")
@click.option("--audience", help="Whom its documents are for, where they do not say; several with commas.")
@click.option(
    "--groups", help="Of a library: GROUP=AUDIENCE, several with semicolons; a group's id or its site's name."
)
@click.option("--every", help="How often it is looked at: 6h, 30m, 2d, hourly, daily, weekly.")
@with_data
def add(named: tuple[str, ...], inside: bool, **given: str | None) -> None:
    """Add folders, files, web sites or document libraries; the next build reads them.

    Of a site the pages below its address are brought here, as robots.txt allows; of a library of SharePoint or
    OneDrive the files that the whole organisation may read, and those of groups that --groups maps to an audience.
    The worker looks once a day, or as --every says. What is said of a source that is in the list already is changed;
    "" takes it away.

    \b
    Example:
      prevention-hub index sources add ./our-guidance --owner "Custody" --every 6h
      prevention-hub index sources add https://www.example.org/guidance/
      prevention-hub index sources add graph:DRIVE_ID
      prevention-hub index sources add https://force.sharepoint.com/sites/guidance --groups "Custody Sergeants=custody"
    """
    from indexer.sources.listing import check_said

    with this_hub() as hub:
        hub.publishing.check_may_build()
        said = {name: text for name, text in given.items() if text is not None}
        check_said(said)
        _check_named(hub, named, said.get("groups", ""))
        paths = [_here(hub, one, inside=inside, groups=said.get("groups")) for one in named]
        new = hub.publishing.add_sources(paths, **said)
        for path in new:
            say(f"Added: {path}")
        changed = "What is said of them is written down." if said else ""
        say("Publish with: prevention-hub index build" if new else changed or "All of them are in the list already.")


def _check_named(hub: Hub, named: tuple[str, ...], groups: str) -> None:
    """Refuse what names nothing, and groups of what is no document library and would never be asked for them."""
    from indexer.sources.graph import FOLDER
    from indexer.sources.graph_finding import is_library

    if not all(one.strip() for one in named):
        raise click.UsageError('"" names no source. Name a folder, a file, a web site or a document library.')
    mirrors = hub.settings.data.absolute() / FOLDER
    for one in named:
        if groups and not is_library(one) and not Path(one).absolute().is_relative_to(mirrors):
            raise click.UsageError(f"--groups is for document libraries, and {one} is none. Use --audience.")


def _here(hub: Hub, named: str, *, inside: bool, groups: str | None) -> Path:
    """What was named as a folder or a file of this machine, brought here where it is none."""
    from indexer.sources.graph import FOLDER
    from indexer.sources.graph_finding import find_drive, is_library
    from indexer.sources.graph_groups import groups_of

    if is_library(named):
        if hub.graph is None:
            raise click.UsageError(_NO_GRAPH)
        drive = find_drive(named, hub.settings.data.absolute() / FOLDER, hub.graph)
        drive.groups = hub.publishing.sources.groups(drive.folder) if groups is None else groups_of(groups)
        return _brought_here(drive)
    return _mirrored(hub, named, inside=inside) if "://" in named else Path(named)


def _brought_here(drive: Drive) -> Path:
    """A document library's files, brought into a folder of the data folder."""
    done = drive.mirror()
    say(f"{drive.name}: {done.changes or 'nothing is new'}; {done.unchanged} files as they were.")
    for one in done.for_some:
        say(f"  for some only: {one}")
    for path in done.left_out:
        say(f"  left out, not for the whole organisation: {path}")
    for passed in done.passed_over:
        say(f"  passed over: {passed}")
    for trouble in done.troubles:
        say(f"  not read: {trouble}")
    return drive.folder


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
    """Look at every web site and document library of the list now; the worker does it once a day.

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
        libraries = _libraries(hub)
        for drive in libraries:
            _brought_here(drive)
        none = "No web site and no document library is in the list."
        say("Publish with: prevention-hub index build" if found or libraries else none)


def _libraries(hub: Hub) -> list[Drive]:
    """The document libraries of the list."""
    from indexer.sources.graph import FOLDER, libraries, library_of

    folders = libraries(hub.settings.data.absolute() / FOLDER, hub.publishing.named())
    if folders and hub.graph is None:
        raise click.UsageError(_NO_GRAPH)
    groups = hub.publishing.sources.groups
    return [library_of(folder, hub.graph, groups(folder)) for folder in folders if hub.graph is not None]


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
