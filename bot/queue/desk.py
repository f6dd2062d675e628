"""The hub's desk: every step of working on a request, checked for role and state, recorded, and told to who asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bot import safeguards, wording
from bot.domain.letters import LetterKind
from bot.domain.people import Action, Actor, NotAllowed
from bot.domain.proposals import Advice, AdviceError, AdviceState
from bot.domain.refusals import Remedy
from bot.domain.requests import (
    WAITS,
    Change,
    CloseOutcome,
    MessageKind,
    QueueError,
    Request,
    RequestState,
    claim,
    claim_first,
    is_theirs,
    moved,
    no_such_request,
    parse_reference,
    reference_of,
)
from bot.governance.office import Office

if TYPE_CHECKING:
    from bot.records import Records

REVIEW_AFTER = timedelta(days=180)
"""When advice is reviewed, unless somebody sets a day."""
S = RequestState


@dataclass(frozen=True, slots=True)
class Draft:
    """Advice that is not proposed yet, and the question it came from."""

    asked: str
    advice: Advice


@dataclass(frozen=True, slots=True)
class Desk:
    """Methods raise NotAllowed, QueueError, TransitionError and AdviceError with what to do, and RecordsError."""

    office: Office
    records: Records
    now: Callable[[], datetime]

    def claim(self, actor: Actor, reference: str) -> Request:
        """Take a request. QueueError, naming who has it, where somebody else was first."""
        self.office.check(actor, Action.WORK_REQUESTS)
        return self.records.queue.change(reference, actor.name, "claimed", lambda r: claim(r, actor.name))

    def release(self, actor: Actor, reference: str) -> Request:
        """Put a request back."""
        self.office.check(actor, Action.WORK_REQUESTS)

        def decide(request: Request) -> Change:
            is_theirs(request, actor.name)
            moved(request, S.OPEN)
            return Change(S.OPEN, claimed_by="")

        return self.records.queue.change(reference, actor.name, "released", decide)

    def reassign(self, actor: Actor, reference: str, person: str) -> Request:
        """Give a claimed or open request to somebody else, whoever has it now."""
        self.office.check(actor, Action.WORK_REQUESTS)

        def decide(request: Request) -> Change:
            if request.state not in (S.CLAIMED, S.REPLIED):
                moved(request, S.CLAIMED)
                return Change(S.CLAIMED, claimed_by=person)
            return Change(claimed_by=person)

        return self.records.queue.change(reference, actor.name, "reassigned", decide)

    def note(self, actor: Actor, reference: str, text: str) -> Request:
        """Write down something for the hub; the asker never sees it."""
        self.office.check(actor, Action.WORK_REQUESTS)
        said = (MessageKind.NOTE, _said(text))
        return self.records.queue.change(reference, actor.name, "noted", lambda _: Change(), message=said)

    def ask_more(self, actor: Actor, reference: str, text: str) -> Request:
        """Ask whoever asked for more."""
        self.office.check(actor, Action.WORK_REQUESTS)
        said = _said(text)
        return self.records.queue.change(
            reference,
            actor.name,
            "asked_more",
            lambda request: claim_first(request, actor.name),
            message=(MessageKind.ASK_MORE, said),
            tell=lambda own: wording.ASK_MORE.format(reference=own, text=said),
            kind=LetterKind.ASK_MORE,
        )

    def add_detail(self, actor: Actor, reference: str, text: str) -> Request:
        """Whoever asked adds something, redacted first.

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
        return self.records.queue.change(reference, actor.name, "detailed", decide, message=message)

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
        return self.records.queue.change(reference, actor.name, "replied", decide, message=message, tell=tell)

    def close(self, actor: Actor, reference: str, outcome: CloseOutcome) -> Request:
        """Close a request. One that was never replied to is told to whoever asked."""
        self.office.check(actor, Action.WORK_REQUESTS)

        def decide(now: Request) -> Change:
            held = Change() if now.state is S.REPLIED else claim_first(now, actor.name)
            if now.state not in (S.OPEN, S.REOPENED):
                moved(now, S.CLOSED)
            tell = None if now.state is S.REPLIED else lambda own: wording.closed(own, outcome.value)
            return replace(held, state=S.CLOSED, outcome=outcome, tell=tell)

        return self.records.queue.change(reference, actor.name, "closed", decide, kind=LetterKind.CLOSED)

    def join(self, actor: Actor, reference: str, into: str) -> Request:
        """Let another request answer this one too: whoever asked it gets the same reply, in their own place.

        Raises:
            QueueError: the other is not open, or one of the two is joined already.
        """
        self._is_askers_or_hubs(actor, reference)

        def decide(request: Request, other: Request) -> Change:
            if request.reference == other.reference or request.joined_to:
                where = f"it has joined {request.joined_to}." if request.joined_to else "a request cannot join itself."
                raise QueueError(f"{request.reference} cannot join {other.reference}: {where}")
            if other.state not in WAITS or other.joined_to:
                raise QueueError(f"{other.reference} does not wait for a reply any more, so nothing can join it.")
            if request.state not in WAITS:
                raise QueueError(f"{request.reference} is {request.state.value}, so it needs no other answer.")
            return Change(S.CLOSED, outcome=CloseOutcome.DUPLICATE, joined_to=other.reference)

        return self.records.queue.join(reference, into, actor.name, decide)

    def reopen(self, actor: Actor, reference: str) -> Request:
        """Open a request again: whoever asked it ("not yet"), or the hub."""
        self._is_askers_or_hubs(actor, reference)

        def decide(request: Request) -> Change:
            moved(request, S.REOPENED)
            return Change(S.REOPENED, claimed_by="", joined_to="", reopens=True)

        return self.records.queue.change(reference, actor.name, "reopened", decide)

    def helped(self, actor: Actor, reference: str) -> Request:
        """ "That helped": whoever asked closes a request that was replied to."""
        self._is_askers_or_hubs(actor, reference)

        def decide(request: Request) -> Change:
            if request.state is not S.CLOSED:  # one that joined another is closed already: that it helped is kept
                moved(request, S.CLOSED)
            return Change(S.CLOSED, outcome=CloseOutcome.ANSWERED)

        return self.records.queue.change(reference, actor.name, "helped", decide)

    def withdraw(self, actor: Actor, reference: str) -> Request:
        """Take a request back."""
        self._is_askers_or_hubs(actor, reference)

        def decide(request: Request) -> Change:
            moved(request, S.WITHDRAWN)
            return Change(S.WITHDRAWN)

        return self.records.queue.change(reference, actor.name, "withdrawn", decide)

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
            AdviceError: nothing was replied yet, or the text names somebody.
        """
        self.office.check(actor, Action.WORK_REQUESTS)
        request = self._request(reference)
        text, heading = _advised(request, question, text)
        for part in (text, heading, title):
            found = safeguards.redact(part).kinds
            if found:
                raise AdviceError(
                    f"Advice is for everyone, and this names {wording.named(found)}. Give it without.",
                    _with_text(request.reference),
                )
        return self.records.advice.propose(
            request.reference,
            actor.name,
            title=title.strip() or _title(heading),
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
        text, heading = _advised(request, question, text)
        now, title = self.now(), _title(heading)
        review_by = (now + REVIEW_AFTER).date()
        state = AdviceState.PROPOSED
        who = actor.name
        return Draft(
            request.question, Advice(request.reference, title, heading, text, who, review_by, who, "", state, now)
        )

    def approve(self, actor: Actor, reference: str) -> Advice:
        """Approve advice that somebody else proposed; the next edition holds it."""
        self.office.check(actor, Action.APPROVE)
        return self.records.advice.approve(reference, actor.name)

    def withdraw_advice(self, actor: Actor, reference: str) -> Advice:
        """Take advice out of the next edition."""
        self.office.check(actor, Action.APPROVE)
        return self.records.advice.withdraw(reference, actor.name)

    def _request(self, reference: str) -> Request:
        request = self.records.request(reference)
        if request is None:
            raise no_such_request(reference)
        return request

    def _is_askers_or_hubs(self, actor: Actor, reference: str) -> None:
        request = self.records.request(reference)
        if request is not None and request.asker == actor.name:
            return
        try:
            self.office.check(actor, Action.WORK_REQUESTS)
        except NotAllowed as error:
            raise NotAllowed(f"Only whoever asked {_shown(reference)}, or the hub, may do that.") from error


def _advised(request: Request, question: str, text: str) -> tuple[str, str]:
    """Text and heading of the advice that a request's reply becomes."""
    replies = [message.text for message in request.messages if message.kind is MessageKind.REPLY]
    text = text.strip() or (replies[-1] if replies else "")
    if not text:
        raise AdviceError(
            f"{request.reference} has no reply yet. Reply first, or write the advice.", _with_text(request.reference)
        )
    return text, " ".join((question or request.question).split())


def _with_text(reference: str) -> Remedy:
    return Remedy(("requests", "promote", reference, "--text", "…"), "promote", reference)


def _title(heading: str) -> str:
    return wording.ADVICE_TITLE.format(question=heading[:80].rstrip(" ?."))


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise QueueError("There is nothing to say: write the text.")
    return said


def _shown(reference: str) -> str:
    number = parse_reference(reference)
    return reference_of(number) if number else reference
