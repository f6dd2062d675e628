"""A platform that is attacked with, behind a few words: say, slow, refuse, away, press, and what is seen."""

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

from bot import wording
from tests.benchmarks.attacks.programs import COMMAND, environment

REFERENCE = re.compile(r"PF-\d{4,}")
REPLY = "Moor at dock nine, says the hub of {}."
NO_ANSWERS = ("I was interrupted", wording.ASK_AGAIN, wording.TROUBLE)
"""What is said where an answer did not come."""
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

    def pressed_card(self, reference: str) -> bool:
        """Whether something in the hub's channel stands for a card that may be there, and shows it if asked."""
        return False

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
        """How many answers somebody got to the one question they asked; one that says it is the second counts too."""
        return sum(is_answer(text) for text in self.seen(person))

    @abstractmethod
    def notes(self, person: str) -> list[Any]:
        """The notes with a button that somebody got in the place of an answer that may have arrived."""

    @abstractmethod
    def press(self, person: str, note: Any) -> bool:
        """Somebody presses the button of a note; whether that brings the answer."""

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


def is_answer(text: str) -> bool:
    """Whether it answers a question: neither what the hub says, nor that an answer did not come."""
    of_hub = text.startswith("The hub") or "replied to PF" in text
    return not of_hub and not any(told in text for told in NO_ANSWERS)
