"""What the library looks like from outside: status, checks, hits, figures; as data and as text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

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
