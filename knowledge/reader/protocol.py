"""What goes out to a reader, and what may come back: numbers, and nothing that anybody is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from knowledge.found import Hit

MOST_PASSAGES = 20
MOST_CHOICES = 4
MOST_REWORDINGS = 2
LONGEST_REWORDING = 200
"""Characters of a rewording, which is searched and never shown or kept."""


class Answers(StrEnum):
    """Whether the sentences that were chosen answer."""

    WHOLLY = "wholly"
    PARTLY = "partly"
    NOT_AT_ALL = "not_at_all"


class Missing(StrEnum):
    """What kind of thing the passages do not say; a kind, so that no word of a model is kept."""

    NOTHING = "nothing"
    FIGURE = "figure"
    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    OTHER_CASE = "other_case"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A passage as it is sent: its number from 1, where it stands, its sentences in order (their numbers from 1)."""

    number: int
    title: str
    section: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What a reader is asked. Question and earlier questions are redacted before they come here."""

    question: str
    earlier: tuple[str, ...]
    passages: tuple[Numbered, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Sentences of one passage, by their numbers; for a comparison, one choice for each side."""

    passage: int
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader said."""

    answers: Answers
    choices: tuple[Choice, ...] = ()
    missing: Missing = Missing.NOTHING
    rewordings: tuple[str, ...] = ()
    """Other words to search once more with, when nothing fits."""


@dataclass(frozen=True, slots=True)
class By:
    """Who read, and what it took; all of it may go on record."""

    model: str
    """With its version, as the endpoint tells it."""
    prompt: str
    """Digest of everything that was sent but the question and the passages."""
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0

    @property
    def name(self) -> str:
        """What its figures are kept under: another version or prompt starts again."""
        return f"{self.model} · {self.prompt}"


@dataclass(frozen=True, slots=True)
class Read:
    """One reading."""

    said: Said
    by: By


class Reader(Protocol):
    """Reads. It is asked between search and judge, and every reply is right without it."""

    def read(self, task: Task, *, spent: float = 0.0) -> Read | None:
        """What it points at; None where it is slow, down, over quota or talks nonsense. Never raises.

        `spent` are seconds that a first reading of the same question took: both together have the time of one.
        """


def task_of(question: str, earlier: tuple[str, ...], hits: tuple[Hit, ...]) -> Task:
    """The task for what was found, the nearest passages first; sentences are those of the edition."""
    numbered = tuple(
        Numbered(number, hit.entry.document.title, hit.entry.passage.section, sentences_of(hit))
        for number, hit in enumerate(hits[:MOST_PASSAGES], 1)
    )
    return Task(question, earlier, numbered)


def sentences_of(hit: Hit) -> tuple[str, ...]:
    """The sentences of a hit's passage as its edition has them."""
    return tuple(hit.entry.passage.text[start:end] for start, end in hit.entry.sentences)
