"""Reading the library itself: its documents by subject, and one whole, under the same ceilings as every quote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.answering.ceilings import Ceilings
from bot.domain.messages import Viewer
from bot.domain.switches import EVERYTHING, Switch, paused_documents
from knowledge.manifest import LibraryError
from knowledge.passages import Document
from knowledge.store.edition import Edition
from knowledge.store.folder import Library


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of a document with its text, whole."""

    heading: str
    """The heading trail; empty for text above the first heading."""
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """An edition in which a document was new or was another one than before."""

    edition: int
    built_at: datetime
    new: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """A document as a reader sees it."""

    document: Document
    sections: tuple[Section, ...]
    changes: tuple[Change, ...]
    """Newest first."""
    stale: bool
    """Whether its review date has passed, so that it is handed over instead of quoted."""
    edition: int


@dataclass(frozen=True, slots=True)
class Reading:
    """Raises LibraryError where the library cannot be read."""

    library: Library
    ceilings: Ceilings
    paused: Callable[[], Mapping[str, Switch]]
    today: Callable[[], date] = _today

    def documents(self, viewer: Viewer) -> list[Document]:
        """Every document that somebody may be shown, by title."""
        edition, paused = self.library.edition(), self.paused()
        shown = [one for one in edition.documents.values() if self._may_be_shown(one, viewer, paused)]
        return sorted(shown, key=lambda one: one.title.lower())

    def by_subject(self, viewer: Viewer) -> dict[str, list[Document]]:
        """The same by subject, in order; those that name none come last, under no name."""
        found: dict[str, list[Document]] = {}
        for one in self.documents(viewer):
            found.setdefault(one.subject, []).append(one)
        return dict(sorted(found.items(), key=lambda pair: (not pair[0], pair[0].lower())))

    def whole(self, name: str, viewer: Viewer) -> Whole | None:
        """A document; None where there is none such, or they may not be shown it."""
        edition = self.library.edition()
        document = edition.documents.get(name)
        if document is None or not self._may_be_shown(document, viewer, self.paused()):
            return None
        stale = document.is_stale(self.today())
        return Whole(document, _sections(edition, name), self._changes(name), stale, edition.number)

    def _may_be_shown(self, document: Document, viewer: Viewer, paused: Mapping[str, Switch]) -> bool:
        if EVERYTHING in paused or document.id in paused_documents(paused):
            return False
        return self.ceilings.allow(document, viewer)

    def _changes(self, name: str) -> tuple[Change, ...]:
        found: list[Change] = []
        before: str | None = None
        for number in self.library.numbers():
            try:
                manifest = self.library.manifest(number)
            except LibraryError:
                continue
            digest = next((source.digest for source in manifest.sources if source.document == name), None)
            if digest is not None and digest != before:
                found.append(Change(number, manifest.built_at, before is None))
            before = digest
        return tuple(reversed(found))


def anchor_of(section: str) -> str:
    """A section's name in an address: its heading in small letters, joined by hyphens; ASCII, at most 80 long."""
    plain = unicodedata.normalize("NFKD", section).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or "top"


def _sections(edition: Edition, document: str) -> tuple[Section, ...]:
    texts: dict[str, list[str]] = {}
    for passage in edition.document_passages(document):
        texts.setdefault(passage.section, []).append(passage.text)
    return tuple(Section(heading, anchor_of(heading), "\n\n".join(parts)) for heading, parts in texts.items())
