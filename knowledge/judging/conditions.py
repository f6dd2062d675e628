"""Sentences that condition, forbid or except: what a quote must not lose."""

from __future__ import annotations

import re

from knowledge.encoder import Span
from knowledge.language.sentences import split_sentences

_CONDITION = re.compile(
    r"\b(?:not|never|nobody|no one|none|nor|neither|nothing|cannot|\w+n[’']t"
    r"|no (?:more|less|longer|later|earlier|other|power|person|child|officer|member|exception)\w*"
    r"|only|unless|except\w*|exclud\w+|exempt\w*|apart from|other than|without|until"
    r"|provided (?:that|the)|as long as|subject to|on condition|in any case|under no"
    r"|must|may only|shall|stop|refus\w+|forbid\w*|forbidden|prohibit\w*|ban(?:ned|s)?|unlawful\w*|illegal\w*|void"
    r"|under \d+|over \d+|aged? (?:\d+|under|over)|younger than|older than|minors?"
    r"|warning|danger\w*|caution|beware|important)\b",
    re.IGNORECASE,
)
_LIST_LINE = re.compile(r"^\s*(?:[-•*–]|\(?\w{1,3}[.)])\s")


def is_condition(sentence: str) -> bool:
    """Whether a sentence conditions, forbids or excepts something, by the words it uses."""
    return bool(_CONDITION.search(sentence))


def is_list_line(sentence: str) -> bool:
    """Whether a sentence is an item of a list, by its mark."""
    return bool(_LIST_LINE.match(sentence))


def lead_of_list(text: str, start: int) -> str:
    """The line above the list that has an item at `start`, if it ends with a colon; empty otherwise."""
    for above in reversed(text[:start].splitlines()):
        if above.strip() and not _LIST_LINE.match(above):
            return above.strip() if above.rstrip().endswith(":") else ""
    return ""


def conditions(text: str) -> list[Span]:
    """Start and end of each sentence of a text that conditions, forbids or excepts.

    Where such a sentence introduces a list ("Do not:"), the list goes with it; where an item of a list is one, so
    does the line that says what the list is.
    """
    spans = split_sentences(text)
    found: list[Span] = []
    for i, (start, end) in enumerate(spans):
        if not is_condition(text[start:end]):
            continue
        if text[start:end].endswith(":"):
            end = _end_of_list(text, spans, i)
        elif _LIST_LINE.match(text[start:end]):
            start = _start_of_list(text, spans, i)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _end_of_list(text: str, spans: list[Span], i: int) -> int:
    while i + 1 < len(spans) and _LIST_LINE.match(text[spans[i + 1][0] : spans[i + 1][1]]):
        i += 1
    return spans[i][1]


def _start_of_list(text: str, spans: list[Span], i: int) -> int:
    """Where the line above a list begins; items between it and this one come along, so that the piece is unbroken."""
    first = i
    while first > 0 and _LIST_LINE.match(text[spans[first][0] : spans[first][1]]):
        first -= 1
    return spans[first][0] if text[spans[first][0] : spans[first][1]].endswith(":") else spans[i][0]
