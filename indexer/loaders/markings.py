"""Protective markings: a line of their own at the top of a text, or in what runs around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.loaders.blocks import Block

RANKS = ("", "OFFICIAL", "OFFICIAL-SENSITIVE", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET")
"""From the lowest to the highest; the empty one is no marking at all."""
HIGHEST_HELD = RANKS.index("OFFICIAL-SENSITIVE")
_LONGEST = 80
_FIRST_BLOCKS = 6
_FIRST_LINES = 6
_LEVEL = r"(OFFICIAL(?:[\s:/–—-]*SENSITIVE)?|TOP[\s-]+SECRET|SECRET|CONFIDENTIAL|RESTRICTED)\b"
# who may see it, as in "SECRET – UK EYES ONLY"; after other words than these the level is part of a title
_HANDLING = (
    r"(?:\s*[-–—:/(\[,|][^.]*"
    r"|(?:\s+(?:UK|US|EYES|ONLY|PERSONAL|COMMERCIAL|LOCSEN|STRAP\s?\d?|POLICE|STAFF|WHEN|COMPLETED?))*)\W*"
)
_LABEL = r"(?:(?:government|protective|security)\W+)*(?:marking|marked|classification|classified)(?:\s+as)?\W+"
_BARE = re.compile(rf"\W*(?:(?:UK|NATO|EU|HMG)\W+)?{_LEVEL}{_HANDLING}")
_LABELLED = re.compile(rf"\W*{_LABEL}(?:UK\W+)?{_LEVEL}{_HANDLING}", re.IGNORECASE)
_SENSITIVE = re.compile(r"\W*(OFFICIAL[\s:/–—-]+SENSITIVE)\b" + _HANDLING, re.IGNORECASE)


def marking_of(line: str) -> str:
    """The marking, as in RANKS, that a line consists of; empty if it says anything else."""
    text = " ".join(line.split())
    if len(text) > _LONGEST:
        return ""
    found = _BARE.fullmatch(text) or _labelled(text) or _SENSITIVE.fullmatch(text)
    return _named(found.group(1)) if found else ""


def labelled_marking(line: str) -> str:
    """The marking that a line such as "Classification: Secret" states; empty if it says anything else."""
    found = _labelled(" ".join(line.split()))
    return _named(found.group(1)) if found else ""


def marking_blocks(lines: Iterable[str]) -> list[Block]:
    """The highest marking among the lines around a text, to be put above the text."""
    marking = highest(marking_of(line) for line in lines)
    return [Block("paragraph", marking)] if marking else []


def highest(markings: Iterable[str]) -> str:
    """The highest of some markings; empty if there is none."""
    return max(markings, key=RANKS.index, default="")


def marking_above(blocks: Sequence[Block]) -> str:
    """The highest marking in the first lines of a text; empty if they carry none."""
    return highest(
        # a list or table can be about markings, so that only a label makes its line one
        (labelled_marking if block.kind in {"list", "table"} else marking_of)(line)
        for block in blocks[:_FIRST_BLOCKS]
        for line in block.text.splitlines()[:_FIRST_LINES]
    )


def without_markings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without those at the top that are nothing but a marking."""
    kept = [block for block in blocks[:_FIRST_BLOCKS] if block.kind in {"list", "table"} or not marking_of(block.text)]
    return (*kept, *blocks[_FIRST_BLOCKS:])


def _labelled(text: str) -> re.Match[str] | None:
    return _LABELLED.fullmatch(text) if len(text) <= _LONGEST else None


def _named(level: str) -> str:
    name = re.sub(r"[\W_]+", " ", level.upper())
    return "OFFICIAL-SENSITIVE" if name in {"OFFICIAL SENSITIVE", "OFFICIALSENSITIVE"} else name
