"""An encoder around another: what it does not change is the other's own."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.encoder import Encoded, Encoder, Span, Vectors, encode_clauses


class Wrapping:
    """What every encoder around another has in common; how questions are encoded is for each to say."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    @property
    def name(self) -> str:
        """The encoder's own."""
        return self._encoder.name

    @property
    def fingerprint(self) -> str:
        """The encoder's own."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """The encoder's own."""
        return self._encoder.dimension

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        """The encoder's own: texts bring their vectors along in editions."""
        return self._encoder.encode_texts(texts, spans)

    def encode_clauses(self, question: str, spans: Sequence[Span]) -> Vectors:
        """The encoder's own: they cost next to nothing beside the question."""
        return encode_clauses(self._encoder, question, spans)
