"""How long each step of a question takes, and how questions end: counted in this process since it started."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.watching.calls import call

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the histogram's buckets, in seconds."""
Value = str | int | bool


class Step(StrEnum):
    """What a question goes through; `WHOLE` is from taking it up to having given the reply."""

    REDACTION = "redaction"
    LISTENING = "listening"
    """For emergencies: both listeners."""
    SEARCH = "search"
    JUDGING = "judging"
    RECORDING = "recording"
    DRAWING = "drawing"
    """With the platform's taking it, where it is sent."""
    WHOLE = "whole"


class Span(Protocol):
    """A stretch of time in a trace."""

    def tell(self, name: str, value: Value) -> None:
        """An attribute: never text that somebody typed, and never a name."""


class Tracer(Protocol):
    """Keeps spans."""

    def span(self, name: str) -> AbstractContextManager[Span]:
        """A span around what is done inside, below the one that is open."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Times of one step."""

    counts: tuple[int, ...]
    """For each bound how many took at most so long but longer than the bound before; the last for all others."""
    seconds: float
    """All together."""

    @property
    def cumulated(self) -> list[tuple[str, float]]:
        """Bound and count up to it, as Prometheus wants them."""
        total, rows = 0, []
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), self.counts, strict=True):
            total += count
            rows.append((bound, float(total)))
        return rows


class Watch:
    """What is counted; one for the process, safe to share by threads."""

    def __init__(self) -> None:
        self.tracer: Tracer | None = None
        """Where traces go; nowhere unless they are switched on."""
        self._lock = threading.Lock()
        self._counts = {step: [0] * (len(BOUNDS) + 1) for step in Step}
        self._seconds = dict.fromkeys(Step, 0.0)
        self._outcomes: Counter[str] = Counter()

    def took(self, step: Step, seconds: float) -> None:
        """A step took so long."""
        bucket = bisect_left(BOUNDS, seconds)
        with self._lock:
            self._counts[step][bucket] += 1
            self._seconds[step] += seconds

    def ended(self, outcome: str) -> None:
        """A question ended so."""
        with self._lock:
            self._outcomes[outcome] += 1

    @property
    def times(self) -> Mapping[Step, Histogram]:
        """Times of every step so far."""
        with self._lock:
            return {step: Histogram(tuple(self._counts[step]), self._seconds[step]) for step in Step}

    @property
    def outcomes(self) -> Mapping[str, int]:
        """Questions so far by how they ended."""
        with self._lock:
            return dict(self._outcomes)


WATCH = Watch()
"""Of this process."""


@dataclass(slots=True)
class Asking:
    """One question while it is worked on."""

    outcome: str = ""
    span: Span | None = None

    def ends(self, outcome: str, **counts: int) -> None:
        """How it ends, and numbers about the reply."""
        self.outcome = outcome
        if self.span is not None:
            self.span.tell("outcome", outcome)
            for name, count in counts.items():
                self.span.tell(name, count)


_ASKING: ContextVar[Asking | None] = ContextVar("prevention_hub_asking", default=None)
_UNWATCHED: ContextVar[bool] = ContextVar("prevention_hub_unwatched", default=False)


@contextmanager
def asking(platform: str) -> Iterator[Asking]:
    """A question is worked on inside; where that is said again further in, it is the same question."""
    known = _ASKING.get()
    if known is not None or _UNWATCHED.get():
        yield known or Asking()
        return
    one = Asking()
    token = _ASKING.set(one)
    began = time.perf_counter()
    try:
        with call() as number, _span("question") as one.span:
            if one.span is not None:
                one.span.tell("platform", platform)
                one.span.tell("request", number)
            yield one
    finally:
        _ASKING.reset(token)
        WATCH.took(Step.WHOLE, time.perf_counter() - began)
        if one.outcome:
            WATCH.ended(one.outcome)


@contextmanager
def step(which: Step) -> Iterator[None]:
    """A step of a question is done inside."""
    if _UNWATCHED.get():
        yield
        return
    began = time.perf_counter()
    try:
        with _span(which.value if _ASKING.get() is not None else ""):
            yield
    finally:
        WATCH.took(which, time.perf_counter() - began)


@contextmanager
def unwatched() -> Iterator[None]:
    """What is done inside is a rehearsal: nobody asked it, and it is not counted."""
    token = _UNWATCHED.set(True)
    try:
        yield
    finally:
        _UNWATCHED.reset(token)


_NO_SPAN: AbstractContextManager[None] = nullcontext()


def _span(name: str) -> AbstractContextManager[Span | None]:
    return WATCH.tracer.span(name) if WATCH.tracer is not None and name else _NO_SPAN
