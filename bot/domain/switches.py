"""Switches: pause answers, one document, or everything; at once, on record, and visible to everyone."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.refusals import RecordsError

ANSWERS = "answers"
EVERYTHING = "everything"
DOCUMENT = "document:"
"""Stands before a document's id."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that is paused, by whom, and why."""

    name: str
    by: str
    why: str
    at: datetime


class Stored(Protocol):
    """Where switches are kept; every call may raise RecordsError."""

    def paused(self) -> Mapping[str, Switch]: ...


def document_switch(document: str) -> str:
    """The name of a document's switch."""
    return f"{DOCUMENT}{document.lower()}"


def paused_documents(paused: Collection[str]) -> frozenset[str]:
    """The ids of the documents that are paused."""
    return frozenset(name.removeprefix(DOCUMENT) for name in paused if name.startswith(DOCUMENT))


class Switchboard:
    """What is paused now. While the database cannot be read, what was last known stands."""

    def __init__(self, stored: Callable[[], Stored]) -> None:
        self._stored = stored
        self._known: Mapping[str, Switch] = {}

    def paused(self) -> Mapping[str, Switch]:
        """Name to switch of everything that is paused."""
        try:
            now = self._stored().paused()
        except RecordsError as error:
            log.warning("The switches cannot be read, so what was last known stands: %s", error)
            return self._known
        self._known = now
        return now
