"""A question becomes a reply. The steps stand here, in order, and nowhere else."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Protocol

from bot import safeguards, wording
from bot.answering.ceilings import Ceilings, pass_on
from bot.answering.followups import is_follow_up, topic_of
from bot.answering.handing_over import Case, case_of, cite, worth_showing
from bot.answering.signposts import kind_of, signpost_of
from bot.domain.messages import Citation, Outcome, Place, Question, Reply
from bot.domain.receipts import new_receipt
from bot.domain.refusals import RecordsError
from bot.domain.requests import RequestKind
from bot.domain.switches import ANSWERS, EVERYTHING, Switch, paused_documents
from bot.queue.joining import Joins, NotJoining
from knowledge.encoder import EncoderError
from knowledge.judge import Judgement, Verdict, judge
from knowledge.manifest import LibraryError
from knowledge.search import Found

LONGEST_QUESTION = 4000
"""Characters; a longer text is not a question."""
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
    incident_signpost: str = ""
    """The force's own words, in place of ours."""
    welfare_signpost: str = ""


class Limiter(Protocol):
    """Counts questions."""

    def allows(self, asker: str, place: Place) -> bool:
        """Whether one more question by this person, in this place, is not too many."""


class _NoLimit:
    def allows(self, asker: str, place: Place) -> bool:
        return True


