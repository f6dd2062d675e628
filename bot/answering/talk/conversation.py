"""What a message means after what was said before: short answers, and what the hub had asked for.

Whoever types "yes", "2", "more" or "thanks" asks nothing new: none of it is searched, and none of it opens a request
unless it says so ("none", "hub").
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from bot import safeguards, wording
from bot.answering.handing_over import Case
from bot.answering.looking import Looking
from bot.answering.parts import AddsDetail, Recorder, TakesFeedback
from bot.answering.quoting import new_reply
from bot.answering.talk.lately import Lately
from bot.answering.talk.opening import Opening
from bot.answering.talk.small_answers import Small, SmallAnswer, small_answer
from bot.domain.messages import Outcome, Question, Reply
from bot.domain.people import Actor
from bot.domain.refusals import Refused
from bot.domain.requests import RequestKind
from bot.domain.talk.reasons import Said, Why, WhyHandedOver
from bot.domain.talk.turns import Before, Turn

# what the hub may have been waiting for, if it had asked
_INFORMS = frozenset({Small.YES, Small.NO, Small.PICK, Small.NONE, Small.PUZZLED, Small.NOTED})
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HandOver:
    """The hub was asked for by a short answer: what was asked before goes to it."""

    question: Question
    case: Case
    of: Turn | None = None
    """The reply that it is about."""


@dataclass(frozen=True, slots=True)
class AskAgain:
    """What was taken for an answer to the hub is a question after all."""

    question: Question


Taken = Reply | HandOver | AskAgain
"""What a message that leans on what was said before comes to."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One installation's; knows what was said only from the hub database. Methods raise RecordsError."""

    records: Recorder
    looking: Looking
    desk: AddsDetail | None = None
    feedback: TakesFeedback | None = None

    def take(self, asked: Question, before: Lately) -> Taken | None:
        """What a redacted message comes to, if it leans on what was said before; None for everything else."""
        small = small_answer(asked.text)
        told = self._for_the_hub(asked, small, before)
        if told is not None or small is None:
            return told
        return self._answer(asked, small, Before.of(before.turns()))

    def _for_the_hub(self, asked: Question, small: SmallAnswer | None, before: Lately) -> Reply | None:
        """What is said after the hub asked for more goes to that request."""
        if self.desk is None or (small and small.kind not in _INFORMS) or safeguards.smalltalk(asked.text) is not None:
            return None
        wanted = before.asked_more()
        if wanted is None:
            return None
        newest = next(iter(before.turns()), None)
        if newest is not None and newest.at > wanted.at:
            return None  # they have gone on to something else since
        return self._add(self.desk, asked, wanted.reference)

    def _add(self, desk: AddsDetail, asked: Question, reference: str) -> Reply | None:
        try:
            desk.add_detail(Actor(asked.asker), reference, asked.text)
        except Refused as error:
            log.info("What an asker said could not be added to %s: %s", reference, error)
            return None
        told = wording.DETAIL_HEARD.format(reference=reference)
        reply = new_reply(Outcome.HANDED_OVER, told, reason=Said.DETAIL_ADDED.value)
        return replace(reply, request=reference, says=(wording.NEW_QUESTION,))

    def _answer(self, asked: Question, small: SmallAnswer, before: Before) -> Taken | None:
        opening = Opening(self.records, self.looking, asked)
        base = before.base
        match small.kind:
            case Small.PICK:
                return opening.pick(before, small.number)
            case Small.YES if base is not None and base.candidates and before.offered is not None and not before.shown:
                return opening.pick(before, 1)
            case Small.MORE | Small.NEXT:
                return opening.more(before, skip=small.kind is Small.NEXT)
            case Small.HUB | Small.NONE:
                return self._to_hub(asked, base)
            case Small.NO if (
                base is not None and base.outcome is Outcome.POSSIBLE and not before.shown and not before.later
            ):
                return self._to_hub(asked, base)
            case Small.GOOD | Small.WRONG:
                return self._judge(asked, small, before)
            case Small.NEW_QUESTION:
                return self._new_question(asked, base)
            case _:
                return line(_told(small.kind, before), request=base.request if base else "")

    def _to_hub(self, asked: Question, base: Turn | None) -> Taken:
        """Hand over what was asked before, once."""
        if base is not None and base.request:
            return line(wording.ALREADY_WITH_HUB.format(reference=base.request), request=base.request)
        if base is None:
            return line(wording.NOTHING_BEFORE)
        if not base.question.strip():
            return line(wording.NOTHING_KEPT)
        kind = safeguards.hub_request(base.question) or RequestKind.QUESTION
        found = (*base.citations, *base.candidates, *base.further)
        case = Case(kind, Why(WhyHandedOver.ASKED_FOR_HUB), found)
        return HandOver(replace(asked, text=base.question), case, base)

    def _judge(self, asked: Question, small: SmallAnswer, before: Before) -> Reply:
        """What is said of the last reply; with a reason it goes to the hub."""
        said_of = next(
            (turn for turn in (*before.later, before.base) if turn and (turn.citations or turn.candidates)), None
        )
        if said_of is None or not said_of.receipt:
            return line(wording.GLAD if small.kind is Small.GOOD else wording.WRONG_OF_WHAT)
        if small.kind is Small.WRONG and not small.reason:
            return line(wording.SAY_WHATS_WRONG)
        if self.feedback is None:
            return line(wording.FEEDBACK_KEPT)
        helped = small.kind is Small.GOOD
        try:
            reference = self.feedback.give(
                asked.asker, asked.place, said_of.receipt, helped=helped, reason=small.reason, to_hub=not helped
            )
        except Refused as error:
            return line(str(error))
        if not reference:
            return line(wording.FEEDBACK_KEPT)
        told = line(wording.FEEDBACK_TO_HUB.format(reference=reference), request=reference)
        return replace(told, outcome=Outcome.HANDED_OVER)

    def _new_question(self, asked: Question, base: Turn | None) -> Taken:
        """What went to a request was not meant for it: it is asked."""
        if base is None or base.reason != Said.DETAIL_ADDED.value or not base.question:
            return line(wording.TYPE_NEW)
        if self.desk is not None:
            try:
                self.desk.add_detail(Actor(asked.asker), base.request, wording.DETAIL_NOT_MEANT)
            except Refused as error:
                log.info("A request could not be told that a detail was not meant for it: %s", error)
        return AskAgain(replace(asked, text=base.question))


def line(text: str, *, request: str = "") -> Reply:
    """A line in answer to a short word; what was said before still stands."""
    return replace(new_reply(Outcome.SMALLTALK, text, reason=Said.SMALL.value), request=request or None)


def _told(kind: Small, before: Before) -> str:
    """What is said to a word that asks for nothing."""
    base = before.base
    if kind is Small.LAUGH:
        return wording.LAUGHS
    if kind is Small.SIGN_OFF:
        return wording.BYE
    if kind is Small.NOTED:
        return wording.NOTED
    if base is None:
        return wording.NOTHING_BEFORE
    if base.request:
        return wording.ALREADY_WITH_HUB.format(reference=base.request)
    if base.outcome is Outcome.URGENT and not base.citations:
        return wording.AFTER_INCIDENT
    chosen_from = base.outcome is Outcome.POSSIBLE
    if kind is Small.YES:
        return wording.GLAD
    if kind is Small.NO:
        return wording.CHOOSE_AGAIN if chosen_from else wording.NOT_IT
    return wording.IN_OTHER_WORDS_PICK if chosen_from else wording.IN_OTHER_WORDS
