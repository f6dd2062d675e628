"""What a reading may do to a verdict: lower it freely, raise it only where this library has shown that it is right.

Every number is checked against what was sent; a reading with one that is not there counts as none. What was pointed
at is quoted from the edition with all that conditions it, as any other quote is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.found import Found, Hit
from knowledge.judging.fitting import misfits
from knowledge.judging.judge import Judgement, Reason, Verdict, is_read_well
from knowledge.judging.signals import section_of
from knowledge.reader.protocol import MOST_CHOICES, Answers, Said

ITS_OWN = frozenset({Reason.UNCERTAIN, Reason.UNSET, Reason.LIMIT, Reason.STALE, Reason.NOTHING_FOUND, Reason.SCANNED})
"""Reasons on which the judge alone rules; a reader is not even asked."""


def pointed(said: Said, sent: Sequence[Hit]) -> tuple[Hit, ...] | None:
    """The passages that were chosen, each with the span of its chosen sentences; None where a number is not there."""
    if len(said.choices) > MOST_CHOICES or (said.answers is not Answers.NOT_AT_ALL and not said.choices):
        return None
    hits = []
    for choice in said.choices:
        if not 1 <= choice.passage <= len(sent) or not choice.sentences:
            return None
        hit = sent[choice.passage - 1]
        spans = hit.entry.sentences
        if any(not 1 <= number <= len(spans) for number in choice.sentences):
            return None
        first, last = min(choice.sentences), max(choice.sentences)
        hits.append(replace(hit, pointed=(spans[first - 1][0], spans[last - 1][1])))
    return tuple(hits)


def ruled(
    judgement: Judgement, found: Found, answers: Answers, chosen: tuple[Hit, ...], *, may_raise: bool, today: date
) -> Judgement:
    """The verdict with a reading; `may_raise` says whether this model was right often enough on this library."""
    if judgement.reason in ITS_OWN:
        return judgement
    if answers is Answers.NOT_AT_ALL or not chosen:
        return _lowered(judgement)
    first = replace(judgement, hits=_first(chosen, judgement.hits))
    fits = answers is Answers.WHOLLY and _may_be_quoted(found, chosen[0], today)
    if judgement.parts:
        return _of_parts(first, chosen, answers)
    if judgement.verdict is Verdict.QUOTE and answers is Answers.WHOLLY and _is_same(chosen[0], judgement.hits[0]):
        return first
    if judgement.verdict is Verdict.NOT_COVERED:
        return replace(first, verdict=Verdict.DID_YOU_MEAN, reason=Reason.NEARLY) if may_raise else judgement
    if fits and may_raise and judgement.warning is None:
        return replace(first, verdict=Verdict.QUOTE, reason=Reason.NONE, misfits=())
    reason = judgement.reason if judgement.verdict is Verdict.DID_YOU_MEAN else Reason.NEARLY
    return replace(first, verdict=Verdict.DID_YOU_MEAN, reason=reason)


def _lowered(judgement: Judgement) -> Judgement:
    """One step down: a quote is only offered, what would be offered is not covered."""
    if judgement.verdict is Verdict.QUOTE:
        return replace(judgement, verdict=Verdict.DID_YOU_MEAN, reason=Reason.NEARLY)
    if judgement.verdict is Verdict.DID_YOU_MEAN:
        return replace(judgement, verdict=Verdict.NOT_COVERED, reason=Reason.TOO_FAR)
    return judgement


def _of_parts(first: Judgement, chosen: tuple[Hit, ...], answers: Answers) -> Judgement:
    """Of two things that are compared or asked, both stay quoted only where the reading points at both."""
    quoted = {section_of(part.hits[0]) for part in first.parts if part.hits}
    both = answers is Answers.WHOLLY and quoted <= {section_of(hit) for hit in chosen}
    if first.verdict is not Verdict.QUOTE or both:
        return first
    return replace(first, verdict=Verdict.DID_YOU_MEAN, reason=Reason.NEARLY)


def _first(chosen: tuple[Hit, ...], hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """What was pointed at before everything else that was found."""
    rows = {hit.entry.row for hit in chosen}
    return (*chosen, *(hit for hit in hits if hit.entry.row not in rows))


def _may_be_quoted(found: Found, hit: Hit, today: date) -> bool:
    """Whether the judge's own rules let a passage be quoted: it has what was asked for, and it stands today."""
    return not misfits(found.question, hit) and not hit.entry.document.is_stale(today) and is_read_well(hit)


def _is_same(hit: Hit, other: Hit) -> bool:
    return section_of(hit) == section_of(other)
