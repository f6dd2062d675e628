"""What guidance says to a question: one quote, two where two things were asked, candidates, or a case for the hub."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from bot import safeguards, wording
from bot.answering.comparing import Parts, parts_of
from bot.answering.handing_over import Case, case_of
from bot.answering.looking import Looked, Looking
from bot.answering.pasted import asked_in
from bot.answering.quoting import candidates, cite, quotes, weighed, worth_showing
from bot.domain.messages import Place, Question, Reply
from bot.domain.reasons import Why, WhyHandedOver
from bot.domain.requests import RequestKind
from bot.domain.switches import ANSWERS
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answers:
    """Finds answers; never raises for what the library or its encoder cannot do."""

    looking: Looking

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
        text, place = asked_in(asked.text), asked.place
        parts = parts_of(text) if kind is None and not topic else None
        whole = self.looking.up(text, place, topic)
        both = self._both(parts, whole, place) if parts else None
        if both is not None:
            return both
        case = case_of(asked.text, kind, whole)
        if case is not None:
            found = dict(whole.found.signals)
            return replace(case, after=topic, signals=found, weighed=weighed(whole.found, whole.judgement))
        return self._shown(whole)

    def _shown(self, looked: Looked) -> Reply:
        """A quote, or near candidates."""
        if looked.is_quote:
            return self._quoted([looked])
        return _with_grounds(candidates(looked.judgement.hits, looked.judgement), looked)

    def _both(self, parts: Parts, whole: Looked, place: Place) -> Reply | None:
        """Both sides, one quote each; None where one section says both, or where a part is not answered."""
        if parts.compared and whole.is_quote and _names_both(whole, parts):
            return None
        one = self.looking.up(parts.one, place)
        two = self.looking.up(parts.two, place, parts.one if parts.leans else "")
        if one.is_quote and two.is_quote:
            same = _section(one) == _section(two)
            return self._quoted([one] if same else [one, two])
        if parts.compared or whole.is_quote or not (one.is_quote or two.is_quote):
            return None
        answered, other = (one, parts.two) if one.is_quote else (two, parts.one)
        reply = self._quoted([answered])
        told = f"{reply.body}\n\n{wording.OTHER_PART.format(part=other.strip(' ?.'))}"
        return replace(reply, body=told, related=(_as_question(other), *reply.related)[:3])

    def _quoted(self, looked: list[Looked]) -> Reply:
        """One quote with what stands beside it, or two quotes."""
        first = looked[0]
        if len(looked) > 1:
            cited = [cite(one.judgement.hits[0]) for one in looked]
            weakest = min((one.judgement for one in looked), key=lambda judgement: judgement.confidence)
            return _with_grounds(quotes(cited, weakest, quoted=len(cited)), first)
        cited = [cite(hit) for hit in worth_showing(first.judgement.hits)]
        reply = replace(quotes(cited, first.judgement), related=self.looking.guidance.related(cited[0]))
        return _with_grounds(reply, first)


def _with_grounds(reply: Reply, looked: Looked) -> Reply:
    """The reply with what it rests on, for the record."""
    grounds = weighed(looked.found, looked.judgement)
    return replace(reply, edition=looked.edition, signals=dict(looked.found.signals), weighed=grounds)


def _section(looked: Looked) -> tuple[str, str]:
    passage = looked.judgement.hits[0].entry.passage
    return passage.document, passage.section


def _names_both(looked: Looked, parts: Parts) -> bool:
    """Whether the first hit speaks of both sides of a comparison."""
    entry = looked.judgement.hits[0].entry
    said = f"{entry.passage.section} {entry.passage.text}".lower()
    return all(any(word in said for word in name.lower().split() if len(word) > 2) for name in parts.names)


def _as_question(text: str) -> str:
    return f"{text.strip(' ?.')}?"
