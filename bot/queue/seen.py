"""When something was last done: the worker's round, a backup, an anchor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

WORKER, BACKED_UP, ANCHORED = "worker seen", "backed up", "anchored"
REST_BACKED_UP = "backed up without the database"
SPARING = timedelta(minutes=1)
"""The worker's rounds follow within seconds: not each of them is worth a write."""


class KeepsMarks(Protocol):
    """What is asked of the hub database; every call may raise RecordsError."""

    def mark(self, name: str) -> str: ...
    def set_mark(self, name: str, value: str) -> None: ...


def note(marks: KeepsMarks, name: str, now: datetime) -> None:
    """It was done now."""
    at = last(marks, name)
    if at is None or not timedelta() <= now - at < SPARING:
        marks.set_mark(name, now.isoformat(timespec="seconds"))


def last(marks: KeepsMarks, name: str) -> datetime | None:
    """When it was last done, to the minute; None where that is not known."""
    try:
        return datetime.fromisoformat(marks.mark(name))
    except ValueError:
        return None
