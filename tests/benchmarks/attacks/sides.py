"""The platforms that are attacked with, each behind the same few words: say, slow, refuse, away, and what is seen."""

from __future__ import annotations

import re
import subprocess
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar

from bot.wording.labels import PERHAPS_AGAIN
from tests.benchmarks.attacks.programs import COMMAND, environment
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import APP_TOKEN, HUB, SECRET, TOKEN, text_of
from tests.support.teams.fake import BOT, CLIENT, TENANT, FakeTeams, words
from tests.support.teams.tenant import HUB_CHANNEL

REFERENCE = re.compile(r"PF-\d{4,}")
REPLY = "Moor at dock nine, says the hub of {}."
RATES = {"rate_person": "100000/minute", "rate_place": "100000/minute"}
T = TypeVar("T")


class Side(ABC):
    """One platform with the people on it; `data` is the program's folder."""

    name: ClassVar[str]
    by_socket: ClassVar[bool] = False

    def __init__(self, data: Path) -> None:
        self.data = data
        self.replied: list[str] = []

    @abstractmethod
    def __enter__(self) -> Self: ...

    @abstractmethod
    def __exit__(self, *error: object) -> None: ...

    @abstractmethod
    def settings(self) -> dict[str, str]:
        """The program's settings."""

    @abstractmethod
    def reached_at(self, address: str) -> None:
        """Where the program listens."""

    @abstractmethod
    def say(self, person: str, text: str) -> None:
        """Somebody writes to the assistant; it is delivered as often as the platform would."""

    @abstractmethod
    def seen(self, person: str) -> list[str]:
        """What the assistant said to somebody."""

    @abstractmethod
    def cards(self) -> Counter[str]:
        """How many cards of each request stand in the hub's channel."""

    @abstractmethod
    def slow(self, seconds: float) -> None:
        """Let everything take so long."""

    @abstractmethod
    def refuse(self, refuses: bool) -> None:
        """Take our token no more, or again."""

    @abstractmethod
    def away(self, away: bool) -> None:
        """Take nothing, or take everything again."""

    @abstractmethod
    def faults(self) -> list[str]:
        """What was done against the platform's rules."""

    def is_connected(self) -> bool:
        """Whether the program is connected, where it connects by itself."""
        return True

    def say_all(self, said: Sequence[tuple[str, str]], at_once: int) -> None:
        """Several people write, so many at once."""
        with ThreadPoolExecutor(at_once) as pool:
            list(pool.map(lambda one: self.say(*one), said))

    def answers(self, person: str) -> int:
        """How many answers somebody got to the one question they asked."""
        return sum(not text.startswith("The hub") and "replied to PF" not in text for text in self.seen(person))

    def said_again(self, person: str) -> bool:
        """Whether somebody was told that they may have had the answer already."""
        return any(PERHAPS_AGAIN in text for text in self.seen(person))

    def signposted(self, person: str) -> bool:
        """Whether somebody was told to call 999."""
        return any("999" in text for text in self.seen(person))

    def references(self) -> list[str]:
        """Every request that was opened, as `requests list` has them."""
        done = self._command("requests", "list", "--json", "--limit", "10000")
        return sorted(set(REFERENCE.findall(done)))

    def reply_to_all(self, references: Sequence[str]) -> list[str]:
        """Hub staff reply to each of these, from the command line."""
        for one in references:
            self._command("requests", "claim", one)
            self._command("requests", "reply", one, REPLY.format(one))
            self.replied.append(one)
        return list(references)

    @abstractmethod
    def replies(self, reference: str) -> int:
        """How often the hub's reply to a request reached anybody."""

    def until(self, holds: Callable[[], T], seconds: float) -> T:
        """What becomes true within so many seconds, or is not."""
        deadline = time.monotonic() + seconds
        while not (found := holds()) and time.monotonic() < deadline:
            time.sleep(0.02)
        return found

    def _command(self, *given: str) -> str:
        done = subprocess.run(
            [*COMMAND, *given],
            env=environment(self.data, **self.settings()),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(given)}: {done.stdout}{done.stderr}")
        return done.stdout


