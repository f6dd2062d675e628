"""What stands around a PDF's text: running headers and footers, page numbers, lists of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.loaders.html.contents import CONTENTS
from indexer.loaders.markings import marking_of
from indexer.loaders.pdf.lines import LARGER
from indexer.loaders.pdf.page import Line, Page, Table

_EDGE = 0.11
"""The part of a page's height, above and below, where running lines stand."""
_PAGE_NUMBER = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_LEADER = re.compile(r"(?:\.\s?){4,}\s*\d{0,4}$|…{2,}\s*\d{0,4}$|_{4,}\s*\d{1,4}$")
_ENTRY = re.compile(r"\s[0-9]{1,4}$")


def without_furniture(pages: Sequence[Page]) -> tuple[list[str], list[Page]]:
    """The running lines that were taken off, each once, and the pages without them."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    large = LARGER * sizes.most_common(1)[0][0] if sizes else 0.0
    counts = Counter(
        key for page in pages for key in {_key(line, large) for line in page.lines if _at_edge(line, page)}
    )
    enough = max(2, min(3, len(pages)), len(pages) // 5)
    taken: dict[str, None] = {}
    kept = []
    for page in pages:
        running = [
            line
            for line in page.lines
            if _at_edge(line, page)
            and (counts[_key(line, large)] >= enough or _is_number(line) or marking_of(_text(line)))
        ]
        taken.update(dict.fromkeys(_text(line) for line in running))
        kept.append(without_lines(page, running))
    return list(taken), kept


def lines_at_edges(pages: Sequence[Page]) -> list[str]:
    """What stands at the top and the foot of the first and the last page, even if it does not run through the rest."""
    ends = [pages[0], pages[-1]] if pages else []
    return list(dict.fromkeys(_text(line) for page in ends for line in page.lines if _at_edge(line, page)))


def without_contents(pages: Sequence[Page]) -> list[Page]:
    """Pages without a list of contents and its heading, whatever the heading is called."""
    titles = Counter(_bare(line.text) for page in pages for line in page.lines)
    kept = []
    inside = False
    seen: set[str] = set()
    for page in pages:
        listed = _listed(page, titles)
        dropped = []
        for line in page.lines:
            if CONTENTS.match(line.text.strip()):
                inside = True
                dropped.append(line)
            elif _LEADER.search(line.text) or id(line) in listed or (inside and _is_entry(line, titles, seen)):
                inside = True
                seen.add(_bare(line.text))
                dropped.append(line)
            else:
                inside = False
        tables = [table for table in page.tables if not _lists_contents(table, page, titles)]
        kept.append(without_lines(replace(page, tables=tables), dropped))
    return kept


def _is_entry(line: Line, titles: Counter[str], seen: set[str]) -> bool:
    """Whether a line below "Contents" is one of its entries, and not the title itself further on."""
    title = _bare(line.text)
    return title not in seen and (bool(_ENTRY.search(line.text)) or titles[title] > 1)


def _listed(page: Page, titles: Counter[str]) -> set[int]:
    """Lines in a row that end in growing numbers of pages, most of them titles that come again."""
    found: set[int] = set()
    run: list[tuple[Line, int]] = []
    for line in [*page.lines, None]:
        number = _ENTRY.search(line.text) if line is not None else None
        if line is not None and number and (not run or int(number.group()) >= run[-1][1]):
            run.append((line, int(number.group())))
            continue
        again = sum(titles[_bare(_ENTRY.sub("", entry.text))] > 0 for entry, _ in run)
        if len(run) >= 3 and again >= min(3, len(run) // 2):
            found |= {id(entry) for entry, _ in run}
        run = [(line, int(number.group()))] if line is not None and number else []
    return found


def _lists_contents(table: Table, page: Page, titles: Counter[str]) -> bool:
    """Whether a table's rows are a title and the number of its page."""
    numbers = [row[-1].strip() for row in table.rows if row]
    pages = [int(number) for number in numbers if number.isascii() and number.isdecimal() and len(number) < 5]
    if len(pages) < 3 or len(pages) + 1 < len(table.rows) or pages != sorted(pages):
        return False
    again = sum(any(titles[_bare(cell)] > 0 for cell in row[:-1]) for row in table.rows)
    above = page.lines[table.after - 1].text.strip() if table.after else ""
    return again * 2 >= len(table.rows) or bool(CONTENTS.match(above))


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


def without_lines(page: Page, dropped: Sequence[Line]) -> Page:
    """A page without some of its lines; its tables stay between the others."""
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


def _key(line: Line, large: float) -> tuple[str, int]:
    """A line's words, without its figures if they are those of a page and not of a heading such as "Chapter 3"."""
    text = _text(line).lower()
    return text if line.size >= large else re.sub(r"\d+", "#", text), round(line.top / 12)


def _is_number(line: Line) -> bool:
    return bool(_PAGE_NUMBER.match(_text(line)))
