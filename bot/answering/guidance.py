"""The library as the assistant sees it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from bot import safeguards
from bot.domain.messages import Citation
from knowledge.audience import for_others
from knowledge.encoder import Encoder
from knowledge.finding.ranking import Hidden
from knowledge.found import Found
from knowledge.manifest import LibraryError
from knowledge.search import search
from knowledge.store.edition import Edition, Entry
from knowledge.store.folder import Library

LARGE = 20_000
"""Passages of an edition for whose names nobody should wait."""
MOST_RELATED = 3
"""Neighbouring questions that are offered below an answer."""


class WrongEncoder(LibraryError):
    """The library was indexed with another encoder than the assistant uses."""


class LibraryGuidance:
    """The library as the assistant sees it; refuses vectors of another encoder."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        self._library = library
        self._encoder = encoder
        self._named: tuple[int, safeguards.Known] | None = None
        self._reading = threading.Lock()

    def named(self) -> safeguards.Known | None:
        """What the current edition names (methods, schemes, places): redaction leaves it alone. Never raises.

        Nothing where no edition can be opened; then only what the bundled lists know stays. A large edition takes a
        minute to be read, and meanwhile what the one before it named counts.
        """
        try:
            edition = self._library.edition()
            if self._named is None or (self._named[0] != edition.number and edition.manifest.passages < LARGE):
                self._read_names(edition)
            elif self._named[0] != edition.number and self._reading.acquire(blocking=False):
                threading.Thread(target=self._read_names_beside, args=(edition,), daemon=True).start()
        except LibraryError:
            return None
        return self._named[1] if self._named is not None else None

    def _read_names(self, edition: Edition) -> None:
        self._named = edition.number, safeguards.known_to(_texts(edition))

    def _read_names_beside(self, edition: Edition) -> None:
        try:
            with suppress(LibraryError):
                self._read_names(edition)
        finally:
            self._reading.release()

    def search(
        self, question: str, *, after: str = "", limit: int = 10, belongs: frozenset[str] = frozenset()
    ) -> tuple[int, Found]:
        """The current edition's number, and what it has on the question, or on a follow-up to another.

        What is for audiences to which the asker does not `belong` is as if the library did not hold it.
        """
        edition = self._library.edition()
        question, after = safeguards.without_not_now(question), safeguards.without_not_now(after)
        check_encoder(edition.manifest.encoder, edition.manifest.encoder_fingerprint, self._encoder)
        others = Hidden(for_others(edition.documents.values(), belongs))
        return edition.number, search(edition, self._encoder, question, after=after, limit=limit, hidden=others)

    def whole(self, citation: Citation) -> tuple[int, tuple[Citation, ...]]:
        """The current edition's number, and all of a citation's section as it is now; nothing where it is gone."""
        edition = self._library.edition()
        entries = edition.section(citation.document, citation.section)
        if not entries or not entries[0].document.status.is_current:
            return edition.number, ()
        return edition.number, tuple(_whole(entry, citation) for entry in entries)

    def related(self, citation: Citation) -> tuple[str, ...]:
        """Headings beside a citation's section that are questions, the nearest first, the following before others."""
        headings = self._library.edition().headings(citation.document)
        if citation.section not in headings:
            return ()
        here = headings.index(citation.section)
        beside = sorted(range(len(headings)), key=lambda at: (abs(at - here), -at))
        asked = [headings[at].rsplit(" > ", 1)[-1].strip() for at in beside if at != here]
        return tuple(dict.fromkeys(one for one in asked if one.endswith("?")))[:MOST_RELATED]


def _texts(edition: Edition) -> Iterator[str]:
    """Titles, headings and passages of an edition, a document at a time; nothing of what is for some only."""
    for document in edition.documents.values():
        if document.audience:
            continue
        yield document.title
        for passage in edition.document_passages(document.id):
            yield passage.section
            yield passage.text


def _whole(entry: Entry, citation: Citation) -> Citation:
    """A passage as it stands, whole; the answering sentence stays where it was found."""
    document, text = entry.document, entry.passage.text.strip()
    return replace(
        citation,
        title=document.title,
        page=entry.passage.page,
        quote=text,
        status=document.status.value,
        law_checked_on=document.law_checked_on,
        review_by=document.review_by,
        marking=document.marking_on(entry.passage.page),
        audience=document.audience,
        link=document.link,
        passage=entry.key,
        answer=citation.answer if citation.answer in text else "",
    )


def check_encoder(name: str, fingerprint: str, encoder: Encoder) -> None:
    """Refuse to compare vectors of two encoders.

    Raises:
        WrongEncoder: the library remembers another one.
    """
    if fingerprint != encoder.fingerprint:
        raise WrongEncoder(
            f"The library was indexed with '{name}' but the assistant uses '{encoder.name}'. "
            "Run: prevention-hub index build"
        )
