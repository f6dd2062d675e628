"""What is not in an edition any more, and why: purged since, or left out by the build; never what it was."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from indexer.purging.editions import PURGED
from knowledge.manifest import LibraryError, Manifest, Purge
from knowledge.store.folder import MANIFESTS, Library

HOLDS_PURGED = (
    "It holds what was purged ({count}): a purge was stopped, or an older copy put back. "
    "Purge it again; its id is on record: prevention-hub audit show"
)

_GONE = {
    "age": "removed from disk because enough newer ones are kept",
    "purge": "gone, since nothing was in it but what was purged",
    "elsewhere": "built on another machine and not kept here",
}


def taken_from(manifest: Manifest, before: Manifest | None) -> dict[str, Any]:
    """What a purge took out of an edition, and what its build left out of the one before, each counted."""
    return {"purged": _as_json(manifest.purged), "left_out": _left_out(manifest, before) if before else 0}


def holding_purged(manifest: Manifest, purged: Collection[str]) -> int:
    """How many documents an edition has that were purged, by id or as a file: none, unless a copy was put back."""
    return len({one.document for one in manifest.sources if one.document and {one.document, one.digest} & set(purged)})


def gone(library: Library) -> list[dict[str, Any]]:
    """Editions that are not on disk any more, oldest first: by their age, a purge, or of another machine."""
    here = set(library.numbers())
    folders = {int(one.name): one for one in (library.folder / MANIFESTS).glob("[0-9]*") if one.name.isdigit()}
    return [
        {"edition": number, "by": by, "purged": _as_json(purges)}
        for number, folder in sorted(folders.items())
        if number not in here
        for by, purges in [_what_became_of(folder)]
    ]


def _what_became_of(folder: Path) -> tuple[str, Sequence[Purge]]:
    try:
        return "purge", [Purge.model_validate(one) for one in json.loads((folder / PURGED).read_bytes())]
    except (OSError, ValueError, TypeError):
        pass
    try:
        return "age", Manifest.read(folder).purged
    except LibraryError:
        return "elsewhere", ()


def _left_out(manifest: Manifest, before: Manifest) -> int:
    """Documents of the edition before that the build had not; a purge has taken its own out of both manifests."""
    ids = {one.document for one in manifest.sources if one.document}
    paths = {one.path for one in manifest.sources if one.document}  # under another id by now
    return sum(bool(one.document) and one.document not in ids and one.path not in paths for one in before.sources)


def _as_json(purges: Sequence[Purge]) -> dict[str, Any]:
    last = max((one.at for one in purges), default=None)
    return {
        "documents": len(purges),
        "passages": sum(one.passages for one in purges),
        "last": last.isoformat(timespec="seconds") if last else "",
    }


def in_words(found: dict[str, Any]) -> list[str]:
    """What `verify_editions` found, a line for each edition."""
    here = [
        f"Edition {one['edition']}: {'current ' if one['current'] else ''}{one['trouble'] or 'whole'}{_taken(one)}"
        for one in found["editions"]
    ]
    return here + [f"Edition {one['edition']}: {_GONE[one['by']]}{_taken(one)}" for one in found["gone"]]


def _taken(one: dict[str, Any]) -> str:
    """What stands behind the rest of such a line; empty where nothing was taken out, or that cannot be read."""
    purged, left_out = one.get("purged"), one.get("left_out", 0)
    said = []
    if purged and purged["documents"]:
        said.append(f"{_documents(purged['documents'])} purged (last {purged['last'][:10]})")
    if left_out:
        said.append(f"{_documents(left_out)} of the one before left out by its build")
    return f"; {', '.join(said)}" if said else ""


def _documents(count: int) -> str:
    return f"{count} document{'' if count == 1 else 's'}"
