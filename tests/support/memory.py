"""A chat platform in memory, made from the counter alone: all that a new edge has to bring."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from bot.app import Hub
from bot.domain.messages import Inbound, Place
from bot.domain.people import Actor
from bot.edges import layout
from bot.edges.conversation import Conversation
from bot.edges.edge import Heard, Standing, Writer
from bot.edges.jobs import Jobs
from bot.edges.letters import parcel
from bot.edges.presses import Done
from bot.edges.pressing import Pressing
from bot.edges.reception import Reception
from bot.edges.shown import Answer, Home, Line, Note, Offer, Shown, Whole
from bot.edges.steps import Steps
from bot.queue.delivery import deliver_due
from tests.support.slack.running import Loop
from tests.support.speakers import one_line


@dataclass(frozen=True)
class Room:
    """A conversation of one person."""

    person: str
    is_direct: bool = True
    thread: str = ""

    @property
    def place(self) -> Place:
        return Place("memory", self.person)


def words(shown: Shown | Whole) -> tuple[str, tuple[Offer, ...]]:
    """What is read, and what can be pressed."""
    if isinstance(shown, Answer):
        return layout.text_of(layout.parts_of(shown.reply)), shown.offers
    if isinstance(shown, Home):
        return "\n".join(row.text for row in shown.mine), ()
    if isinstance(shown, Whole):
        return shown.text, ()
    assert isinstance(shown, Line | Note)
    return shown.text, shown.offers


class MemoryWindow:
    """The whole platform: a list of what people read."""

    name, board, help = "memory", "", "Write."

    def __init__(self) -> None:
        self.read: list[tuple[str, tuple[Offer, ...]]] = []
        self.changed = threading.Condition()

    def show(self, shown: Shown | Whole) -> None:
        with self.changed:
            self.read.append(words(shown))
            self.changed.notify_all()

    async def post(self, spot: Room, shown: Shown, *, only_for: Writer | None = None, reply_to: str = "") -> str:
        self.show(shown)
        return "posted"

    def is_board(self, spot: Room) -> bool:
        return False

    def recall(self, left: Inbound, writer: Writer) -> Heard:
        return Heard(left.key, Room(left.place.address), writer, left.text)

    async def own(self, writer: Writer, spot: Room) -> Room:
        return spot

    async def writer_of(self, person: str) -> Writer:
        return Writer(person)

    async def actor(self, writer: Writer, spot: Room) -> Actor:
        return Actor(writer.person)

    async def address(self, writer: Writer, spot: Room) -> str:
        return ""

    async def standing(self, writer: Writer, spot: Room) -> Standing:
        return Standing.COLLEAGUE

    async def has_strangers(self, spot: Room) -> bool:
        return False

    async def has_answered(self, heard: Heard) -> bool | None:
        return None

    async def busy(self, heard: Heard) -> None: ...

    async def settled(self, heard: Heard, *, waits: bool) -> None: ...


class InMemory:
    """Somebody who uses it."""

    staff = "bell"

    def __init__(self, hub: Hub, loop: Loop) -> None:
        self.hub, self._loop, self._window, self._numbers = hub, loop, MemoryWindow(), count()
        jobs, steps = Jobs(), Steps(hub)
        conversation = Conversation(hub, jobs, self._window, steps)
        self.reception = Reception(hub, jobs, self._window, conversation)
        self._pressing = Pressing(hub, jobs, self._window, conversation, steps)
        self._heard, self._last = Heard("", Room("pc-7"), Writer("pc-7"), ""), ((), 0)

    def _next(self) -> str:
        offers, seen = self._last
        with self._window.changed:
            assert self._window.changed.wait_for(lambda: len(self._window.read) > seen, 60)
        text, offers = self._window.read[seen]
        self._last = (offers or self._last[0], seen + 1)
        return one_line(text)

    def say(self, text: str) -> str:
        self._last = ((), len(self._window.read))
        self._loop.run(self.reception.hear(replace(self._heard, key=f"m{next(self._numbers)}", text=text)))
        return self._next()

    def press(self, label: str) -> str:
        offer = next(one for one in self._last[0] if one.label.startswith(label))
        if offer.opens:
            opened = self._loop.run(self._pressing.open(self._heard, offer.step, offer.about, offer.fields))
            return one_line(words(opened)[0])
        done: Done = self._loop.run(self._pressing.press(self._heard, offer.step, offer.about, offer.fields))
        return one_line(done.told)

    def unread(self) -> str:
        deliver_due(self.hub.records.outbox, {"memory": self})
        return self._next()

    def deliver(self, letter: Any) -> None:
        for part in parcel(letter, self.hub.records, self.hub.ceilings, is_direct=True).parts:
            self._window.show(part)

    def close(self) -> None: ...
