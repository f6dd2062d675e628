"""The title of a Word document: what a style, its properties, its cover or its first heading say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from indexer.loaders.blocks import Block
from indexer.loaders.docx.headings import may_head
from indexer.loaders.markings import marking_of

_GENERIC_TITLE = re.compile(
    r"^(?:microsoft word\b|untitled|document\d*$|title$|\[)|\btemplate\b|\.(?:docx?|dotx?|pdf)$", re.IGNORECASE
)
_MOST_ON_COVER = 6
_SAYS_LITTLE = re.compile(
    r"(?:standard operating |local |force |the )*(?:procedures?|polic(?:y|ies)|sop|guidance|guide|manual|handbook)"
    r"(?: (?:document|note))?|.*\b(?:police|constabulary|directorate|department|council|service|command)"
    r"|(?:version|issue|date|owner|author|page|ref)\b.*|[\W\d]*(?:\d{4}|v?\d[\d.]*)",
    re.IGNORECASE,
)
"""Lines of a cover that name the force, the kind of document or its version, and not what it is about."""


def title_of(document: Any, shown: str, blocks: Sequence[Block]) -> str:
    """The title; `shown` is the paragraph in Word's style for titles."""
    named = " ".join((document.core_properties.title or "").split())
    if shown:
        return shown
    if len(named) > 3 and not _GENERIC_TITLE.search(named):
        return named
    highest = [block.text for block in blocks if block.kind == "heading" and block.level == 1]
    # one heading over all is a title; several are sections, and the title stands on the cover above them
    cover = _on_cover(blocks) if len(highest) > 1 else ""
    return cover or next(iter(highest), "")


def _on_cover(blocks: Sequence[Block]) -> str:
    """The one line above the first heading or table that says what a document is about; empty where that is unsure."""
    lines = []
    for block in blocks:
        if block.kind != "paragraph":
            break
        if not marking_of(block.text):
            lines.append(block.text)
    if len(lines) > _MOST_ON_COVER or not all(may_head(line) for line in lines):
        return ""
    telling = [line for line in lines if not _SAYS_LITTLE.fullmatch(line)]
    return telling[0] if len(telling) == 1 else ""
