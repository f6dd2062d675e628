"""Late answers: what guidance says now to questions that it could not answer before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.domain.changes import Change, claim_first
from bot.domain.letters import LetterKind
from bot.domain.messages import Citation, Outcome, Reply
from bot.domain.people import Action
from bot.domain.refusals import Refused
from bot.domain.requests import WAITS, MessageKind, Request, RequestState

if TYPE_CHECKING:
    from bot.domain.people import Actor
    from bot.governance.office import Office
    from bot.records import Records

PAST = timedelta(days=365)
"""How far back questions that were closed without a reply are asked again."""


class LateError(Refused):
    """A late answer cannot be sent; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Questions that the same section answers now: sent in one step."""

    citation: Citation
    requests: tuple[Request, ...]

    @property
    def reference(self) -> str:
        """What the offer is called: the oldest of its requests."""
        return self.requests[0].reference

    def as_json(self) -> dict[str, Any]:
        """The offer for `requests late --json`."""
        return {
            "reference": self.reference,
            "citation": self.citation.as_json(),
            "requests": [{"reference": one.reference, "question": one.question} for one in self.requests],
        }


@dataclass(frozen=True, slots=True)
class LateAnswers:
    """Methods raise NotAllowed, LateError, and RecordsError from the database."""

    office: Office
    records: Records
    ask: Callable[[Request], Reply]
    """Asks a request's question again, as of its own place, without a trace."""
    now: Callable[[], datetime]
    may_see: Callable[[Actor, Citation], bool] = lambda actor, cited: True
    """Whether what is cited is for this person."""

    def look(self, edition: int) -> int:
        """Ask again what is unanswered, and keep what guidance answers now; how many are new.

        It is for the worker, after each new edition.
        """
        found = [(one.reference, cited) for one in self._unanswered() if (cited := self._answer(one)) is not None]
        return self.records.late.keep(edition, found)

    def offers(self, actor: Actor) -> list[Offer]:
        """What could be sent, each with everybody who waits for it; a quote that no longer stands is not offered."""
        self.office.check(actor, Action.WORK_REQUESTS)
        groups: dict[tuple[str, str], list[tuple[Request, Citation]]] = {}
        for request in self._unanswered():
            cited = self._answer(request)
            if cited is not None and self.may_see(actor, cited):
                groups.setdefault((cited.document, cited.section), []).append((request, cited))
        return [_offer(found) for found in groups.values()]

    def send(self, actor: Actor, reference: str) -> tuple[list[str], list[str]]:
        """Send an offer to all who asked; the references that were told, and why others were not.

        LateError where there is no such offer.
        """
        told, troubles = [], []
        for request in self._offer(actor, reference).requests:
            try:
                self._send(actor, request)
                told.append(request.reference)
            except Refused as error:
                troubles.append(str(error))
        return told, troubles

    def dismiss(self, actor: Actor, reference: str) -> list[str]:
        """Do not offer this again for these questions; their references."""
        references = [request.reference for request in self._offer(actor, reference).requests]
        self.records.late.settle(references, "dismissed", actor)
        return references

    def _offer(self, actor: Actor, reference: str) -> Offer:
        wanted = self.records.request(reference)
        for offer in self.offers(actor):
            if wanted is not None and wanted.reference in [request.reference for request in offer.requests]:
                return offer
        raise LateError(wording.LATE_NO_SUCH.format(reference=reference))

    def _send(self, actor: Actor, request: Request) -> None:
        cited = self._answer(request)
        if cited is None:
            raise LateError(wording.LATE_NO_SUCH.format(reference=request.reference))
        # all of the hub read what is said of a request: what is for some only is not quoted there
        quoted = wording.late_for_some(cited) if cited.audience else wording.late_quote(cited)

        def decide(now: Request) -> Change:
            if now.state in WAITS or now.state is RequestState.UNRESOLVED:
                return replace(claim_first(now, actor.name), state=RequestState.REPLIED)
            if now.replied_at is not None or now.state is not RequestState.CLOSED:
                raise LateError(f"{now.reference} is {now.state.value}: hub staff have seen to it.")
            return Change()

        self.records.queue.change(
            request.reference,
            actor,
            "late_answer",
            decide,
            message=(MessageKind.REPLY, quoted),
            tell=lambda own: wording.LATE_ANSWER.format(reference=own, text=quoted),
            kind=LetterKind.LATE_ANSWER,
        )
        self.records.late.settle([request.reference], "sent", actor)

    def _unanswered(self) -> Sequence[Request]:
        return self.records.late.unanswered(self.now() - PAST)

    def _answer(self, request: Request) -> Citation | None:
        reply = self.ask(request)
        return reply.citations[0] if reply.outcome is Outcome.ANSWERED else None


def _offer(found: Sequence[tuple[Request, Citation]]) -> Offer:
    oldest = sorted(found, key=lambda one: one[0].opened_at)
    return Offer(oldest[0][1], tuple(request for request, _ in oldest))
