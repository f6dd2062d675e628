"""Looking a question up: what the library has, what of it may be shown here and now, and what the judge says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.ceilings import Ceilings, pass_on
from bot.answering.parts import Guidance
from bot.domain.messages import Citation, Place
from bot.domain.switches import ANSWERS, EVERYTHING, Switch, paused_documents
from knowledge.judging.judge import Judgement, Verdict, judge
from knowledge.search import Found


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for one question."""

    text: str
    edition: int
    found: Found
    judgement: Judgement
    """Its hits are those that may be shown."""
    stopped: str = ""
    """Why the best hit may not be shown here and now, as a code; empty where it may, or is not near."""

    @property
    def is_quote(self) -> bool:
        """Whether the first hit may be quoted as the answer."""
        return not self.stopped and self.judgement.verdict is Verdict.QUOTE

    @property
    def is_near(self) -> bool:
        """Whether sections may be shown."""
        return not self.stopped and self.judgement.verdict is not Verdict.NOT_COVERED


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks up; raises LibraryError and EncoderError where the library cannot be searched."""

    guidance: Guidance
    ceilings: Ceilings
    paused: Callable[[], Mapping[str, Switch]]
    today: Callable[[], date]

    def up(self, text: str, place: Place, after: str = "") -> Looked:
        """What the library has on a question, or on a follow-up to another."""
        edition, found = self.guidance.search(text, after=after)
        judgement = judge(found, today=self.today())
        ceiling, paused = self.ceilings.of(place), paused_documents(self.paused())
        quoted = [part.hits[0] for part in found.parts if part.hits]
        passed = pass_on(found.hits, ceiling, paused)
        stopped = next(filter(None, (pass_on([hit], ceiling, paused).why for hit in quoted)), "") or passed.why
        shown = pass_on(judgement.hits, ceiling, paused).hits
        stops = stopped if judgement.verdict is not Verdict.NOT_COVERED else ""
        return Looked(text, edition, found, replace(judgement, hits=shown), stops)

    def may_show(self, citation: Citation, place: Place) -> bool:
        """Whether something that was found before may be shown here and now."""
        paused = self.paused()
        if {ANSWERS, EVERYTHING} & set(paused) or citation.document in paused_documents(paused):
            return False
        return self.ceilings.allow(citation.marking, place)
