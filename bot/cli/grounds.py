"""Why a reply was given, drawn for a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import wording
from bot.domain.talk.weighing import Grounds, Near
from bot.terminal.draw import WIDTH


def draw_grounds(grounds: Grounds, console: Console) -> None:
    """The verdict, what was found, what was weighed against it, and the judge's signals."""
    weighed = grounds.weighed
    if weighed is None:
        console.print(wording.NO_GROUNDS, width=WIDTH)
        return
    reason = f" ({weighed.reason})" if weighed.reason else ""
    sure = "" if grounds.confidence is None else f", {wording.GROUNDS_CONFIDENCE.format(value=grounds.confidence)}"
    console.print(Text(f"{wording.GROUNDS_VERDICT}: {weighed.verdict}{reason}{sure}", style="bold"), width=WIDTH)
    if weighed.read_by is not None:
        read = weighed.read_by
        unusable = "" if read.usable else wording.GROUNDS_UNUSABLE
        said = wording.GROUNDS_READER.format(
            model=read.model, seconds=read.seconds, answers=read.answers.replace("_", " "), unusable=unusable
        )
        console.print(Text(said), width=WIDTH)
    for one in weighed.besides:
        words = wording.GROUNDS_AGREES if one.agrees else wording.GROUNDS_DIFFERS
        console.print(Text(words.format(model=one.model)), width=WIDTH)
    if weighed.follows:
        console.print(wording.GROUNDS_FOLLOWS, width=WIDTH)
    _draw_near(wording.GROUNDS_FOUND, weighed.near, console)
    _draw_near(wording.GROUNDS_AGAINST, weighed.against, console)
    signals = "  ".join(f"{name} {value:.3f}" for name, value in grounds.signals.items())
    console.print(Text(f"{wording.GROUNDS_SIGNALS}: {signals or '-'}", style="dim"), width=WIDTH)
    if grounds.chosen:
        chosen = ", ".join(map(str, grounds.chosen))
        console.print(f"{wording.GROUNDS_CHOSEN}: {chosen}", width=WIDTH)


def _draw_near(heading: str, near: tuple[Near, ...], console: Console) -> None:
    if not near:
        return
    table = Table(box=None, pad_edge=False, title=heading, title_justify="left", title_style="bold")
    for name in ("combined", "similarity", "closeness", "kind"):
        table.add_column(name, no_wrap=True)
    table.add_column("section", overflow="fold")
    for one in near:
        values = (f"{value:.3f}" for value in (one.combined, one.similarity, one.closeness))
        table.add_row(*values, one.kind, Text(f"{one.document} > {one.section}"))
    console.print(table)
