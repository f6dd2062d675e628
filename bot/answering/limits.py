"""How many questions a person, and a place, may ask in a time."""

from __future__ import annotations

from collections.abc import Collection

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from bot.domain.messages import Place


class RateLimits:
    """Counts in this process's memory; safe to share between threads.

    Limits are written as the `limits` package reads them: "30/minute", or "10/minute;200/day"; empty is none.
    ValueError where one cannot be read.
    """

    def __init__(self, person: str, place: str, *, exempt: Collection[str] = ("terminal",)) -> None:
        self._exempt = frozenset(exempt)
        self._person = _parsed(person)
        self._place = _parsed(place)
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def allows(self, asker: str, place: Place) -> bool:
        """Count one more question; False where it is one too many for the person or the place."""
        if place.platform in self._exempt:  # whoever sits at the machine cannot be slowed down by the program
            return True
        by_person = [self._window.hit(item, "person", place.platform, asker) for item in self._person]
        in_place = [self._window.hit(item, "place", place.platform, place.address) for item in self._place]
        return all(by_person) and all(in_place)


def _parsed(text: str) -> list[RateLimitItem]:
    return parse_many(text) if text.strip() else []
