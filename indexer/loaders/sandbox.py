"""Files that can be hostile are parsed in a child process, with limits on memory and time."""

from __future__ import annotations

from pathlib import Path

from indexer.loaders.blocks import Content, LoadRefused


def read_in_child(path: Path, kind: str) -> Content:
    """Blocks of an HTML, DOCX or PDF file."""
    raise LoadRefused(f"Files of the kind {kind} are not indexed yet.")
