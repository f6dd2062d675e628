"""Why a question goes to the hub, and what of a search is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot import wording
from bot.answering.live_or_local import needs_live_or_local
from bot.domain.messages import Citation, Outcome
from bot.domain.requests import RequestKind
from knowledge.judge import Judgement, Reason, Verdict
from knowledge.quote import quote
from knowledge.search import Hit

FURTHER = 3
"""Passages shown beside the one that is quoted, at most."""
WORTH_SHOWING = 0.6
"""Share of the first hit's combined value that a further passage must reach."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a request is opened for."""

    kind: RequestKind
    why: str
    found: tuple[Citation, ...] = ()
    """What was found, for the hub."""
    edition: int | None = None
    shown: tuple[Citation, ...] = ()
    """What may help the asker meanwhile."""
    paused: bool = False
    """Whether it is opened because answers are paused."""

    @property
    def outcome(self) -> Outcome:
        """How the question ends."""
        return Outcome.PAUSED if self.paused else Outcome.HANDED_OVER

    def told(self, reference: str) -> str:
        """What the asker is told."""
        if self.paused:
            return f"{self.why}\n{wording.HANDED_OVER.format(reference=reference)}"
        if self.why == wording.WHY["asked_for_hub"]:
            return wording.asked_for_hub(reference, self.shown)
        return wording.handed_over(self.why, reference)


def cite(hit: Hit) -> Citation:
    """A hit as a citation: the answering part of its passage, word for word."""
    document, passage = hit.entry.document, hit.entry.passage
    return Citation(
        document=document.id,
        title=document.title,
        section=passage.section,
        page=passage.page,
        quote=quote(hit),
        status=document.status.value,
        law_checked_on=document.law_checked_on,
        review_by=document.review_by,
        marking=document.shown_marking,
        link=document.link,
        similarity=hit.similarity,
        passage=hit.entry.key,
    )


def worth_showing(hits: Sequence[Hit]) -> list[Hit]:
    """The first hit and up to three further ones that come near it."""
    if not hits:
        return []
    enough = WORTH_SHOWING * hits[0].combined
    return [hits[0], *(hit for hit in hits[1:] if hit.combined >= enough)][: FURTHER + 1]


def case_of(
    text: str, kind: RequestKind | None, judgement: Judgement, found: tuple[Citation, ...], edition: int
) -> Case | None:
    """Why a question goes to the hub; nothing if guidance may be shown instead."""
    if kind is not None:
        shown = found if judgement.verdict is Verdict.QUOTE else ()
        return Case(kind, wording.WHY["asked_for_hub"], found, edition, shown)
    is_set = judgement.verdict is Verdict.QUOTE and judgement.hits[0].entry.passage.is_local
    if needs_live_or_local(text) and not is_set:
        return Case(RequestKind.QUESTION, wording.WHY["live_or_local"], found, edition)
    if judgement.verdict is Verdict.NOT_COVERED:
        return Case(RequestKind.QUESTION, _why(judgement), found, edition)
    return None


def _why(judgement: Judgement) -> str:
    """Why guidance is not quoted, for the asker and for the hub."""
    warning = judgement.warning
    topic = warning.entry.passage.text if warning else ""
    review_by = wording.day(warning.entry.document.review_by) if warning else ""
    reason = judgement.reason if judgement.reason is not Reason.NEARLY else Reason.TOO_FAR
    return wording.WHY[reason.value].format(topic=topic, review_by=review_by)
