"""What a platform sent: redacted and on record before the platform is told that we have it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

from bot import safeguards
from bot.domain.messages import Place, Question


class KeepsInbound(Protocol):
    """What is asked of the hub database; may raise RecordsError."""

    def receive(self, platform: str, key: str, place: Place, asker: str, text: str) -> bool: ...
    def receive_all(self, messages: Sequence[tuple[str, Place, str, str]]) -> list[bool]: ...


class Seen:
    """The newest keys that this process has had: it knows a repeat even while the database cannot be written."""

    def __init__(self, most: int = 2000) -> None:
        self._keys: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def is_new(self, key: str) -> bool:
        """Whether it comes for the first time; from now on it does not."""
        if key in self._keys:
            return False
        self._keys[key] = None
        while len(self._keys) > self._most:
            self._keys.popitem(last=False)
        return True


def take(records: KeepsInbound, key: str, question: Question) -> bool:
    """Put a question on record before it is acknowledged; False where the platform has sent it before.

    What is urgent is recorded without its text: whoever finds it unanswered can only say so.
    """
    return records.receive(question.place.platform, key, question.place, question.asker, _kept(question))


def take_all(records: KeepsInbound, taken: Sequence[tuple[str, Question]]) -> list[bool]:
    """As `take`, for many that came at once; all of them are on record, or none."""
    return records.receive_all([(key, one.place, one.asker, _kept(one)) for key, one in taken])


def _kept(question: Question) -> str:
    text = safeguards.clean(question.text)
    return "" if safeguards.urgency(text) is not None else safeguards.redact(text).text
