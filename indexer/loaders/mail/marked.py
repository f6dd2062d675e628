"""Where a message carries its protective marking: at an end of one of its parts, or in a field of the mail system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.loaders.blocks import Block
from indexer.loaders.markings import first_level, highest, marking_of

_ENDS = 4
"""Paragraphs at the beginning and at the end of a part in which its marking stands: there is a greeting, a name."""
_PART = re.compile(
    r"[\W_]*(?:from\W{0,4}:|on\b[^\n]{0,200}\bwrote:|(?:original|forwarded) message\b|begin forwarded message)"
    r"|\s*--\s*$",
    re.IGNORECASE,
)
"""How an older message, or a signature, begins."""
_HEAD = re.compile(r"[\W_]*(?:from|sent|date|to|cc|bcc|subject|importance|reply-to)\W{0,4}:", re.IGNORECASE)
_FIELD = re.compile(
    r"(?:x-)?(?:(?:protective|security|government)[_-])?(?:marking|classification)"
    r"|(?:x-)?msip[_-]labels?(?:_[\w-]+)?",
    re.IGNORECASE,
)
"""Names of the fields in which mail systems write a message's marking."""
_NAMED = re.compile(r"\b(?:SEC|\w*Name)\s*=\s*([^,;]*)", re.IGNORECASE)


def marked_lines(blocks: Sequence[Block]) -> list[str]:
    """The paragraphs of a message that are nothing but a marking, at the beginning or the end of one of its parts."""
    found: list[str] = []
    for part in _parts(blocks):
        ends = part if len(part) <= 2 * _ENDS else [*part[:_ENDS], *part[-_ENDS:]]
        lines = [line.strip().lstrip("> ") for block in ends if _is_text(block) for line in block.text.split("\n")]
        found += [line for line in lines if marking_of(line)]
    return found


def _is_text(block: Block) -> bool:
    """Whether a block can be a marking: an item of a list or a table may be about one."""
    return block.kind in {"paragraph", "heading"}


def _parts(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """A message, each older one below it, and its signature, without the fields above an older one."""
    part: list[Block] = []
    for block in blocks:
        if _PART.match(block.text):
            yield part
            part = [block] if "\n" in block.text else []
        elif part or not _HEAD.match(block.text):
            part.append(block)
    yield part


def marking_in_fields(fields: Iterable[tuple[str, str]]) -> str:
    """The highest marking that the fields made for it state; others may say "classification" of anything."""
    return highest(_stated(value) for name, value in fields if _FIELD.fullmatch(name.strip()))


def _stated(value: str) -> str:
    """What is stated after "SEC=" or "Name="; without those, the first level: "OFFICIAL (do not use for SECRET)"."""
    named = [match.group(1) for match in _NAMED.finditer(value)]
    return highest(first_level(text) for text in named or [value])
