"""Figures, gaps, documents and projects, drawn for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Drawn
from rich.text import Text

from bot.domain.improvement import Project
from bot.insight.documents import Quoted
from bot.insight.gaps import Gap
from bot.insight.hiding import LEAST, PEOPLE
from bot.insight.projects.following import Followed, follow
from bot.insight.projects.telling import told
from bot.insight.showing.month import Month
from bot.insight.tables import Table
from bot.terminal.draw import WIDTH
from bot.wording import insight as words


def draw_table(table: Table, console: Console) -> None:
    """Figures down, rows across as far as they fit; every figure with its unit."""
    rows = [*table.rows, *([table.whole] if table.whole else [])]
    console.print(Text(f"{table.period.name}: {table.period.in_words}", style="bold"))
    room = max(2, (console.width - 45) // 16)
    for start in range(0, len(rows), room) or [0]:
        some = rows[start : start + room]
        drawn = Drawn(box=None, pad_edge=False)
        drawn.add_column("", no_wrap=True)
        for row in some:
            drawn.add_column(row.label, justify="right", no_wrap=True, overflow="ellipsis", max_width=18)
        for figure in table.figures:
            shown = [Text(row.cells[figure.key].text, style=_style(row.cells[figure.key].is_hidden)) for row in some]
            drawn.add_row(f"{figure.name} ({figure.unit})", *shown)
        console.print(drawn)
    if table.left_out:
        console.print(Text(f"{table.left_out} more are not shown: too small."), width=WIDTH)
    console.print(Text(words.HIDDEN_WHY.format(least=LEAST, people=PEOPLE), style="dim"), width=WIDTH)


def _style(hidden: bool) -> str:
    return "dim" if hidden else ""


def draw_gaps(gaps: Sequence[Gap], console: Console, *, whole: bool = False) -> None:
    """Each gap with its size, age, what came near and why that was not enough."""
    if not gaps:
        console.print(words.GAPS_NONE)
    for gap in gaps:
        console.print(Text(f"{gap.name} · {gap.size} · {gap.heading}", style="bold"), width=WIDTH)
        lines = [f"Asked from {words.day(gap.since)} to {words.day(gap.last)}; {gap.wrong} of them marked wrong."]
        lines += [f"Near: {one.in_words} ({one.times})" for one in gap.near]
        lines += [f"Why not enough: {why}" for why in gap.whys[:1]]
        lines += [f"- {text}" for text in gap.questions] if whole else []
        lines += [gap.standing] if gap.standing else []
        console.print(Padding(Text("\n".join(lines)), (0, 2)), width=WIDTH)


def draw_documents(documents: Sequence[Quoted], console: Console) -> None:
    """What to review first, then the rest; those that were never quoted are named last."""
    drawn = Drawn(box=None, pad_edge=False)
    for heading in ("document", "quoted", "marked wrong", "days to review"):
        drawn.add_column(heading, justify="left" if heading == "document" else "right")
    for one in documents:
        if one.quoted or one.needs_review:
            style = "bold" if one.needs_review else ""
            left = "" if one.days_left is None else str(one.days_left)
            drawn.add_row(Text(one.title, style=style), str(one.quoted), str(one.wrong), left)
    console.print(drawn)
    never = [one.title for one in documents if not one.quoted]
    if never:
        console.print(Text(f"Never quoted: {', '.join(never)}"), width=WIDTH)


def draw_projects(projects: Sequence[Project], console: Console) -> None:
    """Each project in a line, and what its chart says."""
    for one in projects:
        line = f"{one.reference} · {words.STAGES[one.stage.value]} · {one.state.value} · {one.title}"
        console.print(Text(line, style="bold"), width=WIDTH)
        console.print(Padding(Text(follow(one).proof.says), (0, 2)), width=WIDTH)


def draw_project(project: Project, followed: Followed, console: Console) -> None:
    """A project with its values and what would be told of it."""
    console.print(Text(f"{project.reference} · {words.STAGES[project.stage.value]}", style="bold"))
    console.print(Padding(Text(told(project)), (1, 2)), width=WIDTH)
    for stage, note in project.notes.items():
        console.print(Text(f"{words.STAGES[stage]}: {note}"), width=WIDTH)
    for segment in followed.segments:
        limits = segment.limits
        first = words.day(followed.values[segment.start].day)
        said = f"median {segment.centre:.4g}, too few values for limits"
        if limits:
            said = f"mean {limits.centre:.4g}, limits {limits.lower:.4g} to {limits.upper:.4g}"
        console.print(Text(f"From {first}: {said} ({project.measure.unit})"), width=WIDTH)
    for at, value in enumerate(followed.values):
        console.print(Text(f"  {value.day.isoformat()}  {value.value:g}  {followed.means(at).value}"))


def draw_month(month: Month, console: Console) -> None:
    """The monthly page."""
    draw_table(month.weeks, console)
    console.print(Text(month.saved.in_words), width=WIDTH)
    draw_projects([project for project, _ in month.projects], console)
    if month.freed_in_words:
        console.print(Text(month.freed_in_words), width=WIDTH)
    for gap in month.gaps:
        console.print(Text(f"{gap.size} x {gap.heading} {gap.standing}"), width=WIDTH)
    for one in month.review:
        console.print(Text(f"Review: {one.title}, quoted {one.quoted} times, {one.days_left} days left"), width=WIDTH)
