"""`requests …`: every step of working on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.base import acting, print_json, say, this_hub
from bot.cli.requests import requests

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.domain.requests import Request

OUTCOMES = ["answered", "duplicate", "out_of_scope", "policy_gap", "referred_on"]


@requests.command()
@click.argument("reference")
@acting
def claim(reference: str, person: str | None, as_json: bool) -> None:
    """Take a request; who was first has it.

    \b
    Example:
      prevention-hub requests claim PF-0001 --as "Sgt Bell"
    """
    with this_hub(as_json) as hub:
        _take(hub, "claim", reference, person, as_json)


@requests.command()
@click.argument("reference")
@acting
def release(reference: str, person: str | None, as_json: bool) -> None:
    """Put a request back for a colleague.

    \b
    Example:
      prevention-hub requests release PF-0001
    """
    with this_hub(as_json) as hub:
        _take(hub, "release", reference, person, as_json)


@requests.command()
@click.argument("reference")
@click.argument("to")
@acting
def reassign(reference: str, to: str, person: str | None, as_json: bool) -> None:
    """Give a request to TO.

    \b
    Example:
      prevention-hub requests reassign PF-0001 "PC Dunn"
    """
    with this_hub(as_json) as hub:
        _changed(hub, hub.desk.reassign(hub.acting(person), reference, to), as_json)


@requests.command()
@click.argument("reference")
@click.argument("text")
@acting
def note(reference: str, text: str, person: str | None, as_json: bool) -> None:
    """Write down something for the hub; the asker never sees it.

    \b
    Example:
      prevention-hub requests note PF-0001 "asked legal services"
    """
    with this_hub(as_json) as hub:
        _take(hub, "note", reference, person, as_json, text=text)


@requests.command("ask")
@click.argument("reference")
@click.argument("text")
@acting
def ask_more(reference: str, text: str, person: str | None, as_json: bool) -> None:
    """Ask the asker for more; it is delivered where they asked.

    \b
    Example:
      prevention-hub requests ask PF-0001 "which street, and since when?"
    """
    with this_hub(as_json) as hub:
        _take(hub, "ask_more", reference, person, as_json, text=text)


@requests.command()
@click.argument("reference")
@click.argument("text")
@acting
def reply(reference: str, text: str, person: str | None, as_json: bool) -> None:
    """Reply; it is delivered where the request was asked.

    \b
    Example:
      prevention-hub requests reply PF-0001 "Use the site's own gate." --as "Sgt Bell"
    """
    with this_hub(as_json) as hub:
        _take(hub, "reply", reference, person, as_json, text=text)


@requests.command()
@click.argument("reference")
@acting
def dismiss(reference: str, person: str | None, as_json: bool) -> None:
    """Close an unresolved question, for which nobody waits, in one step.

    \b
    Example:
      prevention-hub requests dismiss PF-0001
    """
    with this_hub(as_json) as hub:
        _changed(hub, hub.unresolved.dismiss(hub.actor(person), reference), as_json)


@requests.command()
@click.argument("reference")
@click.option("--outcome", type=click.Choice(OUTCOMES), default="answered", show_default=True, help="How it ended.")
@acting
def close(reference: str, outcome: str, person: str | None, as_json: bool) -> None:
    """Close a request; “answered” needs a reply.

    \b
    Example:
      prevention-hub requests close PF-0001 --outcome policy_gap
    """
    from bot.domain.requests import CloseOutcome

    with this_hub(as_json) as hub:
        _changed(hub, hub.desk.close(hub.acting(person), reference, CloseOutcome(outcome)), as_json)


@requests.command()
@click.argument("reference")
@acting
def reopen(reference: str, person: str | None, as_json: bool) -> None:
    """Open a request again: its asker, or the hub.

    \b
    Example:
      prevention-hub requests reopen PF-0001
    """
    with this_hub(as_json) as hub:
        _take(hub, "not_yet", reference, person, as_json)


@requests.command()
@click.argument("reference")
@acting
def withdraw(reference: str, person: str | None, as_json: bool) -> None:
    """Take a request back.

    \b
    Example:
      prevention-hub requests withdraw PF-0001
    """
    with this_hub(as_json) as hub:
        _take(hub, "withdraw", reference, person, as_json)


@requests.command()
@click.argument("reference")
@click.argument("into")
@acting
def join(reference: str, into: str, person: str | None, as_json: bool) -> None:
    """Let the request INTO answer this one too: its asker gets the same reply.

    \b
    Example:
      prevention-hub requests join PF-0050 PF-0042
    """
    with this_hub(as_json) as hub:
        _take(hub, "join", reference, person, as_json, into=into)


@requests.command()
@click.argument("reference")
@click.argument("text")
@acting
def add(reference: str, text: str, person: str | None, as_json: bool) -> None:
    """Add something to a request of one's own; identifiers are taken out first.

    \b
    Example:
      prevention-hub requests add PF-0001 "it is the gate on the north side"
    """
    with this_hub(as_json) as hub:
        _take(hub, "add_detail", reference, person, as_json, text=text)


@requests.command()
@click.argument("key", required=False)
@click.option("--all", "every", is_flag=True, help="Every message that was given up.")
@acting
def resend(key: str | None, every: bool, person: str | None, as_json: bool) -> None:
    """Try a message again that was given up; `doctor` lists their keys.

    \b
    Example:
      prevention-hub requests resend PF-0001:3
      prevention-hub requests resend --all
    """
    if (key is None) == (not every):
        raise click.UsageError("Give the key of a message or --all, one of the two.")
    from bot.queue.delivery import resend as again

    with this_hub(as_json) as hub:
        count = again(hub.office, hub.records, hub.acting(person), key)
        if as_json:
            print_json({"resent": count})
        else:
            say(f"{key or count} {'is' if key or count == 1 else 'are'} tried again: prevention-hub worker --once")


def _take(hub: Hub, step: str, reference: str, person: str | None, as_json: bool, **fields: str) -> None:
    """Take a step of the table that every edge draws from, and print the request."""
    from bot.domain.messages import Place
    from bot.edges.presses import Press
    from bot.edges.steps import Steps

    done = Steps(hub).take(Press(step, hub.acting(person), Place("terminal", ""), reference, fields))
    if done.request is not None:
        _changed(hub, done.request, as_json)


def _changed(hub: Hub, request: Request, as_json: bool) -> None:
    """Print a request after a change, without what was found that is for others than this account."""
    from bot.domain.messages import Place

    if as_json:
        print_json(hub.as_seen(request, hub.viewer(hub.actor(), Place("terminal", ""))).as_json())
    else:
        who = f", {request.claimed_by}" if request.claimed_by else ""
        say(f"{request.reference}: {request.state.value}{who}")
