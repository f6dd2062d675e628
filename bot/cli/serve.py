"""`serve` and `socket`: the platforms that officers are in."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from bot import wording
from bot.cli.base import GIVEN, first_edition, load_while_typing, say, this_hub, warn_of_trouble, with_data

if TYPE_CHECKING:
    from bot.app import Hub
    from bot.edges.edge import Edge


@click.command()
@click.option("--host", help="Where to listen (default: PREVENTION_HUB_HOST).")
@click.option("--port", type=click.IntRange(0, 65535), help="Where to listen (default: PREVENTION_HUB_PORT).")
@click.option("--demo", is_flag=True, help="The portal with sample people and requests, on this machine only.")
@with_data
def serve(host: str | None, port: int | None, demo: bool) -> None:
    """Run the portal and the platforms over HTTP, and deliver what is due; each is off until it is set up.

    \b
    Example:
      prevention-hub serve --demo
      prevention-hub serve --port 8080
    """
    given: dict[str, Any] = {"host": host} if host else {}
    if demo:
        from bot.portal.samples import DEMONSTRATION

        given |= DEMONSTRATION
    click.get_current_context().meta[GIVEN] = given
    with this_hub() as hub:
        from bot.server import edges_of

        hub.check_force()
        hub.examining = partial(_examined, hub)
        edges = edges_of(hub)
        first_edition(hub)
        warn_of_trouble(hub)
        if demo:
            from bot.portal.samples import add_samples

            add_samples(hub)
        load_while_typing(hub, hub.count_ahead)
        _serve(hub, edges, hub.settings.port if port is None else port, demo=demo)


def _examined(hub: Hub) -> Any:
    from bot.doctor import examine

    return examine(hub)


def _serve(hub: Hub, edges: Sequence[Edge], port: int, *, demo: bool) -> None:
    import uvicorn

    from bot.server import config_of, new_server

    host = hub.settings.host
    named = ", ".join(edge.name for edge in edges) or wording.NO_PLATFORMS
    config = config_of(new_server(hub, edges), host, port)

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            """Say where it listens once it does."""
            await super().startup(sockets=sockets)
            say(wording.SERVES.format(host=host, port=port, platforms=named), err=True)
            if demo and sys.stderr.isatty():
                click.launch(f"http://{host}:{port}/")

    Announcing(config).run()


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
        hub.check_force()
        first_edition(hub)
        warn_of_trouble(hub)
        load_while_typing(hub)
        from bot.server import listen

        say(wording.LISTENS, err=True)
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

    with this_hub() as hub:
        addresses = bool(hub.settings.one_person_by)
    say(json.dumps(made(url, socket=socket, addresses=addresses), indent=2))
