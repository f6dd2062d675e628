"""Recall: who was shown something that does not stand any more, and telling them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot import wording
from bot.domain.people import Action
from bot.domain.receipts import Checked, Shown, Standing, standing_of
from bot.domain.refusals import Refused

if TYPE_CHECKING:
    from bot.domain.messages import Citation
    from bot.domain.people import Actor
    from bot.governance.office import Office
    from bot.records import Records
    from knowledge.store.edition import Edition

DAYS = 90
"""How far back is looked, unless hub staff say otherwise."""


class RecallError(Refused):
    """A recall cannot be told; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class Recall:
    """A quote that does not stand any more, with the askers who were shown it and have not been told."""

    checked: Checked
    shown: tuple[Shown, ...]

    @property
    def name(self) -> str:
        """A short name that stays the same while the quote and what stands in its place do."""
        return name_of(self.checked)

    @property
    def people(self) -> tuple[str, ...]:
        """The askers who were shown it, each once."""
        return tuple(dict.fromkeys(one.asker for one in self.shown))

    def told(self, shown: Shown) -> str:
        """What an asker who was shown it is told."""
        checked = self.checked
        return wording.recalled(checked.citation, checked.standing.value, checked.now, shown.receipt, shown.at)

    def as_json(self) -> dict[str, Any]:
        """The recall for `requests recall --json`."""
        return {
            "name": self.name,
            **self.checked.as_json(),
            "shown": [
                {"receipt": one.receipt, "asker": one.asker, "platform": one.place.platform, "at": one.at.isoformat()}
                for one in self.shown
            ],
        }


@dataclass(frozen=True, slots=True)
class Recalls:
    """Methods raise NotAllowed, RecallError, and RecordsError from the database."""

    office: Office
    records: Records
    may_see: Callable[[Actor, Citation], bool] = lambda actor, cited: True
    """Whether what is cited is for this person."""

    def find(self, actor: Actor, edition: Edition, now: datetime, days: int = DAYS) -> list[Recall]:
        """Quotes of the last days that changed, were withdrawn or are past their review date."""
        self.office.check(actor, Action.WORK_REQUESTS)
        return [one for one in self.look(edition, now, days) if self.may_see(actor, one.checked.citation)]

    def look(self, edition: Edition, now: datetime, days: int = DAYS) -> list[Recall]:
        """As `find`, for the worker."""
        since = now - timedelta(days=days)
        found = []
        for citation in self.records.recall.quoted(since):
            checked = _told_of(standing_of(citation, edition, now.date()), edition)
            if checked.standing is Standing.UNCHANGED:
                continue
            shown = self.records.recall.shown(citation, since, name_of(checked))
            if shown:
                found.append(Recall(checked, tuple(shown)))
        return found

    def tell(self, actor: Actor, recalls: Sequence[Recall], name: str) -> int:
        """Tell the askers who were shown a quote, where they asked; "all" is every one. How many letters.

        RecallError where none has this name.
        """
        self.office.check(actor, Action.WORK_REQUESTS)
        chosen = [one for one in recalls if name in (one.name, "all")]
        if not chosen:
            raise RecallError(wording.RECALL_NO_SUCH.format(name=name))
        return sum(self.records.recall.tell(one.shown, one.name, actor, one.told) for one in chosen)


def _told_of(checked: Checked, edition: Edition) -> Checked:
    """What may be told in a letter: not what a document says by now that is for some only."""
    document = edition.documents.get(checked.citation.document)
    return replace(checked, now="") if document is not None and document.audience else checked


def name_of(checked: Checked) -> str:
    """As Recall.name."""
    cited = checked.citation
    whole = "\n".join((cited.document, cited.section, cited.quote, checked.standing.value, checked.now))
    return hashlib.sha256(whole.encode()).hexdigest()[:6]
