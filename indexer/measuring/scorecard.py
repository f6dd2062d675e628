"""What officers would see of questions with known answers: quoted right or wrong, in sight, or wrongly quoted.

Measured on search, judge and quote alone, without the steps before them. Every figure is a count with its share
and the share's 95 % interval (Wilson 1927), because sets of questions are small.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.measuring.evaluate import Expectation, may_cite

Z = 1.96
HOLDS = 0.8
"""Share of the answer's words that a quote must hold, where it does not hold the answer word for word."""
KINDS = {"guidance": "answerable", "personal_data": "answerable", "gap": "near_miss"}
"""Names that question files use for a kind."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A section that is shown, with the words that are quoted of it."""

    document: str
    section: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a question brought."""

    quoted: tuple[Piece, ...] = ()
    """What is quoted as the answer: one piece; two where two things were asked; nothing otherwise."""
    near: tuple[Piece, ...] = ()
    """What is one tap away."""
    ranked: tuple[Piece, ...] = ()
    """Every section found, nearest first, each once."""
    confidence: float = 0.0


Look = Callable[[Expectation, frozenset[str]], Seen]
"""Asks a question of a library in which some documents are hidden."""


@dataclass(slots=True)
class Card:
    """Counts, by kind of question and figure: how often it is so, of how many."""

    counts: dict[str, dict[str, list[bool]]] = field(default_factory=dict)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    """Of every question that stands alone: the judge's confidence, and whether the first section answers."""

    def add(self, kind: str, **figures: bool) -> None:
        """One question's figures."""
        for name, value in figures.items():
            self.counts.setdefault(kind, {}).setdefault(name, []).append(value)

    def as_json(self) -> dict[str, Any]:
        """`figures`: each with its count, share and interval; `reliability`: confidence in steps of a tenth."""
        figures = {
            kind: {name: share(sum(values), len(values)) for name, values in named.items()}
            for kind, named in self.counts.items()
        }
        return {"figures": figures, "reliability": [self._step(tenth) for tenth in range(10)]}

    def _step(self, tenth: int) -> dict[str, float]:
        inside = [right for confidence, right in self.confidences if min(9, int(confidence * 10)) == tenth]
        return {"from": tenth / 10, "to": (tenth + 1) / 10, **share(sum(inside), len(inside))}


def share(count: int, of: int) -> dict[str, float]:
    """A count of so many, with its share and the share's Wilson interval."""
    low, high = wilson(count, of)
    return {"count": count, "of": of, "share": round(count / of, 4) if of else 0.0, "low": low, "high": high}


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share, rounded to 4 places; 0 to 1 where nothing was counted."""
    if not of:
        return 0.0, 1.0
    p, spread = count / of, Z * Z / of
    middle = (p + spread / 2) / (1 + spread)
    half = Z * math.sqrt(p * (1 - p) / of + spread / (4 * of)) / (1 + spread)
    return round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)


def kind_of(question: Expectation) -> str:
    """`answerable`, `near_miss`, `followup`, `compare`; empty where search and judge have no part in the answer."""
    kind = KINDS.get(question.kind, question.kind)
    if kind in {"followup", "compare", "answerable", "near_miss"}:
        return kind
    if kind:
        return ""
    return {"answered": "answerable", "handed_over": "near_miss"}.get(question.outcome, "")


def scorecard(questions: Iterable[Expectation], look: Look) -> Card:
    """Ask every question, the answerable ones once more with their documents hidden."""
    card = Card()
    for question in questions:
        kind = kind_of(question)
        if not kind:
            continue
        seen = look(question, frozenset())
        if not question.documents:
            _add_without_answer(card, kind, seen)
            continue
        _add_with_answer(card, kind, question, seen)
        hidden = look(question, frozenset(_documents(question, seen)))
        card.add("hidden", quoted=bool(hidden.quoted))
    return card


def _add_without_answer(card: Card, kind: str, seen: Seen) -> None:
    if kind == "near_miss":
        card.confidences.append((seen.confidence, False))
    card.add(kind if kind == "near_miss" else f"{kind}_near_miss", quoted=bool(seen.quoted))
    if seen.quoted:
        card.add("all", quoted_is_right=False)


def _add_with_answer(card: Card, kind: str, question: Expectation, seen: Seen) -> None:
    quoted = answers(question, seen.quoted)
    if kind == "answerable":
        card.confidences.append((seen.confidence, in_sight(question, seen.ranked[:1])))
    card.add(
        kind,
        quoted_right=quoted,
        quoted_wrong=bool(seen.quoted) and not quoted,
        reachable=quoted or in_sight(question, (*seen.quoted, *seen.near)),
        nothing_shown=not seen.quoted and not seen.near,
        first_3=in_sight(question, seen.ranked[:3]),
        first_10=in_sight(question, seen.ranked[:10]),
    )
    if seen.quoted:
        card.add("all", quoted_is_right=quoted)


def answers(question: Expectation, quoted: Sequence[Piece]) -> bool:
    """Whether what is quoted holds the answer; where no answer is given, whether its section is a right one."""
    if question.kind == "compare":
        return bool(quoted) and in_sight(question, quoted)
    return any(_answers(question, piece) for piece in quoted)


def _answers(question: Expectation, piece: Piece) -> bool:
    if (piece.document, piece.section) in question.alternatives:
        return True
    return holds(piece.quote, question.answer) if question.answer else is_right(question, piece)


def in_sight(question: Expectation, shown: Sequence[Piece]) -> bool:
    """Whether a right section is among those shown; of a comparison, one of each document, or two of its one."""
    right = [piece for piece in shown if is_right(question, piece)]
    if question.kind != "compare":
        return bool(right)
    if len(question.documents) > 1:
        return len({piece.document for piece in right}) >= len(question.documents)
    return len({piece.section for piece in right}) >= min(2, len(question.sections))


def is_right(question: Expectation, piece: Piece) -> bool:
    """Whether a section is one of those that answer."""
    if (piece.document, piece.section) in question.alternatives:
        return True
    return may_cite(question, piece.document) and (not question.sections or piece.section in question.sections)


def holds(quote: str, answer: str) -> bool:
    """Whether a quote holds an answer: word for word, or nearly all of its words."""
    said, wanted = _WORD.findall(quote.lower()), _WORD.findall(answer.lower())
    if f" {' '.join(wanted)} " in f" {' '.join(said)} ":
        return True
    held = set(said)
    return bool(wanted) and sum(word in held for word in wanted) >= HOLDS * len(wanted)


def _documents(question: Expectation, seen: Seen) -> Iterable[str]:
    yield from (document for document, _ in question.alternatives)
    yield from (piece.document for piece in seen.ranked if may_cite(question, piece.document))
    yield from question.documents


def lines(card: Mapping[str, Any]) -> Iterable[str]:
    """The card as text: a figure a line, then reliability as bars."""
    for kind, named in card["figures"].items():
        for name, value in named.items():
            yield f"{kind:20} {name:16} {_told(value)}"
    yield "confidence, and how often the first section answers:"
    for step in card["reliability"]:
        bar = "█" * round(20 * step["share"])
        yield f"  {step['from']:.1f} to {step['to']:.1f}  {bar:20} {_told(step)}"


def _told(value: Mapping[str, float]) -> str:
    interval = f"({100 * value['low']:.1f} to {100 * value['high']:.1f})"
    return f"{value['count']:4} of {value['of']:4}  {100 * value['share']:5.1f} % {interval}"
