"""Finding requests: what narrows a list, how it is sorted, and one page of what was found. For every edge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.requests import Request, RequestKind, RequestState


class Sort(StrEnum):
    """In which order requests are listed."""

    NEWEST = "newest"
    OLDEST = "oldest"
    LONGEST = "longest"
    """Those that wait longest first, then those that wait no more."""
    CHANGED = "changed"
    """The last changed first."""
    WHO = "who"
    """By the hub staff who have them; those that nobody has last."""
    KIND = "kind"
    """By kind and theme."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for; what is left empty does not narrow it, and everything given must fit."""

    words: str = ""
    """Each must stand in the question or in something that was said about it; capitals do not matter."""
    reference: str = ""
    """As "PF-0042" or "42"."""
    states: tuple[RequestState, ...] = ()
    kinds: tuple[RequestKind, ...] = ()
    theme: str = ""
    area: str = ""
    """Part of where it happens, as the form has it."""
    holder: str = ""
    """Exactly who has it."""
    who: str = ""
    """Part of the name or id of the one who has it, or of its asker."""
    asker: str = ""
    """Exactly who asked."""
    opened_from: datetime | None = None
    opened_until: datetime | None = None
    """Up to and including this moment."""
    place: str = ""
    """A platform ("slack"), or the beginning of a place there ("slack:T1/C1")."""
    waits_since: datetime | None = None
    """Only what waits for its reply since then or longer."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a long list is wanted."""

    number: int = 1
    """From 1."""
    size: int = 50

    def __post_init__(self) -> None:
        if self.number < 1 or self.size < 1:
            raise ValueError("pages are counted from 1, and hold one request or more")

    @property
    def skipped(self) -> int:
        """How many stand on the pages before."""
        return (self.number - 1) * self.size


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, and how much there is."""

    requests: tuple[Request, ...]
    total: int
    page: Page

    @property
    def more(self) -> int:
        """How many follow on later pages."""
        return max(0, self.total - self.page.skipped - self.page.size)

    @property
    def pages(self) -> int:
        """How many pages there are; 1 where nothing was found."""
        return max(1, -(-self.total // self.page.size))
