"""What may be shown to somebody, here and now: not what is paused, nothing marked above the place, and of what is for
some colleagues only nothing to the others. This is the one rule; every way to show something asks it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot import wording
from bot.domain.messages import Citation, Place, Viewer
from bot.domain.receipts import ReceiptRecord
from bot.domain.refusals import Refused
from knowledge.audience import is_for
from knowledge.found import Hit
from knowledge.passages import Document, Marking

RANKS = tuple(Marking)
"""Markings from the lowest to the highest."""


def _not_known(document: str) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The highest marking for the installation, and lower or higher ones for platforms and places below it."""

    installation: Marking = Marking.OFFICIAL_SENSITIVE
    places: Mapping[str, Marking] = field(default_factory=dict)
    """By "platform", or "platform:address" for one place; any part of an address between slashes will do."""
    document_now: Callable[[str], Document | None] = _not_known
    """A document, by its id, as the library has it by now: what was for everybody when it was quoted need not be any
    more, and its marking may have been raised. None where the library does not hold it."""

    def of(self, place: Place) -> Marking:
        """The highest marking that may be shown in a place; never above the installation's."""
        own = self.places.get(place.platform, self.installation)
        for part in (*place.address.split("/"), place.address):
            own = self.places.get(f"{place.platform}:{part}", own)
        return min(own, self.installation, key=RANKS.index)

    def why_not(self, one: Citation | Document, viewer: Viewer) -> str:
        """Why somebody may not be shown something: "not_for_them", "above_ceiling"; empty if they may.

        A citation's marking may carry a handling note in brackets.
        """
        if not self.is_for(one, viewer):
            return "not_for_them"
        now = self.document_now(one.document) if isinstance(one, Citation) else None
        marked = [Marking(one.marking.split(" (")[0]), *([now.marking] if now else [])]
        highest = max(map(RANKS.index, marked))
        return "above_ceiling" if highest > RANKS.index(self.of(viewer.place)) else ""

    def allow(self, one: Citation | Document, viewer: Viewer) -> bool:
        """Whether somebody may be shown something."""
        return not self.why_not(one, viewer)

    def is_for(self, one: Citation | Document, viewer: Viewer) -> bool:
        """Whether something is for everybody, or for who looks, whatever it is marked."""
        now = self.audience_now(one.document) if isinstance(one, Citation) else ""
        return is_for(one.audience, viewer.belongs) and is_for(now, viewer.belongs)

    def audience_now(self, document: str) -> str:
        """Whom a document is for by now; empty for everybody, and where the library does not hold it."""
        now = self.document_now(document)
        return now.audience if now is not None else ""

    def withheld(self, shown: Sequence[Citation], place: Place) -> str:
        """What a copy that leaves the hub from a place says where a reply showed these; empty if the reply may go.

        A copy may be read by anybody, so nothing goes that is for some colleagues only, whoever makes it.
        """
        audiences = {name for one in shown for name in (one.audience, self.audience_now(one.document))}
        for_some = sorted(name for name in audiences if not is_for(name, ()))
        if for_some:
            return wording.WITHHELD.format(audience="; ".join(for_some))
        return "" if all(self.allow(one, Viewer(place)) for one in shown) else wording.WITHHELD_MARKED

    def check_receipt(self, found: ReceiptRecord, viewer: Viewer) -> None:
        """Do nothing if all that a reply showed is for who looks now; Refused if not. Its text says what it quoted."""
        if not all(self.is_for(one, viewer) for one in (*found.citations, *found.candidates)):
            raise Refused(wording.RECEIPT_FOR_OTHERS)


@dataclass(frozen=True, slots=True)
class Passed:
    """What a search brought, without what may not be shown, and why the first hit is not among it."""

    hits: tuple[Hit, ...]
    why: str = ""
    """"document_paused" or "above_ceiling"; empty if the first hit may be shown."""


def pass_on(
    hits: Sequence[Hit], ceiling: Marking, paused: Collection[str], belongs: Collection[str] = frozenset()
) -> Passed:
    """Take out hits of paused documents, hits marked above the ceiling, and what is for others.

    What is for others is no reason for anything: it is as if the library did not hold it.
    """
    theirs = [hit for hit in hits if is_for(hit.entry.document.audience, belongs)]
    kept = tuple(hit for hit in theirs if not _stopped(hit, ceiling, paused))
    return Passed(kept, _stopped(theirs[0], ceiling, paused) if theirs else "")


def _stopped(hit: Hit, ceiling: Marking, paused: Collection[str]) -> str:
    document = hit.entry.document
    if document.id in paused:
        return "document_paused"
    return "above_ceiling" if RANKS.index(document.marking) > RANKS.index(ceiling) else ""
