"""What a judge is fitted to: weights of signals, and the confidence that each verdict needs.

A calibration belongs to an encoder, and what is promised of it was found on one library. It comes with the program
for the default encoder; for any other one, and where it does not hold for a library, a build makes its own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

SIGNALS = ("nearest", "closeness", "covered", "bm25", "margin", "votes", "warning_gap", "warning_asked", "unsaid")
"""The signals that the regression weighs."""
CLEARLY = 1.35
"""How many times as near what a clause names must be to stand beside a quote: there it is not one of several."""
NEVER = 2.0
"""A confidence that nothing reaches: nothing is quoted outright."""


class Calibration(BaseModel):
    """Logistic regression over signals, and the lines it is read by. Fitted by `indexer.measuring.calibrate`."""

    model_config = ConfigDict(frozen=True)

    encoder_fingerprint: str = ""
    """The encoder whose similarities were fitted; empty means any."""
    intercept: float
    weights: Mapping[str, float]
    quote_from: float
    """Confidence that a quote needs; `NEVER` where no honest line can be drawn."""
    near_from: float
    """Value of the signal "nearest" from which something is near enough to be shown."""
    votes: float = 2.0
    """How many of words, meaning and phrasings must each, alone, put the first section first before it is quoted."""
    warning_gap: float = -0.05
    """A warning that is nearer than this, measured from the first hit, keeps it from being quoted."""
    warning_margin: float = 0.1
    """How much closer than the first hit a warning must be to be told instead of it."""
    follow_margin: float = NEVER
    """Lead over the next section from which a follow-up's first one is quoted; `NEVER` where that was not fitted."""
    follow_warning: float = 0.12
    """How much nearer than that section a warning may be, to a follow-up's own words or to those with its subject."""
    follow_unsaid: float = 0.6
    """Share of a follow-up's own words that the section may leave unsaid."""
    promised: float = 0.0
    """Share of quotes that are said to answer."""
    found: float = 0.0
    """Share that did, on questions that were not fitted on."""
    questions: int = 0
    """How many questions that was found on."""
    source: str = "own"
    """`shipped` with the program, `own` of the library, or `none`: no honest line."""

    @property
    def quotes(self) -> bool:
        """Whether anything is quoted outright."""
        return self.quote_from <= 1.0

    def says_what_follows(self, signals: Mapping[str, float]) -> bool:
        """Whether the first section says what a follow-up names, and no warning is nearer to its own words."""
        warned = signals.get("warned", 0.0) > 0
        clear = not warned or signals.get("own_warning_gap", 1.0) <= self.follow_warning
        return clear and signals.get("own_unsaid", 0.0) <= self.follow_unsaid

    def is_well_ahead(self, signals: Mapping[str, float]) -> bool:
        """Whether the first section is clearly the one that a follow-up means.

        Agreement of words and meaning tells little there: a few words mean something only with their subject. Where
        the library does not say what it leaves out, the lead must be twice as large.
        """
        warned = signals.get("warned", 0.0) > 0
        lead = signals.get("margin", 0.0) * (1.0 if warned else 0.5)
        return lead >= self.follow_margin and (not warned or signals.get("warning_gap", 1.0) <= self.follow_warning)

    def allows(self, signals: Mapping[str, float]) -> bool:
        """Whether the rules let the first hit be quoted, whatever the confidence: agreement, and no warning near."""
        agreed = signals.get("votes", self.votes) >= self.votes
        doubted = signals.get("warned", 0.0) > 0 and signals.get("warning_gap", -1.0) >= self.warning_gap
        return agreed and not doubted

    def confidence(self, signals: Mapping[str, float]) -> float:
        """The chance, 0 to 1, that the first hit answers the question."""
        logit = self.intercept + sum(weight * signals.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def shipped() -> Calibration:
    """The calibration that comes with the program, for its default encoder."""
    stored = json.loads(files("knowledge").joinpath("judge.json").read_text(encoding="utf-8"))
    return Calibration.model_validate(stored)
