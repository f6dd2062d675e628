"""`insight figures`, `insight define`, `insight month`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.base import JSON, NamedPath, new_console, print_json, say, this_hub, with_data

if TYPE_CHECKING:
    from bot.insight.tables import Table

SPLITS = ("week", "month", "subject", "place", "kind", "theme", "area")


@click.command()
@click.argument("period", default="")
@click.option("--by", type=click.Choice(SPLITS), help="What the figures are split by.")
@click.option("--csv", "csv_file", type=NamedPath(), help="Write them to a CSV file; - for the screen.")
@click.option("--parquet", "parquet_file", type=NamedPath(), help="Write them to a Parquet file.")
@JSON
@with_data
def figures(period: str, by: str | None, csv_file: Path | None, parquet_file: Path | None, as_json: bool) -> None:
    """Show the figures of PERIOD: a week, month, quarter or year that is over (default: the last month).

    \b
    Example:
      prevention-hub insight figures 2026-10 --by week
    """
    with this_hub(as_json) as hub:
        from bot.insight.figures import Split

        table = hub.insight.table(hub.insight.period(period), Split(by) if by else None)
        if csv_file or parquet_file:
            _write(table, csv_file, parquet_file)
        if as_json:
            print_json(table.as_json())
        elif not (csv_file or parquet_file):
            from bot.cli.insight.drawing import draw_table

            draw_table(table, new_console())


def _write(table: Table, csv_file: Path | None, parquet_file: Path | None) -> None:
    from bot.insight.showing.exports import as_csv, as_parquet

    if csv_file and str(csv_file) == "-":
        click.echo(as_csv(table.records()), nl=False)
    elif csv_file:
        csv_file.write_text(as_csv(table.records()), encoding="utf-8", newline="")
    if parquet_file:
        parquet_file.write_bytes(as_parquet(table.records()))


@click.command()
@JSON
@with_data
def define(as_json: bool) -> None:
    """Say what each figure counts, in which unit, from where, and what it does not tell.

    \b
    Example:
      prevention-hub insight define
    """
    from bot.insight.figures import FIGURES

    if as_json:
        print_json([figure.as_json() for figure in FIGURES.values()])
        return
    for figure in FIGURES.values():
        say(f"{figure.key}: {figure.name} ({figure.unit})")
        say(f"  {figure.definition}\n  Source: {figure.source}.\n  Weakness: {figure.weakness}\n")


@click.command()
@click.argument("period", default="")
@click.option("--html", "html_file", type=NamedPath(), help="Write the printable page to a file.")
@JSON
@with_data
def month(period: str, html_file: Path | None, as_json: bool) -> None:
    """Show the monthly page of PERIOD, such as 2026-10 (default: the last month that is over).

    \b
    Example:
      prevention-hub insight month 2026-10 --html october.html
    """
    with this_hub(as_json) as hub:
        page = hub.month(period)
        if html_file:
            from bot.portal.pages.insight import printed

            html_file.write_text(printed(page, hub.settings.timezone), encoding="utf-8")
        if as_json:
            print_json(page.as_json())
        elif not html_file:
            from bot.cli.insight.drawing import draw_month

            draw_month(page, new_console())
