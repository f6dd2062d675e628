"""`insight gaps` and `insight documents`: what to write next, and what to look at again."""

from __future__ import annotations

import click

from bot.cli.base import acting, new_console, print_json, say, show, this_hub
from bot.wording import insight as words


@click.command()
@click.argument("name", default="")
@click.option("--draft", is_flag=True, help="Write a draft document for the gap NAME.")
@click.option("--ask", is_flag=True, help="Open a request for the owner of what came nearest to the gap NAME.")
@acting
def gaps(name: str, draft: bool, ask: bool, person: str | None, as_json: bool) -> None:
    """Show what officers asked and guidance did not answer, grouped by meaning; or one gap, NAME.

    \b
    Example:
      prevention-hub insight gaps G12 --draft
    """
    if (draft or ask) and not name:
        raise click.UsageError("Name the gap, as the list shows it.")
    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        if draft:
            path = hub.gap_desk.draft(actor, name, hub.insight.today)
            show(as_json, {"draft": str(path)}, words.GAP_DRAFTED.format(path=path))
        if ask:
            from bot.domain.messages import Place

            reference = hub.gap_desk.ask(actor, name, Place("terminal", actor.name))
            show(as_json, {"request": reference}, words.GAP_ASKED.format(reference=reference, heading=name))
        if draft or ask:
            return
        found = hub.gap_desk.look(actor)
        found = [hub.gaps.find(name)] if name else found
        if as_json:
            print_json([gap.as_json() for gap in found])
            return
        from bot.cli.insight.drawing import draw_gaps

        draw_gaps(found, new_console(), whole=bool(name))


@click.command()
@acting
def documents(person: str | None, as_json: bool) -> None:
    """Show documents by use: quoted often and due for review first, then what was marked wrong, then never quoted.

    \b
    Example:
      prevention-hub insight documents
    """
    with this_hub(as_json) as hub:
        from bot.domain.people import Action

        hub.office.check(hub.acting(person), Action.WORK_REQUESTS)
        found = hub.documents()
        if as_json:
            print_json([one.as_json() for one in found])
        elif found:
            from bot.cli.insight.drawing import draw_documents

            draw_documents(found, new_console())
        else:
            say(words.DOCUMENTS_NONE)
