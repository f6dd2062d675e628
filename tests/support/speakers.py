"""The same person at every edge: what they type or press, and what they read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from rich.console import Console

from bot.app import Hub
from bot.domain.messages import Place, Viewer
from bot.settings import Settings
from bot.terminal import Chat, Classroom
from bot.terminal.mail import mail_of
from tests.support.fakes import WordEncoder
from tests.support.ready import make_ready
from tests.support.slack import running
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import Json, buttons_of, text_of
from tests.support.teams.fake import Sent, actions, words
from tests.support.teams.tenant import PEOPLE, Tenant, tenant


class Speaker(Protocol):
    """Somebody who talks to the assistant, as one edge has them."""

    hub: Hub
    staff: str
    """Somebody of the hub, as this edge names them."""

    def say(self, text: str) -> str:
        """Type something; what is read then, on one line."""

    def press(self, label: str) -> str:
        """Press a button of what was read last, or type what stands for it; what is read then."""

    def unread(self) -> str:
        """What the hub has sent since."""


def one_line(text: str) -> str:
    """The words, without the frames and marks of one edge."""
    return " ".join(re.sub(r"[│╭╮╰╯─*\\]", " ", text).replace("›", ">").split())


class AtTerminal:
    """In `prevention-hub chat`."""

    staff = "bell"

    def __init__(self, hub: Hub) -> None:
        self.hub, self._read = hub, io.StringIO()
        console = Console(file=self._read, width=100, highlight=False)
        section = partial(hub.section, viewer=Viewer(Place("terminal", "pc-7")))
        classroom = Classroom(hub.academy, section, console, "pc-7")
        self._chat = Chat(hub.assistant, console, "pc-7", classroom, hub.news.all, mail_of(hub, "pc-7"))
        self._last = ""

    def say(self, text: str) -> str:
        self._read.seek(0)
        self._read.truncate()
        self._chat.say(text)
        self._last = one_line(self._read.getvalue())
        return self._last

    def press(self, label: str) -> str:
        reference = re.search(r"PF-\d+", self._last)
        named = reference[0] if reference else ""
        typed = {
            "Ask the hub": "hub",
            "None of these: ask the hub": "hub",
            "Show passage": "1",
            "That helped": f"helped {named}",
            "Not yet": f"not yet {named}",
        }
        return self.say(typed[label])

    def unread(self) -> str:
        self._read.seek(0)
        self._read.truncate()
        self._chat.show_mail()
        self._last = one_line(self._read.getvalue())
        return self._last


class InSlack:
    """In a direct message with the app."""

    staff = running.BELL

    def __init__(self, hub: Hub, slack: FakeSlack) -> None:
        self.hub, self._me = hub, Person(slack, running.ANNA)
        self._slack, self._thread, self._seen = slack, "", ""
        self._last: Json = {}

    def say(self, text: str) -> str:
        written = self._me.write(text, thread=self._thread)
        self._thread, self._seen = self._thread or written["ts"], written["ts"]
        return self._next()

    def press(self, label: str) -> str:
        self._me.close_dialog()
        self._me.press(self._last, next(one for one, *_ in buttons_of(self._last) if one.startswith(label)))
        return self._next()

    def unread(self) -> str:
        return self._next()

    def _next(self) -> str:
        """The next message of the app, or the dialog that it opened."""

        def found() -> Json | None:
            views = [one for one in self._slack.views.values() if one["user"] == self._me.id]
            news = [one for one in self._me.sees() if one.get("bot_id") and one["ts"] > self._seen]
            return next(iter([*views, *news]), None)

        shown = self._slack.wait_for(found, "something new to read")
        if "ts" in shown:
            self._seen, self._last = shown["ts"], shown
        return one_line(text_of(shown))


class InTeams:
    """In one's own chat with the app."""

    staff = PEOPLE["bell"][1]

    def __init__(self, people: Tenant) -> None:
        self.hub, self._people, self._seen = people.hub, people, 0
        self._last: Sent | None = None

    def say(self, text: str) -> str:
        self._seen = len(self._people.teams.sent)
        self._people.take(self._people.message("sam", text))
        return self._next()

    def press(self, label: str) -> str:
        assert self._last is not None
        titles = [one["title"] for one in actions(self._last.card)]
        self._seen = len(self._people.teams.sent)
        answer = self._people.press("sam", self._last.card, next(one for one in titles if one.startswith(label)))
        told = answer.get("value") or answer["task"]["value"]
        return one_line(told if isinstance(told, str) else words(told))

    def unread(self) -> str:
        return self._next()

    def _next(self) -> str:
        self._last = self._people.next("a:sam", self._seen)
        self._seen = self._people.teams.sent.index(self._last) + 1
        return one_line(self._last.text)


@contextmanager
def at_terminal(folder: Path, guidance: Path) -> Iterator[Speaker]:
    """Somebody at a terminal."""
    hub = Hub(Settings(data=folder / "data", hub_staff="bell", admins="cole"), WordEncoder())
    try:
        make_ready(hub, guidance)
        yield AtTerminal(hub)
    finally:
        hub.close()


@contextmanager
def in_slack(folder: Path, guidance: Path, mode: str) -> Iterator[Speaker]:
    """Somebody in Slack."""
    with running.workspace(folder, guidance, mode) as (hub, slack):
        yield InSlack(hub, slack)


@contextmanager
def in_teams(folder: Path, guidance: Path) -> Iterator[Speaker]:
    """Somebody in Teams."""
    with tenant(folder, guidance) as people:
        yield InTeams(people)


EDGES = {
    "terminal": at_terminal,
    "slack over http": lambda folder, guidance: in_slack(folder, guidance, "http"),
    "teams": in_teams,
    "slack by socket": lambda folder, guidance: in_slack(folder, guidance, "socket"),
}
