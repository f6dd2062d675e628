"""Quote, did you mean, or not covered: a small calibrated model, and rules that it never overrules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import chain, zip_longest

from knowledge.finding.following import AGAIN
from knowledge.finding.pointing import BY_NUMBER
from knowledge.found import Found, Hit
from knowledge.judging.calibration import CLEARLY, NEVER, Calibration, shipped
from knowledge.judging.fitting import Misfit, has_nearer_sibling, misfits
from knowledge.judging.signals import section_of

CLEARLY_MEANT = 0.65
"""Closeness from which a warning may be what was asked about."""
CANDIDATES = 3
"""Sections that are shown at most where it is not sure which one is meant."""
OF_PARTS = 6
"""Sections that are shown at most where two or three things are compared or asked: as many of each."""
MOST_BESIDE = 2
"""Sections that single clauses bring beside these at most."""
PATIENCE = 0.6
"""Share of the usual nearness at which a follow-up still gets candidates: asking back beats a new request."""
FOLLOW_LEAD = 0.05
"""Lead over the next section without which a follow-up is not quoted, however sure: a few words fit both."""
AGAIN_LEAD = 0.2
"""The same where it is the section that was just told: who asks on has most likely not found the answer in it."""
LEAST_SURE = 0.9
"""How sure OCR must be of a page, 0 to 1, for its words to be quoted outright: below, a person compares them first."""
LOOKED_AT = 6
"""Sections among which those are chosen."""


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
    MISFIT = "misfit"
    """The nearest section names another section, Act, place or age, or has no answer of the kind that was asked."""
    UNCERTAIN = "uncertain"
    UNSET = "unset"
    LIMIT = "limit"
    STALE = "stale"
    SCANNED = "scanned"
    """The nearest passage is a picture that was read by OCR, which was not sure enough."""


@dataclass(frozen=True, slots=True)
class Vote:
    """A model that was asked besides, because the margin was thin."""

    name: str
    agrees: bool
    """Whether it has the same section first."""


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
    misfits: tuple[Misfit, ...] = ()
    """What the question asks for and the first hit does not have."""
    parts: tuple[Judgement, ...] = ()
    """Where two things are compared or two questions asked: what each alone may be answered with."""
    votes: tuple[Vote, ...] = ()
    """Who was asked besides."""
    beside: tuple[Hit, ...] = ()
    """What single clauses name beside it, shown after the first sections; none of them is one of these."""

    @property
    def candidates(self) -> tuple[Hit, ...]:
        """The best hit of each of the first sections, at most three: what is shown beside or instead of a quote.

        After them what single clauses name besides; of parts, by turns the best of each, and at most six.
        """
        first = sections(self.hits)[: (OF_PARTS if self.parts else CANDIDATES)]
        return sections((*first, *self.beside))  # what was judged may have been put into another order since

    @property
    def quoted(self) -> tuple[Hit, ...]:
        """What is quoted as the answer: one hit; where two things are compared or asked, one for each."""
        if self.verdict is not Verdict.QUOTE:
            return ()
        return tuple(part.hits[0] for part in self.parts) or self.hits[:1]


def judge(found: Found, *, today: date, by: Calibration | None = None) -> Judgement:
    """Decide what may be done with what was found.

    A quote needs the calibrated confidence, words and meaning that agree, a passage that has what was asked for, and
    no warning about as near. Without one of these, sections that are near are offered; nothing is near, or a warning
    (a topic the library must not answer, a local fact nobody has set, a section that says what its document leaves
    out) is clearly nearer: not covered. Guidance past its review-by date is never shown as current.
    """
    by = by or found.calibration or shipped()
    whole = _judged(found, today, by)
    if not found.parts:
        return replace(whole, beside=_beside(found, whole, today, by))
    return _in_parts(whole, tuple(_judged(part, today, by) for part in found.parts))


def _beside(found: Found, whole: Judgement, today: date, by: Calibration) -> tuple[Hit, ...]:
    """What single clauses name beside the sections that are offered; beside a quote, only what is clearly near."""
    if whole.verdict is Verdict.NOT_COVERED:
        return ()
    line = by.near_from * (CLEARLY if whole.verdict is Verdict.QUOTE else 1.0)
    shown = {section_of(hit) for hit in whole.candidates}
    fitting = [
        hit
        for hit in sections(found.beside)
        if hit.similarity >= line and section_of(hit) not in shown and not hit.entry.document.is_stale(today)
    ]
    return tuple(fitting[:MOST_BESIDE])


def _in_parts(whole: Judgement, parts: tuple[Judgement, ...]) -> Judgement:
    """All parts are quoted, or the sections of all are offered, those of a part that is far last; never one as if it
    were the answer to the others."""
    near = tuple(part for part in parts if part.reason not in (Reason.NOTHING_FOUND, Reason.TOO_FAR))
    alike = all(part.hits and whole.hits and section_of(part.hits[0]) == section_of(whole.hits[0]) for part in parts)
    if not near or ((alike or len(near) < len(parts)) and whole.verdict is not Verdict.DID_YOU_MEAN):
        return whole  # one section answers both, or one part is no question of its own
    far = tuple(part for part in parts if part not in near)
    hits = _by_turns((*near, *far), whole)
    if all(part.verdict is Verdict.QUOTE for part in parts) and len(_first_sections(parts)) == len(parts):
        return Judgement(Verdict.QUOTE, min(p.confidence for p in parts), Reason.NONE, hits, parts=parts)
    return Judgement(Verdict.DID_YOU_MEAN, whole.confidence, Reason.NEARLY, hits, whole.warning, parts=parts)


def _first_sections(parts: tuple[Judgement, ...]) -> tuple[Hit, ...]:
    return sections(tuple(part.hits[0] for part in parts))


def _by_turns(parts: tuple[Judgement, ...], whole: Judgement) -> tuple[Hit, ...]:
    """The sections of each part by turns, those of the whole question after them; each once."""
    taken: dict[tuple[str, str], Hit] = {}
    lists = [list(sections(part.hits)) for part in parts]
    for one in chain.from_iterable(zip_longest(*(hits[:3] for hits in lists))):
        if one is not None:
            taken.setdefault(section_of(one), one)
    for hit in whole.hits:
        taken.setdefault(section_of(hit), hit)
    return tuple(taken.values())


def _judged(found: Found, today: date, by: Calibration) -> Judgement:
    if not found.hits:
        return Judgement(Verdict.NOT_COVERED, 0.0, Reason.NOTHING_FOUND, ())
    confidence = by.confidence(found.signals)
    first = found.hits[0]
    current = tuple(hit for hit in found.hits if not hit.entry.document.is_stale(today))
    warning = max(found.warnings, key=lambda hit: hit.closeness, default=None)
    if warning is not None and _wins(warning, found, by):
        return Judgement(Verdict.NOT_COVERED, confidence, Reason(warning.entry.kind), current, warning)
    if not _is_near(found, by):
        return Judgement(Verdict.NOT_COVERED, confidence, Reason.TOO_FAR, current)
    if first.entry.document.is_stale(today):
        return Judgement(Verdict.NOT_COVERED, confidence, Reason.STALE, current, first)
    wrong = misfits(found.question, first)
    if not wrong and has_nearer_sibling(found.question, first, sections(current)[1:LOOKED_AT]):
        wrong = (Misfit.AGAIN,)
    if wrong:
        return Judgement(Verdict.DID_YOU_MEAN, confidence, Reason.MISFIT, _fitting_first(found, current), None, wrong)
    if not is_read_well(first):
        return Judgement(Verdict.DID_YOU_MEAN, confidence, Reason.SCANNED, current)
    if not found.either and _is_safe(found, confidence, by):
        sure = max(confidence, by.quote_from) if found.follows or BY_NUMBER in found.signals else confidence
        return Judgement(Verdict.QUOTE, sure, Reason.NONE, current)
    return Judgement(Verdict.DID_YOU_MEAN, confidence, Reason.NEARLY, current, _doubt(warning, found, by))


def sections(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The best hit of each section, best first."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        best.setdefault(section_of(hit), hit)
    return tuple(best.values())


def _wins(warning: Hit, found: Found, by: Calibration) -> bool:
    """Whether a warning is what was asked about: clearly closer than all near sections, or closer, saying more."""
    lead = warning.closeness - max(hit.closeness for hit in found.hits[:LOOKED_AT])
    if found.follows:
        return False  # it is near what was asked before, which says little of what is asked now
    return warning.closeness >= CLEARLY_MEANT and (
        lead > by.warning_margin or (lead > 0 and found.signals.get("warning_more", 0.0) > 0)
    )


def _doubt(warning: Hit | None, found: Found, by: Calibration) -> Hit | None:
    """A warning about as near as the first hit, to be told beside the candidates."""
    near = warning is not None and found.signals.get("warning_gap", -1.0) >= by.warning_gap
    return warning if near else None


def is_read_well(hit: Hit) -> bool:
    """Whether a passage was not read by OCR, or surely enough to be quoted outright."""
    sure = hit.entry.document.certainty(hit.entry.passage.page)
    return sure is None or sure >= LEAST_SURE


def _is_near(found: Found, by: Calibration) -> bool:
    line = by.near_from * (PATIENCE if found.follows else 1.0)
    return found.signals.get("nearest", found.hits[0].closeness) >= line


def _is_safe(found: Found, confidence: float, by: Calibration) -> bool:
    """Whether the first hit may be quoted as the answer; the section whose number was asked for may."""
    if BY_NUMBER in found.signals:
        return True
    whole = confidence >= by.quote_from and by.allows(found.signals)
    if not found.follows or not by.quotes or by.follow_margin >= NEVER:
        return whole
    lead = AGAIN_LEAD if found.signals.get(AGAIN) else FOLLOW_LEAD
    if found.signals.get("margin", 0.0) < lead:
        return False
    return by.says_what_follows(found.signals) and (whole or by.is_well_ahead(found.signals))


def _fitting_first(found: Found, current: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The near sections, those first that have what was asked for."""
    near = sections(current)[:LOOKED_AT]
    fitting = [hit for hit in near if not misfits(found.question, hit)]
    return (*fitting, *(hit for hit in near if hit not in fitting))
