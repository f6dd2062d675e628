"""Passages to the rows of an edition, and the vectors of those that are new."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from knowledge.encoder import Encoded, Encoder, Vectors
from knowledge.language.sentences import split_sentences
from knowledge.passages import TRAIL, Document, Passage
from knowledge.ranking import unit
from knowledge.store.writing import Row, Vector, heading_of

__all__ = ["Progress", "Row", "Vector", "embed", "rows_of"]

HEADING_SHARE = 0.8
"""Weight of the heading trail's own vector in a passage's: +0.015 nDCG@10 on the UK questions of FeedbackQA."""
OWN_HEADING_SHARE = 0.5
"""Weight of the passage's own heading, without those above it."""
SENTENCES_SHARE = 0.3
"""Weight of the mean of its sentences. The two together: +0.010 nDCG@10 on the same questions."""
STEP = 64
"""Passages embedded between two signs of progress."""
_LIMIT = re.compile(r"\b(?:does|do|is|are) not cover|\bnot covered\b|\bout of scope\b", re.IGNORECASE)

Progress = Callable[[int, int], None]


def rows_of(documents: Iterable[tuple[Document, Sequence[Passage]]]) -> list[Row]:
    """The rows of an edition: passages, then a row for each topic a document must not or cannot be quoted on."""
    rows: list[Row] = []
    seen: Counter[str] = Counter()
    for document, passages in documents:
        if not document.status.is_current:
            continue  # listed in the edition, never searched
        for passage in passages:
            rows.append(_row(document, passage, _kind_of(passage), seen))
        for kind_of_topic, topics in (("uncertain", document.uncertain), ("unset", document.unset)):
            for topic in topics:
                passage = Passage(document.id, "", topic, None, len(passages))
                rows.append(_row(document, passage, kind_of_topic, seen))
    return rows


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
    rows: Sequence[Row],
    encoder: Encoder,
    progress: Progress,
    made_so_far: Callable[[Mapping[str, Vector]], None] = lambda made: None,
) -> dict[str, Vector]:
    """Vectors for rows that have none yet, by digest; each step's are told as soon as they are made."""
    made: dict[str, Vector] = {}
    todo = list({row.digest: row for row in rows}.values())
    todo.sort(key=lambda row: len(row.passage.text))  # like with like: less padding
    progress(0, len(todo))
    headings: dict[str, Vectors] = {}
    for start in range(0, len(todo), STEP):
        step = todo[start : start + STEP]
        wanted = dict.fromkeys(heading for row in step for heading in (row.heading, row.own_heading) if heading)
        new = [heading for heading in wanted if heading not in headings]
        encoded = encoder.encode_texts(new, [()] * len(new))
        headings.update(zip(new, (item.whole for item in encoded), strict=True))
        vectors = _embed_step(step, encoder, headings)
        made_so_far(vectors)
        made.update(vectors)
        progress(min(start + STEP, len(todo)), len(todo))
    return made


def _with_headings(row: Row, item: Encoded, headings: Mapping[str, Vectors]) -> Vectors:
    """A passage's vector with those of its headings and of its sentences beside it."""
    whole = item.whole + HEADING_SHARE * headings[row.heading]
    if row.own_heading:
        whole = whole + OWN_HEADING_SHARE * headings[row.own_heading]
    if len(item.parts):
        whole = whole + SENTENCES_SHARE * unit(item.parts.mean(axis=0))
    return whole


def _embed_step(step: Sequence[Row], encoder: Encoder, headings: Mapping[str, Vectors]) -> dict[str, Vector]:
    texts, spans = [], []
    for row in step:
        above = len(row.heading) + 1
        texts.append(f"{row.heading}\n{row.passage.text}")
        spans.append([(a + above, b + above) for a, b in split_sentences(row.passage.text)])
    made = {}
    for row, item in zip(step, encoder.encode_texts(texts, spans), strict=True):
        whole = unit(_with_headings(row, item, headings))
        made[row.digest] = Vector(whole.astype(np.float16).tobytes(), item.parts.astype(np.float16).tobytes())
    return made
