"""Requests, receipts and the doctor's report, drawn for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot import wording
from bot.doctor import Report
from bot.domain.messages import Reply
from bot.domain.proposals import AdviceState, Lesson
from bot.domain.receipts import Standing, Verification
from bot.domain.record import Recorded
from bot.domain.requests import Request
from bot.domain.timing.pace import Targets
from bot.queue.waiting.late import Offer
from bot.queue.waiting.recall import Recall
from bot.terminal.draw import WIDTH

NamesOf = Callable[[list[str]], Mapping[str, str]]
"""Ids of people to their names, as far as they are known."""
WIDE = 110
"""Columns from which the question has one of its own."""
STANDING = {
    Standing.UNCHANGED: "stands, word for word",
    Standing.CHANGED: "has CHANGED since",
    Standing.WITHDRAWN: "has been WITHDRAWN",
    Standing.PAST_REVIEW: "is past its review date: ask the hub before relying on it",
}


def draw_requests(
    requests: Sequence[Request], console: Console, targets: Targets, now: datetime, names_of: NamesOf
) -> None:
    """Requests as they were found: a table, or two lines each where the screen is too narrow for one."""
    names = names_of([request.claimed_by for request in requests if request.claimed_by]) if requests else {}
    if not requests:
        console.print(wording.NO_REQUESTS)
    elif console.width >= WIDE:
        console.print(_as_table(requests, targets, now, names))
    else:
        for request in requests:
            opened, due = _opened(request, targets), _due(request, targets, now)
            facts = (request.reference, request.state.value, _kind(request), _holder(request, names), opened)
            line = Text(" · ".join(filter(None, facts)), style="bold")
            console.print(Text.assemble(line, " · reply by ", due) if due else line)
            console.print(Text(f"  {_line(request.question)}"), no_wrap=True, overflow="ellipsis")


def _as_table(requests: Sequence[Request], targets: Targets, now: datetime, names: Mapping[str, str]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("reference", "state", "kind", "with", "opened", "reply by"):
        table.add_column(heading, no_wrap=True)
    table.add_column("question", overflow="ellipsis", no_wrap=True, ratio=1)
    for request in requests:
        opened, due = _opened(request, targets), _due(request, targets, now)
        facts = (request.reference, request.state.value, _kind(request), _holder(request, names), opened)
        table.add_row(*facts, due, Text(_line(request.question)))
    return table


def _kind(request: Request) -> str:
    """Kind and theme, in words."""
    return " / ".join(filter(None, (wording.KIND_NAMES[request.kind.value], request.theme.replace("_", " "))))


def _holder(request: Request, names: Mapping[str, str]) -> str:
    return names.get(request.claimed_by, request.claimed_by)


def _opened(request: Request, targets: Targets) -> str:
    return f"{request.opened_at.astimezone(targets.hours.zone):%d %b %H:%M}"


def _due(request: Request, targets: Targets, now: datetime) -> Text:
    """When a reply is due, in the hub's own time; marked in words where it is late."""
    due = targets.reply_by(request)
    if due is None:
        return Text("")
    shown = f"{due.astimezone(targets.hours.zone):%d %b %H:%M}"
    return Text(f"{shown} OVERDUE", style="bold red") if due <= now else Text(shown)


