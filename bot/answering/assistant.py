"""A question becomes a reply. The steps stand here, in order, and nowhere else."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache

from bot import safeguards, wording
from bot.answering.answers import Answers
from bot.answering.ceilings import Ceilings
from bot.answering.handing_over import Case, HandingOver
from bot.answering.looking import Looking
from bot.answering.parts import (
    AddsDetail,
    Contacts,
    Deaf,
    Guidance,
    HearsNoRequests,
    HearsRequests,
    Limiter,
    Listener,
    NoLimit,
    Recorder,
    TakesFeedback,
    nothing_paused,
)
from bot.answering.quoting import new_reply, with_redactions
from bot.answering.refusing import refusal_of
from bot.answering.signposts import Signposts
from bot.answering.talk.conversation import AskAgain, Conversation, HandOver, Taken
from bot.answering.talk.lately import Lately
from bot.answering.talk.small_answers import small_answer
from bot.domain.messages import Citation, Outcome, Question, Reply
from bot.domain.refusals import RecordsError
from bot.domain.requests import RequestKind
from bot.domain.switches import EVERYTHING, Switch
from bot.domain.talk.reasons import Said, Why, WhyHandedOver
from bot.queue.joining import Joins, NotJoining
from bot.watching.steps import Step, asking, step
from knowledge.encoder import EncoderError
from knowledge.language.followups import asks_nothing
from knowledge.reader.consulting import Consulting
from knowledge.voting.ballot import Voting

__all__ = ["Assistant", "Contacts", "Guidance", "Recorder"]
LONGEST_QUESTION = 4000
"""Characters; a longer text is not a question."""
_NOTHING_NEAR = frozenset({WhyHandedOver.TOO_FAR, WhyHandedOver.NOTHING_FOUND})
_NOTHING_TO_HEAR = frozenset({safeguards.Smalltalk.GREETING, safeguards.Smalltalk.THANKS})
log = logging.getLogger(__name__)


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions; lives as long as the program and is safe to share between threads."""

    guidance: Guidance
    records: Recorder
    contacts: Contacts = field(default_factory=Contacts)
    today: Callable[[], date] = _today
    paused: Callable[[], Mapping[str, Switch]] = nothing_paused
    ceilings: Ceilings = field(default_factory=Ceilings)
    limiter: Limiter = field(default_factory=NoLimit)
    joining: Joins = field(default_factory=NotJoining)
    expected: Callable[[], str] = str
    """What an asker may expect of the hub, in a sentence; empty where nothing can be said."""
    second: Listener = field(default_factory=Deaf)
    """Hears emergencies that the words alone do not tell."""
    wanting: HearsRequests = field(default_factory=HearsNoRequests)
    """Hears requests for the hub that the words alone do not tell."""
    known: Callable[[], safeguards.Known | None] = lambda: None
    """What the library itself names, and redaction leaves alone."""
    desk: AddsDetail | None = None
    feedback: TakesFeedback | None = None
    consulting: Consulting | None = None
    """A reader, where the force has one."""
    voting: Voting | None = None
    """Other models with a vote, where the force has some."""

    def ask(self, question: Question) -> Reply:
        """Reply to a question. Never raises for what somebody typed, and never stays silent."""
        with asking(question.place.platform) as one:
            reply = self._ask(question)
            one.ends(
                reply.outcome.value,
                edition=reply.edition or 0,
                citations=len(reply.citations),
                candidates=len(reply.candidates),
                redacted=len(reply.redacted),
            )
            return reply

    def _ask(self, question: Question) -> Reply:
        signpost = self.signpost(question)
        if signpost is not None:
            self._signposts.count_soon(question, signpost)
            return signpost
        # what is paused is read once for a reply, and is the same for all of it
        reply = replace(self, paused=cache(self.paused))._reply(question)
        line = wording.in_language(safeguards.language(safeguards.clean(question.text)) or "")
        # a line of help for people who do not write in English, above what is on record as the reply
        return replace(reply, notice="\n\n".join(filter(None, (line, reply.notice)))) if line else reply

    def _reply(self, question: Question) -> Reply:
        held = self._held_up(question)
        if held is not None:
            return held
        with step(Step.REDACTION):
            text = safeguards.clean(question.text)
            redaction = safeguards.redact(text, self.known())
        asked = replace(question, text=redaction.text)
        kept_back = self._unreadable(text)
        if kept_back is not None:
            return self._record(replace(asked, text="" if len(text) > LONGEST_QUESTION else asked.text), kept_back)
        before = Lately(self.records, asked, self.known())
        taken = self._taken(asked, before)
        if taken is not None:
            return self._take_up(asked, taken, redaction.kinds)
        return self._answer(asked, text, redaction.kinds, before)

    def _answer(self, asked: Question, text: str, redacted: tuple[str, ...], before: Lately) -> Reply:
        """A question of its own: refused, greeted, or looked up; what only the second listener hears stands above."""
        refusal = refusal_of(text)
        small = self._smalltalk(asked.text)
        searched = None
        if not (refusal.certain if refusal is not None else small is not None):
            self.second.soon(asked.text)  # what it hears by goes along with what is searched for
            searched = self._searched(asked, before)
        urgency = self._second_hears(asked)
        if urgency is None and refusal is not None and refusal.certain:
            return self._record(asked, with_redactions(refusal.reply(), redacted))
        if urgency is None and refusal is None and small is not None:
            return self._record(asked, with_redactions(small, redacted))
        found = searched or self._searched(asked, before)
        if refusal is not None:
            found = refusal.unless_covered(found)
        if urgency is not None:
            return self._signposted(asked, urgency, found, redacted)
        if isinstance(found, Case) and asks_nothing(asked.text) and found.why.reason in _NOTHING_NEAR:
            found = new_reply(Outcome.SMALLTALK, wording.NOTHING_NEAR, reason=found.why.reason.value)
        if isinstance(found, Case):
            return self._hub.open(asked, redacted, found)
        return self._record(asked, with_redactions(found, redacted))

    def _searched(self, asked: Question, before: Lately) -> Reply | Case:
        return Answers(self._looking, self.wanting).find(asked, before.topic())

    def signpost(self, question: Question) -> Reply | None:
        """What an emergency is told, without library, model or database; None for everything else.

        It is to be shown at once; `count` comes afterwards.
        """
        with step(Step.LISTENING):
            urgency = safeguards.urgency(safeguards.clean(question.text))
        return None if urgency is None else self._signposts.first(question, urgency)

    def count(self, question: Question, signpost: Reply) -> None:
        """Put on record that an emergency was signposted, and nothing of what was typed. It never raises."""
        self._signposts.count(question, signpost)

    def needs_library(self, question: Question) -> bool:
        """Whether answering takes the library: what is urgent, refused or small talk does not."""
        text = safeguards.clean(question.text)
        if safeguards.urgency(text) is not None or self._unreadable(text) or small_answer(text):
            return False
        refusal = refusal_of(text)
        return self._smalltalk(text) is None and not (refusal and refusal.certain)

    def hand_over(self, question: Question, found: Sequence[Citation] = (), *, receipt: str = "") -> Reply:
        """Open a request because the asker wants the hub, whatever guidance says; what is urgent is signposted.

        `receipt` is that of the reply which it is about: it counts as one of which nothing was chosen.
        """
        signpost = self.signpost(question)
        if signpost is not None:
            self._signposts.count_soon(question, signpost)
            return signpost
        redaction = safeguards.redact(safeguards.clean(question.text), self.known())
        asked = replace(question, text=redaction.text)
        kind = safeguards.hub_request(asked.text) or RequestKind.QUESTION
        case = Case(kind, Why(WhyHandedOver.ASKED_FOR_HUB), tuple(found))
        return self._to_hub(asked, case, redaction.kinds, receipt)

    def opened(self, receipt: str, number: int, person: str) -> None:
        """An asker opened one of the sections that a reply offered, at an edge that shows it by itself."""
        try:
            self.records.conversation.choose(receipt, number, person)
        except RecordsError as error:
            log.warning("A choice could not be kept: %s", error)

    def _held_up(self, question: Question) -> Reply | None:
        """Too many at once, or everything is paused: a reply, and nothing of the question kept."""
        if not self.limiter.allows(question.asker, question.place):
            return new_reply(Outcome.DECLINED, wording.TOO_MANY, reason=Said.TOO_MANY.value)
        switch = self.paused().get(EVERYTHING)
        if switch is None:
            return None
        text = wording.paused_everything(switch.why, self.contacts.hub)
        return self._record(replace(question, text=""), new_reply(Outcome.PAUSED, text, reason=EVERYTHING))

    def _unreadable(self, text: str) -> Reply | None:
        """Nothing to read, or far too much."""
        if len(text) > LONGEST_QUESTION:
            told = wording.TOO_LONG.format(length=len(text), limit=LONGEST_QUESTION)
            return new_reply(Outcome.DECLINED, told, reason=Said.TOO_LONG.value)
        if any(character.isalnum() for character in text):
            return None
        return new_reply(Outcome.SMALLTALK, wording.NO_WORDS, reason=Said.SMALL.value)

    def _taken(self, asked: Question, before: Lately) -> Taken | None:
        """What a message comes to that leans on what was said before; nothing while that cannot be read."""
        conversation = Conversation(self.records, self._looking, self.desk, self.feedback)
        try:
            return conversation.take(asked, before)
        except RecordsError as error:
            log.error("What was said before cannot be read: %s", error)
            return new_reply(Outcome.SMALLTALK, wording.TROUBLE) if small_answer(asked.text) else None

    def _take_up(self, asked: Question, taken: Taken, redacted: tuple[str, ...]) -> Reply:
        if isinstance(taken, HandOver):
            receipt = taken.of.receipt if taken.of else ""
            return self._to_hub(taken.question, taken.case, redacted, receipt)
        if isinstance(taken, AskAgain):
            return self._answer(
                taken.question, taken.question.text, redacted, Lately(self.records, taken.question, self.known())
            )
        return self._record(asked, with_redactions(taken, redacted))

    def _to_hub(self, asked: Question, case: Case, redacted: tuple[str, ...], receipt: str) -> Reply:
        """The hub was asked for: of what the reply with this receipt offered, nothing was chosen."""
        if receipt:
            self.opened(receipt, 0, asked.asker)
        return self._hub.open(asked, redacted, replace(case, after=Lately(self.records, asked, self.known()).topic()))

    def _smalltalk(self, text: str) -> Reply | None:
        kind = safeguards.smalltalk(text)
        if kind is None:
            return None
        told = {"greeting": wording.GREETING, "thanks": wording.THANKS, "bye": wording.BYE, "about": wording.ABOUT}
        return new_reply(Outcome.SMALLTALK, told.get(kind.value, wording.HELP), reason=Said.SMALL.value)

    def _second_hears(self, asked: Question) -> safeguards.Urgency | None:
        """What the second listener hears; nothing while its encoder cannot be loaded.

        A message that is nothing but a greeting or thanks holds no emergency, and does not wait for a model.
        """
        if safeguards.smalltalk(asked.text) in _NOTHING_TO_HEAR:
            return None
        try:
            with step(Step.LISTENING):
                return self.second.hears(asked.text)
        except EncoderError as error:
            log.error("The second listener cannot listen: %s", error)
            return None

    def _signposted(
        self, asked: Question, urgency: safeguards.Urgency, found: Reply | Case, redacted: tuple[str, ...]
    ) -> Reply:
        """The signpost first, what guidance says below it; no request is opened unasked, and it is counted."""
        reply = self._signposts.above(urgency, None if isinstance(found, Case) else found)
        # an officer's own crisis is never kept; of an incident the redacted words are, so that the hub can be asked
        kept = replace(asked, text="") if urgency is safeguards.Urgency.WELFARE else asked
        reply = self._record(kept, with_redactions(reply, redacted))
        try:
            self.records.count_urgent(urgency.value)
        except RecordsError as error:
            log.warning("An emergency was signposted but not counted: %s", error)
        return reply

    def _record(self, asked: Question, reply: Reply) -> Reply:
        """The reply with its receipt; without one, and saying so, if it cannot be recorded."""
        reply = replace(reply, id=asked.id or reply.id)
        try:
            with step(Step.RECORDING):
                return self.records.save_reply(asked, reply)
        except RecordsError as error:
            log.error("A reply could not be recorded: %s", error)
            return replace(reply, trouble=wording.ANSWER_NOT_RECORDED)

    @property
    def _looking(self) -> Looking:
        return Looking(self.guidance, self.ceilings, self.paused, self.today, self.consulting, self.voting)

    @property
    def _signposts(self) -> Signposts:
        return Signposts(self.records, self.contacts)

    @property
    def _hub(self) -> HandingOver:
        return HandingOver(self.records, self.joining, self.expected, self.contacts)
