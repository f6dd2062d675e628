"""Small real things in place of large ones: they behave, they are not told what to say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import numpy as np

from bot.domain.messages import Citation, Place, Question, Reply
from bot.domain.talk.turns import SaidBefore, Turn
from bot.records.errors import RecordsError
from knowledge.encoder import Encoded, Span, Vectors

_STOP = frozenset(
    "a an and are as at be by do does for from how i in is it of on or that the this to we what with".split()
)


NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A Monday."""


class Clock:
    """A clock that is moved by hand."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


class WordEncoder:
    """Texts that share words are close: each word is an axis, found by its hash. No model, no seconds."""

    def __init__(self, name: str = "words", dimension: int = 512) -> None:
        self.name = name
        self.fingerprint = hashlib.sha256(name.encode()).hexdigest()
        self.dimension = dimension
        self.encoded = 0

    def encode_question(self, text: str) -> Vectors:
        return self._vector(text)

    def encode_texts(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[Encoded]:
        self.encoded += len(texts)
        return [
            Encoded(
                self._vector(text),
                np.array([self._vector(text[a:b]) for a, b in parts]).reshape(-1, self.dimension),
            )
            for text, parts in zip(texts, spans, strict=True)
        ]

    def _vector(self, text: str) -> Vectors:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for word in re.findall(r"\w+", text.lower()):
            if word not in _STOP:
                vector[_number_of(word) % self.dimension] += 1
        length = np.linalg.norm(vector)
        return np.asarray(vector / length if length else vector, dtype=np.float32)


@cache
def _number_of(word: str) -> int:
    return int(hashlib.md5(word.rstrip("s").encode()).hexdigest(), 16)


class Notebook:
    """A hub database in memory; `broken` makes every call fail as a full disk would."""

    def __init__(self) -> None:
        self.broken = False
        self.replies: list[tuple[Question, Reply]] = []
        self.requests: list[tuple[str, str, Question, Reply, Sequence[Citation], str]] = []
        self.urgent: list[str] = []
        self.choices: list[tuple[str, int, str]] = []

    def _check(self) -> None:
        if self.broken:
            raise RecordsError("The disk is full. Free some space.")

    @property
    def conversation(self) -> Notebook:
        return self

    def turns(self, place: Place, person: str, *, limit: int = 8) -> tuple[Turn, ...]:
        """What was said to this person in this place, newest first."""
        self._check()
        said = [*self.replies, *((question, reply) for _, _, question, reply, _, _ in self.requests)]
        here = [one for one in said if (one[0].place, one[0].asker) == (place, person)]
        return tuple(_turn(*one) for one in here[::-1][:limit])

    def choose(self, receipt: str, position: int, person: str) -> None:
        self._check()
        self.choices.append((receipt, position, person))

    def said_before(self, place: Place, person: str, *, anywhere: bool = False, limit: int = 3) -> SaidBefore:
        self._check()
        texts = [question.text for question, _ in self.replies if question.place == place]
        return SaidBefore(None, tuple(texts[-limit:] if limit else ()))

    def waiting_twin(self, person: str, text: str) -> str:
        self._check()
        same = (ref for ref, _, asked, *_ in self.requests if (asked.asker, asked.text) == (person, text))
        return next(same, "")

    def new_receipt(self) -> str:
        self._check()
        return f"AAA-{len(self.replies) + len(self.requests):03}"

    def save_reply(self, question: Question, reply: Reply) -> Reply:
        self._check()
        kept = reply if reply.receipt else replace(reply, receipt=self.new_receipt())
        self.replies.append((question, kept))
        return kept

    def save_handed_over(
        self,
        question: Question,
        reply_for: Callable[[str], Reply],
        *,
        kind: str,
        found: Sequence[Citation],
        why: str,
    ) -> str:
        self._check()
        reference = f"PF-{len(self.requests) + 1:04}"
        self.requests.append((reference, kind, question, reply_for(reference), found, why))
        return reference

    def count_urgent(self, kind: str) -> None:
        self._check()
        self.urgent.append(kind)


def _turn(question: Question, reply: Reply) -> Turn:
    return Turn(
        question.text,
        reply.outcome,
        NOON,
        reply.receipt or "",
        reply.request or "",
        reply.reason,
        reply.citations,
        reply.candidates,
        reply.further,
    )
