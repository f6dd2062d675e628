"""What guidance says to a question: one quote, two where two things were asked, candidates, or a case for the hub."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace

from bot import safeguards
from bot.answering.handing_over import Case, case_of
from bot.answering.looking import Looked, Looking
from bot.answering.parts import HearsNoRequests, HearsRequests
from bot.answering.quoting import candidates, cite, quotes, weighed, worth_showing
from bot.answering.talk.pasted import asked_in
from bot.domain.messages import Question, Reply
from bot.domain.requests import RequestKind
from bot.domain.switches import ANSWERS
from bot.domain.talk.reasons import Why, WhyHandedOver
from knowledge.encoder import EncoderError
from knowledge.judging.judge import sections
from knowledge.manifest import LibraryError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answers:
    """Finds answers; never raises for what the library or its encoder cannot do."""

    looking: Looking
    requests: HearsRequests = field(default_factory=HearsNoRequests)
    """Asked where guidance has nothing to quote."""

    def find(self, asked: Question, topic: str) -> Reply | Case:
        """What guidance says, not on record yet; or why the question goes to the hub."""
        kind = safeguards.hub_request(asked.text)
        paused = self.looking.paused()
        if ANSWERS in paused:
            why = Why(WhyHandedOver.ANSWERS_PAUSED, note=paused[ANSWERS].why)
            return Case(kind or RequestKind.QUESTION, why, after=topic)
        try:
            return self._find(asked, kind, topic)
        except (LibraryError, EncoderError) as error:
            log.error("The library cannot be searched: %s", error)
            return Case(kind or RequestKind.QUESTION, Why(WhyHandedOver.LIBRARY_UNAVAILABLE), after=topic)

    def _find(self, asked: Question, kind: RequestKind | None, topic: str) -> Reply | Case:
        looked = self.looking.up(asked_in(asked.text), asked.viewer, topic)
        if kind is None and not looked.is_quote:
            kind = self.requests.kind_of(asked.text)
        signals, grounds = dict(looked.found.signals), weighed(looked.found, looked.judgement, looked.read_by)
        case = case_of(asked.text, kind, looked)
        if case is not None:
            return replace(case, after=topic if looked.found.follows else "", signals=signals, weighed=grounds)
        reply = self._quoted(looked) if looked.is_quote else candidates(looked.judgement)
        return replace(reply, edition=looked.edition, signals=signals, weighed=grounds)

    def _quoted(self, looked: Looked) -> Reply:
        """One quote with what stands beside it; where two things are compared or asked, one quote for each."""
        judgement = looked.judgement
        if len(judgement.quoted) > 1:
            cited = [cite(hit) for hit in judgement.quoted]
            return quotes(cited, judgement, quoted=len(cited))
        cited = [cite(hit) for hit in sections((*worth_showing(judgement.hits), *judgement.beside))]
        return replace(quotes(cited, judgement), related=self.looking.guidance.related(cited[0]))
