"""Programme news: posts that come along, the force's own, and approved weekly digests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.proposals import Digest
from bot.domain.refusals import RecordsError
from knowledge.news import Post, read_news, starter_news


@dataclass(frozen=True, slots=True)
class News:
    """What has happened; lives as long as the program."""

    folder: Path
    """The force's own posts."""
    digests: Callable[[], Sequence[Digest]]
    """May raise RecordsError."""
    more: Callable[[], Sequence[Post]] = tuple
    """What else is told, such as improvements that a second person approved; may raise RecordsError."""

    def all(self) -> tuple[Post, ...]:
        """Posts and approved digests, newest first."""
        return tuple(sorted((*self.posts(), *self._approved(), *self._more()), key=lambda post: post.day, reverse=True))

    def posts(self) -> tuple[Post, ...]:
        """The posts alone."""
        return read_news(starter_news(), self.folder)

    def _more(self) -> Sequence[Post]:
        try:
            return self.more()
        except RecordsError:
            return ()

    def _approved(self) -> list[Post]:
        """Approved weekly digests as posts; none while the database cannot be read."""
        try:
            digests = self.digests()
        except RecordsError:
            return []
        return [
            Post(digest.approved_at.date(), *digest.text.split("\n\n", 1)) for digest in digests if digest.approved_at
        ]
