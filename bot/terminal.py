"""The terminal edge: read a line, draw a reply."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot import wording
from bot.messages import Citation, Outcome, Place, Question, Reply

PROMPT = "you › "
WIDTH = 92
"""Longest line that is pleasant to read."""


class Talks(Protocol):
    """What a conversation asks of the assistant."""

    def ask(self, question: Question) -> Reply: ...
    def hand_over(self, question: Question, found: Sequence[Citation] = ()) -> Reply: ...


Passage = Callable[[Citation], str]
"""The whole text of the passage that a citation quotes."""


class Chat:
    """One conversation in a terminal; lives until the asker leaves."""

    def __init__(self, assistant: Talks, passage: Passage, console: Console, asker: str) -> None:
        self._assistant = assistant
        self._passage = passage
        self._console = console
        self._asker = asker
        self._place = Place("terminal", uuid.uuid4().hex)
        self._earlier: tuple[str, ...] = ()
        self._question: Question | None = None
        self._shown: tuple[Citation, ...] = ()

    def welcome(self, edition: int, documents: int) -> None:
        """What this is, what to type, and what never to use it for."""
        self._console.print(Text(wording.NAME, style="bold"), Text(wording.TAGLINE, style="dim"))
        self._console.print(wording.CHAT_HELP, style="dim", width=WIDTH)
        self._console.print(wording.SERVING.format(edition=edition, documents=documents), style="dim")

    def run(self, read: Callable[[str], str]) -> None:
        """Talk until the input ends or the asker leaves."""
        while True:
            self._console.print()
            try:
                line = read(PROMPT).strip()
            except (EOFError, KeyboardInterrupt):
                self._console.print(f"\n{wording.BYE}")
                return
            if line.lower() in {"quit", "exit", "q"}:
                self._console.print(wording.BYE)
                return
            self.say(line)

    def say(self, line: str) -> None:
        """One line from the asker."""
        word = line.lower().strip(" .!?[]")
        if word.isdigit() and self._shown:
            self._open(int(word))
        elif word in {"hub", "ask the hub", "ask hub"}:
            self._to_hub()
        elif word in {"help", "?"} or line == "?":
            self._console.print(f"{wording.HELP}\n\n{wording.CHAT_HELP}", width=WIDTH)
        elif line:
            self._ask(line)

    def _ask(self, line: str) -> None:
        self._question = Question(line, self._place, self._asker, self._earlier)
        with self._console.status(wording.LOOKING, spinner="dots"):
            reply = self._assistant.ask(self._question)
        self._earlier = (*self._earlier[-4:], line)
        self._shown = reply.citations or reply.candidates
        draw(reply, self._console, talking=True)

    def _open(self, number: int) -> None:
        """Show a cited passage whole."""
        if not 1 <= number <= len(self._shown):
            self._console.print(wording.NO_SUCH_PASSAGE.format(count=len(self._shown)))
            return
        citation = self._shown[number - 1]
        self._console.print(
            Panel(
                Text(self._passage(citation) or citation.quote),
                title=Text(f"[{number}] {wording.source(citation)}"),
                subtitle=Text(wording.standing(citation)),
                title_align="left",
                subtitle_align="left",
                width=WIDTH,
            )
        )

    def _to_hub(self) -> None:
        """Hand the last question over, whatever was answered."""
        if self._question is None:
            self._console.print(wording.NOTHING_TO_HAND_OVER)
            return
        draw(self._assistant.hand_over(self._question, self._shown), self._console, talking=True)


def draw(reply: Reply, console: Console, *, talking: bool = False) -> None:
    """A reply on the screen; in a conversation also what can be typed next."""
    if reply.redacted:
        console.print(wording.redacted(reply.redacted), style="yellow", width=WIDTH)
        console.print()
    if reply.outcome is Outcome.ANSWERED:
        _draw_answer(reply, console, talking)
    elif reply.outcome is Outcome.POSSIBLE:
        _draw_candidates(reply, console, talking)
    else:
        style = "bold red" if reply.outcome is Outcome.URGENT else ""
        console.print(Text(_without_redactions(reply), style=style), width=WIDTH)
    if reply.receipt:
        console.print(Text(wording.RECEIPT.format(receipt=reply.receipt), style="dim"))


def _draw_answer(reply: Reply, console: Console, talking: bool) -> None:
    first, further = reply.citations[0], reply.citations[1:]
    console.print(Text.assemble(("[1] ", "cyan"), (wording.source(first), "bold")), width=WIDTH)
    console.print(Padding(Text(first.quote), (1, 4)), width=WIDTH)
    console.print(Padding(Text(wording.standing(first), style="dim"), (0, 4)), width=WIDTH)
    if further:
        console.print(Text(wording.SEE_ALSO, style="bold"))
    _draw_list(further, console, 2, first)
    hint = f" {wording.AFTER_ANSWER}" if talking else ""
    console.print(Text(f"{wording.confidence(reply.confidence or 0)}.{hint}", style="dim"), width=WIDTH)
    if wording.ANSWER_NOT_RECORDED in reply.text:
        console.print(wording.ANSWER_NOT_RECORDED, style="yellow", width=WIDTH)


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


def _without_redactions(reply: Reply) -> str:
    """The text below the line about what was taken out, which is drawn apart."""
    return reply.text.split("\n\n", 1)[-1] if reply.redacted else reply.text
