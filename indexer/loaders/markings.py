"""A protective marking stands in what is dropped from a file's text, so it is looked for there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.loaders.blocks import Block

_HIGH = re.compile(r"\b(?:SECRET|CONFIDENTIAL)\b")
_LONGEST = 60


def marking_blocks(lines: Iterable[str]) -> list[Block]:
    """The first line that carries a high marking, to be put above a document's text."""
    for line in lines:
        text = " ".join(line.split())
        if len(text) <= _LONGEST and _HIGH.search(text) and text == text.upper():
            return [Block("paragraph", text)]
    return []
