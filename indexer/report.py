"""What the library looks like from outside: status, checks, hits, figures; as data and as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from indexer.catalogue import Listed
from knowledge.library import Library
from knowledge.manifest import LibraryError, Manifest
from knowledge.search import Found

SOON = timedelta(days=30)
"""How long before its review-by date a document is listed as due."""


def status_of(library: Library) -> dict[str, Any]:
    """The edition that serves, files held back, documents due for review, and all editions on disk."""
    edition = library.edition()
    manifest = edition.manifest
    today = datetime.now(UTC).date()
    due = [
        {"document": document.id, "title": document.title, "review_by": document.review_by.isoformat()}
        for document in edition.documents.values()
        if document.review_by is not None and document.review_by <= today + SOON
    ]
    return {
        "edition": manifest.edition,
        "built_at": manifest.built_at.isoformat(timespec="seconds"),
        "built_by": manifest.built_by,
        "encoder": manifest.encoder,
        "index": manifest.index,
        "documents": len(edition.documents),
        "passages": manifest.passages,
        "golden": manifest.golden,
        "trouble": edition.trouble,
        "not_current": [d.id for d in edition.documents.values() if not d.status.is_current],
        "due_for_review": sorted(due, key=lambda item: item["review_by"]),
        "refused": [{"path": source.path, "reason": source.refused} for source in manifest.refused],
        "editions": library.numbers(),
    }


def draw_status(status: Mapping[str, Any]) -> None:
    """The status as a page of text."""
    click.echo(
        f"Edition {status['edition']}, built {status['built_at']} by {status['built_by']}\n"
        f"{status['documents']} documents, {status['passages']} passages, encoder {status['encoder']}, "
        f"index {status['index']}"
    )
    golden = status["golden"]
    if golden.get("questions"):
        click.echo(f"Golden questions: {golden['right']} of {golden['questions']} right")
    if status["trouble"]:
        click.echo(f"Warning: {status['trouble']}")
    _list("Not current, never quoted", status["not_current"])
    _list("Due for review", [f"{i['document']} by {_day(i['review_by'])}" for i in status["due_for_review"]])
    _list("Held back", [f"{item['path']}: {item['reason']}" for item in status["refused"]])
    click.echo(f"Editions on disk: {', '.join(str(number) for number in status['editions'])}")


def _list(title: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"{title}:")
        for line in lines:
            click.echo(f"  {line}")


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def draw_catalogue(listed: Sequence[Listed]) -> None:
    """The library, a document a row; what is past its review date says so in words."""
    table = Table(box=None, pad_edge=False)
    for heading in ("document", "standing", "law checked", "review by"):
        table.add_column(heading, no_wrap=heading != "document")
    for item in listed:
        document = item.document
        checked, review = document.law_checked_on, document.review_by
        late = " (past)" if item.due else ""
        table.add_row(document.title, item.status, str(checked or "-"), f"{review or '-'}{late}")
    Console(highlight=False).print(table)


def verify_editions(library: Library) -> dict[str, Any]:
    """Every edition on disk with what is wrong with its files."""
    current = library.current_number()
    found = [
        {"edition": number, "current": number == current, "trouble": _trouble(library, number)}
        for number in library.numbers()
    ]
    if not found:
        raise LibraryError("Nothing has been indexed yet. Run: prevention-hub index build")
    return {"whole": not any(item["trouble"] for item in found), "editions": found}


def _trouble(library: Library, number: int) -> str:
    folder = library.path(number)
    try:
        Manifest.read(folder).check(folder)
    except LibraryError as error:
        return str(error)
    return ""


def found_as_json(edition: int, found: Found) -> dict[str, Any]:
    """Hits with what they were ranked by."""
    return {
        "edition": edition,
        "terms": list(found.terms),
        "signals": {name: round(value, 4) for name, value in found.signals.items()},
        "hits": [
            {
                "document": hit.entry.document.id,
                "title": hit.entry.document.title,
                "section": hit.entry.passage.section,
                "page": hit.entry.passage.page,
                "text": hit.entry.passage.text,
                "similarity": round(hit.similarity, 4),
                "bm25": round(hit.bm25, 4),
                "combined": round(hit.combined, 4),
            }
            for hit in found.hits
        ],
    }


def draw_found(found: Found) -> None:
    """Hits as a table: combined value, similarity, BM25, and where."""
    table = Table(box=None, pad_edge=False)
    for heading in ("combined", "similarity", "BM25"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("passage")
    for hit in found.hits:
        page = f", page {hit.entry.passage.page}" if hit.entry.passage.page else ""
        where = f"{hit.entry.document.title} > {hit.entry.passage.section}{page}"
        table.add_row(f"{hit.combined:.2f}", f"{hit.similarity:.2f}", f"{hit.bm25:.1f}", where)
    Console(highlight=False).print(table)


def draw_figures(figures: Mapping[str, Any]) -> None:
    """Figures of a retrieval set, one a line."""
    for name, value in figures.items():
        shown = "not measured" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
        click.echo(f"{name:26} {shown}")


def draw_marks(marked: Mapping[str, Any]) -> None:
    """How many questions went right, by kind, and those that went wrong."""
    click.echo(f"{marked['right']} of {marked['questions']} right")
    for kind, counts in marked["by_kind"].items():
        outcomes = ", ".join(
            f"{count} {name.removeprefix('outcome_')}" for name, count in counts.items() if name.startswith("outcome_")
        )
        click.echo(f"  {kind:14} {counts['right']:3} of {counts['questions']:3} right ({outcomes})")
    for item in marked["wrong"]:
        cited = f", citing {item['cited'][0]} > {item['section']}" if item["cited"] else ""
        click.echo(f"  {item['id']} expected {item['expected']}, was {item['outcome']}{cited}: {item['text']}")
