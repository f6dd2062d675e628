"""The hub database for whoever may not need it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.records import Records


class OpenedWhenNeeded:
    """The hub database, opened at the first call, and tried again at the next if that failed."""

    def __init__(self, open_records: Callable[[], Records]) -> None:
        self._open_records = open_records
        self._lock = threading.Lock()
        self._records: Records | None = None

    def __getattr__(self, name: str) -> Any:
        with self._lock:
            if self._records is None:
                self._records = self._open_records()
        return getattr(self._records, name)

    def close(self) -> None:
        """Close the database if it was opened."""
        with self._lock:
            if self._records is not None:
                self._records.close()
                self._records = None