def _nothing_paused() -> Mapping[str, Switch]:
    return {}


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions; lives as long as the program and is safe to share between threads."""

    guidance: Guidance
    records: Recorder
    contacts: Contacts = Contacts()
    today: Callable[[], date] = _today
    paused: Callable[[], Mapping[str, Switch]] = _nothing_paused
    ceilings: Ceilings = field(default_factory=Ceilings)
    limiter: Limiter = field(default_factory=_NoLimit)
    joining: Joins = field(default_factory=NotJoining)
    expected: Callable[[], str] = str
    """What whoever is handed over may expect, in a sentence; empty where nothing can be said."""

    def ask(self, question: Question) -> Reply:
        """Reply to a question. Never raises for what somebody typed, and never stays silent."""
        text = safeguards.clean(question.text)
        signpost = signpost_of(question, self.contacts)
        if signpost is not None:
            return self._urgent(question, signpost)
        held = self._held_up(question)
        if held is not None:
            return held
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
        """Open a request because the asker wants the hub, whatever guidance says; what is urgent is signposted."""
        text = safeguards.clean(question.text)
        signpost = signpost_of(question, self.contacts)
        if signpost is not None:
            return self._urgent(question, signpost)
        redaction = safeguards.redact(text)
        asked = replace(question, text=redaction.text)
        kind = safeguards.hub_request(asked.text) or RequestKind.QUESTION
        return self._hand_over(asked, redaction.kinds, Case(kind, wording.WHY["asked_for_hub"], tuple(found)))

    def signpost(self, question: Question) -> Reply | None:
        """What an emergency is told, without library, model or database; None for everything else.

        It is to be shown at once; `count` comes afterwards.
        """
        reply = signpost_of(question, self.contacts)
        return replace(reply, receipt=new_receipt()) if reply else None

    def count(self, question: Question, signpost: Reply) -> None:
        """Put on record that an emergency was signposted, and nothing of what was typed. It never raises."""
        try:
            self.records.count_urgent(kind_of(question))
            self.records.save_reply(replace(question, text=""), signpost)
        except RecordsError as error:
            log.warning("An emergency was signposted but not counted: %s", error)

    def _urgent(self, question: Question, signpost: Reply) -> Reply:
        """The signpost, first and alone. What was typed is counted, and never kept."""
        try:
            self.records.count_urgent(kind_of(question))
        except RecordsError as error:
            log.warning("An urgent message was signposted but not counted: %s", error)
        return self._record(replace(question, text=""), signpost)

    def _held_up(self, question: Question) -> Reply | None:
        """Too many at once, or everything is paused: a reply, and nothing of the question kept."""
        if not self.limiter.allows(question.asker, question.place):
            return _reply(Outcome.DECLINED, wording.TOO_MANY, why="too_many")
        switch = self.paused().get(EVERYTHING)
        if switch is None:
            return None
        text = wording.paused_everything(switch.why, self.contacts.hub)
        return self._record(replace(question, text=""), _reply(Outcome.PAUSED, text, why=EVERYTHING))

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
        paused = self.paused()
        if ANSWERS in paused:
            waiting = Case(kind or RequestKind.QUESTION, wording.paused_answers(paused[ANSWERS].why), paused=True)
            return self._hand_over(asked, redacted, waiting)
        try:
            edition, found = self.guidance.search(asked.text, after=topic)
        except (LibraryError, EncoderError) as error:
            log.error("The library cannot be searched: %s", error)
            unread = Case(kind or RequestKind.QUESTION, wording.WHY["library_unavailable"])
            return self._hand_over(asked, redacted, unread)
        passed = pass_on(found.hits, self.ceilings.of(asked.place), paused_documents(paused))
        judgement = judge(found, today=self.today())
        if passed.why and judgement.verdict is not Verdict.NOT_COVERED:
            stopped = Case(kind or RequestKind.QUESTION, wording.WHY[passed.why], (), edition)
            return self._hand_over(asked, redacted, stopped)
        judgement = replace(judgement, hits=tuple(hit for hit in judgement.hits if hit in passed.hits))
        citations = tuple(cite(hit) for hit in worth_showing(judgement.hits))
        case = case_of(asked.text, kind, judgement, citations, edition)
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

    def _hand_over(self, asked: Question, redacted: tuple[str, ...], case: Case) -> Reply:
        """Open a request; say so only once it is on disk."""
        made: list[Reply] = []
        match = self.joining.compare(asked.text)
        expected = self.expected()
        join = (match.alike.reference, match.alike.asked_by) if match.alike else None

        def reply_for(reference: str) -> Reply:
            told = [case.told(reference), expected, wording.join_offer(*join) if join else ""]
            reply = replace(
                _reply(case.outcome, "\n".join(filter(None, told)), why=case.why),
                citations=case.shown,
                join=join,
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
            return _with_redactions(_reply(case.outcome, f"{case.why}\n{text}", why=case.why), redacted)
        self.joining.keep(made[-1].request or "", match)
        return replace(made[-1], id=asked.id or made[-1].id)

    def _record(self, asked: Question, reply: Reply) -> Reply:
        """The reply with its receipt; without one, and saying so, if it cannot be recorded."""
        reply = replace(reply, id=asked.id or reply.id)
        try:
            receipted = replace(reply, receipt=self.records.new_receipt())
            self.records.save_reply(asked, receipted)
        except RecordsError as error:
            log.error("A reply could not be recorded: %s", error)
            return replace(reply, trouble=wording.ANSWER_NOT_RECORDED)
        return receipted


def _shown(judgement: Judgement, citations: tuple[Citation, ...], edition: int, found: Found) -> Reply:
    """A quote, or near candidates."""
    if judgement.verdict is Verdict.QUOTE:
        text = wording.answered(citations, judgement.confidence)
        reply = replace(_reply(Outcome.ANSWERED, text), citations=citations)
    else:
        reply = replace(_reply(Outcome.POSSIBLE, wording.possible(citations[:3])), candidates=citations[:3])
    return replace(reply, confidence=judgement.confidence, edition=edition, signals=dict(found.signals))


def _reply(outcome: Outcome, text: str, *, why: str = "") -> Reply:
    return Reply(id=uuid.uuid4().hex[:12], outcome=outcome, body=text, why=why)


def _with_redactions(reply: Reply, kinds: tuple[str, ...]) -> Reply:
    """The reply, saying first what was taken out of the question."""
    if not kinds:
        return reply
    return replace(reply, notice=wording.redacted(kinds), redacted=kinds)
