"""Gaps: questions that guidance did not answer, or answered wrongly, grouped by meaning; what to write next."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.insight.hiding import LEAST, PEOPLE
from bot.insight.periods import InsightError
from bot.wording import insight as words

if TYPE_CHECKING:
    from bot.records import Records
    from bot.records.insight.reading import Missed
    from knowledge.encoder import Encoder, Vectors

APART = 0.45
"""Cosine distance from which two groups stay apart, on average over their questions: see `tests.benchmarks.gaps`."""
NEWEST = 2000
"""Questions that are grouped, at most."""
FRESH = timedelta(minutes=10)
LOOKS_BACK = timedelta(days=180)
MOST_NEAR = 3
LONGEST_HEADING = 120


@dataclass(frozen=True, slots=True)
class Near:
    """A section that came near, and in how many questions."""

    document: str
    title: str
    section: str
    times: int

    @property
    def in_words(self) -> str:
        """Title and section."""
        return " > ".join(filter(None, (self.title or self.document, self.section)))


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask much the same. For hub staff, who see each of them in the queue as well."""

    name: str
    """Stays while its oldest question is in it."""
    questions: tuple[str, ...]
    """Redacted; the most typical first."""
    people: int
    since: date
    last: date
    wrong: int
    """How many of them were quoted something that was marked wrong."""
    near: tuple[Near, ...]
    whys: tuple[str, ...]
    """Why what was found was not enough, the most frequent first."""
    requests: tuple[int, ...]
    answered: int
    """How many of them an edition answers by now."""
    edition: int | None
    """That edition; the newest of several."""

    @property
    def size(self) -> int:
        """How many questions."""
        return len(self.questions)

    @property
    def heading(self) -> str:
        """What a section about it could be called: the most typical question, as a question."""
        text = " ".join(self.questions[0].split())[:LONGEST_HEADING].rstrip(" .?!")
        return f"{text[:1].upper()}{text[1:]}?"

    @property
    def is_closed(self) -> bool:
        """Whether hardly any of them is left: nine in ten are answered by now."""
        return self.edition is not None and self.answered * 10 >= self.size * 9

    @property
    def may_be_told(self) -> bool:
        """Whether its size may stand where others than hub staff read it."""
        return self.size >= LEAST and self.people >= PEOPLE

    @property
    def standing(self) -> str:
        """What an edition has done for it, in words; empty for nothing."""
        if self.edition is None:
            return ""
        told = words.GAP_CLOSED if self.is_closed else words.GAP_SHRINKS
        return told.format(edition=self.edition, answered=self.answered, count=self.size)

    def as_json(self) -> dict[str, Any]:
        """The gap for `insight gaps --json`."""
        return {
            "name": self.name,
            "size": self.size,
            "people": self.people if self.people >= PEOPLE else None,
            "since": self.since.isoformat(),
            "last": self.last.isoformat(),
            "heading": self.heading,
            "typical": self.questions[0],
            "questions": list(self.questions),
            "marked_wrong": self.wrong,
            "near": [
                {"document": one.document, "title": one.title, "section": one.section, "times": one.times}
                for one in self.near
            ],
            "why": list(self.whys),
            "requests": [f"PF-{number:04d}" for number in self.requests],
            "answered_by_now": self.answered,
            "edition": self.edition,
            "closed": self.is_closed,
        }


@dataclass(slots=True)
class Gaps:
    """Finds gaps; raises RecordsError and EncoderError. Safe to share by threads."""

    records: Records
    encoder: Encoder
    now: Callable[[], datetime]
    _found: tuple[datetime, list[Gap]] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def all(self) -> list[Gap]:
        """The gaps of the last half year, at most ten minutes old: open ones first, the largest of them first."""
        now = self.now()
        with self._lock:
            if self._found is None or not timedelta() <= now - self._found[0] < FRESH:
                self._found = now, self._look()
            return self._found[1]

    def _look(self) -> list[Gap]:
        missed = self.records.reading.missed(self.now() - LOOKS_BACK, self.encoder.fingerprint, NEWEST)
        if not missed:
            return []
        vectors = np.array([self._vector(one) for one in missed], dtype=np.float32)
        found = [gap_of([missed[i] for i in some], vectors[some]) for some in grouped(vectors)]
        return sorted(found, key=lambda gap: (gap.is_closed, -(gap.size - gap.answered), gap.since, gap.name))

    def find(self, name: str) -> Gap:
        """The gap of a name. InsightError where there is none."""
        found = next((gap for gap in self.all() if gap.name.casefold() == name.casefold()), None)
        if found is None:
            raise InsightError(words.NO_GAP.format(name=name))
        return found

    def _vector(self, missed: Missed) -> Vectors:
        """The vector that was kept with its request, or a new one."""
        if missed.vector:
            return np.frombuffer(missed.vector, dtype=np.float16).astype(np.float32)
        return np.asarray(self.encoder.encode_question(missed.text), dtype=np.float32).reshape(-1)


def grouped(vectors: Vectors, apart: float = APART) -> list[list[int]]:
    """Places of vectors that belong together; every one is in one group, often alone."""
    if len(vectors) < 2:
        return [[0]] if len(vectors) else []
    from sklearn.cluster import AgglomerativeClustering  # takes seconds that only this needs

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    # a question without a word that the encoder knows is like no other
    safe = np.where(lengths > 0, vectors / np.where(lengths > 0, lengths, 1), 1e-6)
    made = AgglomerativeClustering(n_clusters=None, metric="cosine", linkage="average", distance_threshold=apart)
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(made.fit_predict(safe)):
        groups.setdefault(int(label), []).append(place)
    return list(groups.values())


def gap_of(missed: Sequence[Missed], vectors: Vectors) -> Gap:
    """The gap that some questions make; `vectors` are theirs, in the same order."""
    middle = vectors.mean(axis=0)
    order = np.argsort(-(vectors @ middle), kind="stable")
    near = Counter((one.document, one.title, one.section) for one in missed if one.document)
    whys = Counter((one.why or words.WRONG_QUOTE) if one.is_wrong else one.why for one in missed)
    answered = [one.answered_by for one in missed if one.answered_by is not None]
    days = sorted(one.at.date() for one in missed)
    return Gap(
        name=f"G{min(one.number for one in missed)}",
        questions=tuple(missed[int(place)].text for place in order),
        people=len({one.asker for one in missed}),
        since=days[0],
        last=days[-1],
        wrong=sum(one.is_wrong for one in missed),
        near=tuple(Near(*key, times) for key, times in near.most_common(MOST_NEAR)),
        whys=tuple(why for why, _ in whys.most_common(MOST_NEAR) if why),
        requests=tuple(sorted({one.request for one in missed if one.request is not None})),
        answered=len(answered),
        edition=max(answered, default=None),
    )
