"""What a search brought: hits, best first, and what the judge needs to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from knowledge.encoder import Span
from knowledge.judging.calibration import Calibration
from knowledge.passages import Passage
from knowledge.store.edition import Entry


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found."""

    entry: Entry
    similarity: float
    """Cosine of question and passage; 1.0 is identical."""
    bm25: float
    combined: float
    """From 0 to 1, comparable only within one search."""
    sentence_similarities: tuple[float, ...]
    phrased: float = 0.0
    """Cosine of question and the nearest phrasing of the section; 0 where it has none."""
    section: tuple[Passage, ...] = ()
    """Every passage of its section, in order, where the section has more than this one."""
    pointed: Span | None = None
    """Start and end, in its passage, of the sentences that a reader pointed at."""

    @property
    def closeness(self) -> float:
        """Similarity of the question to the passage or to its nearest sentence, whichever is larger."""
        return max(self.similarity, *self.sentence_similarities) if self.sentence_similarities else self.similarity

    @property
    def best_sentence(self) -> int | None:
        """Number of the sentence nearest to the question, or nothing if none has a vector."""
        if not self.sentence_similarities:
            return None
        return int(np.argmax(self.sentence_similarities))


@dataclass(frozen=True, slots=True)
class Found:
    """What one search brought, best first, and what the judge needs to know of it."""

    hits: tuple[Hit, ...]
    warnings: tuple[Hit, ...] = ()
    """Topics and sections on which the library says it must not be quoted, nearest first."""
    signals: Mapping[str, float] = field(default_factory=dict)
    terms: tuple[str, ...] = ()
    """The words that were looked up, misspellings mended."""
    follows: bool = False
    """Whether the question was read as a follow-up."""
    either: bool = False
    """Whether it may as well follow what was said before, which brings something else: both are among the hits."""
    question: str = ""
    """What was asked, as it was understood: a follow-up with what it leans on."""
    parts: tuple[Found, ...] = ()
    """What each of two things that it compares, or each of two questions in it, brought alone."""
    beside: tuple[Hit, ...] = ()
    """What single clauses of it name beside what the whole brings, nearest first."""
    calibration: Calibration | None = None
    """What the edition is judged with, where it has its own."""
