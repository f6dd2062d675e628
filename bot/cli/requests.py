"""`requests …`: the queue that the hub works through."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from bot import wording
from bot.cli.base import acting, new_console, print_json, this_hub, with_data

if TYPE_CHECKING:
    from bot.domain.pace import Targets
    from bot.domain.requests import Request


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
@click.option("--overdue", is_flag=True, help="Only requests that wait for longer than they should.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def list_requests(state: str | None, overdue: bool, limit: int, as_json: bool) -> None:
    """List the newest requests.

    \b
    Example:
      prevention-hub requests list --state open
    """
    from bot.domain.people import Action
    from bot.domain.requests import WAITS, RequestState

    if state is not None and state not in list(RequestState):
        raise click.BadParameter(f"'{state}' is none of {', '.join(RequestState)}.", param_hint="--state")
    with this_hub(as_json) as hub:
        hub.office.check(hub.actor(), Action.WORK_REQUESTS)
        now = datetime.now(UTC)
        found = hub.records.requests(state=state, limit=limit)
        if overdue:
            by = hub.targets.waited(now, hub.targets.reply)
            may_wait = state is None or state in WAITS
            found = hub.records.pace.past(by, limit, state) if by is not None and may_wait else []
        if as_json:
            print_json([_with_due(request, hub.targets, now) for request in found])
            return
        from bot.cli.tables import draw_requests

        draw_requests(found, new_console(), hub.targets, now)


def _with_due(request: Request, targets: Targets, now: datetime) -> dict[str, Any]:
    due = targets.reply_by(request)
    late = {"reply_by": due.isoformat(timespec="seconds") if due else None, "overdue": targets.is_overdue(request, now)}
    return {**request.as_json(), **late}


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
    from bot.domain.requests import no_such_request

    with this_hub(as_json) as hub:
        request = hub.office.look(hub.actor(), reference)
        if request is None:
            raise no_such_request(reference)
        if as_json:
            print_json(_with_due(request, hub.targets, datetime.now(UTC)))
            return
        from bot.cli.tables import draw_request

        draw_request(request, new_console(), hub.targets, datetime.now(UTC))


@requests.command()
@click.option("--since", default=24, show_default=True, type=click.IntRange(1, 24 * 31), help="Hours to look back.")
@acting
def handover(since: int, person: str | None, as_json: bool) -> None:
    """What whoever comes on duty has to know: what is overdue, taken, waiting and closed; fit to be pasted.

    \b
    Example:
      prevention-hub requests handover --since 12
    """
    with this_hub(as_json) as hub:
        from bot.domain.people import Action

        hub.office.check(hub.actor(person), Action.WORK_REQUESTS)
        prepared = hub.handover(datetime.now(UTC) - timedelta(hours=since))
        if as_json:
            print_json(prepared.as_json())
        else:
            click.echo(prepared.as_text(lambda at: at.astimezone(hub.targets.hours.zone)))


@requests.command("open")
@click.argument("what")
@click.option("--kind", type=click.Choice(["operational_problem", "organisational_inefficiency"]), required=True)
@click.option("--where", default="", help="Where it happens.")
@click.option("--since", default="", help="Since when.")
@click.option("--often", default="", help="How often.")
@click.option("--affected", default="", help="Who is affected.")
@click.option("--tried", default="", help="What was tried so far.")
@click.option("--partners", default="", help="Who else is involved.")
@click.option("--good", default="", help="What good would look like.")
@click.option("--minutes", default="", help="Minutes lost each time.")
@click.option("--theme", default="", help="Such as asb, rural or fraud.")
@acting
def open_outright(what: str, kind: str, theme: str, person: str | None, as_json: bool, **fields: str) -> None:
    """Open a request outright: WHAT happens, and whatever else is known of it.

    \b
    Example:
      prevention-hub requests open "fights at the bus station" --kind operational_problem --often "most Fridays"
    """
    import uuid

    from bot.domain.messages import Place
    from bot.domain.requests import RequestKind
    from bot.queue.intake import THEMES, open_request

    if theme and theme not in THEMES:
        raise click.BadParameter(f"'{theme}' is none of {', '.join(THEMES)}.", param_hint="--theme")
    with this_hub(as_json) as hub:
        place = Place("terminal", uuid.uuid4().hex)
        asker = hub.actor(person).name
        described = {"what": what, **fields}
        ways: Any = {"joining": hub.joining, "expected": hub.pace.expected}
        opened = open_request(hub.records, asker, place, RequestKind(kind), described, theme, **ways)
        if as_json:
            alike = {"reference": opened.join[0], "asked_by": opened.join[1]} if opened.join else None
            print_json({"request": opened.reference, "redacted": list(opened.redacted), "alike": alike})
            return
        if opened.redacted:
            click.echo(wording.redacted(opened.redacted))
        click.echo(opened.told)
        if opened.join:
            reference, into = opened.reference, opened.join[0]
            click.echo(wording.JOIN_HOW.format(alike=wording.join_says(*opened.join), reference=reference, into=into))
