"""The terminal edge: read a line, draw a reply."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

from rich.console import Console
from rich.text import Text

from bot import wording
from bot.domain.messages import Place, Question, Reply
from bot.queue.errands import Errands
from bot.terminal.classroom import Classroom
from bot.terminal.draw import WIDTH, draw, draw_news, draw_passage
from bot.watching.steps import Step, asking, step
from knowledge.news import Post

PROMPT = "you › "
MOST_NEWS = 5


class Talks(Protocol):
    """What a conversation asks of the assistant."""

    def signpost(self, question: Question) -> Reply | None: ...
    def count(self, question: Question, signpost: Reply) -> None: ...
    def ask(self, question: Question) -> Reply: ...


class Mail(Protocol):
    """What the hub sends to the person at this terminal, and what they say of their requests."""

    def unseen(self) -> Sequence[tuple[str, str]]: ...
    def seen(self) -> None: ...
    @property
    def errands(self) -> Errands: ...


class Chat:
    """One conversation in a terminal; lives until the asker leaves."""

    def __init__(
        self,
        assistant: Talks,
        console: Console,
        asker: str,
        classroom: Classroom,
        news: Callable[[], Sequence[Post]],
        mail: Mail,
        belongs: frozenset[str] = frozenset(),
    ) -> None:
        self._belongs = belongs
        self._mail = mail
        self._assistant = assistant
        self._classroom = classroom
        self._news = news
        self._console = console
        self._asker = asker
        self._place = Place("terminal", uuid.uuid4().hex)

    def welcome(self, edition: int, documents: int) -> None:
        """What this is, what to type, and what never to use it for."""
        self._console.print(Text(wording.NAME, style="bold"), Text(wording.TAGLINE, style="dim"))
        self._console.print(wording.CHAT_HELP, style="dim", width=WIDTH)
        self._console.print(wording.SERVING.format(edition=edition, documents=documents), style="dim")
        self.show_mail()

    def show_mail(self) -> None:
        """What the hub has sent since the last time."""
        unseen = self._mail.unseen()
        for reference, text in unseen:
            draw_passage(f"{wording.INBOX}: {reference}", text, "", self._console)
        if unseen:
            self._console.file.flush()  # only what has left the program was shown
            self._mail.seen()

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
        """One message from the asker; an emergency is answered before anything else is looked at."""
        word = line.lower().strip(" .!?[]")
        question = Question(line, self._place, self._asker, belongs=self._belongs)
        signpost = self._assistant.signpost(question)
        if signpost is not None:
            draw(signpost, self._console, talking=True)
            self._assistant.count(question, signpost)
        elif word in {"help", "?"} or line == "?":
            self._console.print(f"{wording.HELP}\n\n{wording.CHAT_HELP}", width=WIDTH)
        elif word == "news":
            draw_news(self._news()[:MOST_NEWS], self._console)
        elif (told := self._mail.errands.take(line)) is not None:
            self._console.print(Text(told), width=WIDTH)
        elif self._classroom.takes(word):
            self._classroom.say(word)
        elif line:
            self._ask(question)

    def _ask(self, question: Question) -> None:
        with asking(question.place.platform):
            with self._console.status(wording.LOOKING, spinner="dots"):
                reply = self._assistant.ask(question)
            with step(Step.DRAWING):
                draw(reply, self._console, talking=True)
