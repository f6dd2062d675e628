"""`insight projects claim | propose | publish | lesson`: from numbers to what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.base import acting, print_json, say, this_hub
from bot.cli.insight.projects import projects, say_of, show_project
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.domain.improvement import Freed

RANGE = "a low and a high value, as 10-15"


@projects.command()
@click.argument("reference")
@click.option("--says", required=True, help="What came of it.")
@click.option("--estimated-by", required=True, help="Who estimated it.")
@click.option("--how", required=True, help="How they know.")
@click.option("--confidence", type=click.Choice(["low", "medium", "high"]), required=True)
@click.option("--minutes", default="", help=f"Minutes saved each time: {RANGE}.")
@click.option("--times", default="", help=f"Times a month: {RANGE}.")
@acting
def claim(
    reference: str,
    says: str,
    estimated_by: str,
    how: str,
    confidence: str,
    minutes: str,
    times: str,
    person: str | None,
    as_json: bool,
) -> None:
    """Say what came of a project: who estimated it, how, how sure they are, and hours freed as minutes x times.

    \b
    Example:
      prevention-hub insight projects claim IP-0001 --says "shorter waits" --estimated-by "Insp Cole" \\
        --how "custody records of eight weeks" --confidence medium --minutes 60-90 --times 30-40
    """
    with this_hub(as_json) as hub:
        from bot.domain.improvement import Claim, Confidence

        made = Claim(says, estimated_by, how, Confidence(confidence), _freed(minutes, times))
        show_project(hub.projects.claim(hub.acting(person), reference, made), as_json)


@projects.command()
@click.argument("reference")
@acting
def propose(reference: str, person: str | None, as_json: bool) -> None:
    """Propose to tell a project to everyone, in the words that `show` prints.

    \b
    Example:
      prevention-hub insight projects propose IP-0001
    """
    with this_hub(as_json) as hub:
        made = hub.projects.propose(hub.acting(person), reference)
        say_of(made, as_json, f"{made.text}\n\n{words.PROPOSED.format(reference=made.reference)}")


@projects.command()
@click.argument("reference")
@click.option("--withdraw", "take_back", is_flag=True, help="Take back what was published instead.")
@acting
def publish(reference: str, take_back: bool, person: str | None, as_json: bool) -> None:
    """Approve what a colleague proposed: it is told as news, in the digest and on the monthly page.

    \b
    Example:
      prevention-hub insight projects publish IP-0001 --as "Insp Cole"
    """
    with this_hub(as_json) as hub:
        actor = hub.acting(person)
        made = hub.projects.withdraw(actor, reference) if take_back else hub.projects.publish(actor, reference)
        said = words.WITHDRAWN if take_back else words.PUBLISHED
        say_of(made, as_json, said.format(reference=made.reference))


@projects.command()
@click.argument("reference")
@acting
def lesson(reference: str, person: str | None, as_json: bool) -> None:
    """Propose a published project as a lesson, with the low estimate of its hours and what its chart says.

    \b
    Example:
      prevention-hub insight projects lesson IP-0001
    """
    with this_hub(as_json) as hub:
        from bot.insight.projects.telling import propose_lesson
        from bot.wording import LESSON_PROPOSED

        made = propose_lesson(hub.lessons, hub.acting(person), hub.projects.get(reference))
        if as_json:
            print_json(made.as_json())
        else:
            say(LESSON_PROPOSED.format(reference=made.reference))


def _freed(minutes: str, times: str) -> Freed | None:
    from bot.domain.improvement import Freed, ProjectError

    if not minutes and not times:
        return None
    try:
        (low, high), (few, many) = (tuple(float(part) for part in text.split("-")) for text in (minutes, times))
    except ValueError as error:
        raise ProjectError(f"Give --minutes and --times, each with {RANGE}.") from error
    return Freed(low, high, few, many)
