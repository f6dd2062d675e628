"""Passages to the rows of an edition, and the vectors of those that are new."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from indexer.keeping.resuming import Journal
from indexer.keeping.spool import Passages, Spool
from indexer.keeping.waiting import Headings, Text, Waiting
from knowledge.encoder import Encoded, Encoder, Vectors
from knowledge.finding.ranking import unit
from knowledge.language.sentences import split_sentences
from knowledge.passages import TRAIL, Document, Passage
from knowledge.store.edition import Edition
from knowledge.store.writing import Row, Same, Vector, heading_of

__all__ = ["Progress", "Row", "Rows", "Same", "Vector", "embed", "rows_of"]

HEADING_SHARE = 0.8
"""Weight of the heading trail's own vector in a passage's: +0.015 nDCG@10 on the UK questions of FeedbackQA."""
OWN_HEADING_SHARE = 0.5
"""Weight of the passage's own heading, without those above it."""
SENTENCES_SHARE = 0.3
"""Weight of the mean of its sentences. The two together: +0.010 nDCG@10 on the same questions."""
STEP = 64
"""Passages embedded between two signs of progress."""
AHEAD = 8
"""Steps whose headings are embedded together: the more there are, the more are of one length, and read in one pass."""
_LIMIT = re.compile(r"\b(?:does|do|is|are) not cover|\bnot covered\b|\bout of scope\b", re.IGNORECASE)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of documents that are themselves on disk: made anew for each walk through them.

    Those of a document that the edition `before` has as it is now are not made: it is told which they are.
    """

    documents: Sequence[tuple[Document, Sequence[Passage]]]
    before: Edition | None = None
    _counts: dict[str, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Row | Same]:
        if self.before is not None and not self._counts:
            self._counts.update(self.before.rows_by_document())
        for document, passages in self.documents:
            if self._is_same(document, passages):
                yield Same(document.id, self._counts[document.id])
            else:
                yield from rows_of([(document, passages)])

    def _is_same(self, document: Document, passages: Sequence[Passage]) -> bool:
        if self.before is None or not isinstance(passages, Passages) or passages.edition != self.before.number:
            return False
        was = self.before.documents.get(document.id)
        return was is not None and document.id in self._counts and _makes_rows(was) == _makes_rows(document)


def _makes_rows(document: Document) -> tuple[object, ...]:
    """What the rows of a document are made of, beside its passages."""
    return document.title, document.uncertain, document.unset, document.status.is_current


def rows_of(documents: Iterable[tuple[Document, Sequence[Passage]]]) -> Iterator[Row]:
    """The rows of an edition: passages, then a row for each topic a document must not or cannot be quoted on."""
    for document, passages in documents:
        if not document.status.is_current:
            continue  # listed in the edition, never searched
        seen: Counter[str] = Counter()
        for passage in passages:
            yield _row(document, passage, _kind_of(passage), seen)
        for kind_of_topic, topics in (("uncertain", document.uncertain), ("unset", document.unset)):
            for topic in topics:
                passage = Passage(document.id, "", topic, None, len(passages))
                yield _row(document, passage, kind_of_topic, seen)


def _kind_of(passage: Passage) -> str:
    """Whether a passage is guidance, or says only what its document leaves out."""
    return "limit" if _LIMIT.search(passage.section.rsplit(TRAIL, 1)[-1]) else "guidance"


def _row(document: Document, passage: Passage, row_kind: str, seen: Counter[str]) -> Row:
    heading = heading_of(document, passage.section)
    digest = _digest(heading, passage.text)
    base = _digest(document.id, passage.section, passage.text)
    seen[base] += 1
    return Row(passage, document, row_kind, _digest(base, str(seen[base])), digest)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def embed(
    waiting: Waiting,
    encoder: Encoder,
    progress: Progress,
    journal: Journal,
    spool: Spool,
) -> None:
    """Make the vectors that the journal does not have yet; each step's are written down as soon as they are made."""
    steps = waiting.steps(journal, STEP)
    total, done = sum(map(len, steps)), 0
    progress(0, total)
    headings = Headings(encoder, spool)
    for number, step in enumerate(steps):
        if number % AHEAD == 0:
            headings.encode(_headings_of(waiting, steps[number : number + AHEAD]))
        journal.add(_embed_step([waiting[text] for text in step], encoder, headings))
        done += len(step)
        progress(done, total)


def _headings_of(waiting: Waiting, steps: Iterable[Sequence[int]]) -> Iterator[str]:
    for text in (waiting[number] for step in steps for number in step):
        yield from filter(None, (text.heading, text.own_heading))


def _with_headings(text: Text, item: Encoded, headings: Headings) -> Vectors:
    """A passage's vector with those of its headings and of its sentences beside it."""
    whole = item.whole + HEADING_SHARE * headings[text.heading]
    if text.own_heading:
        whole = whole + OWN_HEADING_SHARE * headings[text.own_heading]
    if len(item.parts):
        whole = whole + SENTENCES_SHARE * unit(item.parts.mean(axis=0))
    return whole


def _embed_step(step: Sequence[Text], encoder: Encoder, headings: Headings) -> dict[str, Vector]:
    texts, spans = [], []
    for one in step:
        above = len(one.heading) + 1
        texts.append(f"{one.heading}\n{one.text}")
        spans.append([(a + above, b + above) for a, b in split_sentences(one.text)])
    made = {}
    for one, item in zip(step, encoder.encode_texts(texts, spans), strict=True):
        whole = unit(_with_headings(one, item, headings))
        made[one.digest] = Vector(whole.astype(np.float16).tobytes(), item.parts.astype(np.float16).tobytes())
    return made
