"""What the library looks like from outside: status, checks, hits, figures; as data and as text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from indexer.gathering.before import Before
from indexer.purging.telling import HOLDS_PURGED, gone, holding_purged, taken_from
from indexer.sources.listing import SourceList
from indexer.sources.mirrored import standing_of
from knowledge.found import Found
from knowledge.judging.calibration import Calibration, shipped
from knowledge.manifest import LibraryError, Manifest
from knowledge.store.edition import Edition
from knowledge.store.folder import Library

SOON = timedelta(days=30)
"""How long before its review-by date a document is listed as due."""


def status_of(library: Library) -> dict[str, Any]:
    """The edition that serves, files held back, documents due for review, and all editions on disk."""
    edition = library.edition()
    manifest = edition.manifest
    hold = library.hold
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
        "phrasings": manifest.phrasings,
        "judge": judge_of(edition),
        "golden": manifest.golden_summary,
        "hold": hold.as_json() if hold else None,
        "trouble": edition.trouble,
        "not_current": [d.id for d in edition.documents.values() if not d.status.is_current],
        "due_for_review": sorted(due, key=lambda item: item["review_by"]),
        **files_as_json(manifest),
        "editions": library.numbers(),
    }


def files_as_json(manifest: Manifest) -> dict[str, list[dict[str, Any]]]:
    """What became of files and sources that are not simply in the edition as they are now."""
    sources = manifest.sources
    return {
        "refused": [{"path": source.path, "reason": source.refused} for source in manifest.refused],
        "kept_files": [
            {
                "path": source.path,
                "document": source.document,
                "edition": source.kept_from,
                "reason": source.kept_in_words,
            }
            for source in manifest.kept_back
        ],
        "troubled": [{"path": root.path, "trouble": root.trouble} for root in manifest.troubled],
        "passed_over": [{"path": s.path, "reason": s.passed_over} for s in sources if s.passed_over],
        "copies": [{"path": source.path, "copy_of": source.copy_of} for source in sources if source.copy_of],
        "notes": [{"path": source.path, "note": note} for source in sources for note in source.notes],
    }


def judge_of(edition: Edition) -> dict[str, Any]:
    """What an edition is judged with: the promise, what was found, and where the judge comes from."""
    return judge_as_json(edition.calibration or shipped())


def judge_as_json(judge: Calibration) -> dict[str, Any]:
    """The same of a judge by itself."""
    return {
        "source": judge.source,
        "quotes": judge.quotes,
        "promised": judge.promised,
        "found": judge.found,
        "questions": judge.questions,
    }


def verify_editions(library: Library, purged: Collection[str] = ()) -> dict[str, Any]:
    """Every edition on disk with what is wrong with its files and what was taken out of it; and those that are gone.

    `purged` are the ids and digests of what was purged, none of which is named.
    """
    current, history = library.current_number(), library.history()
    found = []
    for number in library.numbers():
        manifest = next((one for one in history if one.edition == number), None)
        before = next((one for one in reversed(history) if one.edition < number), None)
        taken = taken_from(manifest, before) if manifest is not None else {}
        trouble = _trouble(library, number, purged)
        found.append({"edition": number, "current": number == current, "trouble": trouble, **taken})
    if not found:
        raise LibraryError("Nothing has been indexed yet. Run: prevention-hub index build")
    return {"whole": not any(item["trouble"] for item in found), "editions": found, "gone": gone(library)}


def _trouble(library: Library, number: int, purged: Collection[str]) -> str:
    folder = library.path(number)
    try:
        manifest = Manifest.read(folder)
        manifest.check(folder)
    except LibraryError as error:
        return str(error)
    held = holding_purged(manifest, purged)
    return HOLDS_PURGED.format(count=held) if held else ""


def found_as_json(edition: int, found: Found) -> dict[str, Any]:
    """Hits with what they were ranked by."""
    return {
        "edition_number": edition,
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


def listed(sources: SourceList, named: Sequence[Path], before: Before) -> list[dict[str, Any]]:
    """The sources with all that the list says of them, the last look at each, and what an edition has of it.

    `tried` and `succeeded` are moments in ISO form; empty where it was never looked at.
    """
    entries = {str(entry["path"]): entry for entry in sources.entries()}
    trouble = {root.path: root.trouble for root in before.manifest_roots}
    rows = []
    for path in named:
        source, look = sources.source(path), sources.looks.of(str(path))
        entry, brought = entries.get(source.name, {}), standing_of(path)
        rows.append(
            {
                "path": source.name,
                "added_by": str(entry.get("added_by", "")),
                "added_at": str(entry.get("added_at", "")),
                "owner": source.defaults.owner,
                "marking": str(entry.get("marking", "")).upper(),
                "audience": source.defaults.audience,
                "groups": str(entry.get("groups", "")),
                "every": str(entry.get("every", "")) or "daily",
                "documents": len(before.of_root(source.name)),
                "trouble": trouble.get(source.name, "") or look.get("trouble", ""),
                "address": brought["address"],
                "tried": look.get("tried", ""),
                "succeeded": brought["succeeded"] if brought["address"] else look.get("succeeded", ""),
            }
        )
    return rows
