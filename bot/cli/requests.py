"""`requests …`: the queue that the hub works through."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import click

from bot import wording
from bot.cli.base import acting, new_console, print_json, say, this_hub, with_data

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.domain.finding import Found
    from bot.domain.people import Actor
    from bot.domain.record import Json
    from bot.domain.requests import Request
    from bot.domain.timing.pace import Targets


DAYS = click.FloatRange(min=0, max=36_500)
SORTS = ("newest", "oldest", "longest", "changed", "who", "kind")


@click.group()
@with_data
def requests() -> None:
    """The requests that the hub works through.

    \b
    Example:
      prevention-hub requests list
    """


@requests.command("list")
@click.argument("words", nargs=-1)
@click.option("--reference", default="", help="Only this one.")
@click.option("--state", "states", multiple=True, help="Only in this state, such as open; as often as you like.")
@click.option("--kind", "kinds", multiple=True, help="Only of this kind, such as operational_problem.")
@click.option("--theme", default="", help="Only with this theme, such as asb.")
@click.option("--area", default="", help="Only where this is part of where it happens.")
@click.option("--who", default="", help="Only where this is part of the name of the asker, or of the one who has it.")
@click.option("--place", default="", help='Only asked here: "slack", or the beginning of a place, "slack:T1/C1".')
@click.option("--older-than", default=0.0, type=DAYS, help="Only opened so many days ago or longer.")
@click.option("--newer-than", default=0.0, type=DAYS, help="Only opened in the last so many days.")
@click.option("--mine", is_flag=True, help="Only those that you have.")
@click.option("--overdue", is_flag=True, help="Only those that wait for longer than they should.")
@click.option("--sort", type=click.Choice(SORTS), help="In this order (default: newest; with --overdue longest).")
@click.option("--page", default=1, show_default=True, type=click.IntRange(1, 1_000_000), help="Which page.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="So many on a page.")
@acting
def list_requests(
    words: tuple[str, ...],
    reference: str,
    states: tuple[str, ...],
    kinds: tuple[str, ...],
    theme: str,
    area: str,
    who: str,
    place: str,
    older_than: float,
    newer_than: float,
    mine: bool,
    overdue: bool,
    sort: str | None,
    page: int,
    limit: int,
    person: str | None,
    as_json: bool,
) -> None:
    """Find requests: all of them, a page at a time, or those that fit WORDS and options; for hub staff.

    \b
    Example:
      prevention-hub requests list --state open
      prevention-hub requests list permit --kind question --older-than 7 --sort longest
    """
    from bot.domain.finding import Filter, Page, Sort
    from bot.domain.requests import RequestKind, RequestState

    wanted = Filter(
        words=" ".join(words),
        reference=reference,
        states=tuple(RequestState(one) for one in _known(states, RequestState, "--state")),
        kinds=tuple(RequestKind(one) for one in _known(kinds, RequestKind, "--kind")),
        theme=theme,
        area=area,
        who=who,
        place=place,
    )
    order = Sort(sort) if sort else Sort.LONGEST if overdue else Sort.NEWEST
    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        wanted = hub.finder.opened_within(wanted, younger_than=newer_than, older_than=older_than)
        found = hub.finder.find(actor, wanted, Page(page, limit), order, mine=mine, overdue=overdue, whole=as_json)
        _show_found(hub, actor, found, page + 1, as_json=as_json)


def _show_found(hub: Hub, actor: Actor, found: Found, following: int, *, as_json: bool) -> None:
    """A page of requests, and how to see the one that is following."""
    now = datetime.now(UTC)
    if as_json:
        shown = [_as_seen(hub, actor, request) for request in found.requests]
        print_json([_with_due(request, hub.targets, now) for request in shown])
    else:
        from bot.cli.tables import draw_requests

        draw_requests(found.requests, new_console(), hub.targets, now, hub.records.people.names)
    if found.more:
        say(wording.more_requests(found.more, found.total, following), err=as_json)


def _known(given: tuple[str, ...], kinds: type[StrEnum], option: str) -> tuple[str, ...]:
    """What was given, if each is one of a kind; bad usage where one is not."""
    for one in given:
        if one not in list(kinds):
            raise click.BadParameter(f"'{one}' is none of {', '.join(kinds)}.", param_hint=option)
    return given


def _as_seen(hub: Hub, actor: Actor, request: Request) -> Request:
    """A request without what was found that is for others."""
    from bot.domain.messages import Place

    return hub.as_seen(request, hub.viewer(actor, Place("terminal", "")))


def _with_due(request: Request, targets: Targets, now: datetime) -> dict[str, Json]:
    due = targets.reply_by(request)
    late = {"reply_by": due.isoformat(timespec="seconds") if due else None, "overdue": targets.is_overdue(request, now)}
    return {**request.as_json(), **late}


@requests.command("show")
@click.argument("reference")
@acting
def show_request(reference: str, person: str | None, as_json: bool) -> None:
    """Show one request: the question, what was found, and why that was not enough.

    \b
    Example:
      prevention-hub requests show PF-0001
    """
    from bot.domain.requests import no_such_request

    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        request = hub.office.look(actor, reference)
        if request is None:
            raise no_such_request(reference)
        request = _as_seen(hub, actor, request)
        if as_json:
            print_json(_with_due(request, hub.targets, datetime.now(UTC)))
            return
        from bot.cli.tables import draw_request

        draw_request(request, new_console(), hub.targets, datetime.now(UTC), hub.records.people.names)


@requests.command()
@click.option("--since", default=24, show_default=True, type=click.IntRange(1, 24 * 31), help="Hours to look back.")
@acting
def handover(since: int, person: str | None, as_json: bool) -> None:
    """What hub staff who come on duty have to know: what is overdue, taken, waiting and closed; fit to be pasted.

    \b
    Example:
      prevention-hub requests handover --since 12
    """
    with this_hub(as_json) as hub:
        from bot.domain.people import Action

        hub.office.check(hub.acting(person), Action.WORK_REQUESTS)
        prepared = hub.handover(datetime.now(UTC) - timedelta(hours=since))
        if as_json:
            print_json(prepared.as_json())
        else:
            say(prepared.as_text(lambda at: at.astimezone(hub.targets.hours.zone)))


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
        asker = hub.acting(person).name
        described = {"what": what, **fields}
        opened = open_request(
            hub.records,
            asker,
            place,
            RequestKind(kind),
            described,
            theme,
            joining=hub.joining,
            expected=hub.pace.expected,
        )
        if as_json:
            alike = {"reference": opened.join[0], "asked_by": opened.join[1]} if opened.join else None
            print_json({"request": opened.reference, "redacted": list(opened.redacted), "alike": alike})
            return
        if opened.redacted:
            say(wording.redacted(opened.redacted))
        say(opened.told)
        if opened.join:
            reference, into = opened.reference, opened.join[0]
            say(wording.JOIN_HOW.format(alike=wording.join_says(*opened.join), reference=reference, into=into))
