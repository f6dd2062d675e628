"""What may be shown here and now: not what is paused, and nothing marked above the place it would be shown in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.messages import Place
from knowledge.passages import Marking
from knowledge.search import Hit

RANKS = tuple(Marking)
"""Markings from the lowest to the highest."""


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The highest marking for the installation, and lower or higher ones for platforms and places below it."""

    installation: Marking = Marking.OFFICIAL_SENSITIVE
    places: Mapping[str, Marking] = field(default_factory=dict)
    """By "platform", or "platform:address" for one place; any part of an address between slashes will do."""

    def of(self, place: Place) -> Marking:
        """The highest marking that may be shown in a place; never above the installation's."""
        own = self.places.get(place.platform, self.installation)
        for part in (*place.address.split("/"), place.address):
            own = self.places.get(f"{place.platform}:{part}", own)
        return min(own, self.installation, key=RANKS.index)

    def allow(self, marking: str, place: Place) -> bool:
        """Whether something so marked may be shown in a place; a marking may carry a handling note in brackets."""
        bare = marking.split(" (")[0]
        return RANKS.index(Marking(bare)) <= RANKS.index(self.of(place))


@dataclass(frozen=True, slots=True)
class Passed:
    """What a search brought, without what may not be shown, and why the first hit is not among it."""

    hits: tuple[Hit, ...]
    why: str = ""
    """"document_paused" or "above_ceiling"; empty if the first hit may be shown."""


def pass_on(hits: Sequence[Hit], ceiling: Marking, paused: Collection[str]) -> Passed:
    """Take out hits of paused documents and hits marked above the ceiling."""
    kept = tuple(hit for hit in hits if not _stopped(hit, ceiling, paused))
    return Passed(kept, _stopped(hits[0], ceiling, paused) if hits else "")


def _stopped(hit: Hit, ceiling: Marking, paused: Collection[str]) -> str:
    document = hit.entry.document
    if document.id in paused:
        return "document_paused"
    return "above_ceiling" if RANKS.index(document.marking) > RANKS.index(ceiling) else ""
