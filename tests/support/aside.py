"""Memory to write to instead of a disk: thousands of tests would wait for it at every commit, as the program should."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ROOM = 4 << 30


def in_memory() -> str | None:
    """A folder in memory; None where there is none with room."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy else None
