"""`serve` and `socket`: the platforms that officers are in."""

from __future__ import annotations

import json

import click

from bot import wording
from bot.cli.base import first_edition, load_while_typing, this_hub, warn_of_trouble, with_data


@click.command()
@click.option("--host", help="Where to listen (default: PREVENTION_HUB_HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="Where to listen (default: PREVENTION_HUB_PORT).")
@with_data
def serve(host: str | None, port: int | None) -> None:
    """Run the platforms over HTTP, and deliver what is due; platforms are off until their credentials are there.

    \b
    Example:
      prevention-hub serve --port 8080
    """
    import uvicorn

    from bot.server import edges_of, new_server

    with this_hub() as hub:
        first_edition(hub)
        warn_of_trouble(hub)
        load_while_typing(hub)
        edges = edges_of(hub)
        named = ", ".join(edge.name for edge in edges) or wording.NO_PLATFORMS
        where = host or hub.settings.host, hub.settings.port if port is None else port
        click.echo(wording.SERVES.format(host=where[0], port=where[1], platforms=named), err=True)
        uvicorn.run(
            new_server(hub, edges),
            host=where[0],
            port=where[1],
            log_level="warning",
            access_log=False,
            timeout_graceful_shutdown=20,
            server_header=False,
        )


@click.command()
@with_data
def socket() -> None:
    """Run Slack without a public address, by Socket Mode, and deliver what is due.

    \b
    Example:
      prevention-hub socket
    """
    import asyncio

    with this_hub() as hub:
        settings = hub.settings
        if not settings.slack_on or settings.slack_app_token is None:
            raise click.ClickException(wording.SOCKET_NEEDS)
        first_edition(hub)
        warn_of_trouble(hub)
        load_while_typing(hub)
        from bot.server import listen

        click.echo(wording.LISTENS, err=True)
        asyncio.run(listen(hub))


@click.group()
@with_data
def slack() -> None:
    """What Slack needs to be told.

    \b
    Example:
      prevention-hub slack manifest --socket
    """


@slack.command()
@click.option("--url", default="", help="The public address of `serve`.")
@click.option("--socket", is_flag=True, help="For Socket Mode, which needs no public address.")
@with_data
def manifest(url: str, socket: bool) -> None:
    """Print the app's manifest, to be pasted into Slack under "Create an app, from a manifest".

    \b
    Example:
      prevention-hub slack manifest --url https://hub.example.police.uk
    """
    from bot.slack.installing import manifest as made

    click.echo(json.dumps(made(url, socket=socket), indent=2))
