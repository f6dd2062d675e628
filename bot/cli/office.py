"""`pause`, `resume`, `hold`, `purge`, `export`, `audit`, `backup`, `restore`: looking after the hub."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.base import this_hub, with_data

AS = click.option("--as", "person", help="Who acts (default: the operating-system user).")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def _say(as_json: bool, data: Any, text: str) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else text)


@click.command()
@click.argument("what", required=False)
@click.option("--why", default="", help="The reason, shown to everyone.")
@AS
@JSON
@with_data
def pause(what: str | None, why: str, person: str | None, as_json: bool) -> None:
    """Pause answers, everything, or a document by its id; without WHAT, show what is paused.

    Answers paused: questions still reach the hub. Everything paused: nothing is taken. Emergencies are always
    signposted.

    \b
    Example:
      prevention-hub pause answers --why "the CPN page is wrong"
      prevention-hub pause d18-community-protection-notices --why "law changed today"
    """
    with this_hub(as_json) as hub:
        if what:
            documents = () if what in ("answers", "everything") else hub.library.edition().documents
            hub.office.pause(hub.actor(person), what, why, documents)
        switches = hub.office.paused().values()
        rows = [
            {"paused": s.name, "by": s.by, "why": s.why, "at": s.at.isoformat(timespec="seconds")} for s in switches
        ]
        lines = [f"Paused: {row['paused']} (by {row['by']}, {row['at']}): {row['why']}" for row in rows]
        _say(as_json, rows, "\n".join(lines) or "Nothing is paused.")


@click.command()
@click.argument("what")
@AS
@with_data
def resume(what: str, person: str | None) -> None:
    """Resume what was paused.

    \b
    Example:
      prevention-hub resume answers
    """
    with this_hub() as hub:
        click.echo(f"Resumed: {hub.office.resume(hub.actor(person), what)}")


@click.group()
@with_data
def hold() -> None:
    """Legal holds: what no purge may touch.

    \b
    Example:
      prevention-hub hold set person pc-4711 --why "IOPC 12/26"
    """


@hold.command("set")
@click.argument("scope", type=click.Choice(["person", "request", "everything"]))
@click.argument("value", default="")
@click.option("--why", required=True, help="The reason, kept with the hold.")
@AS
@JSON
@with_data
def set_hold(scope: str, value: str, why: str, person: str | None, as_json: bool) -> None:
    """Hold a person's records, a request by its reference, or everything.

    \b
    Example:
      prevention-hub hold set request PF-0042 --why "complaint"
    """
    from bot.domain.retention import Scope

    if not value and scope != "everything":
        raise click.UsageError(f"Name the {scope}: prevention-hub hold set {scope} …")
    with this_hub(as_json) as hub:
        made = hub.office.hold(hub.actor(person), Scope(scope), value, why)
        _say(as_json, made.as_json(), f"Hold {made.id} is set.")


@hold.command("lift")
@click.argument("number", type=int)
@AS
@with_data
def lift_hold(number: int, person: str | None) -> None:
    """Lift a hold by its number.

    \b
    Example:
      prevention-hub hold lift 1
    """
    with this_hub() as hub:
        hub.office.lift(hub.actor(person), number)
        click.echo(f"Hold {number} is lifted.")


@hold.command("list")
@JSON
@with_data
def list_holds(as_json: bool) -> None:
    """List the holds that stand.

    \b
    Example:
      prevention-hub hold list
    """
    with this_hub(as_json) as hub:
        holds = hub.records.retention.holds()
        lines = [f"{h.id}: {h.scope} {h.value} (by {h.by}, {h.at:%Y-%m-%d}): {h.why}" for h in holds]
        _say(as_json, [h.as_json() for h in holds], "\n".join(lines) or "No holds.")


@click.command()
@click.option("--dry-run", is_flag=True, help="Count what would go; take nothing.")
@AS
@JSON
@with_data
def purge(dry_run: bool, person: str | None, as_json: bool) -> None:
    """Delete what is past its time, and prove that it is gone from the files.

    \b
    Example:
      prevention-hub purge --dry-run
    """
    with this_hub(as_json) as hub:
        done = hub.office.purge(hub.actor(person), hub.settings.clocks, dry_run=dry_run)
        counts = ", ".join(f"{count} {name}" for name, count in done.counts.items())
        verb = "Would be removed" if dry_run else "Removed"
        text = f"{verb}: {counts}. Kept by a hold: {done.held} questions."
        if not dry_run:
            text += f" Looked for {done.searched_for} texts in the files afterwards: {done.still_found} found."
        _say(as_json, done.as_json(), text)
        if not done.proved_gone:
            sys.exit(1)


@click.command()
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="A new folder.")
@click.option("--person", "about", default="", help="Only what this person asked.")
@click.option("--reference", default="", help="Only this request.")
@click.option("--keyword", default="", help="Only questions and replies that hold this.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="From this day.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="To this day, included.")
@click.option("--pack", is_flag=True, help="Write the assurance pack instead: drafts and the component list.")
@AS
@JSON
@with_data
def export(
    out: Path,
    about: str,
    reference: str,
    keyword: str,
    first: datetime | None,
    last: datetime | None,
    pack: bool,
    person: str | None,
    as_json: bool,
) -> None:
    """Write a folder for a disclosure (FOI or subject access), or the assurance pack.

    \b
    Example:
      prevention-hub export --out ./sar-4711 --person pc-4711
      prevention-hub export --out ./pack --pack
    """
    from datetime import UTC

    with this_hub(as_json) as hub:
        actor = hub.actor(person)
        if pack:
            from bot.domain.people import Action
            from bot.governance.pack import write_pack

            hub.office.check(actor, Action.EXPORT)
            from bot.doctor import facts

            files = write_pack(out, facts(hub), datetime.now(UTC))
            _say(as_json, {"files": [str(file) for file in files]}, "\n".join(f"Wrote {file}" for file in files))
            return
        from bot.records.disclosure import Wanted

        wanted = Wanted(about, reference, keyword, first.date() if first else None, last.date() if last else None)
        made = hub.office.disclose(actor, wanted, out)
        _say(
            as_json, made.as_json(), f"{made.records} records in {out}; {made.to_review} texts for a person to review."
        )
