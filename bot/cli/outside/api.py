"""`api token …`: programs that use the JSON API."""

from __future__ import annotations

import click

from bot.cli.base import acting, show, this_hub, with_data

SCOPES = ("ask", "requests", "board", "library")


@click.group()
@with_data
def api() -> None:
    """The JSON API that `serve` offers under /api/v1.

    \b
    Example:
      prevention-hub api token list
    """


@api.group()
@with_data
def token() -> None:
    """Tokens: one for each program; only a digest of it is kept.

    \b
    Example:
      prevention-hub api token add intranet --for pc-4711 --scope ask --scope library
    """


@token.command()
@click.argument("name")
@click.option("--for", "for_person", required=True, help="In whose name, and within whose roles, it acts.")
@click.option("--scope", "scopes", multiple=True, required=True, type=click.Choice(SCOPES), help="What it is for.")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 366), help="After which it ends.")
@acting
def add(name: str, for_person: str, scopes: tuple[str, ...], days: int, person: str | None, as_json: bool) -> None:
    """Make a token for the program NAME, and show it this once; for admins.

    \b
    Example:
      prevention-hub api token add intranet --for pc-4711 --scope ask --days 30
    """
    with this_hub(as_json) as hub:
        made = hub.clients.add(hub.acting(person), name, for_person, scopes, days)
        show(
            as_json,
            {"name": name, "token": made},
            f"{made}\nIt is shown this once. Send it as: Authorization: Bearer …",
        )


@token.command("list")
@acting
def list_tokens(person: str | None, as_json: bool) -> None:
    """List the tokens' names, for whom they act, and when they end.

    \b
    Example:
      prevention-hub api token list
    """
    with this_hub(as_json) as hub:
        found = hub.clients.all(hub.acting(person))
        lines = [
            f"{one.name}: for {one.person}; {', '.join(sorted(one.scopes))}; until {one.ends_at:%Y-%m-%d}; "
            f"last used {one.used_on or 'never'}"
            for one in found
        ]
        show(as_json, [one.as_json() for one in found], "\n".join(lines) or "No tokens.")


@token.command()
@click.argument("name")
@acting
def revoke(name: str, person: str | None, as_json: bool) -> None:
    """End the token of the program NAME at once.

    \b
    Example:
      prevention-hub api token revoke intranet
    """
    with this_hub(as_json) as hub:
        hub.clients.revoke(hub.acting(person), name)
        show(as_json, {"revoked": name}, f"Revoked: {name}")
