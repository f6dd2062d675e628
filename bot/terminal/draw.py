"""A reply on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot import wording
from bot.domain.messages import Citation, Outcome, Reply
from knowledge.news import Post

WIDTH = 92
"""Longest line that is pleasant to read."""


def draw(reply: Reply, console: Console, *, talking: bool = False) -> None:
    """A reply on the screen; in a conversation also what can be typed next."""
    if reply.notice:
        console.print(reply.notice, style="yellow", width=WIDTH)
        console.print()
    if reply.outcome is Outcome.ANSWERED:
        _draw_answer(reply, console, talking)
    elif reply.outcome is Outcome.POSSIBLE:
        _draw_candidates(reply, console, talking)
    else:
        style = "bold red" if reply.outcome is Outcome.URGENT else ""
        console.print(Text(reply.body, style=style), width=WIDTH)
    if reply.receipt:
        console.print(Text(wording.RECEIPT.format(receipt=reply.receipt), style="dim"))


def _draw_answer(reply: Reply, console: Console, talking: bool) -> None:
    first, further = reply.citations[0], reply.citations[1:]
    if first.status in wording.QUOTED_FROM:
        console.print(Text(wording.QUOTED_FROM[first.status], style="yellow"))
    console.print(Text.assemble(("[1] ", "cyan"), (wording.source(first), "bold")), width=WIDTH)
    console.print(Padding(Text(first.quote), (1, 4)), width=WIDTH)
    console.print(Padding(Text(wording.standing(first), style="dim"), (0, 4)), width=WIDTH)
    if further:
        console.print(Text(wording.SEE_ALSO, style="bold"))
    _draw_list(further, console, 2, first)
    hint = f" {wording.AFTER_ANSWER}" if talking else ""
    console.print(Text(f"{wording.confidence(reply.confidence or 0)}.{hint}", style="dim"), width=WIDTH)
    if reply.trouble:
        console.print(reply.trouble, style="yellow", width=WIDTH)


def _draw_candidates(reply: Reply, console: Console, talking: bool) -> None:
    console.print(wording.POSSIBLE, width=WIDTH)
    _draw_list(reply.candidates, console)
    console.print(Text(wording.CHOOSE if talking else wording.OR_ASK_HUB, style="dim"), width=WIDTH)


def _draw_list(citations: Sequence[Citation], console: Console, start: int = 1, shown: Citation | None = None) -> None:
    for line in wording.numbered(citations, start, shown):
        mark, rest = line.split(" ", 1)
        where, *standing = rest.split(" · ", 1)
        dim = f" · {standing[0]}" if standing else ""
        console.print(Text.assemble((f"{mark} ", "cyan"), where, (dim, "dim")), width=WIDTH)


def draw_passage(title: str, text: str, below: str, console: Console) -> None:
    """A whole passage in a frame."""
    console.print(
        Panel(
            Text(text),
            title=Text(title),
            subtitle=Text(below),
            title_align="left",
            subtitle_align="left",
            width=WIDTH,
        )
    )


def draw_news(posts: Sequence[Post], console: Console) -> None:
    """Posts, one below the other."""
    for number, post in enumerate(posts):
        if number:
            console.print()
        console.print(Text.assemble((post.title, "bold"), (f" · {wording.day(post.day)}", "dim")), width=WIDTH)
        console.print(Text(post.text), width=WIDTH)
    if not posts:
        console.print(wording.NO_NEWS)
