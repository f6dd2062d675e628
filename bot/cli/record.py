"""`audit …`, `backup` and `restore`: the record, and copies of everything."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.base import AS, DATA, JSON, NamedPath, local, say, show, this_hub, with_data

if TYPE_CHECKING:
    from bot.domain.record import AuditReport, SaidReport
    from bot.settings import Settings

PASSPHRASE = "PREVENTION_HUB_BACKUP_PASSPHRASE"  # noqa: S105 the name of a variable


@click.group()
@with_data
def audit() -> None:
    """The record: read it, verify it, anchor it.

    \b
    Example:
      prevention-hub audit verify
    """


@audit.command("verify")
@click.option("--anchor", "anchors", multiple=True, type=NamedPath(exists=True), help="An anchor file.")
@JSON
@with_data
def verify_audit(anchors: tuple[Path, ...], as_json: bool) -> None:
    """Walk the chain from end to end, compare what was said with its digests, and with anchors kept elsewhere.

    \b
    Example:
      prevention-hub audit verify --anchor /mnt/elsewhere/anchor-17.json
    """
    from bot.governance.anchors import read_anchor

    with this_hub(as_json) as hub:
        report, said = hub.office.verify(), hub.records.verify_said()
        for file in anchors if report.ok else ():
            hub.office.compare(read_anchor(file))
        row = {"whole": report.ok, "events": report.events, "broken_at": report.broken_at, "why": report.why}
        texts = {"texts": said.compared, "altered": list(said.altered)}
        show(as_json, {**row, **texts}, _verified(report, said, len(anchors)))
        if not (report.ok and said.ok):
            sys.exit(1)


def _verified(report: AuditReport, said: SaidReport, anchors: int) -> str:
    lines = [f"The record breaks at event {report.broken_at}: {report.why}"]
    if report.ok:
        lines = [f"{report.events} events, chain whole" + (f", {anchors} anchors fit" if anchors else "")]
    if said.ok:
        lines.append(f"{said.compared} texts are what was said")
    else:
        lines.append(f"These texts are NOT what was said: {', '.join(said.altered)}")
    return "\n".join(lines)


@audit.command("anchor")
@click.option("--out", type=NamedPath(dir_okay=False), help="Write it to this file too.")
@AS
@with_data
def make_anchor(out: Path | None, person: str | None) -> None:
    """Sign where the chain stands now; keep the anchor somewhere else.

    \b
    Example:
      prevention-hub audit anchor --out /mnt/elsewhere/anchor.json
    """
    with this_hub() as hub:
        from bot.queue.seen import ANCHORED, note

        text = json.dumps(hub.office.anchor(hub.acting(person)).as_json(), indent=2)
        if out is not None:
            try:
                out.write_text(text + "\n", encoding="utf-8")
            except OSError as error:
                raise click.ClickException(f"{out} cannot be written ({error.strerror}). Name another file.") from error
            note(hub.records.late, ANCHORED, datetime.now(UTC))
        say(text)


@audit.command("accept-start")
@click.option("--why", required=True, help="Why the record begins where it does.")
@AS
@with_data
def accept_start(why: str, person: str | None) -> None:
    """Sign where the record begins, if a version before signatures trimmed it; for admins.

    \b
    Example:
      prevention-hub audit accept-start --why "trimmed by the version before, ticket 12"
    """
    with this_hub() as hub:
        sequence = hub.office.accept_start(hub.acting(person), why)
        say(f"Signed: the record begins after event {sequence}.")


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
        found = hub.office.events(hub.acting(person), person=about, subject=subject, limit=limit)
        rows = [{"sequence": event.sequence, "subject": what, **event.as_json()} for what, event in found]
        lines = [
            f"{event.sequence:6} {local(hub, event.at)} {event.by}: {event.action} {what}".rstrip()
            for what, event in found
        ]
        show(as_json, rows, "\n".join(lines) or "No events.")


@click.command()
@click.argument("file", type=NamedPath(dir_okay=False))
@click.option("--with-key", is_flag=True, help=f"With the signing key, encrypted; {PASSPHRASE} or a prompt.")
@click.option("--without-database", is_flag=True, help="Leave out a hub database whose server is backed up by itself.")
@AS
@JSON
@with_data
def backup(file: Path, with_key: bool, without_database: bool, person: str | None, as_json: bool) -> None:
    """Write everything in the data folder to FILE (tar.gz), consistent while the program runs, and verify it.

    A hub database on a PostgreSQL server goes along, by its own pg_dump. This account alone can read the file. The key
    that signs the record stays out: keep it somewhere else.

    \b
    Example:
      prevention-hub backup /mnt/backups/hub-2026-11-23.tar.gz
    """
    from bot.domain.people import Action
    from bot.governance.backup import Key, back_up
    from bot.queue.seen import BACKED_UP, REST_BACKED_UP, note

    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        hub.office.check(actor, Action.BACKUP)
        server = _server(hub.settings)
        if without_database and not server:
            raise click.ClickException("The hub database is in the data folder: leave --without-database out.")
        key = Key(hub.settings.signing_key_file, _passphrase(confirm=True)) if with_key else None
        made = back_up(hub.settings.data, file, key, server=server, database=not without_database)
        hub.records.audit("backed_up", actor, files=made.files)
        note(hub.records.late, REST_BACKED_UP if without_database else BACKED_UP, datetime.now(UTC))
        sealed = " The signing key is in it, encrypted." if made.has_key else " The signing key is not in it."
        text = f"{made.files} files, {made.size:,} bytes in {file}: written, read back, whole.{sealed}"
        show(as_json, made.as_json(), text)


@click.command()
@click.argument("file", type=NamedPath(exists=True, dir_okay=False))
@click.option("--with-key", is_flag=True, help=f"Open the signing key in it; {PASSPHRASE} or a prompt.")
@JSON
@with_data
def restore(file: Path, with_key: bool, as_json: bool) -> None:
    """Check FILE and unpack it into the data folder, which must be empty or not there.

    What it holds of a database on a PostgreSQL server goes into the one that PREVENTION_HUB_DATABASE_URL names, which
    must be empty.

    \b
    Example:
      prevention-hub restore hub-2026-11-23.tar.gz --data ./restored
    """
    from bot.domain.refusals import Refused
    from bot.governance.backup import restore as unpack
    from bot.settings import Settings

    try:
        settings = Settings.read(click.get_current_context().meta.get(DATA))
        data = settings.data
        report = unpack(file, data, _passphrase(confirm=False) if with_key else "", server=_server(settings))
    except Refused as error:
        raise click.ClickException(error.with_command()) from error
    from shlex import quote

    then = f"Run: prevention-hub doctor --data {quote(str(data))}"
    show(as_json, report.as_json(), f"{report.files} files restored into {data}. {then}")


def _server(settings: Settings) -> str:
    """The address of a hub database on a server; empty where it is in the data folder."""
    return settings.hub if isinstance(settings.hub, str) else ""


def _passphrase(*, confirm: bool) -> str:
    """From the environment, or typed unseen."""
    given = os.environ.get(PASSPHRASE)
    return given or str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))
