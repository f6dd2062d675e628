"""`echo …`: what people told the programme, and what is answered in public."""

from __future__ import annotations

import click

from bot import wording
from bot.cli.base import acting, show, this_hub, with_data


@click.group()
@with_data
def echo() -> None:
    """The feedback channel: read and tag what people told the programme, and answer it in public.

    \b
    Example:
      prevention-hub echo list
    """


@echo.command("list")
@click.option("--state", type=click.Choice(["new", "read", "answered"]), help="Only these.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="At most so many.")
@acting
def list_echoes(state: str | None, limit: int, person: str | None, as_json: bool) -> None:
    """List what was written, newest first, how often each tag was given, and the answers.

    \b
    Example:
      prevention-hub echo list --state new
    """
    from bot.domain.echo import EchoState

    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        found = hub.echo.read(actor, EchoState(state) if state else None, limit)
        counts, answers = hub.echo.counts(actor), hub.echo.answers(actor)
        lines = [
            f"{one.number}: {one.text}\n  {one.side}, {one.day}, {one.state}; tags: {', '.join(one.tags) or 'none'}"
            for one in found
        ]
        lines += [f"{tag}: {sum(sides.values())}" for tag, sides in counts.items()]
        lines += [f"Answer {one.number} ({one.state}): {one.said} -> {one.did}" for one in answers]
        rows = {
            "messages": [one.as_json() for one in found],
            "tags": {tag: dict(sides) for tag, sides in counts.items()},
            "answers": [one.as_json() for one in answers],
        }
        show(as_json, rows, "\n".join(lines) or "Nothing was written.")


@echo.command()
@click.argument("number", type=int)
@click.argument("tags", nargs=-1, required=True)
@acting
def tag(number: int, tags: tuple[str, ...], person: str | None, as_json: bool) -> None:
    """Give message NUMBER these tags in the place of those it had.

    \b
    Example:
      prevention-hub echo tag 3 lighting "asb in parks"
    """
    with this_hub(as_json) as hub:
        one = hub.echo.tag(hub.acting(person), number, tags)
        show(as_json, one.as_json(), wording.ECHO_TAGGED.format(number=one.number, tags=", ".join(one.tags)))


@echo.command()
@click.argument("numbers", nargs=-1, required=True, type=int)
@click.option("--said", required=True, help="What people said.")
@click.option("--did", required=True, help="What was done about it.")
@acting
def answer(numbers: tuple[int, ...], said: str, did: str, person: str | None, as_json: bool) -> None:
    """Write down what was said in messages NUMBERS and what was done; a second person makes it public.

    \b
    Example:
      prevention-hub echo answer 3 5 --said "The underpass is dark." --did "The council has mended the lamps."
    """
    with this_hub(as_json) as hub:
        made = hub.echo.answer(hub.acting(person), said, did, numbers)
        show(as_json, made.as_json(), wording.ECHO_PROPOSED.format(number=made.number))


@echo.command()
@click.argument("number", type=int)
@click.option("--withdraw", is_flag=True, help="Take it back instead.")
@acting
def publish(number: int, withdraw: bool, person: str | None, as_json: bool) -> None:
    """Make answer NUMBER public, as the second person.

    \b
    Example:
      prevention-hub echo publish 1 --as "Insp Cole"
    """
    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        made = hub.echo.withdraw(actor, number) if withdraw else hub.echo.publish(actor, number)
        told = wording.ECHO_WITHDRAWN if withdraw else wording.ECHO_PUBLISHED
        show(as_json, made.as_json(), told.format(number=made.number))
