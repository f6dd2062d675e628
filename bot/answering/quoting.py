"""What of a search is shown: quotes, candidates, and the questions beside them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from bot import wording
from bot.domain.messages import Citation, Outcome, Reply
from bot.domain.talk.weighing import AskedBesides, Near, ReadBy, Weighed
from knowledge.found import Found, Hit
from knowledge.judging.judge import Judgement, sections
from knowledge.judging.signals import section_of
from knowledge.quote import quoted as quoted_of

FURTHER = 3
"""Passages shown beside the one that is quoted, at most."""
CANDIDATES = 3
"""Sections that are kept for "more", beside those among which the asker chooses."""
WORTH_SHOWING = 0.6
"""Share of the first hit's combined value that a further passage must reach."""
WEIGHED = 5
"""Passages that are kept for "why this answer"."""


def new_reply(outcome: Outcome, text: str, *, why: str = "", reason: str = "") -> Reply:
    """A reply that is not on record yet."""
    return Reply(id=uuid.uuid4().hex[:12], outcome=outcome, body=text, why=why, reason=reason)


def with_redactions(reply: Reply, kinds: tuple[str, ...]) -> Reply:
    """The reply, saying first what was taken out of the question."""
    return replace(reply, notice=wording.redacted(kinds), redacted=kinds) if kinds else reply


def cite(hit: Hit) -> Citation:
    """A hit as a citation: the answering part of its section, word for word, with the sentence that answers."""
    document, passage = hit.entry.document, hit.entry.passage
    shown = quoted_of(hit)
    return Citation(
        document=document.id,
        title=document.title,
        section=passage.section,
        page=passage.page,
        quote=shown.text,
        status=document.status.value,
        law_checked_on=document.law_checked_on,
        review_by=document.review_by,
        marking=document.marking_on(passage.page),
        audience=document.audience,
        link=document.link,
        similarity=hit.similarity,
        passage=hit.entry.key,
        answer=shown.sentences[0].strip() if shown.sentences else "",
    )


def worth_showing(hits: Sequence[Hit]) -> list[Hit]:
    """The first hit and up to three of other sections that come near it."""
    if not hits:
        return []
    enough = WORTH_SHOWING * hits[0].combined
    return [hits[0], *(hit for hit in sections(hits)[1:] if hit.combined >= enough)][: FURTHER + 1]


def quotes(citations: Sequence[Citation], judgement: Judgement, *, quoted: int = 1) -> Reply:
    """An answer: the first citations are quoted, the others stand beside them."""
    text = wording.answered(citations, judgement.confidence, quoted)
    reply = replace(new_reply(Outcome.ANSWERED, text), citations=tuple(citations), quoted=quoted)
    return replace(reply, confidence=judgement.confidence)


def candidates(judgement: Judgement) -> Reply:
    """The sections that may be meant, each with its one best sentence; the next ones are kept for "more"."""
    first = judgement.candidates
    shown = set(map(section_of, first))
    further = [hit for hit in sections(judgement.hits) if section_of(hit) not in shown][:CANDIDATES]
    reply = one_of_these(tuple(map(cite, first)), tuple(map(cite, further)))
    return replace(reply, confidence=judgement.confidence)


def one_of_these(shown: Sequence[Citation], further: Sequence[Citation] = (), heading: str = wording.POSSIBLE) -> Reply:
    """Did you mean."""
    reply = new_reply(Outcome.POSSIBLE, wording.possible(shown, heading))
    return replace(reply, candidates=tuple(shown), further=tuple(further))


def weighed(found: Found, judgement: Judgement, read_by: ReadBy | None = None) -> Weighed:
    """What spoke for and against, for the record."""
    return Weighed(
        judgement.verdict.value,
        judgement.reason.value,
        found.follows,
        tuple(map(_near, found.hits[:WEIGHED])),
        tuple(map(_near, found.warnings[:WEIGHED])),
        read_by,
        tuple(AskedBesides(vote.name, vote.agrees) for vote in judgement.votes),
    )


def _near(hit: Hit) -> Near:
    return Near(
        hit.entry.document.id,
        hit.entry.passage.section,
        round(float(hit.similarity), 3),
        round(float(hit.closeness), 3),
        round(float(hit.combined), 3),
        hit.entry.kind,
    )