def draw_request(request: Request, console: Console, targets: Targets, now: datetime, names_of: NamesOf) -> None:
    """One request with all that the hub needs to work it: in its own time, with names where they are known."""
    people = {request.asker, request.claimed_by, *(event.actor for event in request.events)}
    names = names_of(sorted(people | {message.author for message in request.messages} - {""}))
    local = Local(targets, names)
    console.print(Text(f"{request.reference} · {request.kind.value} · {request.state.value}", style="bold"))
    console.print(Padding(Text(request.question), (1, 2)), width=WIDTH)
    asker = names.get(request.asker, request.asker)
    console.print(Text(f"Opened {local.time(request.opened_at)} by {asker} ({request.place.platform})"))
    for name, value in (("Theme", request.theme.replace("_", " ")), ("Where", request.area)):
        if value:
            console.print(Text(f"{name}: {value}"), width=WIDTH)
    console.print(Text(f"Why it is here: {request.why}"), width=WIDTH)
    _draw_standing(request, console, targets, now, names)
    _draw_said(request, console, local)
    if request.found:
        console.print(Text("What was found", style="bold"))
    for number, citation in enumerate(request.found, 1):
        console.print(Text(f"[{number}] {citation.similarity:.2f} {wording.source(citation)}"), width=WIDTH)
    console.print(Text("What happened", style="bold"))
    for event in request.events:
        console.print(Text(f"{local.time(event.at)} {wording.event_line(event, names)}"), width=WIDTH)


@dataclass(frozen=True, slots=True)
class Local:
    """How moments and people are shown."""

    targets: Targets
    names: Mapping[str, str]

    def time(self, at: datetime) -> str:
        """In the hub's own time."""
        return f"{at.astimezone(self.targets.hours.zone):%d %b %Y %H:%M}"


def _draw_standing(
    request: Request, console: Console, targets: Targets, now: datetime, names: Mapping[str, str]
) -> None:
    """Who has it, by when it should have a reply, and what it is joined with."""
    due = _due(request, targets, now)
    if due:
        console.print(Text.assemble("Reply by ", due))
    if request.claimed_by:
        console.print(Text(f"With {_holder(request, names)}"))
    if request.joined_to:
        console.print(Text(f"Answered with {request.joined_to}"))
    if request.joined:
        console.print(Text(f"Answers too: {', '.join(request.joined)}"))
    if request.outcome:
        console.print(Text(f"Closed {wording.CLOSED_AS[request.outcome]}"))


def _draw_said(request: Request, console: Console, local: Local) -> None:
    if request.messages:
        console.print(Text("What was said", style="bold"))
    for message in request.messages:
        kind, author = message.kind.value.replace("_", " "), local.names.get(message.author, message.author)
        console.print(Text(f"{local.time(message.at)} {author} ({kind}):"), width=WIDTH)
        console.print(Padding(Text(message.text), (0, 2)), width=WIDTH)


def draw_offers(offers: Sequence[Offer], console: Console) -> None:
    """What guidance would answer now, each with everybody who waits for it."""
    if not offers:
        console.print(wording.LATE_NONE)
    for offer in offers:
        for request in offer.requests:
            console.print(Text(f"{request.reference} {_line(request.question)}", style="bold"), width=WIDTH)
        console.print(Padding(Text(wording.late_quote(offer.citation)), (0, 2)), width=WIDTH)
        console.print(Text(f"{wording.LATE_SEND.format(reference=offer.reference)}\n", style="dim"))


def draw_recalls(recalls: Sequence[Recall], days: int, console: Console) -> None:
    """What does not stand any more, old and new one below the other, and who was shown it."""
    if not recalls:
        console.print(wording.RECALL_NONE.format(days=days))
    for recall in recalls:
        checked = recall.checked
        stands = STANDING[checked.standing]
        console.print(Text.assemble((wording.source(checked.citation), "bold"), f" {stands}"), width=WIDTH)
        console.print(Padding(Text(f"Then: {checked.citation.quote}"), (0, 2)), width=WIDTH)
        if checked.now:
            console.print(Padding(Text(f"Now: {checked.now}"), (0, 2)), width=WIDTH)
        console.print(Text(f"Shown {len(recall.shown)} times, to {', '.join(recall.people)}"), width=WIDTH)
        console.print(Text(f"{wording.RECALL_TELL.format(name=recall.name)}\n", style="dim"))