class OverHttp(Side):
    """Slack, which posts events to the program."""

    name = "slack-http"

    def __enter__(self) -> Self:
        self.slack = FakeSlack().__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.slack.__exit__(None, None, None)

    def settings(self) -> dict[str, str]:
        return {
            "slack_bot_token": TOKEN,
            "slack_app_token": APP_TOKEN,
            "slack_signing_secret": SECRET,
            "slack_hub_channel": HUB,
            "slack_api_url": self.slack.api_url,
            **RATES,
        }

    def reached_at(self, address: str) -> None:
        self.slack.app_url = "" if self.by_socket else address

    def say(self, person: str, text: str) -> None:
        Person(self.slack, self._account(person)).write(text)

    def seen(self, person: str) -> list[str]:
        mine = self.slack.seen_by(self._account(person), self.slack.dm_of(self._account(person)))
        return [text_of(one) for one in mine if one.get("bot_id")]

    def cards(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in list(self.slack.messages[HUB]):
            if one.get("bot_id") and "thread_ts" not in one:
                found.update(set(REFERENCE.findall(text_of(one))[:1]))
        return found

    def replies(self, reference: str) -> int:
        said = REPLY.format(reference)
        direct = [name for name in list(self.slack.messages) if name.startswith("D")]
        return sum(
            said in text_of(one) for name in direct for one in list(self.slack.messages[name]) if one.get("bot_id")
        )

    def slow(self, seconds: float) -> None:
        self.slack.api.seconds = seconds

    def refuse(self, refuses: bool) -> None:
        if refuses:
            self._tokens, self.slack.tokens = self.slack.tokens, {}
        else:
            self.slack.tokens = self._tokens

    def away(self, away: bool) -> None:
        self.slack.api.down = away

    def faults(self) -> list[str]:
        return [str(one) for one in self.slack.faults]

    @staticmethod
    def _account(person: str) -> str:
        return f"U0{person.upper()}"


class BySocket(OverHttp):
    """Slack by Socket Mode."""

    name = "slack-socket"
    by_socket = True

    def is_connected(self) -> bool:
        return bool(self.slack.sockets)


class InTeams(Side):
    """Teams, which posts activities to the program."""

    name = "teams"

    def __enter__(self) -> Self:
        self.teams = FakeTeams().start()
        return self

    def __exit__(self, *error: object) -> None:
        self.teams.stop()

    def settings(self) -> dict[str, str]:
        return {
            "teams_client_id": CLIENT,
            "teams_client_secret": "a secret",
            "teams_tenant_id": TENANT,
            "teams_hub_conversation": HUB_CHANNEL,
            "teams_openid_metadata_url": self.teams.metadata,
            **RATES,
        }

    def reached_at(self, address: str) -> None:
        self.teams.app_url = address

    def say(self, person: str, text: str) -> None:
        activity: dict[str, Any] = {
            "type": "message",
            "id": self.teams.number(),
            "channelId": "msteams",
            "serviceUrl": self.teams.service,
            "from": {"id": f"29:{person}", "name": f"Officer {person}"},
            "recipient": {"id": BOT},
            "conversation": {"id": f"a:{person}", "conversationType": "personal", "tenantId": TENANT},
            "text": text,
        }
        if self.teams.post(activity)[0] != 200:
            self.teams.post(activity)  # as Teams does, once

    def seen(self, person: str) -> list[str]:
        return [
            one.text + words(one.activity.get("attachments", []))
            for one in list(self.teams.sent)
            if one.conversation == f"a:{person}" and one.activity["type"] == "message" and not one.changes
        ]

    def cards(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in list(self.teams.sent):
            if one.conversation == HUB_CHANNEL and not one.changes and one.activity["type"] == "message":
                told = one.text + words(one.activity.get("attachments", []))
                found.update(set(REFERENCE.findall(told)[:1]))
        return found

    def replies(self, reference: str) -> int:
        said = REPLY.format(reference)
        mine = [one for one in list(self.teams.sent) if one.conversation.startswith("a:") and not one.changes]
        return sum(said in one.text + words(one.activity.get("attachments", [])) for one in mine)

    def slow(self, seconds: float) -> None:
        self.teams.seconds = seconds

    def refuse(self, refuses: bool) -> None:
        self.teams.refuses = refuses

    def away(self, away: bool) -> None:
        self.teams.down = away

    def faults(self) -> list[str]:
        return list(self.teams.violations)


EDGES: dict[str, type[Side]] = {one.name: one for one in (OverHttp, BySocket, InTeams)}
