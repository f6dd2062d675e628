"""Proposals: what one person writes for everyone and another person approves. Advice, lessons, weekly digests.

One rule for all of them (`second_person`): two people, and two accounts of the operating system where roles are set.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.domain.people import Actor, folded
from bot.domain.refusals import Refused

ADVICE_PREFIX, LESSON_PREFIX = "advice-", "lesson-"
"""How the ids of their documents begin."""


class AdviceState(StrEnum):
    """Where a piece of advice stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class ProposalError(Refused):
    """A proposal cannot be made, approved or withdrawn; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Second:
    """The person who is to approve what another proposed."""

    actor: Actor
    by_account: bool
    """Whether the account that proposed it may not approve it either, whomever it names: where roles are set."""
    doubtful: frozenset[str] = frozenset()
    """People of whom it cannot be told whether they are this person, where accounts of platforms count as one."""


def second_person(proposed_by: str, account: str, second: Second) -> str:
    """Why this person may not approve, because they proposed it themselves; empty where they may.

    `proposed_by` and `account` are who proposed it, and their account of the operating system if they had one. Names
    are compared without case, spacing and Unicode form: "Sgt Bell" and "SGT  BELL" are one person.
    """
    if folded(proposed_by) in {folded(name) for name in (second.actor.name, *second.actor.also)}:
        return f"{second.actor.name} proposed it, so a different person must approve it."
    if second.actor.unsure or proposed_by in second.doubtful:
        who = "you" if second.actor.unsure else proposed_by
        return (
            f"It cannot be told whether one person proposed it and approves it: no verified e-mail address of {who} is "
            "known here. Somebody must approve it for whom, and for whose proposer, there is one."
        )
    mine = folded(second.actor.account)
    if second.by_account and mine and mine == folded(account):
        return f"It was proposed from the account {account}, so it must be approved from a different one."
    return ""


class AdviceError(ProposalError):
    """Advice cannot be proposed, approved or withdrawn; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A reply as officers would have it quoted."""

    reference: str
    title: str
    question: str
    """The heading: what it answers."""
    text: str
    owner: str
    review_by: date
    proposed_by: str
    approved_by: str
    state: AdviceState
    at: datetime

    @property
    def document(self) -> str:
        """Its id as a document: "advice-pf-0042"."""
        return f"{ADVICE_PREFIX}{self.reference.lower()}"

    def as_json(self) -> dict[str, Any]:
        """The advice for `--json`."""
        return {
            "reference": self.reference,
            "document": self.document,
            "title": self.title,
            "question": self.question,
            "text": self.text,
            "owner": self.owner,
            "review_by": self.review_by.isoformat(),
            "proposed_by": self.proposed_by,
            "approved_by": self.approved_by or None,
            "state": self.state.value,
        }


class LessonError(ProposalError):
    """A lesson cannot be kept, approved or withdrawn; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Benefits:
    """What it brought, who says so, and how they know."""

    hours_freed: float = 0.0
    """A month; 0 where nobody estimated it."""
    estimated_by: str = ""
    baseline: str = ""
    """How it was before."""
    measured: str = ""
    """How the difference was measured."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was tried on one problem."""

    reference: str
    title: str
    problem: str
    tried: str
    happened: str
    owner: str
    review_by: date
    benefits: Benefits = field(default_factory=Benefits)
    proposed_by: str = ""
    approved_by: str = ""
    state: AdviceState = AdviceState.PROPOSED
    at: datetime | None = None

    @property
    def document(self) -> str:
        """Its id as a document: "lesson-pf-0042"."""
        return f"{LESSON_PREFIX}{self.reference.lower()}"

    def as_json(self) -> dict[str, Any]:
        """The lesson for `--json`."""
        return {
            "reference": self.reference,
            "document": self.document,
            "title": self.title,
            "problem": self.problem,
            "tried": self.tried,
            "happened": self.happened,
            "benefits": asdict(self.benefits),
            "owner": self.owner,
            "review_by": self.review_by.isoformat(),
            "proposed_by": self.proposed_by,
            "approved_by": self.approved_by or None,
            "state": self.state.value,
        }


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as it is kept."""

    week: str
    text: str
    prepared_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        """The digest for `news digest --json`; times in ISO form."""
        return {
            "week": self.week,
            "text": self.text,
            "prepared_at": self.prepared_at.isoformat(timespec="seconds"),
            "approved_by": self.approved_by or None,
            "approved_at": self.approved_at.isoformat(timespec="seconds") if self.approved_at else None,
        }


class DigestError(ProposalError):
    """A digest cannot be approved or found; the message names the remedy."""
