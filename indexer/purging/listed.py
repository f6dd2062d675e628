"""What was purged, and is never taken again: ids and digests, and nothing of what it said."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.manifest import LibraryError
from knowledge.store.folder import replace_text


@dataclass(frozen=True, slots=True)
class PurgedList:
    """One small file in the data folder."""

    file: Path

    def add(self, document: str, digests: Iterable[str], by: str, at: datetime) -> None:
        """Remember a document by its id, and its files by their digests; LibraryError where that cannot be written."""
        known = [one for one in self._all() if one.get("document") != document]
        had = {str(one) for old in self._all() if old.get("document") == document for one in old.get("digests", ())}
        entry = {"document": document, "digests": sorted({*had, *filter(None, digests)}), "by": by}
        text = json.dumps([*known, {**entry, "at": at.isoformat(timespec="seconds")}], indent=1)
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            replace_text(self.file, text + "\n")
        except OSError as error:
            raise LibraryError(f"{self.file} cannot be written ({error.strerror}). Check its rights.") from error

    @property
    def names(self) -> frozenset[str]:
        """Ids and digests of all that was purged; LibraryError where the list is there and cannot be read."""
        return frozenset(name for one in self._all() for name in (str(one.get("document")), *_digests(one)))

    def _all(self) -> list[dict[str, Any]]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
            return [dict(one) for one in found]
        except (FileNotFoundError, NotADirectoryError):  # in the way of the folder stands a file: the build says so
            return []
        except (OSError, ValueError, TypeError) as error:
            raise LibraryError(f"{self.file} cannot be read: what was purged would come back. Mend it.") from error


def why_not(document: str, digest: str, purged: Collection[str]) -> str:
    """Why a file is not taken any more; empty for nearly every one."""
    if not {document, digest} & set(purged):
        return ""
    return "It was purged from the library. Delete the file; if it is another document, give it another id."


def _digests(entry: dict[str, Any]) -> list[str]:
    return [str(one) for one in entry.get("digests", ())]
