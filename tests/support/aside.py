"""Memory to write to instead of a disk: thousands of tests would wait for it at every commit, as the program should."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ROOM = 4 << 30


def in_memory() -> str | None:
    """A folder in memory; None where there is none with room, or where no program may run: some tests install one."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or not os.access(memory, os.W_OK) or os.statvfs(memory).f_flag & os.ST_NOEXEC:
        return None
    return str(memory) if shutil.disk_usage(memory).free > ROOM else None
