"""`requests …`: the queue that the hub works through."""

from __future__ import annotations

import json

import click

from bot import wording
from bot.cli.base import new_console, this_hub
from indexer.cli import with_data


@click.group()
@with_data
def requests() -> None:
    """The requests that the hub works through.

    \b
    Example:
      prevention-hub requests list
    """


@requests.command("list")
@click.option("--state", help="Only requests in this state, such as open.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def list_requests(state: str | None, limit: int, as_json: bool) -> None:
    """List the newest requests.

    \b
    Example:
      prevention-hub requests list --state open
    """
    from bot.roles import Action
    from bot.triage import RequestState

    if state is not None and state not in list(RequestState):
        raise click.BadParameter(f"'{state}' is none of {', '.join(RequestState)}.", param_hint="--state")
    with this_hub(as_json) as hub:
        hub.office.check(hub.actor(), Action.WORK_REQUESTS)
        found = hub.records.requests(state=state, limit=limit)
        if as_json:
            click.echo(json.dumps([request.as_json() for request in found], ensure_ascii=False, indent=2))
            return
        from bot.tables import draw_requests

        draw_requests(found, new_console())


@requests.command("show")
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def show_request(reference: str, as_json: bool) -> None:
    """Show one request: the question, what was found, and why that was not enough.

    \b
    Example:
      prevention-hub requests show PF-0001
    """
    with this_hub(as_json) as hub:
        request = hub.office.look(hub.actor(), reference)
        if request is None:
            raise click.ClickException(wording.NO_SUCH_REQUEST.format(reference=reference))
        if as_json:
            click.echo(json.dumps(request.as_json(), ensure_ascii=False, indent=2))
            return
        from bot.tables import draw_request

        draw_request(request, new_console())
