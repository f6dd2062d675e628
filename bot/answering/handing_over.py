"""Why a question goes to the hub, and opening the request: said only once it is on record."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot import wording
from bot.answering.looking import Looked
from bot.answering.parts import Contacts, Recorder
from bot.answering.quoting import cite, new_reply, with_redactions, worth_showing
from bot.answering.talk.form_filling import described, missing
from bot.answering.talk.live_or_local import needs_live_or_local
from bot.domain.messages import Citation, Outcome, Question, Reply
from bot.domain.refusals import RecordsError
from bot.domain.requests import RequestKind
from bot.domain.talk.reasons import Why, WhyHandedOver
from bot.domain.talk.weighing import Weighed
from bot.queue.joining import Joins
from bot.watching.steps import Step, step
from knowledge.judging.judge import Judgement, Verdict

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Case:
    """What a request is opened for."""

    kind: RequestKind
    why: Why
    found: tuple[Citation, ...] = ()
    """What was found, for the hub."""
    edition: int | None = None
    shown: tuple[Citation, ...] = ()
    """What may help the asker meanwhile."""
    after: str = ""
    """The question that this one follows: the hub has to know it too."""
    signals: Mapping[str, float] | None = None
    weighed: Weighed | None = None

    @property
    def outcome(self) -> Outcome:
        """How the question ends."""
        paused = self.why.reason is WhyHandedOver.ANSWERS_PAUSED
        return Outcome.PAUSED if paused else Outcome.HANDED_OVER

    def question(self, asked: Question) -> Question:
        """The question as the hub reads it: with its subject, and what was said of a problem as its form has it."""
        text = described(asked.text) if self.kind in _WITH_A_FORM else asked.text
        return replace(asked, text=wording.AFTER.format(topic=self.after, question=text) if self.after else text)

    def told(self, reference: str, asked: Question) -> str:
        """What the asker is told."""
        told = wording.handed_over(self.why, reference, self.shown)
        lacking = missing(asked.text) if self.kind in _WITH_A_FORM else ""
        return f"{told}\n{wording.FORM_HEARD.format(reference=reference, missing=lacking)}" if lacking else told


_WITH_A_FORM = frozenset({RequestKind.OPERATIONAL_PROBLEM, RequestKind.ORGANISATIONAL_INEFFICIENCY})


def case_of(text: str, kind: RequestKind | None, looked: Looked) -> Case | None:
    """Why a question goes to the hub; nothing if guidance may be shown instead."""
    judgement = looked.judgement
    found = tuple(map(cite, worth_showing(judgement.hits)))
    if looked.stopped:
        return Case(kind or RequestKind.QUESTION, Why(WhyHandedOver.of(looked.stopped)), (), looked.edition)
    if kind is not None:
        shown = found if judgement.verdict is Verdict.QUOTE else ()
        return Case(kind, Why(WhyHandedOver.ASKED_FOR_HUB), found, looked.edition, shown)
    is_set = judgement.verdict is Verdict.QUOTE and judgement.hits[0].entry.passage.is_local
    if needs_live_or_local(text) and not is_set:
        return Case(RequestKind.QUESTION, Why(WhyHandedOver.LIVE_OR_LOCAL), found, looked.edition)
    if judgement.verdict is Verdict.NOT_COVERED:
        return Case(RequestKind.QUESTION, why_of(judgement), found, looked.edition)
    return None


def why_of(judgement: Judgement) -> Why:
    """Why guidance is not quoted."""
    warning = judgement.warning
    topic = warning.entry.passage.text if warning else ""
    if warning and warning.entry.document.audience:
        topic = wording.FOR_SOME_TOPIC  # all of the hub read why a request was opened
    return Why(
        WhyHandedOver.of(judgement.reason.value), topic, review_by=warning.entry.document.review_by if warning else None
    )


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Opens requests; never raises."""

    records: Recorder
    joining: Joins
    expected: Callable[[], str]
    contacts: Contacts

    def open(self, asked: Question, redacted: tuple[str, ...], case: Case) -> Reply:
        """Open a request, and say so only once it is on record; asked again by the same person it stays one."""
        question = case.question(asked)
        try:
            with step(Step.RECORDING):
                twin = self.records.conversation.waiting_twin(asked.asker, question.text)
                return self._again(question, redacted, twin) if twin else self._open(asked, question, redacted, case)
        except RecordsError as error:
            log.error("A request could not be recorded: %s", error)
            text = wording.not_recorded(case.why, self.contacts.hub)
            reply = _reply(case, text)
            return with_redactions(replace(reply, id=asked.id or reply.id), redacted)

    def _again(self, question: Question, redacted: tuple[str, ...], reference: str) -> Reply:
        told = wording.ASKED_BEFORE.format(reference=reference)
        reply = new_reply(Outcome.HANDED_OVER, told, reason=WhyHandedOver.ASKED_FOR_HUB.value)
        reply = replace(reply, id=question.id or reply.id, request=reference)
        return self.records.save_reply(question, with_redactions(reply, redacted))

    def _open(self, asked: Question, question: Question, redacted: tuple[str, ...], case: Case) -> Reply:
        made: list[Reply] = []
        match = self.joining.compare(question.text, asked.asker)
        expected = self.expected()
        join = (match.alike.reference, match.alike.asked_by) if match.alike else None
        receipt = self.records.new_receipt()

        def reply_for(reference: str) -> Reply:
            told = [case.told(reference, asked), expected, wording.join_offer(*join) if join else ""]
            reply = _reply(case, "\n".join(filter(None, told)))
            reply = replace(reply, id=asked.id or reply.id, request=reference, receipt=receipt, join=join)
            made.append(with_redactions(reply, redacted))
            return made[-1]

        why = wording.why(case.why)
        self.records.save_handed_over(question, reply_for, kind=case.kind.value, found=case.found, why=why)
        self.joining.keep(made[-1].request or "", match)
        return made[-1]


def _reply(case: Case, text: str) -> Reply:
    reply = new_reply(case.outcome, text, why=wording.why(case.why), reason=case.why.reason.value)
    signals = dict(case.signals or {})
    return replace(reply, citations=case.shown, edition=case.edition, signals=signals, weighed=case.weighed)
