"""A question becomes a reply. The steps stand here, in order, and nowhere else."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Protocol

from bot import safeguards, wording
from bot.beyond import needs_live_or_local
from bot.followups import is_follow_up, topic_of
from bot.messages import Citation, Outcome, Place, Question, Reply
from bot.records.errors import RecordsError
from bot.triage import RequestKind
from knowledge.encoder import EncoderError
from knowledge.judge import Judgement, Reason, Verdict, judge
from knowledge.manifest import LibraryError
from knowledge.quote import quote
from knowledge.search import Found, Hit

LONGEST_QUESTION = 4000
"""Characters; a longer text is not a question."""
FURTHER = 3
"""Passages shown beside the one that is quoted, at most."""
WORTH_SHOWING = 0.6
"""Share of the first hit's combined value that a further passage must reach."""

log = logging.getLogger(__name__)


class Guidance(Protocol):
    """What the assistant asks of the library."""

    def search(self, question: str, *, after: str = "") -> tuple[int, Found]:
        """The current edition's number, and what it has on the question, or on a follow-up to another.

        LibraryError or EncoderError if it cannot be searched.
        """


class Recorder(Protocol):
    """What the assistant asks of the hub database; every call may raise RecordsError."""

    def new_receipt(self) -> str: ...
    def earlier_questions(self, place: Place, *, limit: int = 3) -> tuple[str, ...]: ...
    def save_reply(self, question: Question, reply: Reply) -> None: ...
    def save_handed_over(
        self,
        question: Question,
        reply_for: Callable[[str], Reply],
        *,
        kind: str,
        found: Sequence[Citation],
        why: str,
    ) -> str: ...
    def count_urgent(self, kind: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Contacts:
    """What the force has filled in; empty where it has not."""

    hub: str = ""
    wellbeing: str = ""


@dataclass(frozen=True, slots=True)
class _Case:
    """What a request is opened for."""

    kind: RequestKind
    why: str
    found: tuple[Citation, ...] = ()
    """What was found, for the hub."""
    edition: int | None = None
    shown: tuple[Citation, ...] = ()
    """What may help the asker meanwhile."""

    def told(self, reference: str) -> str:
        """What the asker is told."""
        if self.why == wording.WHY["asked_for_hub"]:
            return wording.asked_for_hub(reference, self.shown)
        return wording.handed_over(self.why, reference)


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions; lives as long as the program and is safe to share between threads."""

    guidance: Guidance
    records: Recorder
    contacts: Contacts = Contacts()
    today: Callable[[], date] = _today

    def ask(self, question: Question) -> Reply:
        """Reply to a question. Never raises for what somebody typed, and never stays silent."""
        text = safeguards.clean(question.text)
        urgency = safeguards.urgency(text)
        if urgency is not None:
            return self._urgent(question, urgency)
        redaction = safeguards.redact(text)
        asked = replace(question, text=redaction.text)
        reply = self._housekeeping(text) or self._declined(text) or self._smalltalk(redaction.text)
        if reply is not None:
            kept = asked if len(text) <= LONGEST_QUESTION else replace(asked, text="")
            return self._record(kept, _with_redactions(reply, redaction.kinds))
        return self._from_guidance(asked, redaction.kinds)

    def needs_library(self, question: Question) -> bool:
        """Whether answering takes the library: what is urgent, declined or small talk does not."""
        text = safeguards.clean(question.text)
        if safeguards.urgency(text) is not None:
            return False
        return (self._housekeeping(text) or self._declined(text) or self._smalltalk(text)) is None

    def hand_over(self, question: Question, found: Sequence[Citation] = ()) -> Reply:
        """Open a request because the asker wants the hub, whatever guidance says."""
        redaction = safeguards.redact(safeguards.clean(question.text))
        asked = replace(question, text=redaction.text)
        kind = safeguards.hub_request(asked.text) or RequestKind.QUESTION
        return self._hand_over(asked, redaction.kinds, _Case(kind, wording.WHY["asked_for_hub"], tuple(found)))

    def _urgent(self, question: Question, urgency: safeguards.Urgency) -> Reply:
        """The signpost, first and alone. What was typed is counted, and never kept."""
        try:
            self.records.count_urgent(urgency.value)
        except RecordsError as error:
            log.warning("An urgent message was signposted but not counted: %s", error)
        if urgency is safeguards.Urgency.WELFARE:
            text = wording.welfare(self.contacts.wellbeing)
        else:
            text = f"{wording.INCIDENT}\n{wording.AFTER_INCIDENT}"
        return self._record(replace(question, text=""), _reply(Outcome.URGENT, text))

    def _housekeeping(self, text: str) -> Reply | None:
        """Nothing to read, or far too much."""
        if not any(character.isalnum() for character in text):
            return _reply(Outcome.SMALLTALK, wording.NO_WORDS)
        if len(text) > LONGEST_QUESTION:
            told = wording.TOO_LONG.format(length=len(text), limit=LONGEST_QUESTION)
            return _reply(Outcome.DECLINED, told, why="too_long")
        return None

    def _declined(self, text: str) -> Reply | None:
        """Not for this assistant: a short reply that names the right owner, and no search."""
        decline = safeguards.declined(text)
        if decline is None:
            return None
        told = wording.DECLINED.get(decline.value, wording.DECLINED_OTHERWISE)
        return _reply(Outcome.DECLINED, told, why=decline.value)

    def _smalltalk(self, text: str) -> Reply | None:
        kind = safeguards.smalltalk(text)
        if kind is None:
            return None
        told = {
            "greeting": wording.GREETING,
            "thanks": wording.THANKS,
            "bye": wording.BYE,
            "about": wording.ABOUT,
        }
        return _reply(Outcome.SMALLTALK, told.get(kind.value, wording.HELP))

    def _from_guidance(self, asked: Question, redacted: tuple[str, ...]) -> Reply:
        """Search, judge, and quote, ask which, or hand over."""
        topic = self._topic(asked)
        kind = safeguards.hub_request(asked.text)
        try:
            edition, found = self.guidance.search(asked.text, after=topic)
        except (LibraryError, EncoderError) as error:
            log.error("The library cannot be searched: %s", error)
            unread = _Case(kind or RequestKind.QUESTION, wording.WHY["library_unavailable"])
            return self._hand_over(asked, redacted, unread)
        judgement = judge(found, today=self.today())
        citations = tuple(cite(hit) for hit in _worth_showing(judgement.hits))
        case = _case(asked.text, kind, judgement, citations, edition)
        if case is not None:
            return self._hand_over(asked, redacted, case)
        return self._record(asked, _with_redactions(_shown(judgement, citations, edition, found), redacted))

    def _topic(self, asked: Question) -> str:
        """What a follow-up leans on; empty for a question that stands on its own."""
        if not is_follow_up(asked.text):
            return ""
        try:
            topic = topic_of(asked.earlier or self.records.earlier_questions(asked.place))
        except RecordsError:
            return ""
        return safeguards.redact(safeguards.clean(topic)).text

    def _hand_over(self, asked: Question, redacted: tuple[str, ...], case: _Case) -> Reply:
        """Open a request; say so only once it is on disk."""
        made: list[Reply] = []

        def reply_for(reference: str) -> Reply:
            reply = replace(
                _reply(Outcome.HANDED_OVER, case.told(reference), why=case.why),
                citations=case.shown,
                request=reference,
                edition=case.edition,
                receipt=receipt,
            )
            made.append(_with_redactions(reply, redacted))
            return made[-1]

        try:
            receipt = self.records.new_receipt()
            self.records.save_handed_over(asked, reply_for, kind=case.kind.value, found=case.found, why=case.why)
        except RecordsError as error:
            log.error("A request could not be recorded: %s", error)
            text = wording.NOT_RECORDED.format(contact=self.contacts.hub or wording.NOT_SET)
            return _with_redactions(_reply(Outcome.HANDED_OVER, f"{case.why}\n{text}", why=case.why), redacted)
        return replace(made[-1], id=asked.id or made[-1].id)

    def _record(self, asked: Question, reply: Reply) -> Reply:
        """The reply with its receipt; without one, and saying so, if it cannot be recorded."""
        reply = replace(reply, id=asked.id or reply.id)
        try:
            receipted = replace(reply, receipt=self.records.new_receipt())
            self.records.save_reply(asked, receipted)
        except RecordsError as error:
            log.error("A reply could not be recorded: %s", error)
            return replace(reply, text=f"{reply.text}\n\n{wording.ANSWER_NOT_RECORDED}")
        return receipted


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
        marking=document.marking.value,
        link=document.link,
        similarity=hit.similarity,
        passage=hit.entry.key,
    )


def _worth_showing(hits: Sequence[Hit]) -> list[Hit]:
    """The first hit and up to three further ones that come near it."""
    if not hits:
        return []
    enough = WORTH_SHOWING * hits[0].combined
    return [hits[0], *(hit for hit in hits[1:] if hit.combined >= enough)][: FURTHER + 1]


def _shown(judgement: Judgement, citations: tuple[Citation, ...], edition: int, found: Found) -> Reply:
    """A quote, or near candidates."""
    if judgement.verdict is Verdict.QUOTE:
        text = wording.answered(citations, judgement.confidence)
        reply = replace(_reply(Outcome.ANSWERED, text), citations=citations)
    else:
        reply = replace(_reply(Outcome.POSSIBLE, wording.possible(citations[:3])), candidates=citations[:3])
    return replace(reply, confidence=judgement.confidence, edition=edition, signals=dict(found.signals))


def _case(
    text: str, kind: RequestKind | None, judgement: Judgement, found: tuple[Citation, ...], edition: int
) -> _Case | None:
    """Why a question goes to the hub; nothing if guidance may be shown instead."""
    if kind is not None:
        shown = found if judgement.verdict is Verdict.QUOTE else ()
        return _Case(kind, wording.WHY["asked_for_hub"], found, edition, shown)
    is_set = judgement.verdict is Verdict.QUOTE and judgement.hits[0].entry.passage.is_local
    if needs_live_or_local(text) and not is_set:
        return _Case(RequestKind.QUESTION, wording.WHY["live_or_local"], found, edition)
    if judgement.verdict is Verdict.NOT_COVERED:
        return _Case(RequestKind.QUESTION, _why(judgement), found, edition)
    return None


def _why(judgement: Judgement) -> str:
    """Why guidance is not quoted, for the asker and for the hub."""
    warning = judgement.warning
    topic = warning.entry.passage.text if warning else ""
    review_by = wording.day(warning.entry.document.review_by) if warning else ""
    reason = judgement.reason if judgement.reason is not Reason.NEARLY else Reason.TOO_FAR
    return wording.WHY[reason.value].format(topic=topic, review_by=review_by)


def _reply(outcome: Outcome, text: str, *, why: str = "") -> Reply:
    return Reply(id=uuid.uuid4().hex[:12], outcome=outcome, text=text, why=why)


def _with_redactions(reply: Reply, kinds: tuple[str, ...]) -> Reply:
    """The reply, saying first what was taken out of the question."""
    if not kinds:
        return reply
    return replace(reply, text=f"{wording.redacted(kinds)}\n\n{reply.text}", redacted=kinds)
