"""What was weighed before something was said: for "why this answer"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Near:
    """A passage that was found, with what made it near; all values from 0 to 1."""

    document: str
    section: str
    similarity: float
    closeness: float
    """Similarity of the question to the passage or to its nearest sentence, whichever is larger."""
    combined: float
    """Words and meaning together; comparable only within one search."""
    kind: str = "guidance"


@dataclass(frozen=True, slots=True)
class ReadBy:
    """A reader's part in a verdict: numbers and names, and no word of a question, a passage or a model."""

    model: str
    """With its version."""
    prompt: str
    """Digest of what it is told beside the question and the passages."""
    seconds: float
    answers: str
    chosen: tuple[str, ...] = ()
    """Passages by key, each with the numbers of its sentences: "d24…:2,3"."""
    usable: bool = True
    """Whether every number that it gave was there."""


@dataclass(frozen=True, slots=True)
class AskedBesides:
    """Another model with a vote, where the margin was thin."""

    model: str
    agrees: bool
    """Whether it has the same section first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The verdict on a question, with what spoke for and against it. It holds no word of the question."""

    verdict: str
    reason: str
    follows: bool
    """Whether the question was read as following another."""
    near: tuple[Near, ...] = ()
    """What was found, best first."""
    against: tuple[Near, ...] = ()
    """Warnings of the library near the question, nearest first."""
    read_by: ReadBy | None = None
    """The reader, where one was asked and said something."""
    besides: tuple[AskedBesides, ...] = ()
    """Other models that were asked."""

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the reply; from_json reads it again."""
        return {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Weighed:
        """What was kept with a reply."""
        near, against = _nears(kept.get("near", ())), _nears(kept["against"])
        besides = tuple(AskedBesides(**one) for one in kept.get("besides", ()))
        reader = _reader(kept.get("read_by"))
        return cls(kept["verdict"], kept["reason"], kept["follows"], near, against, reader, besides)


def _plain(value: object) -> object:
    """A value as JSON has it; `asdict` copies every string and number, and costs ten times that."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    names = getattr(value, "__dataclass_fields__", ())
    return {name: getattr(value, name) for name in names} if names else value


def _reader(kept: Mapping[str, Any] | None) -> ReadBy | None:
    return ReadBy(**{**kept, "chosen": tuple(kept["chosen"])}) if kept else None


def _nears(kept: Sequence[Mapping[str, Any]]) -> tuple[Near, ...]:
    return tuple(Near(**one) for one in kept)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a reply was given, for the hub and for admins."""

    receipt: str
    outcome: str
    confidence: float | None
    weighed: Weighed | None
    """None for replies that rest on no search, and for those of an earlier version."""
    signals: Mapping[str, float]
    chosen: tuple[int, ...] = ()
    """Which of the sections that were offered the asker opened; 0 for none of them."""

    def of(self, may_know: Callable[[str], bool]) -> Grounds:
        """The same with those documents only, by id, of which may be known."""
        if self.weighed is None:
            return self
        near, against = (
            tuple(one for one in some if may_know(one.document)) for some in (self.weighed.near, self.weighed.against)
        )
        return replace(self, weighed=replace(self.weighed, near=near, against=against))

    def as_json(self) -> dict[str, Any]:
        """For `verify --why --json`."""
        return {
            "confidence": self.confidence,
            "weighed": self.weighed.as_json() if self.weighed else None,
            "signals": dict(self.signals),
            "chosen": list(self.chosen),
        }
