"""`requests …`: the queue that the hub works through."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING

import click

from bot import wording
from bot.cli.base import new_console, this_hub
from indexer.cli import with_data

if TYPE_CHECKING:
    from bot.advice import Advice
    from bot.triage import Request

AS = click.option("--as", "person", help="Who acts (default: the operating-system user).")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
OUTCOMES = ["answered", "duplicate", "out_of_scope", "policy_gap", "referred_on"]


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
@AS
@JSON
@with_data
def open_outright(what: str, kind: str, theme: str, person: str | None, as_json: bool, **fields: str) -> None:
    """Open a request outright: WHAT happens, and whatever else is known of it.

    \b
    Example:
      prevention-hub requests open "fights at the bus station" --kind operational_problem --often "most Fridays"
    """
    import uuid

    from bot.intake import THEMES, open_request
    from bot.messages import Place
    from bot.triage import RequestKind

    if theme and theme not in THEMES:
        raise click.BadParameter(f"'{theme}' is none of {', '.join(THEMES)}.", param_hint="--theme")
    with this_hub(as_json) as hub:
        place = Place("terminal", uuid.uuid4().hex)
        asker = hub.actor(person).name
        opened = open_request(hub.records, asker, place, RequestKind(kind), {"what": what, **fields}, theme)
        if as_json:
            row = {"request": opened.reference, "redacted": list(opened.redacted)}
            click.echo(json.dumps(row, ensure_ascii=False, indent=2))
            return
        if opened.redacted:
            click.echo(wording.redacted(opened.redacted))
        click.echo(wording.HANDED_OVER.format(reference=opened.reference))


@requests.command("late")
@JSON
@with_data
def late_answers(as_json: bool) -> None:
    """Ask the open requests again: those that guidance would answer now, with the quote that could be sent.

    \b
    Example:
      prevention-hub requests late
    """
    with this_hub(as_json) as hub:
        from bot.roles import Action

        hub.office.check(hub.actor(), Action.WORK_REQUESTS)
        found = hub.late_answers()
        if as_json:
            rows = [{"request": r.reference, "question": r.question, "citation": c.as_json()} for r, c in found]
            click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for request, citation in found:
            click.echo(f"{request.reference} {request.question}\n  {wording.source(citation)}\n  {citation.quote}\n")
        click.echo(wording.LATE_SEND if found else wording.LATE_NONE)


@requests.command()
@click.argument("reference")
@AS
@JSON
@with_data
def claim(reference: str, person: str | None, as_json: bool) -> None:
    """Take a request; who was first has it.

    \b
    Example:
      prevention-hub requests claim PF-0001 --as "Sgt Bell"
    """
    with this_hub(as_json) as hub:
        _changed(hub.desk.claim(hub.actor(person), reference), as_json)


@requests.command()
@click.argument("reference")
@AS
@JSON
@with_data
def release(reference: str, person: str | None, as_json: bool) -> None:
    """Put a request back for somebody else.

    \b
    Example:
      prevention-hub requests release PF-0001
    """
    with this_hub(as_json) as hub:
        _changed(hub.desk.release(hub.actor(person), reference), as_json)


@requests.command()
@click.argument("reference")
@click.argument("to")
@AS
@JSON
@with_data
def reassign(reference: str, to: str, person: str | None, as_json: bool) -> None:
    """Give a request to TO.

    \b
    Example:
      prevention-hub requests reassign PF-0001 "PC Dunn"
    """
    with this_hub(as_json) as hub:
        _changed(hub.desk.reassign(hub.actor(person), reference, to), as_json)


@requests.command()
@click.argument("reference")
@click.argument("text")
@AS
@JSON
@with_data
def note(reference: str, text: str, person: str | None, as_json: bool) -> None:
    """Write down something for the hub; the asker never sees it.

    \b
    Example:
      prevention-hub requests note PF-0001 "asked legal services"
    """
    with this_hub(as_json) as hub:
        _changed(hub.desk.note(hub.actor(person), reference, text), as_json)


@requests.command("ask")
@click.argument("reference")
@click.argument("text")
@AS
@JSON
@with_data
def ask_more(reference: str, text: str, person: str | None, as_json: bool) -> None:
    """Ask whoever asked for more; it is delivered where they asked.

    \b
    Example:
      prevention-hub requests ask PF-0001 "which street, and since when?"
    """
    with this_hub(as_json) as hub:
        _changed(hub.desk.ask_more(hub.actor(person), reference, text), as_json)


@requests.command()
@click.argument("reference")
@click.argument("text")
@AS
@JSON
@with_data
def reply(reference: str, text: str, person: str | None, as_json: bool) -> None:
    """Reply; it is delivered where the request was asked.

    \b
    Example:
      prevention-hub requests reply PF-0001 "Use the site's own gate." --as "Sgt Bell"
    """
    with this_hub(as_json) as hub:
        _changed(hub.desk.reply(hub.actor(person), reference, text), as_json)


@requests.command()
@click.argument("reference")
@click.option("--outcome", type=click.Choice(OUTCOMES), default="answered", show_default=True, help="How it ended.")
@AS
@JSON
@with_data
def close(reference: str, outcome: str, person: str | None, as_json: bool) -> None:
    """Close a request.

    \b
    Example:
      prevention-hub requests close PF-0001 --outcome policy_gap
    """
    from bot.triage import CloseOutcome

    with this_hub(as_json) as hub:
        _changed(hub.desk.close(hub.actor(person), reference, CloseOutcome(outcome)), as_json)


@requests.command()
@click.argument("reference")
@AS
@JSON
@with_data
def reopen(reference: str, person: str | None, as_json: bool) -> None:
    """Open a request again: whoever asked it, or the hub.

    \b
    Example:
      prevention-hub requests reopen PF-0001
    """
    with this_hub(as_json) as hub:
        _changed(hub.desk.reopen(hub.actor(person), reference), as_json)


@requests.command()
@click.argument("reference")
@AS
@JSON
@with_data
def withdraw(reference: str, person: str | None, as_json: bool) -> None:
    """Take a request back.

    \b
    Example:
      prevention-hub requests withdraw PF-0001
    """
    with this_hub(as_json) as hub:
        _changed(hub.desk.withdraw(hub.actor(person), reference), as_json)


@requests.command()
@click.argument("reference")
@click.option("--title", default="", help="Title of the advice.")
@click.option("--question", default="", help="Its heading: what it answers (default: the question).")
@click.option("--text", default="", help="Its text (default: the last reply).")
@click.option("--owner", default="", help="Who looks after it (default: who proposes it).")
@click.option("--review-by", type=click.DateTime(["%Y-%m-%d"]), help="When it is reviewed (default: in 180 days).")
@AS
@JSON
@with_data
def promote(
    reference: str,
    title: str,
    question: str,
    text: str,
    owner: str,
    review_by: datetime | None,
    person: str | None,
    as_json: bool,
) -> None:
    """Propose a reply as hub advice, and show it as officers would see it; a different person approves it.

    \b
    Example:
      prevention-hub requests promote PF-0001 --question "Who locks the park gates?" --as "Sgt Bell"
    """
    with this_hub(as_json) as hub:
        advice = hub.desk.promote(
            hub.actor(person),
            reference,
            title=title,
            question=question,
            text=text,
            owner=owner,
            review_by=review_by.date() if review_by else None,
        )
        _advised(advice, as_json, wording.ADVICE_PROPOSED.format(reference=advice.reference))


@requests.command()
@click.argument("reference")
@click.option("--withdraw", "take_back", is_flag=True, help="Take approved advice out of the next edition instead.")
@AS
@JSON
@with_data
def approve(reference: str, take_back: bool, person: str | None, as_json: bool) -> None:
    """Approve advice that somebody else proposed; the worker publishes it in the next edition.

    \b
    Example:
      prevention-hub requests approve PF-0001 --as "Insp Cole"
    """
    with this_hub(as_json) as hub:
        actor = hub.actor(person)
        advice = hub.desk.withdraw_advice(actor, reference) if take_back else hub.desk.approve(actor, reference)
        _advised(advice, as_json, wording.ADVICE_NEXT)


@requests.command()
@click.argument("key")
@AS
@with_data
def resend(key: str, person: str | None) -> None:
    """Try a message again that was given up; `doctor` lists their keys.

    \b
    Example:
      prevention-hub requests resend PF-0001:3
    """
    from bot.roles import Action

    with this_hub() as hub:
        actor = hub.actor(person)
        hub.office.check(actor, Action.WORK_REQUESTS)
        if not hub.records.outbox.resend(key, actor.name):
            raise click.ClickException(f"No message '{key}' was given up. Run: prevention-hub doctor")
        click.echo(f"{key} is tried again: prevention-hub worker --once")


def _changed(request: Request, as_json: bool) -> None:
    """Print a request after a change."""
    if as_json:
        click.echo(json.dumps(request.as_json(), ensure_ascii=False, indent=2))
    else:
        who = f", {request.claimed_by}" if request.claimed_by else ""
        click.echo(f"{request.reference}: {request.state.value}{who}")


def _advised(advice: Advice, as_json: bool, then: str) -> None:
    if as_json:
        click.echo(json.dumps(advice.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(f"{advice.title} > {advice.question}\n\n{advice.text}\n\n{then}")
