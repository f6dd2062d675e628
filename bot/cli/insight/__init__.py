"""`insight …`: what the programme can prove."""

from __future__ import annotations

import click

from bot.cli.base import with_data
from bot.cli.insight import claims
from bot.cli.insight.figures import define, figures, month
from bot.cli.insight.projects import projects
from bot.cli.insight.reading import documents, gaps


@click.group()
@with_data
def insight() -> None:
    """Figures with their definitions, gaps in guidance, documents to review, and improvement projects.

    \b
    Example:
      prevention-hub insight figures 2026-10 --by subject
    """


__all__ = ["claims", "insight"]
for _command in (figures, define, month, gaps, documents, projects):
    insight.add_command(_command)
