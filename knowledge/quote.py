"""The part of a section that answers, with everything that conditions it; word for word, and nothing changed.

A quote is one unbroken piece of its passage wherever the conditions fit into a sane length. Where they do not, or
stand in another passage of the same section, it is several pieces joined by `GAP`; each piece is a piece of one
passage, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.encoder import Span
from knowledge.found import Hit
from knowledge.judging.conditions import conditions
from knowledge.language.sentences import split_sentences

WHOLE_UP_TO = 130
"""Words up to which a passage is quoted whole."""
AT_LEAST = 60
"""Words below which a quote takes in its neighbours, as long as they fit."""
UNBROKEN_UP_TO = 280
"""Words up to which a quote grows in one piece, so that it takes in every condition of its passage."""
CONDITIONS_UP_TO = 180
"""Words of conditions that are brought along from other passages of the section; the nearest ones go first."""
CRUMB = 30
"""Words that are not worth leaving out."""
GAP = "\n…\n"
"""Stands for what is left out between two pieces of a quote."""
_BLOCK = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)
_LIST_LINE = re.compile(r"^\s*(?:[-•*–]|\(?\w{1,3}[.)])\s")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote and its parts."""

    spans: tuple[str, ...]
    """Its pieces in the order of the section; each stands word for word in one passage of the section."""
    answer: tuple[Span, ...]
    """Start and end, in `text`, of the sentences that answer."""
    more_before: bool = False
    """Whether the section says more before the first piece."""
    more_after: bool = False
    """Whether the section says more after the last piece."""

    @property
    def text(self) -> str:
        """The quote as it is shown: its pieces, with a line "…" for what is left out between them."""
        return GAP.join(self.spans)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answering sentences, word for word."""
        return tuple(self.text[start:end] for start, end in self.answer)


def quote(hit: Hit) -> str:
    """The answering part of a hit's section as it is shown."""
    return quoted(hit).text


def quoted(hit: Hit) -> Quoted:
    """The answering part of a hit's section: what answers, and what conditions, forbids or excepts it."""
    own = hit.entry.passage
    section = hit.section or (own,)
    here = next((i for i, passage in enumerate(section) if passage.position == own.position), 0)
    answer = _answer_in(hit)
    start, end = _own_piece(own.text, answer)
    before = _brought_along([passage.text for passage in section[:here]], from_end=True)
    introduction = _list_introduction([passage.text for passage in section[: here + 1]], start)
    if introduction and not any(introduction in piece for piece in before):
        before.append(introduction)
    after = _brought_along([passage.text for passage in section[here + 1 :]], from_end=False)
    pieces = (*before, own.text[start:end], *after)
    offset = sum(len(piece) + len(GAP) for piece in before) - start
    return Quoted(
        spans=pieces,
        answer=((answer[0] + offset, answer[1] + offset),) if answer else (),
        more_before=bool(own.text[:start].strip()) or here > 0,
        more_after=bool(own.text[end:].strip()) or here + 1 < len(section),
    )


def spans_of(text: str) -> tuple[str, ...]:
    """The pieces of a quote as it was shown."""
    return tuple(piece for piece in text.split(GAP) if piece)


def stands_in(text: str, passages: Iterable[str]) -> bool:
    """Whether every piece of a quote stands, word for word, in one of these passages."""
    held = tuple(passages)
    return all(any(piece in passage for passage in held) for piece in spans_of(text))


def best_sentence(hit: Hit) -> str:
    """The one sentence of a hit that is nearest to the question, word for word."""
    span = _answer_in(hit)
    return hit.entry.passage.text[span[0] : span[1]] if span else ""


def _answer_in(hit: Hit) -> Span | None:
    if hit.pointed is not None:
        return hit.pointed
    best = hit.best_sentence
    if best is not None:
        return hit.entry.sentences[best]
    spans = split_sentences(hit.entry.passage.text)
    return spans[0] if spans else None


def _own_piece(text: str, answer: Span | None) -> Span:
    """The piece of the hit's own passage: whole if short, else what answers and all that conditions it."""
    whole = (len(text) - len(text.lstrip()), len(text.rstrip()))
    if answer is None or _words(text) <= WHOLE_UP_TO:
        return whole
    start, end = answering_span(text, answer)
    end = max(end, answer[1])  # several sentences may reach beyond the paragraph of the first
    held = [span for span in conditions(text) if span[0] < start or span[1] > end]
    grown = (min([start, *(a for a, _ in held)]), max([end, *(b for _, b in held)]))
    if _words(text) - _words(text[grown[0] : grown[1]]) < CRUMB:
        grown = whole
    return grown if _words(text[grown[0] : grown[1]]) <= UNBROKEN_UP_TO else (start, end)


def answering_span(text: str, sentence: Span) -> Span:
    """The paragraphs or the list around a sentence, grown until there is enough to stand alone."""
    blocks = [match.span() for match in _BLOCK.finditer(text)]
    here = next((i for i, (start, end) in enumerate(blocks) if start <= sentence[0] < end), None)
    if here is None:
        return sentence
    first = last = here
    if first > 0 and (_is_list(text, blocks[first]) or text[: blocks[first][0]].rstrip().endswith(":")):
        first -= 1  # the line that says what the list is
    if last + 1 < len(blocks) and _introduces(text, blocks[last], blocks[last + 1]):
        last += 1
    while _words(text[blocks[first][0] : blocks[last][1]]) < AT_LEAST:
        grown = _grown(text, blocks, first, last)
        if grown is None:
            break
        first, last = grown
    return blocks[first][0], blocks[last][1]


def _grown(text: str, blocks: list[Span], first: int, last: int) -> tuple[int, int] | None:
    """One block more, the following one before the preceding one, if the quote stays short enough."""
    for wider_first, wider_last in ((first, last + 1), (first - 1, last)):
        if wider_first < 0 or wider_last >= len(blocks):
            continue
        if _words(text[blocks[wider_first][0] : blocks[wider_last][1]]) <= WHOLE_UP_TO:
            return wider_first, wider_last
    return None


def _brought_along(texts: Sequence[str], *, from_end: bool) -> list[str]:
    """The conditions in neighbouring passages of a section, in order; the nearest passages' first, while they fit."""
    taken: list[list[str]] = []
    room = CONDITIONS_UP_TO
    for text in reversed(texts) if from_end else texts:
        held = []
        for start, end in conditions(text):
            piece = text[start:end]
            if _words(piece) <= room:
                held.append(piece)
                room -= _words(piece)
        taken.append(held)
    return [piece for held in (reversed(taken) if from_end else taken) for piece in held]


def _list_introduction(texts: Sequence[str], start: int) -> str:
    """The line that says what a list is, where the quoted piece of it begins a passage; empty otherwise."""
    own = texts[-1]
    if own[:start].strip() or not _LIST_LINE.match(own[start:]):
        return ""
    for text in reversed(texts[:-1]):
        lines = [line for line in text.split("\n") if line.strip()]
        spoken = next((line for line in reversed(lines) if not _LIST_LINE.match(line)), "")
        if spoken:
            return spoken.strip()
    return ""


def _introduces(text: str, block: Span, following: Span) -> bool:
    """Whether a block says what the list or table after it is."""
    if text[block[0] : block[1]].rstrip().endswith(":"):
        return True
    next_one = text[following[0] : following[1]]
    return "\n" not in text[block[0] : block[1]] and ("\n" in next_one or _is_list(text, following))


def _is_list(text: str, block: Span) -> bool:
    return bool(_LIST_LINE.match(text[block[0] : block[1]]))


def _words(text: str) -> int:
    return len(text.split())
