"""`pause`, `resume`, `hold`, `purge`, `export`: looking after the hub."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.base import AS, JSON, NamedPath, local, say, show, this_hub, with_data

if TYPE_CHECKING:
    from bot.domain.switches import Switch


@click.command()
@click.argument("what", required=False)
@click.option("--why", default="", help="The reason, shown to everyone.")
@click.option("--documents", is_flag=True, help="List the ids of the documents that can be paused.")
@AS
@JSON
@with_data
def pause(what: str | None, why: str, documents: bool, person: str | None, as_json: bool) -> None:
    """Pause answers, everything, or a document by its id; without WHAT, show what is paused.

    Answers paused: questions still reach the hub. Everything paused: nothing is taken. Emergencies are always
    signposted.

    \b
    Example:
      prevention-hub pause answers --why "the CPN page is wrong"
      prevention-hub pause d18-community-protection-notices --why "law changed today"
    """
    with this_hub(as_json) as hub:
        if documents:
            known = {document.id: document.title for document in hub.library.edition().documents.values()}
            lines = [f"{name}: {title}" for name, title in sorted(known.items())]
            show(as_json, known, "\n".join(lines))
            return
        if what:
            ids = () if what in ("answers", "everything") else hub.library.edition().documents
            hub.office.pause(hub.acting(person), what, why, ids)
        switches = list(hub.office.paused().values())
        rows = [
            {"paused": s.name, "by": s.by, "why": s.why, "at": s.at.isoformat(timespec="seconds")} for s in switches
        ]
        lines = [_line(switch, local(hub, switch.at)) for switch in switches]
        show(as_json, rows, "\n".join(lines) or "Nothing is paused.")


def _line(switch: Switch, at: str) -> str:
    return f"Paused: {switch.name} (by {switch.by}, {at}): {switch.why}"


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
        say(f"Resumed: {hub.office.resume(hub.acting(person), what)}")


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
@click.option("--unknown", is_flag=True, help="Also for a person of whom nothing is kept yet.")
@AS
@JSON
@with_data
def set_hold(scope: str, value: str, why: str, unknown: bool, person: str | None, as_json: bool) -> None:
    """Hold a person's records, a request by its reference, or everything.

    \b
    Example:
      prevention-hub hold set request PF-0042 --why "complaint"
    """
    from bot.domain.timing.retention import Scope

    if not value and scope != "everything":
        raise click.UsageError(f"Name the {scope}: prevention-hub hold set {scope} …")
    with this_hub(as_json) as hub:
        made = hub.office.hold(hub.acting(person), Scope(scope), value, why, unknown=unknown)
        show(as_json, made.as_json(), f"Hold {made.id} is set.")


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
        hub.office.lift(hub.acting(person), number)
        say(f"Hold {number} is lifted.")


@hold.command("list")
@AS
@JSON
@with_data
def list_holds(person: str | None, as_json: bool) -> None:
    """List the holds that stand; for admins and auditors.

    \b
    Example:
      prevention-hub hold list
    """
    with this_hub(as_json) as hub:
        holds = hub.office.holds(hub.acting(person))
        lines = [f"{h.id}: {h.scope} {h.shown} (by {h.by}, {local(hub, h.at)}): {h.why}" for h in holds]
        show(as_json, [h.as_json() for h in holds], "\n".join(lines) or "No holds.")


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
        done = hub.office.purge(hub.acting(person), hub.settings.clocks, dry_run=dry_run)
        counts = ", ".join(f"{count} {name}" for name, count in done.counts.items())
        verb = "Would be removed" if dry_run else "Removed"
        text = f"{verb}: {counts}. Kept by a hold: {done.held} questions."
        if not dry_run:
            text += f" Looked for {done.searched_for} texts in the files afterwards: {done.still_found} found."
        show(as_json, done.as_json(), text)
        if not done.proved_gone:
            sys.exit(1)


@click.command()
@click.option("--out", required=True, type=NamedPath(file_okay=False), help="A new folder.")
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
    """Write a folder for a disclosure (FOI or subject access), or the assurance pack; this account alone can read it.

    \b
    Example:
      prevention-hub export --out ./sar-4711 --person pc-4711
      prevention-hub export --out ./pack --pack
    """
    from datetime import UTC

    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        if pack:
            from bot.domain.people import Action
            from bot.governance.pack import write_pack

            hub.office.check(actor, Action.EXPORT)
            from bot.doctor.facts import facts

            files = write_pack(out, facts(hub), datetime.now(UTC))
            show(as_json, {"files": [str(file) for file in files]}, "\n".join(f"Wrote {file}" for file in files))
            return
        from bot.records.office.disclosure import Wanted

        wanted = Wanted(about, reference, keyword, first.date() if first else None, last.date() if last else None)
        made = hub.office.disclose(actor, wanted, out)
        text = f"{made.records} records in {out}; {made.to_review} texts for a person to review."
        show(as_json, made.as_json(), text)
