"""What hub staff, admins and auditors do beside the queue: each action checks the actor's role and goes on record."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.domain.messages import Citation, Place
from bot.domain.people import Action, Actor, NotAllowed, Roles
from bot.domain.proposals import Digest, Second
from bot.domain.record import AuditReport, Event
from bot.domain.refusals import Refused, Remedy
from bot.domain.requests import Request, no_such_request, parse_reference
from bot.domain.switches import ANSWERS, EVERYTHING, Switch, document_switch
from bot.domain.timing.retention import Clocks, Hold, Purged, Scope
from bot.governance import anchors, disclosure
from bot.governance.anchors import Anchor, AnchorError, Keys
from bot.governance.disclosure import by_audience

if TYPE_CHECKING:
    from bot.governance.disclosure import Disclosure
    from bot.records import Records
    from bot.records.office.disclosure import Wanted


class OfficeError(Refused):
    """Something cannot be done as it was asked for; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Office:
    """Every method raises NotAllowed where the actor's roles do not reach, and RecordsError from the database."""

    roles: Roles
    records: Records
    now: Callable[[], datetime]
    keys: Keys | None = None
    """What signs anchors and trimmings; None where nothing can be signed."""
    zone: tzinfo = UTC
    """In which people read times."""
    doubtful: Callable[[], frozenset[str]] = frozenset
    """People of whom it cannot be told which other accounts are theirs, where that matters."""
    withheld: Callable[[Sequence[Citation], Place], str] = by_audience
    """What a disclosure made in a place says where a reply showed these; empty if the reply may go."""

    def check(self, actor: Actor, action: Action) -> None:
        """Do nothing if the actor may, and the account that acts for them too; a refusal goes on record."""
        try:
            self.roles.check_actor(actor, action)
        except NotAllowed:
            self.records.audit("refused", actor, subject=action.value)
            raise

    def at_terminal(self, account: str, name: str = "") -> Actor:
        """The actor for an account of the operating system, which may act for the person it names.

        NotAllowed, and on record, where it may not act for others.
        """
        try:
            return self.roles.at_terminal(account, name)
        except NotAllowed:
            claimed = Actor(name, at_terminal=True, account=account)
            self.records.audit("refused", claimed, subject="act for others")
            raise

    def second(self, actor: Actor) -> Second:
        """The actor as the second person, who approves what another proposed."""
        return Second(actor, self.roles.are_set or bool(self.roles.granted), self.doubtful())

    def pause(self, actor: Actor, what: str, why: str, documents: Collection[str]) -> str:
        """Pause "answers", "everything" or a document by its id; the name of the switch.

        Raises:
            OfficeError: there is no such document, or no reason was given.
        """
        self.check(actor, Action.SWITCH)
        name = _switch(what, documents)
        if not why.strip():
            raise OfficeError('Say why, for everyone to see: --why "…"')
        self.records.switches.pause(name, actor, why.strip())
        return name

    def resume(self, actor: Actor, what: str) -> str:
        """Resume something. OfficeError where it is not paused."""
        self.check(actor, Action.SWITCH)
        name = what if what in (ANSWERS, EVERYTHING) else document_switch(what)
        if not self.records.switches.resume(name, actor):
            raise OfficeError(f"'{what}' is not paused.", Remedy(("pause",)))
        return name

    def paused(self) -> Mapping[str, Switch]:
        """What is paused: for everyone to see."""
        return self.records.switches.paused()

    def hold(self, actor: Actor, scope: Scope, value: str, why: str, *, unknown: bool = False) -> Hold:
        """Keep a person's records, a request, or everything from every purge.

        `unknown`: also for a person of whom nothing is kept yet. HoldError and QueueError as in the records.
        """
        self.check(actor, Action.HOLD)
        return self.records.retention.hold(scope, value, actor, why, unknown=unknown)

    def lift(self, actor: Actor, number: int) -> None:
        """Lift a hold."""
        self.check(actor, Action.HOLD)
        self.records.retention.lift(number, actor)

    def holds(self, actor: Actor) -> list[Hold]:
        """Every hold that stands: whom a force investigates is not for everyone."""
        self.check(actor, Action.HOLD)
        return self.records.retention.holds()

    def purge(self, actor: Actor, clocks: Clocks, *, dry_run: bool) -> Purged:
        """Take away what is past its time."""
        self.check(actor, Action.PURGE)
        seal = self.keys.seal if self.keys else None
        return self.records.retention.purge(clocks, actor, dry_run=dry_run, seal=seal)

    def disclose(self, actor: Actor, wanted: Wanted, folder: Path) -> Disclosure:
        """Write a disclosure; that it was made, and of what, goes on record.

        OfficeError where the reference cannot be read, or nothing at all is kept of such a person or request.
        """
        self.check(actor, Action.EXPORT)
        self._check_there_is(wanted)
        here = Place("terminal", "") if actor.at_terminal else Place("portal", actor.name)
        try:
            found = self.records.disclosure.find(wanted, lambda shown: self.withheld(shown, here))
            written = disclosure.write(folder, found, self._asked(wanted), self.now(), self.zone)
        except ValueError as error:
            raise OfficeError(f"'{wanted.reference}' is no reference. Write it as PF-0042.") from error
        self.records.audit("exported", actor, subject=wanted.person, terms=_terms(wanted), records=written.records)
        return written

    def look(self, actor: Actor, reference: str) -> Request | None:
        """A request with its question; who looked goes on record."""
        self.check(actor, Action.WORK_REQUESTS)
        request = self.records.request(reference)
        if request is not None:
            self.records.audit("viewed", actor, subject=request.reference)
        return request

    def events(self, actor: Actor, *, person: str = "", subject: str = "", limit: int = 100) -> list[tuple[str, Event]]:
        """The newest events of the record, newest first, each with its subject."""
        self.check(actor, Action.READ_RECORD)
        return self.records.audit_events(person=person, subject=subject, limit=limit)

    def search(self, actor: Actor, *, person: str = "", subject: str = "", limit: int = 100) -> list[tuple[str, Event]]:
        """As `events`; that somebody searched, and by which terms, goes on record itself."""
        found = self.events(actor, person=person, subject=subject, limit=limit)
        terms = [name for name, value in (("person", person), ("subject", subject)) if value]
        self.records.audit("searched", actor, subject=subject, terms=terms, found=len(found))
        return found

    def verify(self) -> AuditReport:
        """Walk the record from end to end; a record that was trimmed must say so under a known signature."""
        return self.records.verify_audit(self.keys.is_seal if self.keys else None)

    def accept_start(self, actor: Actor, why: str) -> int:
        """Sign where the record begins, after a version before signatures trimmed it; the last event that went.

        OfficeError where there is no reason, no key, or nothing was trimmed.
        """
        self.check(actor, Action.PURGE)
        if not why.strip():
            raise OfficeError('Say why, for the record: --why "…"')
        sequence = self.records.accept_start(actor, why.strip(), self._signing().seal)
        if sequence is None:
            raise OfficeError("The record was never trimmed: it begins with its first event.")
        return sequence

    def anchor(self, actor: Actor) -> Anchor:
        """Where the chain stands now, signed."""
        self.check(actor, Action.READ_RECORD)
        keys = self._signing()
        self.records.audit("anchored", actor)
        sequence, event_hash = self.records.audit_head()
        return keys.sign(sequence, event_hash, self.now())

    def compare(self, anchor: Anchor) -> None:
        """Do nothing if the record is still what an anchor says.

        Raises:
            AnchorError: the anchor is not genuine, its key is not known here, or the record was changed since.
        """
        if anchor.purpose != anchors.ANCHOR or not anchors.is_genuine(anchor):
            raise AnchorError("The anchor's signature does not fit: the anchor itself was changed.")
        if anchor.key not in self._signing().trusted():
            raise AnchorError(
                f"The anchor is signed with a key that is not known here ({anchor.key}). If it is one of this hub's "
                "keys, name it in PREVENTION_HUB_ANCHOR_KEYS."
            )
        now = self.records.audit_hash(anchor.sequence)
        if now is None:
            raise AnchorError(f"Event {anchor.sequence}, there on {anchor.at}, is not in the record any more.")
        if now != anchor.hash:
            raise AnchorError(f"The record up to event {anchor.sequence} is not what it was on {anchor.at}.")

    def approve_digest(self, actor: Actor, week: str) -> Digest:
        """Release a weekly digest."""
        self.check(actor, Action.APPROVE)
        return self.records.digests.approve(week, self.second(actor))

    def _signing(self) -> Keys:
        if self.keys is None:
            raise OfficeError("Nothing can be signed or checked here: there is no signing key.")
        return self.keys

    def _asked(self, wanted: Wanted) -> dict[str, Any]:
        """The terms of a search, with the accounts that are the person it is about."""
        accounts = self.records.bindings.told(wanted.person) if wanted.person else []
        return {**wanted.as_json(), **({"accounts": accounts} if accounts else {})}

    def _check_there_is(self, wanted: Wanted) -> None:
        """OfficeError for a name or reference that is not there: an empty disclosure would say that nothing is kept."""
        near = self.records.retention.near(wanted.person) if wanted.person else None
        if near is not None:
            meant = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
            raise OfficeError(f"Nothing is kept of anyone called '{wanted.person}'.{meant} Write it as it is kept.")
        if wanted.reference and parse_reference(wanted.reference) and self.records.request(wanted.reference) is None:
            raise no_such_request(wanted.reference)


def _switch(what: str, documents: Collection[str]) -> str:
    if what in (ANSWERS, EVERYTHING):
        return what
    if what.lower() in documents:
        return document_switch(what)
    near = difflib.get_close_matches(what.lower(), [*documents, ANSWERS, EVERYTHING], 3, 0.5)
    meant = f" Did you mean {' or '.join(near)}?" if near else " Name answers, everything, or a document by its id."
    raise OfficeError(f"Nothing called '{what}' can be paused.{meant}", Remedy(("pause", "--documents")))


def _terms(wanted: Wanted) -> list[str]:
    """Which terms narrowed the search; a keyword's own words may be about a person."""
    return [name for name, value in wanted.as_json().items() if value]
