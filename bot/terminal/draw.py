"""A reply on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot import wording
from bot.domain.messages import Outcome, Reply
from bot.edges import layout
from bot.edges.layout import Part
from knowledge.news import Post

WIDTH = 92
"""Longest line that is pleasant to read."""


def draw(reply: Reply, console: Console, *, talking: bool = False) -> None:
    """A reply on the screen; in a conversation also what can be typed next."""
    for part in layout.parts_of(reply):
        _draw_part(part, reply, console)
    hint = _hint(reply, talking)
    if hint:
        console.print(Text(hint, style="dim"), width=WIDTH)


def _draw_part(part: Part, reply: Reply, console: Console) -> None:
    if isinstance(part, layout.Quoted):
        _draw_quote(part, console)
    elif isinstance(part, layout.Listed):
        mark, _, rest = part.source.partition(" · ")
        standing = (f" · {rest}", "dim") if rest else ""
        console.print(Text.assemble((f"[{part.number}] ", "cyan"), mark, standing), width=WIDTH)
        if part.best:
            console.print(Padding(Text(f"“{part.best}”"), (0, 4)), width=WIDTH)
    elif isinstance(part, layout.Head):
        console.print(Text(part.text, style="bold"))
    elif isinstance(part, layout.Said):
        style = "bold red" if reply.outcome is Outcome.URGENT else ""
        console.print(Text(part.text, style=style), width=WIDTH)
    else:
        loud = part.text in (reply.notice, reply.trouble)
        console.print(Text(part.text, style="yellow" if loud else "dim"), width=WIDTH)
        if part.text == reply.notice:
            console.print()


def _draw_quote(part: layout.Quoted, console: Console) -> None:
    words = Text()
    if part.before:
        words.append(f"{part.before}\n")
    if part.answer:
        words.append(part.answer, "bold")
    if part.rest:
        words.append(f"\n{part.rest}" if part.answer else part.rest)
    console.print(Padding(words, (1, 4)), width=WIDTH)
    console.print(Padding(Text(part.source, style="dim"), (0, 4)), width=WIDTH)


def _hint(reply: Reply, talking: bool) -> str:
    """What can be typed next."""
    related = "".join(f"\n  {one}" for one in reply.related)
    if reply.outcome is Outcome.ANSWERED and talking:
        return wording.AFTER_ANSWER + (f"\n{wording.RELATED}{related}" if related else "")
    if reply.outcome is Outcome.POSSIBLE:
        return wording.CHOOSE if talking else wording.OR_ASK_HUB
    return ""


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
