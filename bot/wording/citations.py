"""Where a quote stands: document, section, status, the date its law was checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.domain.messages import Citation

SAME_DOCUMENT = "same document"
STATUS_NAMES = {
    "in_force": "in force",
    "pilot": "pilot",
    "enacted_not_commenced": "passed, not yet in force",
    "mixed": "part in force, part changing",
    "practice": "practice guidance",
    "hub_advice": "hub advice",
    "experience": "what was tried, not guidance",
    "not_stated": "status not stated",
    "draft": "draft",
    "superseded": "superseded",
    "withdrawn": "withdrawn",
}


def day(value: date | None) -> str:
    """A date as people write it."""
    return f"{value.day} {value:%B %Y}" if value else "not stated"


def source(citation: Citation) -> str:
    """Document and section, and the page where there is one."""
    where = f"{citation.title} > {citation.section}" if citation.section else citation.title
    return f"{where}, page {citation.page}" if citation.page else where


def standing(citation: Citation) -> str:
    """Status, the date its law was checked, the marking, and whom it is for if not for everybody."""
    status = STATUS_NAMES.get(citation.status, citation.status)
    checked = citation.law_checked_on
    if citation.status == "hub_advice":
        law = f"approved {day(checked)}"
    elif citation.status == "experience":
        law = "no law checked"
    else:
        law = f"law checked {day(checked)}" if checked else "no date for the law check"
    only = f" · for {citation.audience} only" if citation.audience else ""
    return f"{status} · {law} · {citation.marking}{only}"


def beside(citation: Citation, shown: Citation | None) -> str:
    """A source with its standing, or only its section where the document has just been named."""
    if shown is None or citation.document != shown.document:
        return f"{source(citation)} · {standing(citation)}"
    page = f", page {citation.page}" if citation.page else ""
    return f"{SAME_DOCUMENT}: {citation.section or citation.title}{page}"


def numbered(citations: Sequence[Citation], start: int = 1, shown: Citation | None = None) -> list[str]:
    """One line for each citation: "[1] Title > Section · in force · …"."""
    lines = []
    for number, citation in enumerate(citations, start):
        lines.append(f"[{number}] {beside(citation, shown)}")
        shown = citation
    return lines
