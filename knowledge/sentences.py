"""Where sentences begin and end; a list item or a table row is a sentence of its own."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9£])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|cf|vs|viz|approx|al|no|nos|art|arts|para|paras|reg|regs|sch|pt|ch|vol|ed|fig|ref|"
    r"mr|mrs|ms|dr|prof|sgt|insp|supt|cllr|st|rd|ave|dept|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|ss?|p|pp)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"\s*\(?(?:\d{1,3}|[A-Za-z])\.")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Start and end offset of each sentence, without the white space around it."""
    spans: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        spans.extend((offset + start, offset + end) for start, end in _in_line(line))
        offset += len(line) + 1
    return spans


def _in_line(line: str) -> list[tuple[int, int]]:
    spans = []
    start = len(line) - len(line.lstrip())
    for match in _END.finditer(line):
        end = match.end()
        if _is_abbreviation(line[start:end]):
            continue
        spans.append((start, end))
        start = end + len(line[end:]) - len(line[end:].lstrip())
    end = len(line.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


def _is_abbreviation(sentence: str) -> bool:
    """Whether the full stop belongs to a short form: "e.g.", "Art.", "1." at the start of a line."""
    if not sentence.endswith("."):
        return False
    return bool(_ABBREVIATION.search(sentence[-12:]) or _LIST_MARK.fullmatch(sentence))
