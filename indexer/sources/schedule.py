"""When each source is looked at, and what became of the last look."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from indexer.sources.source import Found
from knowledge.manifest import LibraryError
from knowledge.store.folder import replace_text

DAY = timedelta(days=1)
"""How often a source is looked at that says nothing else."""
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(days=366)
_NAMED = {"hourly": timedelta(hours=1), "daily": DAY, "weekly": timedelta(days=7), "monthly": timedelta(days=30)}
_WRITTEN = re.compile(r"(\d{1,5})\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": DAY, "w": timedelta(days=7)}


def every(written: str) -> timedelta:
    """ "6h", "30m", "2d", "weekly" as a time; a day where nothing is written.

    Raises:
        LibraryError: it cannot be read, is shorter than five minutes or longer than a year.
    """
    text = written.strip().lower()
    found = _WRITTEN.fullmatch(text)
    time = _NAMED.get(text, DAY) if not found else int(found[1]) * _UNITS[found[2][0]]
    if (text and text not in _NAMED and not found) or not SHORTEST <= time <= LONGEST:
        raise LibraryError(f"'{written}' is no time. Write 6h, 30m, 2d, hourly, daily or weekly; 5m is the shortest.")
    return time


@dataclass(frozen=True, slots=True)
class Looks:
    """What became of the last look at each plain folder or file: one small file, which may be deleted."""

    file: Path

    def of(self, source: str) -> dict[str, str]:
        """When a source was last looked at ("tried") and found ("succeeded"), in ISO form; `trouble` says why not."""
        found = self._all().get(source)
        return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}

    def is_due(self, source: str, time: timedelta, now: datetime) -> bool:
        """Whether it is time to look again."""
        return is_due(self.of(source).get("tried", ""), time, now)

    def keep(self, source: str, now: datetime, *, sign: str = "", trouble: str = "") -> bool:
        """Keep a look; whether the source is another than at the last one that found it. `sign` is what it looks like.

        Raises:
            LibraryError: it cannot be written.
        """
        was, at = self.of(source), now.replace(microsecond=0).isoformat()
        new = {"tried": at, "succeeded": was.get("succeeded", ""), "sign": was.get("sign", ""), "trouble": trouble}
        if not trouble:
            new |= {"succeeded": at, "sign": sign}
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            replace_text(self.file, json.dumps({**self._all(), source: new}, indent=1, ensure_ascii=True) + "\n")
        except OSError as error:
            raise LibraryError(f"{self.file} cannot be written ({error.strerror}). Check its rights.") from error
        return bool(was.get("sign")) and new["sign"] != was["sign"]

    def _all(self) -> dict[str, Any]:
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def is_due(tried: str, time: timedelta, now: datetime) -> bool:
    """Whether a look at a moment in ISO form is that long ago; yes where it cannot be told."""
    try:
        return now - datetime.fromisoformat(tried) >= time
    except (ValueError, TypeError):
        return True


def sign_of(found: Found) -> str:
    """What a source looks like: names, sizes and times of its files; another one says that something changed."""
    lines = [_line(path) for path in _sorted((*found.files, *found.sidecars))]
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _sorted(paths: Sequence[Path]) -> list[Path]:
    return sorted(dict.fromkeys(paths))


def _line(path: Path) -> str:
    try:
        stands = path.stat()
    except OSError:
        return f"{path} gone"
    return f"{path} {stands.st_size} {stands.st_mtime_ns}"
