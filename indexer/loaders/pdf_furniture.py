"""What stands around a PDF's text: running headers and footers, page numbers, lists of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.loaders.markings import marking_of
from indexer.loaders.pdf_page import Line, Page

_EDGE = 0.11
"""The part of a page's height, above and below, where running lines stand."""
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:table of )?contents(?: page)?:?$", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{0,4}$|…{2,}\s*\d{0,4}$|_{4,}\s*\d{1,4}$")
_ENTRY = re.compile(r"\s\d{1,4}$")


def without_furniture(pages: Sequence[Page]) -> tuple[list[str], list[Page]]:
    """The running lines that were taken off, each once, and the pages without them."""
    counts = Counter(key for page in pages for key in {_key(line, page) for line in page.lines if _at_edge(line, page)})
    enough = max(2, min(3, len(pages)), len(pages) // 5)
    taken: dict[str, None] = {}
    kept = []
    for page in pages:
        running = [
            line
            for line in page.lines
            if _at_edge(line, page)
            and (counts[_key(line, page)] >= enough or _is_number(line) or marking_of(_text(line)))
        ]
        taken.update(dict.fromkeys(_text(line) for line in running))
        kept.append(_without(page, running))
    return list(taken), kept


def without_contents(pages: Sequence[Page]) -> list[Page]:
    """Pages without a list of contents and its heading."""
    kept = []
    inside = False
    for page in pages:
        dropped = []
        for line in page.lines:
            if _CONTENTS.match(line.text.strip()):
                inside = True
                dropped.append(line)
            elif _LEADER.search(line.text) or (inside and _ENTRY.search(line.text)):
                dropped.append(line)
            else:
                inside = False
        kept.append(_without(page, dropped))
    return kept


def _without(page: Page, dropped: Sequence[Line]) -> Page:
    gone = {id(line) for line in dropped}
    if not gone:
        return page
    tables = [
        replace(table, after=sum(id(line) not in gone for line in page.lines[: table.after])) for table in page.tables
    ]
    return replace(page, lines=[line for line in page.lines if id(line) not in gone], tables=tables)


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom < page.height * _EDGE or line.top > page.height * (1 - _EDGE)


def _text(line: Line) -> str:
    return f"{line.mark} {line.text}".strip()


def _key(line: Line, page: Page) -> tuple[str, int]:
    """A line's words without its figures, and about where it stands."""
    return re.sub(r"\d+", "#", _text(line).lower()), round(line.top / 12)


def _is_number(line: Line) -> bool:
    return bool(_PAGE_NUMBER.match(_text(line)))
