"""What the hub learns of its own work: figures, gaps, improvement projects. `bot.app` builds on it."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.refusals import RecordsError
from bot.foundations import Foundations
from bot.insight.insight import Insight
from bot.insight.saved import TimeSaved
from knowledge.encoder import EncoderError
from knowledge.manifest import LibraryError
from knowledge.news import Post

if TYPE_CHECKING:
    from bot.insight.acting import GapDesk
    from bot.insight.documents import Quoted
    from bot.insight.gaps import Gaps
    from bot.insight.projects.working import Projects
    from bot.insight.showing.month import Month


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
            return {one.id: one.title for one in self.library.edition().documents.values() if not one.audience}
        except LibraryError:
            return {}

    @cached_property
    def gaps(self) -> Gaps:
        """What guidance did not answer, grouped by meaning."""
        from bot.insight.gaps import Gaps

        return Gaps(self.records, self.encoder, _now)

    @cached_property
    def gap_desk(self) -> GapDesk:
        """What hub staff do about gaps."""
        from bot.insight.acting import GapDesk

        return GapDesk(self.office, self.records, self.gaps, self.settings.data / "drafts")

    def documents(self) -> list[Quoted]:
        """Documents by use: what needs a review first. LibraryError without an edition."""
        from bot.insight.documents import by_use

        since, reading = _now() - timedelta(days=180), self.records.reading
        found = [one for one in self.library.edition().documents.values() if not one.audience]
        return by_use(found, reading.quoted(since), reading.marked_wrong(since), self.insight.today)

    def month(self, name: str = "") -> Month:
        """The monthly page; without a name, of the last month that is over. InsightError for one that is not."""
        from bot.insight.periods import Grain
        from bot.insight.showing.month import month_of

        period = self.insight.period(name, Grain.MONTH)
        try:
            gaps, documents = self.gaps.all(), self.documents()
        except (LibraryError, EncoderError):
            gaps, documents = [], []
        return month_of(
            self.insight,
            period,
            saved=self.time_saved.of(period),
            projects=self.projects.all(),
            gaps=gaps,
            documents=documents,
        )

    def count_ahead(self) -> None:
        """Count what the pages of figures show first, so that nobody waits for it. It never raises."""
        self.insight.count_ahead()
        with suppress(LibraryError, EncoderError, RecordsError):
            self.month()

    @cached_property
    def projects(self) -> Projects:
        """Improvement projects."""
        from bot.insight.projects.working import Projects

        return Projects(self.office, self.records, self.insight, _now)

    def improvements(self) -> list[Post]:
        """What a second person approved, as news, in the words that were approved."""
        zone = self.targets.hours.zone
        return [
            Post(one.published_at.astimezone(zone).date(), one.title, one.text.partition("\n\n")[2])
            for one in self.projects.published()
            if one.published_at is not None
        ]

    @cached_property
    def time_saved(self) -> TimeSaved:
        """What officers say they were saved."""
        return TimeSaved(self.records, _now)
