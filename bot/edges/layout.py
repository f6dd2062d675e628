"""A reply in parts, in the order in which they are read: every edge draws the same parts in its own way."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import wording
from bot.domain.messages import Citation, Outcome, Reply

SHOWN = 4
"""Citations that are named; the rest is behind the passage."""
POSSIBLE = 6
"""Sections among which the asker may choose."""
MOST_BEFORE = 700
"""Characters before the answering sentences that are read first where these lean on them."""
_LEANS = re.compile(
    r"(?:it|its|they|them|their|this|these|that|those|he|she|his|her|such|both|neither|but|however|then|otherwise|also|so"
    r"|if (?:so|not|it|they|he|she))\b",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"^(?:\d{1,2}[.)]|[-•*–])\s+")
"""A step torn from its list brings no number, which would stand beside those of the sections."""


@dataclass(frozen=True, slots=True)
class Said:
    """Our own words."""

    text: str


@dataclass(frozen=True, slots=True)
class Small:
    """Our own words, less important."""

    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """A heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote, word for word; below it where it stands."""

    answer: str
    """The sentences that answer, marked, and first but for what they lean on; empty where none stands out."""
    rest: str
    """The rest of the quote; "…" marks where the answer was taken from."""
    number: int
    source: str
    """Source and standing, in one line."""
    citation: Citation
    before: str = ""
    """What stands before sentences that make no sense without it ("It does not …")."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A section that is named, with the one sentence of it that comes nearest."""

    number: int
    source: str
    best: str
    citation: Citation


Part = Said | Small | Head | Quoted | Listed


def parts_of(reply: Reply) -> list[Part]:
    """Everything a reply shows, without its buttons."""
    parts: list[Part] = [Small(reply.notice)] if reply.notice else []
    if reply.outcome is Outcome.ANSWERED and reply.citations:
        parts += answer_parts(reply.citations, reply.quoted)
        caution = wording.caution(reply.confidence)
        parts += [Small(caution)] if caution else []
    elif reply.outcome is Outcome.POSSIBLE and reply.candidates:
        parts.append(Said(wording.POSSIBLE))
        parts += _listed(reply.candidates[:POSSIBLE], 1, best=True)
    else:
        parts.append(Said(reply.body))
    parts += [Small(reply.trouble)] if reply.trouble else []
    return [*parts, Small(wording.RECEIPT.format(receipt=reply.receipt))] if reply.receipt else parts


def answer_parts(citations: Sequence[Citation], quoted: int = 1) -> list[Part]:
    """The quotes, and further sections below them."""
    quoted = max(1, min(quoted, len(citations)))
    parts: list[Part] = [quote_of(one, number) for number, one in enumerate(citations[:quoted], 1)]
    further = citations[quoted:SHOWN]
    if further:
        parts += [Head(wording.SEE_ALSO), *_listed(further, quoted + 1, citations[quoted - 1])]
    return parts


def quote_of(citation: Citation, number: int = 1) -> Quoted:
    """One quote, with the sentences that answer first."""
    before, answer, rest = placed(citation.quote, citation.answer)
    label = wording.QUOTED_FROM.get(citation.status, wording.QUOTED)
    source = f"{label}: [{number}] {wording.source(citation)} · {wording.standing(citation)}"
    return Quoted(answer, rest, number, source, citation, before)


def placed(quote: str, answer: str) -> tuple[str, str, str]:
    """What stays before the answering sentences, they themselves, and the rest of a quote.

    They go first, and "…" says where they stood; where they begin with a word that leans on what came before, they
    stay where they are. Nothing is lost.
    """
    answer = answer.strip()
    if not answer or answer not in quote:
        return "", "", quote
    before, after = (part.strip() for part in quote.split(answer, 1))
    if not before:
        return "", answer, after
    leans = before.endswith(":") or _LEANS.match(_LIST_MARK.sub("", answer))
    if leans and len(before) <= MOST_BEFORE:
        return before, answer, after
    return "", answer, f"{before} …\n{after}" if after else f"{before} …"


def text_of(parts: Sequence[Part]) -> str:
    """The parts in plain words, for an edge without any formatting."""
    return "\n\n".join(filter(None, map(_words, parts)))


def _words(part: Part) -> str:
    if isinstance(part, Quoted):
        return "\n".join(filter(None, [part.before, part.answer, part.rest, part.source]))
    if isinstance(part, Listed):
        return f"[{part.number}] {part.source}" + (f"\n“{part.best}”" if part.best else "")
    return part.text


def _listed(
    citations: Sequence[Citation], start: int, above: Citation | None = None, *, best: bool = False
) -> Iterator[Listed]:
    for number, one in enumerate(citations, start):
        yield Listed(number, wording.beside(one, above), _LIST_MARK.sub("", one.answer) if best else "", one)
        above = one
