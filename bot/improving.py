"""What the hub learns of its own work: figures, gaps, improvement projects. `bot.app` builds on it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from bot.foundations import Foundations
from bot.insight.insight import Insight
from bot.insight.saved import TimeSaved
from knowledge.manifest import LibraryError

if TYPE_CHECKING:
    from bot.insight.gaps import Gaps
    from bot.insight.projects.working import Projects


def _now() -> datetime:
    return datetime.now(UTC)


class Improving(Foundations):
    """Each part is made when it is first asked for."""

    @cached_property
    def insight(self) -> Insight:
        """Figures."""
        return Insight(self.records, self.targets.hours, _now, self._titles)

    def _titles(self) -> dict[str, str]:
        try:
            return {one.id: one.title for one in self.library.edition().documents.values()}
        except LibraryError:
            return {}

    @cached_property
    def gaps(self) -> Gaps:
        """What guidance did not answer, grouped by meaning."""
        from bot.insight.gaps import Gaps

        return Gaps(self.records, self.encoder, _now)

    @cached_property
    def projects(self) -> Projects:
        """Improvement projects."""
        from bot.insight.projects.working import Projects

        return Projects(self.office, self.records, self.insight, _now)

    @cached_property
    def time_saved(self) -> TimeSaved:
        """What officers say they were saved."""
        return TimeSaved(self.records, _now)
