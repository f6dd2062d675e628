"""The two families of errors that the core knows: what is refused, and a hub database that cannot do its work."""

from __future__ import annotations

import shlex
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done about a refusal: a chat draws it as a button, the command line as a command."""

    command: tuple[str, ...]
    """Words to be typed after the program's name."""
    step: str = ""
    """The step that does the same in a chat; empty where there is none."""
    about: str = ""
    """The request that the step is about."""

    def __str__(self) -> str:
        """The command as it can be pasted."""
        return shlex.join(("prevention-hub", *self.command))


class Refused(Exception):
    """Something cannot be done; the message is a sentence that says why, and for people in plain words what to do."""

    def __init__(self, message: str = "", remedy: Remedy | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy

    def with_command(self) -> str:
        """The message, and the command that helps, for a terminal."""
        return f"{self} Run: {self.remedy}" if self.remedy else str(self)


class RecordsError(Exception):
    """The hub database could not be read or written; the message is one sentence with the remedy."""

    is_another_forces = False
    """Whether it is for good: the database belongs to another force."""
