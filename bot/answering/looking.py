"""Looking a question up: what the library has, what of it may be shown here and now, and what the judge says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.answering.ceilings import Ceilings, pass_on
from bot.answering.parts import Guidance
from bot.domain.messages import Citation, Viewer
from bot.domain.switches import ANSWERS, EVERYTHING, Switch, paused_documents
from bot.domain.talk.weighing import ReadBy
from bot.watching.steps import Step, step
from knowledge.found import Found, Hit
from knowledge.judging.judge import Judgement, Verdict, judge
from knowledge.reader.consulting import Consulting, Ruled
from knowledge.reader.protocol import MOST_PASSAGES
from knowledge.voting.ballot import Voting


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
    read_by: ReadBy | None = None
    """The reader that pointed at something, if one did."""

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
    consulting: Consulting | None = None
    """A reader, where the force has one."""
    voting: Voting | None = None
    """Other models with a vote, where the force has some."""

    def up(self, text: str, viewer: Viewer, after: str = "") -> Looked:
        """What the library has on a question, or on a follow-up to another."""
        ceiling, paused = self.ceilings.of(viewer.place), paused_documents(self.paused())
        passing = partial(pass_on, ceiling=ceiling, paused=paused, belongs=viewer.belongs)
        edition, ruled = self._ruled(text, after, viewer.belongs, lambda hit: not passing([hit]).hits)
        found, judgement = ruled.found, ruled.judgement
        quoted = [part.hits[0] for part in found.parts if part.hits]
        stopped = next(filter(None, (passing([hit]).why for hit in quoted)), "") or passing(found.hits).why
        shown = replace(judgement, hits=passing(judgement.hits).hits, beside=passing(judgement.beside).hits)
        stops = stopped if judgement.verdict is not Verdict.NOT_COVERED else ""
        return Looked(text, edition, found, shown, stops, _read_by(ruled))

    def _ruled(
        self, text: str, after: str, belongs: frozenset[str], hidden: Callable[[Hit], bool]
    ) -> tuple[int, Ruled]:
        """The edition's number, and what the judge says of its search; with a reader's help where there is one."""
        today, search = self.today(), partial(self.guidance.search, belongs=belongs)
        if self.consulting is None:
            with step(Step.SEARCH):
                edition, found = search(text, after=after)
            return edition, Ruled(found, self._judged(found, today))
        with step(Step.SEARCH):
            edition, found = search(text, after=after, limit=MOST_PASSAGES)
        return edition, self.consulting.rule(
            found,
            self._judged(found, today),
            earlier=after,
            hidden=hidden,
            today=today,
            search=lambda words: search(words, limit=MOST_PASSAGES)[1],
        )

    def _judged(self, found: Found, today: date) -> Judgement:
        with step(Step.JUDGING):
            judgement = judge(found, today=today)
            return judgement if self.voting is None else self.voting.vote(found, judgement)

    def may_show(self, citation: Citation, viewer: Viewer) -> bool:
        """Whether something that was found before may be shown here and now."""
        paused = self.paused()
        if {ANSWERS, EVERYTHING} & set(paused) or citation.document in paused_documents(paused):
            return False
        return self.ceilings.allow(citation, viewer)


def _read_by(ruled: Ruled) -> ReadBy | None:
    """A reader's part, for the record."""
    if ruled.read is None:
        return None
    by, said, chosen = ruled.read.by, ruled.read.said, ruled.chosen or ()
    keys = tuple(
        f"{hit.entry.key}:{','.join(map(str, choice.sentences))}"
        for hit, choice in zip(chosen, said.choices, strict=False)
    )
    usable = ruled.chosen is not None
    return ReadBy(by.model, by.prompt, by.seconds, said.answers.value, keys, usable=usable)
