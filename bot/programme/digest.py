"""The weekly digest: what happened in the programme and in the library, for the hub to approve before it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot import wording
from knowledge.manifest import SourceFile
from knowledge.news import Post
from knowledge.passages import Document
from knowledge.store.folder import Library

SOON = timedelta(days=30)
"""How far ahead review dates are told."""


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday, as ISO 8601 counts them."""

    monday: date

    @classmethod
    def before(cls, today: date) -> Week:
        """The last week that is over."""
        return cls(today - timedelta(days=today.weekday() + 7))

    @classmethod
    def parse(cls, name: str) -> Week:
        """The week of a name such as "2026-W47"; ValueError for anything else."""
        year, _, number = name.upper().partition("-W")
        return cls(date.fromisocalendar(int(year), int(number), 1))

    @property
    def name(self) -> str:
        """Such as "2026-W47"."""
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.monday <= day <= self.sunday


@dataclass(frozen=True, slots=True)
class Changes:
    """Documents that editions of a week brought, by title."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def compose(
    week: Week,
    posts: Sequence[Post],
    changes: Changes,
    documents: Sequence[Document],
    outcomes: Mapping[str, int],
    more: Sequence[tuple[str, Sequence[str]]] = (),
) -> str:
    """The digest's text, with `more` headings and lines at the end. No question, and nobody, is named in it."""
    parts = [
        wording.DIGEST_TITLE.format(monday=wording.day(week.monday), sunday=wording.day(week.sunday)),
        _news([post for post in posts if week.holds(post.day)]),
        _listed(wording.DIGEST_ADDED, changes.added),
        _listed(wording.DIGEST_CHANGED, changes.changed),
        _listed(wording.DIGEST_REMOVED, changes.removed),
        _listed(wording.DIGEST_DUE, _due(documents, week.sunday)),
        _asked(outcomes),
        *(_listed(heading, lines) for heading, lines in more),
    ]
    return "\n\n".join(part for part in parts if part)


def _news(posts: Sequence[Post]) -> str:
    if not posts:
        return wording.DIGEST_NO_NEWS
    return "\n".join(
        [wording.DIGEST_NEWS, *(f"- {post.title} ({wording.day(post.day)}): {post.text}" for post in posts)]
    )


def _listed(title: str, items: Sequence[str]) -> str:
    return "\n".join([title, *(f"- {item}" for item in items)]) if items else ""


def _due(documents: Sequence[Document], end: date) -> list[str]:
    due = [(d.review_by, d.title) for d in documents if d.review_by is not None and d.review_by <= end + SOON]
    return [f"{title}, by {wording.day(day)}" for day, title in sorted(due)]


def _asked(outcomes: Mapping[str, int]) -> str:
    total = sum(outcomes.values())
    if not total:
        return wording.DIGEST_NOT_ASKED
    return wording.DIGEST_ASKED.format(
        total=total,
        answered=outcomes.get("answered", 0),
        handed_over=outcomes.get("handed_over", 0),
        possible=outcomes.get("possible", 0),
    )


def changes_in(library: Library, week: Week) -> Changes:
    """Which documents the editions of a week brought, changed and took out, by id; the first edition changes none."""
    editions = library.history()
    before = [edition for edition in editions if edition.built_at.date() < week.monday]
    inside = [edition for edition in editions if week.holds(edition.built_at.date())]
    if not before or not inside:
        return Changes()
    old = {source.document: source.digest for source in before[-1].sources if _is_told(source)}
    new = {source.document: source.digest for source in inside[-1].sources if _is_told(source)}
    return Changes(
        added=tuple(sorted(new.keys() - old.keys())),
        changed=tuple(sorted(name for name in new.keys() & old.keys() if new[name] != old[name])),
        removed=tuple(sorted(old.keys() - new.keys())),
    )


def _is_told(source: SourceFile) -> bool:
    """Whether everybody may know of a document; one that is for some only by now was taken from the others."""
    return bool(source.document) and not source.audience
