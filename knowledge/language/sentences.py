"""Where sentences begin and end; a list item or a table row is a sentence of its own."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=(\s+)[\"'“‘(\[]?[A-ZÀ-ÞŴŶ0-9£])")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|cf|vs|viz|approx|mr|mrs|ms|mx|dr|prof|rev|det|sgt|insp|supt|cllr|messrs|st|const|ch)\.$"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.$"
    r"|\b[A-Z](?:\.[A-Z])*\.$",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(
    r"\b(?:nos?|arts?|paras?|regs?|schs?|pts?|chs?|vols?|eds?|figs?|refs?|pp?|ss?|tel|ext)\.$", re.IGNORECASE
)
_NUMBERING = re.compile(r"\(?(?:\d{1,3}|[a-z]|[ivx]{2,5})\.$", re.IGNORECASE)


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
        following = match.end(1)
        if _is_abbreviation(line[start:end], line[following]):
            continue
        spans.append((start, end))
        start = following
    end = len(line.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


def _is_abbreviation(sentence: str, following: str) -> bool:
    """Whether the full stop belongs to a short form: "e.g.", "para. 5", "1." at the beginning of a sentence."""
    if not sentence.endswith("."):
        return False
    tail = sentence[-12:]
    if _ABBREVIATION.search(tail) or _NUMBERING.fullmatch(sentence):
        return True
    return following.isdigit() and bool(_BEFORE_NUMBER.search(tail))
