"""Reading what is typed or pasted."""

from __future__ import annotations

import select
import sys
from collections.abc import Callable

from rich.console import Console

PASTED_WITHIN = 0.05
"""Seconds: lines that follow each other so fast were pasted in one go; nobody types them."""
MOST_LINES = 500


def whole_messages(console: Console) -> Callable[[str], str]:
    """A way to read from the keyboard in which several lines that are pasted in one go are one message."""

    def read(prompt: str) -> str:
        lines = [console.input(prompt)]
        while len(lines) < MOST_LINES and _more_waits():
            lines.append(input())
        return "\n".join(lines)

    return read


def _more_waits() -> bool:
    try:
        return bool(select.select([sys.stdin], [], [], PASTED_WITHIN)[0])
    except (OSError, ValueError):  # a keyboard that cannot be asked, as on Windows
        return False
