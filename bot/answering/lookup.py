"""Looking through guidance and requests while one writes: what comes near, and never an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from bot import safeguards
from bot.answering.ceilings import Ceilings, pass_on
from bot.answering.quoting import cite
from bot.domain.messages import Citation, Viewer
from bot.domain.people import MAY, Action, Actor, Roles
from bot.domain.requests import Request, parse_reference
from bot.domain.switches import ANSWERS, EVERYTHING, Switch, paused_documents

if TYPE_CHECKING:
    from bot.answering.guidance import LibraryGuidance
    from bot.records import Records

MOST = 10
NEWEST = 200
"""Requests that are looked through."""


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Lookup:
    """Finds; nothing of what is typed is kept."""

    guidance: LibraryGuidance
    records: Records
    roles: Roles
    ceilings: Ceilings
    paused: Callable[[], Mapping[str, Switch]]
    today: Callable[[], date] = _today

    def passages(self, text: str, viewer: Viewer) -> list[Citation]:
        """Passages that come near, nearest first, of what they may be shown there now; none for what is urgent.

        Raises LibraryError and EncoderError where the library cannot be searched.
        """
        paused = self.paused()
        text = safeguards.clean(text)
        if not text.strip() or safeguards.urgency(text) is not None or {ANSWERS, EVERYTHING} & set(paused):
            return []
        _, found = self.guidance.search(text, limit=MOST * 2, belongs=viewer.belongs)
        passed = pass_on(found.hits, self.ceilings.of(viewer.place), paused_documents(paused), viewer.belongs)
        fresh = [hit for hit in passed.hits if not hit.entry.document.is_stale(self.today())]
        return [cite(hit) for hit in fresh[:MOST]]

    def requests(self, text: str, actor: Actor) -> list[Request]:
        """Requests that hold these words, newest first: one's own; for the hub, everybody's. May raise RecordsError."""
        if self.roles.of(actor.name, actor.groups) & MAY[Action.WORK_REQUESTS]:
            found = self.records.requests(limit=NEWEST)
        else:
            found = self.records.requests_of(actor.name, limit=NEWEST)
        number = parse_reference(text)
        words = [word for word in text.lower().split() if word]
        if number is not None:
            return [one for one in found if parse_reference(one.reference) == number][:MOST]
        return [one for one in found if all(word in f"{one.question} {one.state.value}".lower() for word in words)][
            :MOST
        ]
