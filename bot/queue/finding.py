"""Finding requests in the queue, for every edge: the role is checked, and what is overdue is worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.domain.finding import Filter, Found, Page, Sort
from bot.domain.people import Action, Actor
from bot.domain.requests import WAITS
from bot.domain.timing.pace import Targets

if TYPE_CHECKING:
    from bot.governance.office import Office
    from bot.records import Records


@dataclass(frozen=True, slots=True)
class Finder:
    """Methods raise NotAllowed, and RecordsError from the database."""

    office: Office
    records: Records
    targets: Targets
    now: Callable[[], datetime]

    def find(
        self,
        actor: Actor,
        wanted: Filter,
        page: Page,
        sort: Sort = Sort.NEWEST,
        *,
        mine: bool = False,
        overdue: bool = False,
        whole: bool = False,
    ) -> Found:
        """One page of the requests that fit. For hub staff.

        `mine`: only those that the actor has. `overdue`: only those that wait for longer than they should; none where
        there is no target. `whole`: with what was found, what happened and what was said.
        """
        self.office.check(actor, Action.WORK_REQUESTS)
        if mine:
            wanted = replace(wanted, holder=actor.name)
        if overdue:
            by = self.targets.waited(self.now(), self.targets.reply)
            if by is None or (wanted.states and not set(wanted.states) & set(WAITS)):
                return Found((), 0, page)
            wanted = replace(wanted, waits_since=by)
        return self.records.finding.find(wanted, page, sort, whole=whole)

    def opened_within(self, wanted: Filter, *, younger_than: float = 0, older_than: float = 0) -> Filter:
        """The filter, narrowed to requests opened in the last so many days, or longer ago than so many (0: neither)."""
        now = self.now()
        if younger_than:
            wanted = replace(wanted, opened_from=now - timedelta(days=younger_than))
        if older_than:
            wanted = replace(wanted, opened_until=now - timedelta(days=older_than))
        return wanted
