"""The load: officers and hub staff over the JSON API, officers in Slack; each notes what it was told was done."""

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.benchmarks.fleet.machines import PLACES
from tests.support.slack.fake import FakeSlack
from tests.support.slack.person import Person
from tests.support.slack.workspace import TEAM, Json

REFERENCE = re.compile(r"PF-\d{4,}")
MARK = re.compile(r"mk\d{5}")
WAITS = 20.0
"""Seconds that a call may take before it is made again, under the same key."""
LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass
class Noted:
    """What was asked and what was acknowledged; threads add to it."""

    opened: dict[str, str] = field(default_factory=dict)
    """Word that only this request has -> reference, as it was acknowledged."""
    replied: dict[str, str] = field(default_factory=dict)
    """Word that only this reply has -> reference."""
    told_before: set[str] = field(default_factory=set)
    """Words of steps of which a repeat was told that they had been taken."""
    answered: list[float] = field(default_factory=list)
    """When a question was answered, by the monotonic clock."""
    waits: list[float] = field(default_factory=list)
    """Seconds from the first try of a call to its acknowledgement."""
    marks: dict[int, set[str]] = field(default_factory=dict)
    """Edition -> marks that its answers showed."""
    mixed: int = 0
    """Answers in which there were marks of two editions."""
    in_slack: dict[str, str] = field(default_factory=dict)
    """Who asked in Slack and was acknowledged -> what they asked."""
    unsettled: int = 0
    """Calls that were neither acknowledged nor refused when the time was over."""
    statuses: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Caller:
    """A program with a token; every call is made under a key until it is acknowledged, at whichever server answers."""

    def __init__(self, servers: Sequence[str], token: str, noted: Noted, over: threading.Event, seed: int) -> None:
        self.noted, self.random, self._servers, self._over = noted, random.Random(seed), servers, over
        self._client = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=WAITS)
        self.deadline = float("inf")
        """When it gives up, by the monotonic clock."""

    def word(self) -> str:
        """A word that nobody else uses, without a vowel, so that it is nobody's name and no number."""
        return "zq" + "".join(self.random.choice(LETTERS) for _ in range(10))

    def call(self, path: str, body: Mapping[str, Any], *, once: bool = True) -> tuple[int, Json]:
        """Status and answer; 0 where the time was over first. What changes nothing needs no key."""
        headers = {"Idempotency-Key": f"{self.random.getrandbits(64):x}"} if once else {}
        began = time.monotonic()
        while time.monotonic() < self.deadline:
            try:
                said = self._client.post(
                    f"{self.random.choice(self._servers)}/api/v1{path}", json=body, headers=headers
                )
            except httpx.HTTPError as error:
                self._note(type(error).__name__)
                time.sleep(0.05)
                continue
            self._note(str(said.status_code))
            if said.status_code == 200:
                with self.noted.lock:
                    self.noted.waits.append(time.monotonic() - began)
                return 200, said.json()
            if said.status_code < 500 and said.status_code not in (409, 429):
                return said.status_code, said.json()
            if said.status_code == 409 and "still worked on" not in said.text and "Try again" not in said.text:
                return 409, said.json()
            time.sleep(0.3)
        with self.noted.lock:
            self.noted.unsettled += 1
        return 0, {}

    def get(self, path: str) -> Json | None:
        """What is there, or None where nobody answers now."""
        try:
            said = self._client.get(f"{self.random.choice(self._servers)}/api/v1{path}")
            return dict(said.json()) if said.status_code == 200 else None
        except (httpx.HTTPError, ValueError):
            return None

    def run(self, pause: float) -> None:
        """One call after another until the time is over."""
        while not self._over.wait(self.random.uniform(0.5, 1.5) * pause):
            self.turn()
        self._client.close()

    def turn(self) -> None:
        """What this caller does."""
        raise NotImplementedError

    def _note(self, status: str) -> None:
        with self.noted.lock:
            self.noted.statuses[status] += 1


class Officer(Caller):
    """Asks what is in the library, asks what is not, and opens requests."""

    def turn(self) -> None:
        choice = self.random.random()
        if choice < 0.6:
            self._ask()
        elif choice < 0.8:
            self._ask_what_is_not_there()
        else:
            self._open()

    def _ask(self) -> None:
        asked = {"text": f"how deep is the harbour of {self.random.choice(PLACES)}"}
        status, said = self.call("/questions", asked, once=False)
        if status != 200:
            return
        marks = set(MARK.findall(str(said)))
        with self.noted.lock:
            self.noted.answered.append(time.monotonic())
            self.noted.mixed += len(marks) > 1
            if marks and said.get("edition"):
                self.noted.marks.setdefault(said["edition"], set()).update(marks)

    def _ask_what_is_not_there(self) -> None:
        word = self.word()
        status, said = self.call("/questions", {"text": f"who sells {word} permits"})
        if status == 200:
            with self.noted.lock:
                self.noted.answered.append(time.monotonic())
                if said.get("request"):
                    self.noted.opened[word] = said["request"]

    def _open(self) -> None:
        word = self.word()
        fields = {"what": f"Bicycles go missing at the {word} yard.", "where": f"{word} yard", "often": "weekly"}
        status, said = self.call("/requests", {"kind": "operational_problem", "fields": fields})
        named = REFERENCE.findall(said["told"]) if status == 200 else []
        if named:
            with self.noted.lock:
                self.noted.opened[word] = named[-1]  # before it, one that looks the same may be named


class Staff(Caller):
    """Takes open requests and replies to them."""

    def turn(self) -> None:
        found = self.get("/board?state=open&size=30&sort=newest")
        if not found or not found["items"]:
            return
        reference = self.random.choice(found["items"])["reference"]
        if self.call(f"/board/{reference}/steps/claim", {"fields": {}})[0] != 200:
            return
        word = self.word()
        told = {"text": f"The warden of {word} knows."}
        status, _ = self.call(f"/board/{reference}/steps/reply", {"fields": told})
        with self.noted.lock:
            if status == 200:
                self.noted.replied[word] = reference
            elif status == 409:
                self.noted.told_before.add(word)


class InSlack:
    """Officers in Slack, each with one question; Slack delivers as often as it does."""

    def __init__(self, slack: FakeSlack, noted: Noted, over: threading.Event, seed: int) -> None:
        self._slack, self._noted, self._over, self._random = slack, noted, over, random.Random(seed)
        self._count = 0

    def run(self, pause: float) -> None:
        """One question after another until the time is over."""
        while not self._over.wait(self._random.uniform(0.5, 1.5) * pause):
            self._count += 1
            person = f"U0S{self._count:05}"
            covered = self._random.random() < 0.6
            word = "zq" + "".join(self._random.choice(LETTERS) for _ in range(10))
            asked = (
                f"how deep is the harbour of {self._random.choice(PLACES)}" if covered else f"who sells {word} permits"
            )
            if self._write(Person(self._slack, person), asked):
                with self._noted.lock:
                    self._noted.in_slack[person] = asked

    def _write(self, person: Person, text: str) -> bool:
        """Write a direct message; whether the program said that it has it."""
        message = {"ts": self._slack.new_ts(), "user": person.id, "text": text}
        self._slack.channels[person.dm].members.add(person.id)
        self._slack.add(person.dm, message)
        event = {"type": "message", "channel": person.dm, "channel_type": "im", "event_ts": message["ts"], "team": TEAM}
        told = self._slack.deliver(
            "events_api", self._slack.event({**event, **message}, team=TEAM, shared=False), slowly_is_a_fault=False
        )
        return bool(told.status == 200)
