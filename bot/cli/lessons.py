"""`lessons …`: what was tried on a problem, and what happened."""

from __future__ import annotations

import click

from bot import wording
from bot.cli.base import acting, new_console, print_json, say, this_hub, with_data


@click.group()
@with_data
def lessons() -> None:
    """What was tried on closed problems and what happened: kept when two people agree, and searched like guidance.

    \b
    Example:
      prevention-hub lessons list
    """


@lessons.command("list")
@acting
def list_lessons(person: str | None, as_json: bool) -> None:
    """List the lessons, and the hours they freed as far as they were estimated.

    \b
    Example:
      prevention-hub lessons list
    """
    with this_hub(as_json) as hub:
        found = hub.lessons.all()
        if as_json:
            print_json([one.as_json() for one in found])
            return
        from bot.cli.tables import draw_lessons

        draw_lessons(found, new_console())


@lessons.command()
@click.argument("reference")
@click.option("--title", required=True, help="What it is about, in a few words, without names.")
@click.option("--tried", required=True, help="What was tried.")
@click.option("--happened", required=True, help="What happened.")
@click.option("--problem", default="", help="What the problem was (default: the request).")
@click.option("--owner", default="", help="Who can be asked about it (default: who proposes it).")
@click.option("--hours-freed", default=0.0, type=click.FloatRange(min=0), help="Hours freed a month.")
@click.option("--estimated-by", default="", help="Who estimated the hours.")
@click.option("--baseline", default="", help="How it was before.")
@click.option("--measured", default="", help="How the difference was measured.")
@acting
def keep(
    reference: str,
    title: str,
    tried: str,
    happened: str,
    problem: str,
    owner: str,
    hours_freed: float,
    estimated_by: str,
    baseline: str,
    measured: str,
    person: str | None,
    as_json: bool,
) -> None:
    """Propose what was tried on a closed problem; a different person approves it.

    \b
    Example:
      prevention-hub lessons keep PF-0001 --title "youths at a bus station" --tried "…" --happened "…"
    """
    with this_hub(as_json) as hub:
        from bot.domain.proposals import Benefits

        lesson = hub.lessons.keep(
            hub.acting(person),
            reference,
            title=title,
            tried=tried,
            happened=happened,
            problem=problem,
            owner=owner,
            benefits=Benefits(hours_freed, estimated_by, baseline, measured),
        )
        _show(lesson.as_json(), as_json, wording.LESSON_PROPOSED.format(reference=lesson.reference))


@lessons.command()
@click.argument("reference")
@click.option("--withdraw", "take_back", is_flag=True, help="Take an approved lesson out of the next edition instead.")
@acting
def approve(reference: str, take_back: bool, person: str | None, as_json: bool) -> None:
    """Approve a lesson that a colleague proposed; the worker publishes it in the next edition.

    \b
    Example:
      prevention-hub lessons approve PF-0001 --as "Insp Cole"
    """
    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        lesson = hub.lessons.withdraw(actor, reference) if take_back else hub.lessons.approve(actor, reference)
        _show(lesson.as_json(), as_json, hub.publishing.next_in_words())


def _show(lesson: dict[str, object], as_json: bool, then: str) -> None:
    if as_json:
        print_json(lesson)
    else:
        say(f"{lesson['title']}\n\n{lesson['problem']}\n\n{lesson['tried']}\n\n{lesson['happened']}\n\n{then}")
