"""The part of a passage that answers: whole sentences, whole lists, and nothing changed."""

from __future__ import annotations

import re

from knowledge.encoder import Span
from knowledge.search import Hit

WHOLE_UP_TO = 130
"""Words up to which a passage is quoted whole."""
AT_LEAST = 60
"""Words below which a quote takes in its neighbours, as long as they fit."""
_BLOCK = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)
_LIST_LINE = re.compile(r"^\s*(?:[-•*–]|\(?\w{1,3}[.)])\s")


def quote(hit: Hit) -> str:
    """The answering part of a hit's passage: one unbroken piece of it, word for word."""
    text = hit.entry.passage.text
    best = hit.best_sentence
    if _words(text) <= WHOLE_UP_TO or best is None:
        return text.strip()
    start, end = answering_span(text, hit.entry.sentences[best])
    return text[start:end]


def answering_span(text: str, sentence: Span) -> Span:
    """The paragraphs or the list around a sentence, grown until there is enough to stand alone."""
    blocks = [match.span() for match in _BLOCK.finditer(text)]
    here = next((i for i, (start, end) in enumerate(blocks) if start <= sentence[0] < end), None)
    if here is None:
        return sentence
    first = last = here
    if first > 0 and (_is_list(text, blocks[first]) or text[: blocks[first][0]].rstrip().endswith(":")):
        first -= 1  # the line that says what the list is
    if last + 1 < len(blocks) and _is_list(text, blocks[last + 1]) and _introduces(text, blocks[last]):
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


def _introduces(text: str, block: Span) -> bool:
    return text[block[0] : block[1]].rstrip().endswith(":")


def _is_list(text: str, block: Span) -> bool:
    return bool(_LIST_LINE.match(text[block[0] : block[1]]))


def _words(text: str) -> int:
    return len(text.split())
