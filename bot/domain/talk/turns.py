"""What was last said between one person and the assistant in one place: what a short answer leans on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Citation, Outcome
from bot.domain.talk.reasons import Said

FOLLOWING = frozenset({Said.OPENED, Said.SMALL})
"""Replies to short answers: what was said before them still stands."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the reply to it, as they are on record."""

    question: str
    """Redacted; empty where it was not kept."""
    outcome: Outcome
    at: datetime
    receipt: str = ""
    request: str = ""
    """The reference of the request that the reply opened or named."""
    reason: str = ""
    """A code of WhyHandedOver or Said; empty for most."""
    citations: tuple[Citation, ...] = ()
    candidates: tuple[Citation, ...] = ()
    further: tuple[Citation, ...] = ()
    """What was found and not shown."""

    @property
    def follows(self) -> bool:
        """Whether the reply only went on from what was said before."""
        return self.reason in FOLLOWING


@dataclass(frozen=True, slots=True)
class AskedMore:
    """A request whose asker the hub has asked for more, and who has not said anything since."""

    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What a new message may lean on, read at one moment."""

    asked_more: AskedMore | None = None
    questions: tuple[str, ...] = ()
    """The last ones in this place, redacted, oldest first."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a short answer leans on, out of the last turns, newest first."""

    base: Turn | None = None
    """The last reply to something that was asked."""
    later: tuple[Turn, ...] = ()
    """Replies to short answers since then, newest first."""

    @classmethod
    def of(cls, turns: Sequence[Turn]) -> Before:
        """What the newest turns say."""
        count = next((number for number, turn in enumerate(turns) if not turn.follows), len(turns))
        return cls(turns[count] if count < len(turns) else None, tuple(turns[:count]))

    @property
    def offered(self) -> Turn | None:
        """The newest turn whose sections can be opened by number; None where there is none."""
        turns = (*self.later, *([self.base] if self.base else []))
        listed = next((turn for turn in turns if turn.candidates), None)
        return listed or next((turn for turn in turns[::-1] if turn.citations), None)

    @property
    def shown(self) -> Citation | None:
        """What was quoted last; None where nothing was."""
        turns = (*self.later, *([self.base] if self.base else []))
        return next((turn.citations[0] for turn in turns if turn.citations), None)
