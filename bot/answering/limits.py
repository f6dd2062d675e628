"""How many questions a person, and a place, may ask in a time."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from typing import Protocol

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.domain.messages import Place
from bot.domain.refusals import RecordsError

log = logging.getLogger(__name__)


class Counts(Protocol):
    """Counts for several processes together."""

    def count(self, wanted: Sequence[tuple[str, int]]) -> list[int]:
        """Count each once more, given with the length of its window in seconds; how often by now. RecordsError."""


class RateLimits:
    """Counts in this process's memory, or with others where it is given their counts; safe to share between threads.

    Limits are written as the `limits` package reads them: "30/minute", or "10/minute;200/day"; empty is none.
    While the others' counts cannot be reached, this process counts for itself.
    ValueError where a limit cannot be read.
    """

    def __init__(
        self,
        person: str,
        place: str,
        *,
        exempt: Collection[str] = ("terminal",),
        of: str = "questions",
        shared: Counts | None = None,
    ) -> None:
        self._exempt = frozenset(exempt)
        self._person = _parsed(person)
        self._place = _parsed(place)
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._of, self._shared = of, shared

    def allows(self, asker: str, place: Place) -> bool:
        """Count one more question; False where it is one too many for the person or the place."""
        if place.platform in self._exempt:  # whoever sits at the machine cannot be slowed down by the program
            return True
        by_person = [(item, ("person", place.platform, asker)) for item in self._person]
        in_place = [(item, ("place", place.platform, place.address)) for item in self._place]
        each = by_person + in_place
        if self._shared is not None and each:
            wanted = [("\x1f".join((self._of, *who)), item.get_expiry()) for item, who in each]
            try:
                counts = self._shared.count(wanted)
            except RecordsError as error:
                log.warning("Questions are counted for this process alone: %s", error)
            else:
                return all(count <= item.amount for count, (item, _) in zip(counts, each, strict=True))
        hits = [self._window.hit(item, *who) for item, who in each]  # each is counted, whichever is too many
        return all(hits)


def _parsed(text: str) -> list[RateLimitItem]:
    return parse_many(text) if text.strip() else []
