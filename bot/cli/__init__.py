"""The command line of the assistant and the queue. Heavy rooms are entered only by commands that need them."""

from __future__ import annotations

import click

from bot.cli.base import open_hub, with_data
from bot.cli.care import doctor, upgrade, verify
from bot.cli.insight import insight
from bot.cli.lessons import lessons
from bot.cli.library import index
from bot.cli.news import news
from bot.cli.office import export, hold, pause, purge, resume
from bot.cli.outside import api, deploy, echo
from bot.cli.promoting import recall
from bot.cli.record import audit, backup, restore
from bot.cli.requests import requests
from bot.cli.serve import serve, slack, socket
from bot.cli.talk import ask, chat, feedback
from bot.cli.teams import teams
from bot.cli.worker import worker
from bot.cli.working import claim
from bot.watching import logs

__all__ = ["claim", "main", "open_hub", "recall"]

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(package_name="prevention-hub")
@click.pass_context
@with_data
def main(context: click.Context) -> None:
    """Officers ask; guidance answers, word for word and cited; the rest goes to the hub.

    \b
    Example:
      prevention-hub ask "how long can we keep someone under section 136"
    """
    logs.begin()
    context.obj = context.obj or open_hub


_TALK = (chat, ask, feedback, requests, lessons, verify, news, insight, echo)
_CARE = (index, doctor, pause, resume, hold, purge, export, audit, backup, restore, upgrade, api)
_RUN = (serve, socket, worker, slack, teams, deploy)
for _command in (*_RUN, *_TALK, *_CARE):
    main.add_command(_command)
