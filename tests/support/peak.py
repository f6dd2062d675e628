"""The peak of memory of this process and of a piece of its work, where the system tells it."""

from __future__ import annotations

import resource
from pathlib import Path

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def begin_again() -> None:
    """Count the peak anew, from what is held now; without /proc it goes on from the start of the process."""
    if _CLEAR.exists():
        _CLEAR.write_text("5")


def peak() -> float:
    """Megabytes held at most since the count began.

    Not `ru_maxrss`, where there is another way: a process is born with the one of the process that began it.
    """
    if not _STATUS.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
