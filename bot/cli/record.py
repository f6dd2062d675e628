"""`audit …`, `backup` and `restore`: the record, and copies of everything."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from bot.cli.base import DATA, this_hub, with_data

AS = click.option("--as", "person", help="Who acts (default: the operating-system user).")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def _say(as_json: bool, data: Any, text: str) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text)


@click.group()
@with_data
def audit() -> None:
    """The record: read it, verify it, anchor it.

    \b
    Example:
      prevention-hub audit verify
    """


@audit.command("verify")
@click.option(
    "--anchor", "anchors", multiple=True, type=click.Path(exists=True, path_type=Path), help="An anchor file."
)
@JSON
@with_data
def verify_audit(anchors: tuple[Path, ...], as_json: bool) -> None:
    """Walk the chain from end to end, and compare it with anchors kept elsewhere.

    \b
    Example:
      prevention-hub audit verify --anchor /mnt/elsewhere/anchor-17.json
    """
    from bot.governance.anchors import read_anchor

    with this_hub(as_json) as hub:
        report = hub.records.verify_audit()
        for file in anchors if report.ok else ():
            hub.office.compare(read_anchor(file))
        good = f"{report.events} events, chain whole" + (f", {len(anchors)} anchors fit" if anchors else "")
        bad = f"The record breaks at event {report.broken_at}: {report.why}"
        row = {"whole": report.ok, "events": report.events, "broken_at": report.broken_at, "why": report.why}
        _say(as_json, row, good if report.ok else bad)
        if not report.ok:
            sys.exit(1)


@audit.command("anchor")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write it to this file too.")
@AS
@with_data
def make_anchor(out: Path | None, person: str | None) -> None:
    """Sign where the chain stands now; keep the anchor somewhere else.

    \b
    Example:
      prevention-hub audit anchor --out /mnt/elsewhere/anchor.json
    """
    with this_hub() as hub:
        anchor = hub.office.anchor(hub.actor(person), hub.settings.data / "anchor.key")
        text = json.dumps(anchor.as_json(), indent=2)
        if out is not None:
            out.write_text(text + "\n", encoding="utf-8")
        click.echo(text)


@audit.command("show")
@click.option("--person", "about", default="", help="Only what this person did.")
@click.option("--subject", default="", help="Only what is about this, such as PF-0042.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000), help="At most so many.")
@AS
@JSON
@with_data
def show_audit(about: str, subject: str, limit: int, person: str | None, as_json: bool) -> None:
    """Show the newest events: who, when, what.

    \b
    Example:
      prevention-hub audit show --subject PF-0042
    """
    with this_hub(as_json) as hub:
        found = hub.office.events(hub.actor(person), person=about, subject=subject, limit=limit)
        rows = [
            {
                "sequence": event.sequence,
                "at": event.at.isoformat(timespec="seconds"),
                "actor": event.actor,
                "action": event.action,
                "subject": about_what,
                "detail": dict(event.detail),
            }
            for about_what, event in found
        ]
        lines = [f"{r['sequence']:6} {r['at']} {r['actor']}: {r['action']} {r['subject']}".rstrip() for r in rows]
        _say(as_json, rows, "\n".join(lines) or "No events.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@AS
@JSON
@with_data
def backup(file: Path, person: str | None, as_json: bool) -> None:
    """Write everything in the data folder to FILE (tar.gz), consistent while the program runs, and verify it.

    \b
    Example:
      prevention-hub backup /mnt/backups/hub-2026-11-23.tar.gz
    """
    from bot.domain.people import Action
    from bot.governance.backup import back_up

    with this_hub(as_json) as hub:
        hub.office.check(hub.actor(person), Action.BACKUP)
        if hub.settings.database_url:
            raise click.ClickException("The hub database is on a server: back it up there (pg_dump).")
        made = back_up(hub.settings.data, file)
        hub.records.audit("backed_up", hub.actor(person).name, files=made.files)
        _say(as_json, made.as_json(), f"{made.files} files, {made.size:,} bytes in {file}: written, read back, whole.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON
@with_data
def restore(file: Path, as_json: bool) -> None:
    """Check FILE and unpack it into the data folder, which must be empty or not there.

    \b
    Example:
      prevention-hub restore hub-2026-11-23.tar.gz --data ./restored
    """
    from bot.domain.refusals import Refused
    from bot.governance.backup import restore as unpack
    from bot.settings import Settings

    data = Settings.read(click.get_current_context().meta.get(DATA)).data
    try:
        report = unpack(file, data)
    except Refused as error:
        raise click.ClickException(str(error)) from error
    _say(
        as_json,
        report.as_json(),
        f"{report.files} files restored into {data}. Run: prevention-hub doctor --data {data}",
    )
