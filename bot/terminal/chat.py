"""The terminal edge: read a line, draw a reply."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from typing import Protocol

from rich.console import Console
from rich.text import Text

from bot import wording
from bot.domain.messages import Citation, Place, Question, Reply
from bot.queue.errands import Errands
from bot.terminal.classroom import Classroom
from bot.terminal.draw import WIDTH, draw, draw_news, draw_passage
from knowledge.news import Post

PROMPT = "you › "
MOST_NEWS = 5
_WRONG = re.compile(r"(?:that is |that's |this is )?wrong: *(.+)", re.IGNORECASE | re.DOTALL)


class Talks(Protocol):
    """What a conversation asks of the assistant."""

    def ask(self, question: Question) -> Reply: ...
    def signpost(self, question: Question) -> Reply | None: ...
    def count(self, question: Question, signpost: Reply) -> None: ...
    def hand_over(self, question: Question, found: Sequence[Citation] = ()) -> Reply: ...


Passage = Callable[[Citation], str]
"""The whole text of the passage that a citation quotes."""


class Mail(Protocol):
    """What the hub sends to whoever sits here, and what they say of it."""

    def unseen(self) -> Sequence[tuple[str, str]]: ...
    @property
    def errands(self) -> Errands: ...
    def judge(self, place: Place, reply: Reply, *, helped: bool, reason: str = "") -> str: ...


class Chat:
    """One conversation in a terminal; lives until the asker leaves."""

    def __init__(
        self,
        assistant: Talks,
        passage: Passage,
        console: Console,
        asker: str,
        classroom: Classroom,
        news: Callable[[], Sequence[Post]],
        mail: Mail,
    ) -> None:
        self._mail = mail
        self._assistant = assistant
        self._classroom = classroom
        self._news = news
        self._passage = passage
        self._console = console
        self._asker = asker
        self._place = Place("terminal", uuid.uuid4().hex)
        self._earlier: tuple[str, ...] = ()
        self._question: Question | None = None
        self._shown: tuple[Citation, ...] = ()
        self._reply: Reply | None = None

    def welcome(self, edition: int, documents: int) -> None:
        """What this is, what to type, and what never to use it for."""
        self._console.print(Text(wording.NAME, style="bold"), Text(wording.TAGLINE, style="dim"))
        self._console.print(wording.CHAT_HELP, style="dim", width=WIDTH)
        self._console.print(wording.SERVING.format(edition=edition, documents=documents), style="dim")
        self.show_mail()

    def show_mail(self) -> None:
        """What the hub has sent since the last time."""
        for reference, text in self._mail.unseen():
            draw_passage(f"{wording.INBOX}: {reference}", text, "", self._console)

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
        if self._is_urgent(line):
            self._ask(line)
        elif word.isdigit() and self._shown:
            self._open(int(word))
        elif word in {"hub", "ask the hub", "ask hub"}:
            self._to_hub()
        elif word in {"help", "?"} or line == "?":
            self._console.print(f"{wording.HELP}\n\n{wording.CHAT_HELP}", width=WIDTH)
        elif word == "news":
            self._tell_news()
        elif (told := self._about_requests(line, word)) is not None:
            self._console.print(Text(told), width=WIDTH)
        elif self._classroom.takes(word):
            self._classroom.say(word)
        elif line:
            self._ask(line)

    def _is_urgent(self, line: str) -> bool:
        """Whether it is an emergency, whatever else it may look like."""
        return self._assistant.signpost(Question(line, self._place, self._asker)) is not None

    def _about_requests(self, line: str, word: str) -> str | None:
        """What is said of a reply or a request; nothing if the line is about neither."""
        told = self._mail.errands.take(line, (self._reply.request or "") if self._reply else "")
        if told is not None:
            return told
        if self._reply is None or not self._reply.receipt:
            return None
        if word in {"good", "that helped", "helped", "helpful"}:
            return self._mail.judge(self._place, self._reply, helped=True)
        if (wrong := _WRONG.fullmatch(line)) is not None:
            return self._mail.judge(self._place, self._reply, helped=False, reason=wrong[1])
        return None

    def _ask(self, line: str) -> None:
        self._question = Question(line, self._place, self._asker, self._earlier)
        signpost = self._assistant.signpost(self._question)
        if signpost is not None:  # said first, and counted afterwards
            draw(signpost, self._console, talking=True)
            self._shown, self._reply = (), signpost
            self._assistant.count(self._question, signpost)
            return
        with self._console.status(wording.LOOKING, spinner="dots"):
            reply = self._assistant.ask(self._question)
        self._earlier = (*self._earlier[-4:], line)
        self._shown = reply.citations or reply.candidates
        self._reply = reply
        draw(reply, self._console, talking=True)

    def _open(self, number: int) -> None:
        """Show a cited passage whole."""
        if not 1 <= number <= len(self._shown):
            self._console.print(wording.NO_SUCH_PASSAGE.format(count=len(self._shown)))
            return
        citation = self._shown[number - 1]
        title = f"[{number}] {wording.source(citation)}"
        draw_passage(title, self._passage(citation) or citation.quote, wording.standing(citation), self._console)

    def _tell_news(self) -> None:
        """The newest posts."""
        draw_news(self._news()[:MOST_NEWS], self._console)

    def _to_hub(self) -> None:
        """Hand the last question over, whatever was answered."""
        if self._question is None:
            self._console.print(wording.NOTHING_TO_HAND_OVER)
            return
        self._reply = self._assistant.hand_over(self._question, self._shown)
        draw(self._reply, self._console, talking=True)
