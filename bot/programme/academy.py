"""Learning: the Academy's short readings, offered one step at a time, and what a person has done of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.refusals import RecordsError
from knowledge.learning import Check, LearningPath, Reading

LETTERS = "abcd"


class Progress(Protocol):
    """What is asked of the hub database; every call may raise RecordsError."""

    def done(self, person: str) -> Mapping[tuple[str, int], bool]:
        """(path, step) to whether it went right; steps count from 1."""

    def mark(self, person: str, path: str, step: int, *, right: bool) -> None: ...
    def forget(self, person: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Offered:
    """A path as one person sees it."""

    number: int
    path: LearningPath
    done: int
    right: int
    """Checks that went right."""

    @property
    def total(self) -> int:
        """Readings and checks together."""
        return len(self.path.steps)


@dataclass(frozen=True, slots=True)
class Step:
    """Where somebody is on a path."""

    path: LearningPath
    number: int
    """From 1, readings first."""

    @property
    def item(self) -> Reading | Check:
        """What there is to read or to answer."""
        return self.path.steps[self.number - 1]


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a step."""

    next: Step | None
    """The step after it; none at the end of the path."""
    kept: bool
    """Whether the progress is on disk."""
    right: bool = True
    """Whether a check was answered rightly."""


@dataclass(frozen=True, slots=True)
class Academy:
    """The paths, and each person's way through them. A lesson goes on when the database cannot keep it."""

    paths: Sequence[LearningPath]
    progress: Progress

    def offered(self, person: str) -> list[Offered]:
        """Every path with what this person has done of it."""
        done = self._done(person)
        return [
            Offered(
                number,
                path,
                sum((path.id, step) in done for step in range(1, len(path.steps) + 1)),
                sum(done.get((path.id, step), False) for step in _checks(path)),
            )
            for number, path in enumerate(self.paths, 1)
        ]

    def step(self, person: str, number: int) -> Step | None:
        """The first step not done yet of path `number`; its first step again once all is done."""
        if not 1 <= number <= len(self.paths):
            return None
        path = self.paths[number - 1]
        done = self._done(person)
        todo = (step for step in range(1, len(path.steps) + 1) if (path.id, step) not in done)
        return Step(path, next(todo, 1))

    def read(self, person: str, step: Step) -> Moved:
        """A reading is done."""
        return self._move(person, step, right=True)

    def answer(self, person: str, step: Step, letter: str) -> Moved:
        """A check is answered. ValueError where the step is a reading, or the letter none of its choices."""
        check = step.item
        if not isinstance(check, Check) or letter not in choices(check):
            raise ValueError(letter)
        return self._move(person, step, right=letter == right_letter(check))

    def forget(self, person: str) -> int:
        """Delete all that is kept of a person's learning; how many steps that were. RecordsError if it cannot be."""
        return self.progress.forget(person)

    def _done(self, person: str) -> Mapping[tuple[str, int], bool]:
        try:
            return self.progress.done(person)
        except RecordsError:
            return {}

    def _move(self, person: str, step: Step, *, right: bool) -> Moved:
        after = Step(step.path, step.number + 1) if step.number < len(step.path.steps) else None
        try:
            self.progress.mark(person, step.path.id, step.number, right=right)
        except RecordsError:
            return Moved(after, kept=False, right=right)
        return Moved(after, kept=True, right=right)


def choices(check: Check) -> str:
    """The letters of its choices: "abc"."""
    return LETTERS[: len(check.choices)]


def right_letter(check: Check) -> str:
    """The letter of the right choice."""
    return LETTERS[check.answer - 1]


def _checks(path: LearningPath) -> range:
    return range(len(path.readings) + 1, len(path.steps) + 1)
