"""`teams`: what Microsoft Teams needs to be given."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.base import NamedPath, say, this_hub, with_data

if TYPE_CHECKING:
    from bot.settings import Settings


@click.group()
@with_data
def teams() -> None:
    """What Microsoft Teams needs to be given.

    \b
    Example:
      prevention-hub teams package --app-id 3f2504e0-4f89-41d3-9a0c-0305e82c3301 \\
        --host hub.example.police.uk prevention-hub-teams.zip
    """


@teams.command()
@click.argument("out", type=NamedPath(dir_okay=False), metavar="OUT.zip")
@click.option("--app-id", help="The app's (client) id (default: PREVENTION_HUB_TEAMS_CLIENT_ID).")
@click.option("--host", help="The public name of `serve` (default: that of PREVENTION_HUB_PUBLIC_URL).")
@click.option(
    "--variant",
    type=click.Choice(["stable", "targeted"]),
    default="stable",
    show_default=True,
    help="targeted: with private messages in channels and slash commands.",
)
@with_data
def package(out: Path, app_id: str | None, host: str | None, variant: str) -> None:
    """Write the app package, to be uploaded in the Teams admin centre.

    \b
    Example:
      prevention-hub teams package --app-id 3f2504e0-4f89-41d3-9a0c-0305e82c3301 \\
        --host hub.example.police.uk prevention-hub-teams.zip
    """
    with this_hub() as hub:
        from bot.teams import wording as said
        from bot.teams.packing.package import Variant, app_package

        app_id = app_id if app_id is not None else _app_id(hub.settings)
        host = host if host is not None else _host(hub.settings)
        made = app_package(app_id, host, Variant(variant))
        try:
            out.write_bytes(made)
        except OSError as error:
            raise click.ClickException(said.NOT_WRITTEN.format(out=out, why=error.strerror)) from error
        say(said.PACKED.format(out=out), err=True)


def _app_id(settings: Settings) -> str:
    from bot.domain.refusals import Refused
    from bot.teams.wording import NO_APP_ID

    if not settings.teams_client_id:
        raise Refused(NO_APP_ID)
    return settings.teams_client_id


def _host(settings: Settings) -> str:
    """The host of the public address; with its port, which is refused later."""
    from bot.domain.refusals import Refused
    from bot.teams.wording import NO_HOST, URL_NOT_HTTPS

    if not settings.public_url:
        raise Refused(NO_HOST)
    if not settings.public_url.lower().startswith("https://"):
        raise Refused(URL_NOT_HTTPS)
    return re.split(r"[/?#]", settings.public_url[len("https://") :])[0]
