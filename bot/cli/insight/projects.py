"""`insight projects …`: from a problem to a claim that a second person approves."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.base import NamedPath, acting, new_console, print_json, say, this_hub, with_data
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.domain.improvement import Project

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
@with_data
def projects() -> None:
    """Improvement projects: stages, a measure with its chart, what was tried, and what may be claimed.

    \b
    Example:
      prevention-hub insight projects list
    """


@projects.command("list")
@acting
def list_projects(person: str | None, as_json: bool) -> None:
    """List the projects, and whether their charts bear out a change.

    \b
    Example:
      prevention-hub insight projects list
    """
    with this_hub(as_json) as hub:
        found = hub.projects.all()
        if as_json:
            print_json([one.as_json() for one in found])
        elif found:
            from bot.cli.insight.drawing import draw_projects

            draw_projects(found, new_console())
        else:
            say(words.PROJECTS_NONE)


@projects.command()
@click.argument("reference")
@click.option("--svg", "svg_file", type=NamedPath(), help="Write the chart to a file.")
@acting
def show(reference: str, svg_file: Path | None, person: str | None, as_json: bool) -> None:
    """Show a project with its values, its chart's limits, and what would be told of it.

    \b
    Example:
      prevention-hub insight projects show IP-0001 --svg chart.svg
    """
    with this_hub(as_json) as hub:
        show_project(hub.projects.get(reference), as_json, svg_file)


@projects.command("open")
@click.option("--title", required=True, help="What it is about, without names.")
@click.option("--problem", default="", help="What the problem is (default: the request's own words).")
@click.option("--request", "of_request", default="", help="The request that it grew out of, as PF-0042.")
@click.option("--owner", default="", help="Who leads it (default: who opens it).")
@click.option("--partners", default="", help="Teams and agencies that take part.")
@click.option("--baseline", default="", help="How it was before, and how that is known.")
@click.option("--measure", "name", default="", help="What is measured.")
@click.option("--definition", default="", help="How it is counted, so that two people would count the same.")
@click.option("--unit", default="", help="Its unit.")
@click.option("--better", type=click.Choice(["up", "down"]), required=True, help="Which way it should go.")
@click.option("--figure", default="", help="One of the hub's own figures, by its key, to be counted.")
@click.option("--theme", default="", help="Of that figure, the requests of one theme alone.")
@acting
def open_project(
    title: str,
    problem: str,
    of_request: str,
    owner: str,
    partners: str,
    baseline: str,
    name: str,
    definition: str,
    unit: str,
    better: str,
    figure: str,
    theme: str,
    person: str | None,
    as_json: bool,
) -> None:
    """Open a project, of a problem that the hub was asked to help with or of its own.

    \b
    Example:
      prevention-hub insight projects open --request PF-0042 --title "waits at the hospital" --better down \\
        --measure wait --unit hours --definition "from arrival to handing over, each week's median"
    """
    with this_hub(as_json) as hub:
        from bot.insight.projects.working import measure_of

        made = hub.projects.open(
            hub.acting(person),
            title,
            measure_of(name, definition, unit, better, figure, theme),
            problem=problem,
            owner=owner,
            partners=partners,
            baseline=baseline,
            request=of_request,
        )
        say_of(made, as_json, words.OPENED.format(reference=made.reference, stage=made.stage.value))


@projects.command()
@click.argument("reference")
@click.argument("stage", type=click.Choice(list(words.STAGES)))
@click.option("--note", default="", help="What was found or done in it.")
@acting
def stage(reference: str, stage: str, note: str, person: str | None, as_json: bool) -> None:
    """Move a project to a stage: objective, scanning, analysis, response, assessment.

    \b
    Example:
      prevention-hub insight projects stage IP-0001 analysis --note "two thirds arrive on Friday nights"
    """
    with this_hub(as_json) as hub:
        from bot.domain.improvement import Stage

        made = hub.projects.move(hub.acting(person), reference, Stage(stage), note)
        say_of(made, as_json, words.OPENED.format(reference=made.reference, stage=made.stage.value))


@projects.command()
@click.argument("reference")
@click.argument("day", type=DAY, required=False)
@click.argument("value", type=float, required=False)
@click.option("--csv", "csv_file", type=NamedPath(exists=True), help="A file with day and value.")
@click.option("--count", "counted", is_flag=True, help="Count it from the hub's own data, where it is a figure.")
@acting
def values(
    reference: str,
    day: date | None,
    value: float | None,
    csv_file: Path | None,
    counted: bool,
    person: str | None,
    as_json: bool,
) -> None:
    """Keep values: one that is typed, a file of them, or counted from the hub's own data.

    \b
    Example:
      prevention-hub insight projects values IP-0001 2026-10-05 7.5
    """
    if sum((day is not None, csv_file is not None, counted)) != 1 or (day is None) is not (value is None):
        raise click.UsageError("Give a day and a value, or --csv FILE, or --count.")
    with this_hub(as_json) as hub:
        from bot.domain.improvement import Value
        from bot.insight.projects.working import read_values

        actor = hub.acting(person)
        if counted:
            made = hub.projects.count(actor, reference)
        elif csv_file:
            made = hub.projects.measure(actor, reference, read_values(csv_file.read_text(encoding="utf-8-sig")))
        else:
            assert day is not None and value is not None  # noqa: S101, PT018 checked above
            made = hub.projects.measure(actor, reference, [Value(date(day.year, day.month, day.day), value)])
        show_project(made, as_json)


@projects.command()
@click.argument("reference")
@click.argument("day", type=DAY)
@click.argument("what")
@click.option("--recalculate", is_flag=True, help="Calculate the chart's limits anew from this day.")
@acting
def tried(reference: str, day: date, what: str, recalculate: bool, person: str | None, as_json: bool) -> None:
    """Keep what was tried, and from when.

    \b
    Example:
      prevention-hub insight projects tried IP-0001 2026-09-01 "a liaison officer on Friday nights"
    """
    with this_hub(as_json) as hub:
        from bot.domain.improvement import Tried

        one = Tried(date(day.year, day.month, day.day), what, recalculate)
        show_project(hub.projects.try_out(hub.acting(person), reference, one), as_json)


def show_project(project: Project, as_json: bool, svg_file: Path | None = None) -> None:
    """A project as it stands, with its chart."""
    from bot.insight.projects.following import follow

    followed = follow(project)
    if svg_file:
        from bot.insight.showing.svg import xmr_chart

        svg_file.write_text(xmr_chart(followed, project.measure.unit, project.measure.name), encoding="utf-8")
    if as_json:
        print_json({**project.as_json(), "chart": followed.as_json()})
        return
    from bot.cli.insight.drawing import draw_project

    draw_project(project, followed, new_console())


def say_of(project: Project, as_json: bool, said: str) -> None:
    """What became of a project: one JSON document, or a sentence."""
    if as_json:
        print_json(project.as_json())
    else:
        say(said)
