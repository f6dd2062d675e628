"""What a Slack holds: people, channels, messages, dialogs, home tabs; and whatever was done against its rules."""

from __future__ import annotations

import itertools
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

Json = dict[str, Any]
_T = TypeVar("_T")
TEAM, APP, BOT, BOT_ID = "T0FORCE", "A0HUB", "U0HUBBOT", "B0HUBBOT"
TOKEN, APP_TOKEN, SECRET = "xoxb-force", "xapp-force", "a-signing-secret"
HUB, BEAT, PARTNERS = "C0HUB", "C0BEAT", "C0PARTNERS"
"""The hub's channel, an ordinary one, and one that is shared with another organisation."""
PATIENCE = 60.0
"""Seconds a test waits for something to happen before it fails."""


@dataclass
class Channel:
    """A channel or a direct message."""

    id: str
    members: set[str]
    shared: bool = False


@dataclass
class Trigger:
    """The right to open one dialog, for three seconds."""

    user: str
    until: float
    used: bool = False


@dataclass
class ResponseUrl:
    """The right to answer a click, five times within half an hour."""

    channel: str
    user: str
    message_ts: str
    ephemeral: bool
    left: int = 5


@dataclass(repr=False)
class Workspace:
    """State of one Slack; every change wakes whoever waits."""

    channels: dict[str, Channel] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=lambda: {TOKEN: TEAM})
    """Bot token to team."""
    accounts: dict[str, Json] = field(default_factory=dict)
    """What `users.info` says of people, beside what is so of everybody."""
    enterprise: str = ""
    """The Enterprise Grid that the workspace is part of; empty for none."""
    groups: dict[str, list[str]] = field(default_factory=dict)
    messages: dict[str, list[Json]] = field(default_factory=dict)
    """By channel; ephemeral ones too, with "to"."""
    views: dict[str, Json] = field(default_factory=dict)
    """Dialogs that are open, by id; each with "user"."""
    homes: dict[str, Json] = field(default_factory=dict)
    statuses: list[Json] = field(default_factory=list)
    sessions: dict[tuple[str, str], Json] = field(default_factory=dict)
    prompts: dict[str, list[Json]] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    calls: list[tuple[str, Json]] = field(default_factory=list)
    """Every call of the Web API."""
    faults: list[str] = field(default_factory=list)
    """What was done against Slack's rules; a test ends with none."""
    deliveries: list[Json] = field(default_factory=list)
    """How each thing that was sent to the app was acknowledged."""
    changed: threading.Condition = field(default_factory=lambda: threading.Condition(threading.RLock()))

    def __post_init__(self) -> None:
        self._count = itertools.count(1)
        self._begin = int(time.time())
        for channel in (HUB, BEAT, PARTNERS):
            self.channels[channel] = Channel(channel, {BOT}, shared=channel == PARTNERS)

    def new_ts(self) -> str:
        """A timestamp that no other message has."""
        return f"{self._begin}.{next(self._count):06}"

    def new_id(self, letter: str) -> str:
        """An id that nothing else has."""
        return f"{letter}{next(self._count):08}"

    def dm_of(self, user: str) -> str:
        """The direct message between a person and the app; opened when it is first needed."""
        channel = f"D{user[1:]}"
        self.channels.setdefault(channel, Channel(channel, {BOT, user}))
        return channel

    def add(self, channel: str, message: Json) -> Json:
        """Keep a message."""
        with self.changed:
            self.messages.setdefault(channel, []).append(message)
            self.changed.notify_all()
        return message

    def find(self, channel: str, ts: str) -> Json | None:
        """A message that everybody in the channel sees."""
        return next((m for m in self.messages.get(channel, []) if m["ts"] == ts and "to" not in m), None)

    def fault(self, what: str) -> None:
        """Write down what was done against the rules."""
        with self.changed:
            self.faults.append(what)
            self.changed.notify_all()

    def trigger(self, user: str) -> str:
        """A fresh trigger id."""
        name = f"{secrets.token_hex(6)}.{self.new_id('')}"
        self.triggers[name] = Trigger(user, time.monotonic() + 3.0)
        return name

    def wait_for(self, look: Callable[[], _T | None], what: str, seconds: float = PATIENCE) -> _T:
        """The first thing that is found, as soon as it is there."""
        with self.changed:
            until = time.monotonic() + seconds
            while not (found := look()):
                left = until - time.monotonic()
                if left <= 0 or not self.changed.wait(left):
                    raise AssertionError(f"{what} did not happen within {seconds} s. Faults: {self.faults}")
            return found

    def is_active(self, channel: str, thread: str) -> bool:
        """Whether anybody has replied in a thread: only then Slack shows ephemeral messages in it."""
        return any(m.get("thread_ts") == thread and "to" not in m for m in self.messages.get(channel, []))

    def seen_by(self, user: str, channel: str) -> list[Json]:
        """The messages of a channel that a person sees, oldest first."""
        with self.changed:
            mine = (m for m in self.messages.get(channel, []) if m.get("to", user) == user)
            return [m for m in mine if not m.get("invisible")]

    def reload(self, user: str) -> None:
        """A person opens Slack anew: what only they were shown is gone."""
        with self.changed:
            for channel, messages in self.messages.items():
                self.messages[channel] = [m for m in messages if m.get("to") != user]

    def called(self, method: str) -> list[Json]:
        """The arguments of every call of a method."""
        with self.changed:
            return [arguments for name, arguments in self.calls if name == method]


def text_of(message: Mapping[str, Any]) -> str:
    """Everything a person reads in a message or a view, top to bottom."""
    lines: list[str] = []

    def walk(one: Any, key: str = "") -> None:
        if isinstance(one, dict):
            if one.get("type") in ("plain_text", "mrkdwn", "text", "markdown") and isinstance(one.get("text"), str):
                lines.append(one["text"])
                return
            for name, inner in one.items():
                if name not in ("confirm", "metadata", "state"):
                    walk(inner, name)
        elif isinstance(one, list):
            for inner in one:
                walk(inner, key)

    walk({"title": message.get("title"), "blocks": message.get("blocks") or []})
    return unescaped("\n".join(lines) or str(message.get("text", "")))


def unescaped(text: str) -> str:
    """As Slack shows it: entities are characters, and a backslash before a mark goes."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    shown, skip = [], False
    for here, following in itertools.pairwise([*text, " "]):
        if here == "\\" and not skip and following in "\\`*_~[]()#|!>":
            skip = True
            continue
        shown.append(here)
        skip = False
    return "".join(shown)


def buttons_of(message: Mapping[str, Any]) -> list[tuple[str, Json, str]]:
    """Label, element and block id of everything that can be pressed, in order."""
    found = []
    for block in message.get("blocks") or []:
        elements = [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]
        for one in elements:
            if one.get("type") == "button":
                found.append((one["text"]["text"], one, block["block_id"]))
            elif one.get("type") == "feedback_buttons":
                for side in ("positive_button", "negative_button"):
                    pressed = {"type": "feedback_buttons", "action_id": one["action_id"], **one[side]}
                    found.append((one[side]["text"]["text"], pressed, block["block_id"]))
    return found
