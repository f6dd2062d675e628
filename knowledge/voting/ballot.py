"""What votes may do to a verdict: keep a thin quote back, and say which of the near sections are shown first.

A vote never makes a quote: whether what was found answers stays with the judge, which was calibrated without it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from knowledge.encoder_files import EncoderError
from knowledge.finding.pointing import BY_NUMBER
from knowledge.found import Found, Hit
from knowledge.judging.judge import LOOKED_AT, Judgement, Reason, Verdict, Vote, sections
from knowledge.judging.signals import section_of

log = logging.getLogger(__name__)

THIN = 0.1
"""Lead of the first section over the next, on the ranking's scale of 0 to 1, below which others are asked.

Chosen on golden, held-out and oblique questions with all-mpnet-base-v2 as second encoder: what it brings on these is
told too well. `python -m tests.benchmarks.votes` repeats it.
"""
SMOOTH = 2
"""Added to each place before it counts as one over itself, so that one vote for a first place is not everything."""
BALLOTED = frozenset({Reason.NONE, Reason.NEARLY, Reason.MISFIT})
"""Reasons of verdicts that votes may bear on: the other ones are rules of the library."""


class Voter(Protocol):
    """A model that says how well passages answer a question."""

    @property
    def name(self) -> str:
        """What the reasons for an answer name it by."""

    def load(self) -> None:
        """Make ready, for instance before the first question.

        Raises:
            EncoderError: the model is not here, or cannot be used.
        """

    def scores(self, question: str, passages: Sequence[Hit]) -> Sequence[float]:
        """One score for each passage, comparable within one call only; the larger the better.

        Raises:
            EncoderError: the model is not here, or cannot be used.
        """


@dataclass(frozen=True, slots=True)
class Voting:
    """The voters of this machine."""

    voters: tuple[Voter, ...]

    def vote(self, found: Found, judgement: Judgement) -> Judgement:
        """The judgement after the vote; the same one where it is clear, or no voter can be asked."""
        near = sections(judgement.hits)[:LOOKED_AT]
        if not _is_open(found, judgement) or len(near) < 2:
            return judgement
        asked = [(voter.name, _ballot(voter, found.question, near)) for voter in self.voters]
        ballots = {name: places for name, places in asked if places is not None}
        votes = tuple(Vote(name, places[0] == 0) for name, places in ballots.items())
        return replace(_counted(judgement, near, list(ballots.values())), votes=votes)


def _is_open(found: Found, judgement: Judgement) -> bool:
    """Whether sections may be shown, none was asked for by its number, and the margin between them is thin.

    A follow-up's few words say to another model even less of what they follow.
    """
    if judgement.verdict is Verdict.NOT_COVERED or judgement.reason not in BALLOTED or judgement.parts or found.follows:
        return False
    return BY_NUMBER not in found.signals and found.signals.get("margin", 1.0) < THIN


def _ballot(voter: Voter, question: str, near: Sequence[Hit]) -> list[int] | None:
    """The places of the near sections as one voter has them, 0 for the best; None where it cannot be asked."""
    try:
        scores = voter.scores(question, near)
    except EncoderError as error:
        log.warning("the vote of %s is missing: %s", voter.name, error)
        return None
    except Exception as error:  # whatever a model may raise, the answer goes on without its vote
        log.error("the vote of %s is missing (%s)", voter.name, type(error).__name__)
        return None
    order = sorted(range(len(near)), key=lambda at: (-scores[at], at))
    return [order.index(at) for at in range(len(near))]


def _counted(judgement: Judgement, near: tuple[Hit, ...], ballots: Sequence[Sequence[int]]) -> Judgement:
    """A quote is kept unless half of the voters or more have another section first; sections go by all places.

    Places add up as reciprocals (reciprocal rank fusion, Cormack et al. 2009), the ranking's own among them. Where the
    judge has put those first that have what was asked for, they stay there.
    """
    others = sum(places[0] != 0 for places in ballots)
    if not ballots or judgement.reason is Reason.MISFIT:
        return judgement
    if judgement.verdict is Verdict.QUOTE:
        if 2 * others < len(ballots):
            return judgement
        judgement = replace(judgement, verdict=Verdict.DID_YOU_MEAN, reason=Reason.NEARLY)
    own = range(len(near))
    total = [sum(1 / (SMOOTH + places[at]) for places in (own, *ballots)) for at in own]
    shown = tuple(near[at] for at in sorted(own, key=lambda at: (-total[at], at)))
    kept = {section_of(hit) for hit in shown}
    return replace(judgement, hits=(*shown, *(hit for hit in judgement.hits if section_of(hit) not in kept)))
