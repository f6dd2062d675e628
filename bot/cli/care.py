"""`verify`, `doctor` and `upgrade`: whether a reply still stands, all is well, and the database is up to date."""

from __future__ import annotations

import sys

import click

from bot import wording
from bot.cli.base import AS, JSON, new_console, print_json, show, this_hub, with_data


@click.command()
@click.argument("receipt")
@click.option("--why", is_flag=True, help="Also what was found and weighed; for the hub and admins.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def verify(receipt: str, why: bool, as_json: bool) -> None:
    """Tell what a reply showed, from which edition, and whether it still stands.

    \b
    Example:
      prevention-hub verify 7K3-F9Q
      prevention-hub verify 7K3-F9Q --why
    """
    with this_hub(as_json) as hub:
        from bot.domain.messages import Place

        checked = hub.verify(receipt, hub.viewer(hub.actor(), Place("terminal", "")))
        if checked is None:
            raise click.ClickException(wording.NO_SUCH_RECEIPT.format(receipt=receipt))
        grounds = hub.grounds(hub.actor(), receipt) if why else None
        if as_json:
            also = {"why": grounds.as_json()} if grounds else {}
            print_json({**checked.as_json(), **also})
            return
        from bot.cli.grounds import draw_grounds
        from bot.cli.tables import draw_verification

        draw_verification(checked, new_console(), hub.targets.hours.zone)
        if grounds is not None:
            draw_grounds(grounds, new_console())


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--post", is_flag=True, help="Post a line to the hub's channels, to see that it arrives.")
@click.option("--first-day", is_flag=True, help="Exit with 1 until all is done that a hub does before its first day.")
@with_data
def doctor(as_json: bool, post: bool, first_day: bool) -> None:
    """Check everything the assistant needs, say what to do about what is missing, and what the first day still needs.

    \b
    Example:
      prevention-hub doctor
      prevention-hub doctor --first-day
    """
    with this_hub(as_json) as hub:
        from bot.doctor import examine

        report = examine(hub, post=post)
        if as_json:
            print_json(report.as_json())
        else:
            from bot.cli.tables import draw_report

            draw_report(report, new_console())
        if not report.healthy or (first_day and not report.ready):
            sys.exit(1)


@click.command()
@click.option("--finish", is_flag=True, help="Also run what no older version can work beside: stop them first.")
@AS
@JSON
@with_data
def upgrade(finish: bool, person: str | None, as_json: bool) -> None:
    """Bring the hub database up to date; every command does that too, as far as older versions can work beside it.

    \b
    Example:
      prevention-hub upgrade --finish
    """
    from bot.domain.people import Action
    from bot.records import finish_upgrade

    with this_hub(as_json) as hub:
        actor, mine = hub.acting(person), hub.settings
        hub.office.roles.check_actor(actor, Action.BACKUP)
        if finish:
            finish_upgrade(mine.hub, patience=mine.patience, force=mine.force)
        revision = hub.records.health().revision
        if finish:
            hub.records.audit("upgraded", actor, subject=revision)
        show(as_json, {"revision": revision}, f"The hub database is at revision {revision}.")
