"""The library as the assistant sees it."""

from __future__ import annotations

from knowledge.encoder import Encoder
from knowledge.library import Library
from knowledge.manifest import LibraryError
from knowledge.search import Found, search


class WrongEncoder(LibraryError):
    """The library was indexed with another encoder than the assistant uses."""


class LibraryGuidance:
    """The library as the assistant sees it; refuses vectors of another encoder."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        self._library = library
        self._encoder = encoder

    def search(self, question: str, *, after: str = "", limit: int = 10) -> tuple[int, Found]:
        """The current edition's number, and what it has on the question, or on a follow-up to another."""
        edition = self._library.edition()
        check_encoder(edition.manifest.encoder, edition.manifest.encoder_fingerprint, self._encoder)
        return edition.number, search(edition, self._encoder, question, after=after, limit=limit)


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