def draw_lessons(lessons: Sequence[Lesson], console: Console) -> None:
    """The learning store, and what it brought."""
    if not lessons:
        console.print(wording.LESSONS_NONE)
        return
    for lesson in lessons:
        console.print(Text.assemble((f"{lesson.reference} {lesson.title}", "bold"), f" · {lesson.state.value}"))
        console.print(Padding(Text(f"{lesson.tried}\n{lesson.happened}"), (0, 2)), width=WIDTH)
    approved = [lesson for lesson in lessons if lesson.state is AdviceState.APPROVED]
    hours = sum(lesson.benefits.hours_freed for lesson in approved)
    console.print(Text(wording.LESSONS_BROUGHT.format(count=len(approved), hours=f"{hours:g}"), style="dim"))


def draw_rehearsal(asked: Sequence[str], now: Sequence[Reply], then: Sequence[Reply], console: Console) -> None:
    """Each question with what officers get now, and what they would get."""
    for question, before, after in zip(asked, now, then, strict=True):
        console.print(Text(question, style="bold"), width=WIDTH)
        for heading, reply in ((wording.REHEARSE_NOW, before), (wording.REHEARSE_WITH, after)):
            console.print(Text(heading, style="dim"))
            console.print(Padding(Text(_without_reference(reply)), (0, 2, 1, 2)), width=WIDTH)


def _without_reference(reply: Reply) -> str:
    """A rehearsal opens no request, so it names none."""
    return reply.text.replace(wording.HANDED_OVER.format(reference=reply.request), "").strip()


def draw_verification(checked: Verification, console: Console, zone: tzinfo) -> None:
    """What was shown, whether that is what is kept, and how each quote stands now; times in a zone."""
    receipt = checked.receipt
    shown_from = f"edition {receipt.edition}" if receipt.edition else "no edition"
    console.print(Text(f"Receipt {receipt.code}: {receipt.outcome.value}, {shown_from}", style="bold"))
    shown_at = f"{receipt.at.astimezone(zone):%d %B %Y %H:%M}"
    console.print(Text(f"Shown {shown_at}. Checked against edition {checked.edition}."))
    if receipt.recorded is not Recorded.MATCHES:
        style = "bold red" if receipt.recorded is Recorded.ALTERED else ""
        console.print(Text(wording.RECORDED[receipt.recorded.value], style=style), width=WIDTH)
    if receipt.request:
        console.print(Text(f"It opened request {receipt.request}."))
    console.print(Padding(Text(receipt.text), (1, 2)), width=WIDTH)
    for number, item in enumerate(checked.checked, 1):
        style = "green" if item.standing is Standing.UNCHANGED else "bold red"
        console.print(Text.assemble(f"[{number}] {wording.source(item.citation)} ", (STANDING[item.standing], style)))
        if item.now:
            console.print(Padding(Text(f"Now: {item.now}"), (0, 4)), width=WIDTH)


def draw_report(report: Report, console: Console) -> None:
    """What was examined, with a mark a person without colours can read too."""
    for finding in report.findings:
        mark, style = {True: ("ok  ", "green"), False: ("MEND", "bold red")}[finding.good]
        console.print(Text.assemble((mark, style), f"  {finding.what}: {finding.said}"))
        if finding.remedy:
            console.print(Text(f"      {finding.remedy}"))
    _draw_first_day(report, console)
    console.print(Text("Settings", style="bold"))
    for name, value, origin in report.settings:
        console.print(Text(f"      {name} = {value or '(not set)'} ({origin})"))


def _draw_first_day(report: Report, console: Console) -> None:
    left = sum(not task.done for task in report.first_day)
    heading = f"Before the first day: {left} left to do, in this order" if left else "Ready for the first day"
    console.print(Text(heading, style="bold"))
    for number, task in enumerate(report.first_day, 1):
        mark, style = ("done", "green") if task.done else ("TO DO", "bold yellow")
        console.print(Text.assemble(f"  {number}. ", (mark, style), f" {task.what}: {task.said}"))
        if not task.done and task.remedy:
            console.print(Text(f"      {task.remedy}"))


def _line(text: str) -> str:
    return " ".join(text.split())
