"""`news …`: what officers are told unasked."""

from __future__ import annotations

import click

from bot import wording
from bot.cli.base import new_console, print_json, say, this_hub, with_data


@click.group()
@with_data
def news() -> None:
    """Programme news, and the weekly digest that the hub approves.

    \b
    Example:
      prevention-hub news list
    """


@news.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def list_news(as_json: bool) -> None:
    """Show the posts, newest first: those that come along, and those in the data folder's news/.

    \b
    Example:
      prevention-hub news list
    """
    with this_hub(as_json) as hub:
        posts = hub.news.all()
        if as_json:
            rows = [{"date": post.day.isoformat(), "title": post.title, "text": post.text} for post in posts]
            print_json(rows)
            return
        from bot.terminal.draw import draw_news

        draw_news(posts, new_console())


@news.command("digest")
@click.argument("week", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_data
def show_digest(week: str | None, as_json: bool) -> None:
    """Show the newest weekly digest, or that of WEEK: its text, and who approved it.

    \b
    Example:
      prevention-hub news digest 2026-W47
    """
    with this_hub(as_json) as hub:
        digests = hub.records.digests
        newest = digests.newest(1)
        digest = digests.get(_week(week)) if week else newest[0] if newest else None
        if digest is None:
            raise click.ClickException(wording.NO_DIGEST)
        if as_json:
            print_json(digest.as_json())
        else:
            say(f"{digest.text}\n\n{wording.digest_state(digest.approved_by, digest.week)}")


@news.command()
@click.argument("week")
@click.option("--as", "person", help="Who acts (default: the operating-system user).")
@with_data
def approve(week: str, person: str | None) -> None:
    """Release a weekly digest: from then on "news" tells it.

    \b
    Example:
      prevention-hub news approve 2026-W47 --as "Sgt Bell"
    """
    with this_hub() as hub:
        digest = hub.office.approve_digest(hub.acting(person), _week(week))
        say(wording.digest_state(digest.approved_by, digest.week))


def _week(name: str) -> str:
    from bot.programme.digest import Week

    try:
        return Week.parse(name).name
    except ValueError as error:
        raise click.BadParameter(f"'{name}' is no week. Write it as 2026-W47.", param_hint="WEEK") from error
