"""Quote, did you mean, or not covered: a small calibrated model of several signals, and three rules."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from knowledge.search import Found, Hit

CLEARLY_MEANT = 0.6
"""Closeness from which a warning is told as the reason although nothing else was near."""
WORTH_NAMING = 0.5
"""Closeness from which a warning is told as the reason, once nothing may be shown."""
PATIENCE = 0.4
"""Share of the usual confidence at which a follow-up still gets candidates: asking back beats a new request."""


class Verdict(StrEnum):
    """What may be done with what was found."""

    QUOTE = "quote"
    DID_YOU_MEAN = "did_you_mean"
    NOT_COVERED = "not_covered"


class Reason(StrEnum):
    """Why a verdict is not to quote."""

    NONE = ""
    NOTHING_FOUND = "nothing_found"
    TOO_FAR = "too_far"
    NEARLY = "nearly"
    UNCERTAIN = "uncertain"
    UNSET = "unset"
    LIMIT = "limit"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its confidence: the calibrated chance, 0 to 1, that the first hit answers."""

    verdict: Verdict
    confidence: float
    reason: Reason
    hits: tuple[Hit, ...]
    """What may be shown: quotable hits, best first."""
    warning: Hit | None = None
    """The warning or stale passage that stood in the way of a quote."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic regression over signals, and the confidence each verdict needs.

    Where the library holds a warning near the question, a second regression takes the first one's logit and
    the warning into account. Fitted by `python -m indexer.calibrate`, which writes the file that this is read from.
    """

    intercept: float
    weights: Mapping[str, float]
    warned_intercept: float
    warned_weights: Mapping[str, float]
    """Of the logit ("logit") and of signals of the warning."""
    quote_from: float
    grounds_from: float
    """What the first regression alone must say for a quote, however far away every warning is."""
    possible_from: float
    warning_margin: float
    """How much closer than the first hit a warning must be to stand in its way; at half of that it casts doubt."""

    def confidence(self, signals: Mapping[str, float]) -> float:
        """The chance, 0 to 1, that the first hit answers the question."""
        logit = self.logit(signals)
        if "warning" in signals:
            logit = self.warned_intercept + _weighed(self.warned_weights, {**signals, "logit": logit})
        return _chance(logit)

    def grounds(self, signals: Mapping[str, float]) -> float:
        """The chance by the first regression alone."""
        return _chance(self.logit(signals))

    def logit(self, signals: Mapping[str, float]) -> float:
        """What the first regression says."""
        return self.intercept + _weighed(self.weights, signals)


def _chance(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def _weighed(weights: Mapping[str, float], signals: Mapping[str, float]) -> float:
    return sum(weight * signals.get(name, 0.0) for name, weight in weights.items())


@cache
def calibration() -> Calibration:
    """The calibration that ships with the program."""
    stored = json.loads(files("knowledge").joinpath("judge.json").read_text(encoding="utf-8"))
    return Calibration(**{field.name: stored[field.name] for field in fields(Calibration)})


def judge(found: Found, *, today: date, by: Calibration | None = None) -> Judgement:
    """Decide what may be done with what was found.

    The model never overrules a warning (a topic the library must not answer, a local fact nobody has set, a
    section that says what its document leaves out) that is clearly closer to the question than the first hit, or
    closer and says more of its words; nor a passed review-by date.
    """
    by = by or calibration()
    if not found.hits:
        return Judgement(Verdict.NOT_COVERED, 0.0, Reason.NOTHING_FOUND, ())
    confidence = by.confidence(found.signals)
    first = found.hits[0]
    current = tuple(hit for hit in found.hits if not hit.entry.document.is_stale(today))
    warning = max(found.warnings, key=lambda hit: hit.closeness, default=None)
    lead = warning.closeness - first.closeness if warning is not None else -1.0
    meant = warning is not None and (confidence >= by.possible_from or warning.closeness >= CLEARLY_MEANT)
    stands_nearer = lead > by.warning_margin or (lead > 0 and found.signals.get("warning_more", 0.0) > 0)
    if warning is not None and meant and stands_nearer:
        reason = Reason(warning.entry.kind)
        return Judgement(Verdict.NOT_COVERED, confidence, reason, current, warning)
    if confidence < by.possible_from * (PATIENCE if found.follows else 1.0):
        if warning is not None and lead > 0 and warning.closeness >= WORTH_NAMING:
            return Judgement(Verdict.NOT_COVERED, confidence, Reason(warning.entry.kind), current, warning)
        return Judgement(Verdict.NOT_COVERED, confidence, Reason.TOO_FAR, current)
    if first.entry.document.is_stale(today):
        return Judgement(Verdict.NOT_COVERED, confidence, Reason.STALE, current, first)
    unsure = confidence < by.quote_from or by.grounds(found.signals) < by.grounds_from
    if unsure or lead > by.warning_margin / 2:
        return Judgement(Verdict.DID_YOU_MEAN, confidence, Reason.NEARLY, current)
    return Judgement(Verdict.QUOTE, confidence, Reason.NONE, current)
