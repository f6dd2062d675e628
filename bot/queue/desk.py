"""The hub's desk: every step of working on a request, checked for role and state, recorded, and told to the asker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot import safeguards, wording
from bot.domain.changes import Change, claim, claim_first, close, is_theirs, join
from bot.domain.letters import LetterKind
from bot.domain.people import Action, Actor, NotAllowed
from bot.domain.proposals import Advice, AdviceState
from bot.domain.requests import (
    CloseOutcome,
    MessageKind,
    QueueError,
    Request,
    RequestState,
    moved,
    no_such_request,
    parse_reference,
    reference_of,
)
from bot.governance.office import Office
from bot.queue.learning.promoting import REVIEW_AFTER, Draft, advised, check_names_nobody, title_of

if TYPE_CHECKING:
    from bot.records import Records

S = RequestState


@dataclass(frozen=True, slots=True)
class Desk:
    """Methods raise NotAllowed, QueueError, TransitionError and AdviceError with what to do, and RecordsError."""

    office: Office
    records: Records
    now: Callable[[], datetime]

    def claim(self, actor: Actor, reference: str) -> Request:
        """Take a request. QueueError, naming who has it, where a colleague was first."""
        self.office.check(actor, Action.WORK_REQUESTS)
        return self.records.queue.change(reference, actor, "claimed", lambda r: claim(r, actor.name))

    def release(self, actor: Actor, reference: str) -> Request:
        """Put a request back."""
        self.office.check(actor, Action.WORK_REQUESTS)

        def decide(request: Request) -> Change:
            is_theirs(request, actor.name)
            moved(request, S.OPEN)
            return Change(S.OPEN, claimed_by="")

        return self.records.queue.change(reference, actor, "released", decide)

    def reassign(self, actor: Actor, reference: str, person: str) -> Request:
        """Give a claimed or open request to a colleague, whichever of them has it now."""
        self.office.check(actor, Action.WORK_REQUESTS)

        def decide(request: Request) -> Change:
            if request.state not in (S.CLAIMED, S.REPLIED):
                moved(request, S.CLAIMED)
                return Change(S.CLAIMED, claimed_by=person)
            return Change(claimed_by=person)

        return self.records.queue.change(reference, actor, "reassigned", decide)

    def note(self, actor: Actor, reference: str, text: str) -> Request:
        """Write down something for the hub; the asker never sees it."""
        self.office.check(actor, Action.WORK_REQUESTS)
        said = (MessageKind.NOTE, _said(text))
        return self.records.queue.change(reference, actor, "noted", lambda _: Change(), message=said)

    def ask_more(self, actor: Actor, reference: str, text: str) -> Request:
        """Ask the asker for more."""
        self.office.check(actor, Action.WORK_REQUESTS)
        said = _said(text)
        return self.records.queue.change(
            reference,
            actor,
            "asked_more",
            lambda request: claim_first(request, actor.name),
            message=(MessageKind.ASK_MORE, said),
            tell=lambda own: wording.ASK_MORE.format(reference=own, text=said),
            kind=LetterKind.ASK_MORE,
        )

    def add_detail(self, actor: Actor, reference: str, text: str) -> Request:
        """The asker adds something, redacted first.

        Raises:
            QueueError: it is urgent, and so it is signposted and not kept; or the request has ended.
        """
        self._is_askers_or_hubs(actor, reference)
        if safeguards.urgency(safeguards.clean(text)) is not None:
            raise QueueError(wording.INCIDENT)
        said = safeguards.redact(safeguards.clean(_said(text))).text

        def decide(request: Request) -> Change:
            if request.state in (S.CLOSED, S.WITHDRAWN):
                raise QueueError(
                    f"{request.reference} is {request.state.value}. Type “not yet {request.reference}” first."
                )
            return Change()

        message = (MessageKind.DETAIL, said)
        return self.records.queue.change(reference, actor, "detailed", decide, message=message)

    def reply(self, actor: Actor, reference: str, text: str) -> Request:
        """Reply; it is delivered where the request was asked. An open request is claimed on the way."""
        self.office.check(actor, Action.WORK_REQUESTS)
        said = _said(text)

        def decide(request: Request) -> Change:
            if request.state is S.REPLIED:
                return Change()
            return replace(claim_first(request, actor.name), state=S.REPLIED)

        message = (MessageKind.REPLY, said)
        tell = lambda own: wording.HUB_REPLY.format(reference=own, text=said)  # noqa: E731 one line says it
        return self.records.queue.change(reference, actor, "replied", decide, message=message, tell=tell)

    def close(self, actor: Actor, reference: str, outcome: CloseOutcome) -> Request:
        """Close a request. QueueError where it has no reply and would end as answered; the asker is told of others."""
        self.office.check(actor, Action.WORK_REQUESTS)

        def decide(now: Request) -> Change:
            knows = now.state not in (S.REPLIED, S.UNRESOLVED)  # the one was told already, the other never asked
            tell = (lambda own: wording.closed(own, outcome.value)) if knows else None
            return replace(close(now, actor.name, outcome), tell=tell)

        return self.records.queue.change(reference, actor, "closed", decide, kind=LetterKind.CLOSED)

    def join(self, actor: Actor, reference: str, into: str) -> Request:
        """Let another request answer this one too: its asker gets the same reply, in their own place.

        Raises:
            NotAllowed: the asker was not offered that request.
            QueueError: the other is not open, or one of the two is joined already.
            NotAllowed: the asker was not offered to join that one; only the hub may join what it likes.
        """
        self._is_askers_or_hubs(actor, reference)
        by_hub = self._is_hub(actor)
        return self.records.queue.join(
            reference, into, actor, lambda request, other: join(request, other, by_hub=by_hub)
        )

    def reopen(self, actor: Actor, reference: str) -> Request:
        """Open a request again: its asker ("not yet"), or the hub."""
        self._is_askers_or_hubs(actor, reference)

        def decide(request: Request) -> Change:
            moved(request, S.REOPENED)
            return Change(S.REOPENED, claimed_by="", joined_to="", reopens=True)

        return self.records.queue.change(reference, actor, "reopened", decide)

    def helped(self, actor: Actor, reference: str) -> Request:
        """ "That helped": the asker closes a request that was replied to."""
        self._is_askers_or_hubs(actor, reference)

        def decide(request: Request) -> Change:
            if request.state is not S.CLOSED:  # one that joined another is closed already: that it helped is kept
                moved(request, S.CLOSED)
            return Change(S.CLOSED, outcome=CloseOutcome.ANSWERED)

        return self.records.queue.change(reference, actor, "helped", decide)

    def withdraw(self, actor: Actor, reference: str) -> Request:
        """Take a request back."""
        self._is_askers_or_hubs(actor, reference)

        def decide(request: Request) -> Change:
            moved(request, S.WITHDRAWN)
            return Change(S.WITHDRAWN)

        return self.records.queue.change(reference, actor, "withdrawn", decide)

    def promote(
        self,
        actor: Actor,
        reference: str,
        *,
        title: str = "",
        question: str = "",
        text: str = "",
        owner: str = "",
        review_by: date | None = None,
    ) -> Advice:
        """Propose a reply as hub advice; a different person must approve it.

        Raises:
            AdviceError: nothing was replied yet, or the text names a person.
        """
        self.office.check(actor, Action.WORK_REQUESTS)
        request = self._request(reference)
        text, heading = advised(request, question, text)
        check_names_nobody(request.reference, text, heading, title)
        return self.records.advice.propose(
            request.reference,
            actor,
            title=title.strip() or title_of(heading),
            question=heading,
            text=text,
            owner=owner.strip() or actor.name,
            review_by=review_by or (self.now() + REVIEW_AFTER).date(),
        )

    def draft(self, actor: Actor, reference: str, *, question: str = "", text: str = "") -> Draft:
        """A reply as the advice it would become, for a rehearsal; nothing is kept.

        AdviceError where nothing was replied or proposed yet and no text is given.
        """
        self.office.check(actor, Action.WORK_REQUESTS)
        request = self._request(reference)
        proposed = next((one for one in self.records.advice.all() if one.reference == request.reference), None)
        if proposed is not None:
            text, question = text or proposed.text, question or proposed.question
        text, heading = advised(request, question, text)
        now, title = self.now(), title_of(heading)
        review_by = (now + REVIEW_AFTER).date()
        state = AdviceState.PROPOSED
        who = actor.name
        return Draft(
            request.question, Advice(request.reference, title, heading, text, who, review_by, who, "", state, now)
        )

    def approve(self, actor: Actor, reference: str) -> Advice:
        """Approve advice that a colleague proposed; the next edition holds it."""
        self.office.check(actor, Action.APPROVE)
        return self.records.advice.approve(reference, self.office.second(actor))

    def withdraw_advice(self, actor: Actor, reference: str) -> Advice:
        """Take advice out of the next edition."""
        self.office.check(actor, Action.APPROVE)
        return self.records.advice.withdraw(reference, actor)

    def _request(self, reference: str) -> Request:
        request = self.records.request(reference)
        if request is None:
            raise no_such_request(reference)
        return request

    def _is_hub(self, actor: Actor) -> bool:
        try:
            self.office.roles.check_actor(actor, Action.WORK_REQUESTS)
        except NotAllowed:
            return False
        return True

    def _is_askers_or_hubs(self, actor: Actor, reference: str) -> None:
        request = self.records.request(reference)
        if request is not None and request.asker == actor.name:
            return
        try:
            self.office.check(actor, Action.WORK_REQUESTS)
        except NotAllowed as error:
            raise NotAllowed(f"Only the asker of {_shown(reference)}, or the hub, may do that.") from error


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise QueueError("There is nothing to say: write the text.")
    return said


def _shown(reference: str) -> str:
    number = parse_reference(reference)
    return reference_of(number) if number else reference
