"""What hub staff, admins and auditors do beside the queue: each action checks the actor's role and goes on record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.domain.people import Action, Actor, NotAllowed, Roles
from bot.domain.proposals import Digest
from bot.domain.refusals import Refused, Remedy
from bot.domain.requests import Event, Request
from bot.domain.retention import Clocks, Hold, Purged, Scope
from bot.domain.switches import ANSWERS, EVERYTHING, Switch, document_switch
from bot.governance import anchors, disclosure
from bot.governance.anchors import Anchor, AnchorError

if TYPE_CHECKING:
    from bot.governance.disclosure import Disclosure
    from bot.records import Records
    from bot.records.disclosure import Wanted


class OfficeError(Refused):
    """Something cannot be done as it was asked for; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Office:
    """Every method raises NotAllowed where the actor's roles do not reach, and RecordsError from the database."""

    roles: Roles
    records: Records
    now: Callable[[], datetime]

    def check(self, actor: Actor, action: Action) -> None:
        """Do nothing if the actor may; a refusal goes on record."""
        try:
            self.roles.check(actor.name, action, actor.groups, at_terminal=actor.at_terminal)
        except NotAllowed:
            self.records.audit("refused", actor.name, subject=action.value)
            raise

    def pause(self, actor: Actor, what: str, why: str, documents: Collection[str]) -> str:
        """Pause "answers", "everything" or a document by its id; the name of the switch.

        Raises:
            OfficeError: there is no such document, or no reason was given.
        """
        self.check(actor, Action.SWITCH)
        name = _switch(what, documents)
        if not why.strip():
            raise OfficeError('Say why, for everyone to see: --why "…"')
        self.records.switches.pause(name, actor.name, why.strip())
        return name

    def resume(self, actor: Actor, what: str) -> str:
        """Resume something. OfficeError where it is not paused."""
        self.check(actor, Action.SWITCH)
        name = what if what in (ANSWERS, EVERYTHING) else document_switch(what)
        if not self.records.switches.resume(name, actor.name):
            raise OfficeError(f"'{what}' is not paused.", Remedy(("pause",)))
        return name

    def paused(self) -> Mapping[str, Switch]:
        """What is paused: for everyone to see."""
        return self.records.switches.paused()

    def hold(self, actor: Actor, scope: Scope, value: str, why: str) -> Hold:
        """Keep a person's records, a request, or everything from every purge."""
        self.check(actor, Action.HOLD)
        return self.records.retention.hold(scope, value, actor.name, why)

    def lift(self, actor: Actor, number: int) -> None:
        """Lift a hold."""
        self.check(actor, Action.HOLD)
        self.records.retention.lift(number, actor.name)

    def purge(self, actor: Actor, clocks: Clocks, *, dry_run: bool) -> Purged:
        """Take away what is past its time."""
        self.check(actor, Action.PURGE)
        return self.records.retention.purge(clocks, actor.name, dry_run=dry_run)

    def disclose(self, actor: Actor, wanted: Wanted, folder: Path) -> Disclosure:
        """Write a disclosure; that it was made, and of what, goes on record."""
        self.check(actor, Action.EXPORT)
        try:
            written = disclosure.write(folder, self.records.disclosure.find(wanted), wanted.as_json(), self.now())
        except ValueError as error:
            raise OfficeError(f"'{wanted.reference}' is no reference. Write it as PF-0042.") from error
        self.records.audit("exported", actor.name, subject=wanted.person, terms=_terms(wanted), records=written.records)
        return written

    def look(self, actor: Actor, reference: str) -> Request | None:
        """A request with its question; who looked goes on record."""
        self.check(actor, Action.WORK_REQUESTS)
        request = self.records.request(reference)
        if request is not None:
            self.records.audit("viewed", actor.name, subject=request.reference)
        return request

    def events(self, actor: Actor, **terms: Any) -> list[tuple[str, Event]]:
        """The newest events of the record, newest first, each with its subject."""
        self.check(actor, Action.READ_RECORD)
        return self.records.audit_events(**terms)

    def anchor(self, actor: Actor, key_file: Path) -> Anchor:
        """Where the chain stands now, signed."""
        self.check(actor, Action.READ_RECORD)
        self.records.audit("anchored", actor.name)
        sequence, event_hash = self.records.audit_head()
        return anchors.sign(sequence, event_hash, self.now(), key_file)

    def compare(self, anchor: Anchor) -> None:
        """Do nothing if the record is still what an anchor says.

        Raises:
            AnchorError: the anchor is not genuine, or the record was changed since.
        """
        if not anchors.is_genuine(anchor):
            raise AnchorError("The anchor's signature does not fit: the anchor itself was changed.")
        now = self.records.audit_hash(anchor.sequence)
        if now is None:
            raise AnchorError(f"Event {anchor.sequence}, there on {anchor.at}, is not in the record any more.")
        if now != anchor.hash:
            raise AnchorError(f"The record up to event {anchor.sequence} is not what it was on {anchor.at}.")

    def approve_digest(self, actor: Actor, week: str) -> Digest:
        """Release a weekly digest."""
        self.check(actor, Action.APPROVE)
        return self.records.digests.approve(week, actor.name)


def _switch(what: str, documents: Collection[str]) -> str:
    if what in (ANSWERS, EVERYTHING):
        return what
    if what.lower() in documents:
        return document_switch(what)
    raise OfficeError(
        f"Nothing called '{what}' can be paused. Name answers, everything, or a document (prevention-hub index list)."
    )


def _terms(wanted: Wanted) -> list[str]:
    """Which terms narrowed the search; a keyword's own words may be about a person."""
    return [name for name, value in wanted.as_json().items() if value]
