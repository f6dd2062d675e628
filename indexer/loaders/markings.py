"""Protective markings: a line of their own, a mark in a title or a file's name, or what runs around a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from indexer.loaders.blocks import Block, Content

RANKS = ("", "OFFICIAL", "OFFICIAL-SENSITIVE", "RESTRICTED", "CONFIDENTIAL", "SECRET", "TOP SECRET")
"""From the lowest to the highest; the empty one is no marking at all."""
HIGHEST_HELD = RANKS.index("OFFICIAL-SENSITIVE")
_LONGEST = 80
_FIRST_BLOCKS = 6
_FIRST_LINES = 6
_LAST_BLOCKS = 2
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
_OPENS, _CLOSES = r"(?:^|[-–—:|/·(\[]\s*)", r"(?=\s*(?:$|[-–—:|/·)\]]))"
_IN_TITLE = re.compile(rf"{_OPENS}{_LEVEL}{_CLOSES}")
_IN_BRACKETS = re.compile(r"[(\[]\s*(OFFICIAL[\s:/–—-]*SENSITIVE)\b[^)\]]*[)\]]", re.IGNORECASE)
_IN_NAME = re.compile(r"(?:^|\s)(OFFICIAL\s?SENSITIVE)(?:\s|$)")
_ANYWHERE = re.compile(rf"(?<![A-Za-z]){_LEVEL}", re.IGNORECASE)


def marking_of(line: str) -> str:
    """The marking, as in RANKS, that a line consists of; empty if it says anything else."""
    text = " ".join(line.split())
    if len(text) > _LONGEST:
        return ""
    found = _BARE.fullmatch(text) or _labelled(text) or _SENSITIVE.fullmatch(text)
    return _named(found.group(1)) if found else ""


def marking_in_title(title: str) -> str:
    """The marking that stands beside a title: before or behind a dash or a colon, or in brackets.

    Only capitals count outside brackets; where all is in capitals, "ROOF ACCESS - RESTRICTED" is no marking.
    """
    text = " ".join(title.split())
    found = [_named(match.group(1)) for match in (*_IN_TITLE.finditer(text), *_IN_BRACKETS.finditer(text))]
    if text.isupper():
        found = [marking for marking in found if RANKS.index(marking) <= HIGHEST_HELD]
    return highest([*found, marking_of(text)])


def without_marking_in_title(title: str) -> str:
    """A title without the marking beside it; the title as it is where nothing else would be left."""
    plain = _IN_TITLE.sub(" ", _IN_BRACKETS.sub(" ", " ".join(title.split())))
    return " ".join(plain.split()).strip(" -–—:|") or title


def marking_in_path(path: PurePath) -> str:
    """The marking that the name of a file, or of an archive or folder it is in, carries as a mark."""
    names = [re.sub(r"[_\s-]+", " ", part.rsplit(".", 1)[0] if "." in part else part) for part in path.parts]
    return highest(
        [
            *(_named(match.group(1)) for name in names if (match := _IN_NAME.search(name))),
            *(marking_in_title(part.replace("_", " ").rsplit(".", 1)[0]) for part in path.parts[-1:]),
        ]
    )


def marking_named_anywhere(text: str) -> str:
    """The highest level that a field made for a marking names, in whichever notation: "SEC=OFFICIAL:Sensitive"."""
    return highest(_named(match.group(1)) for match in _ANYWHERE.finditer(text))


def marking_in(content: Content) -> str:
    """The highest marking that a file carries: in its text, its title, or around its text."""
    around = (highest([marking_of(line), marking_in_title(line)]) for line in content.around if len(line) <= _LONGEST)
    return highest([marking_above(content.blocks), _below(content.blocks), marking_in_title(content.title), *around])


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


def too_high(marking: str) -> str:
    """Why a file is not taken."""
    return f"It is marked {marking}, above what this library may hold (OFFICIAL-SENSITIVE). Keep it out."


def marking_above(blocks: Sequence[Block]) -> str:
    """The highest marking in the first lines of a text; empty if they carry none."""
    return highest(
        # a list or table can be about markings, so that only a label makes its line one
        (labelled_marking if block.kind in {"list", "table"} else _of_line)(line)
        for block in blocks[:_FIRST_BLOCKS]
        for line in block.text.splitlines()[:_FIRST_LINES]
    )


def _of_line(line: str) -> str:
    """Of a line that is a marking, or a short one that carries it as a title does."""
    return highest([marking_of(line), marking_in_title(line) if len(line) <= _LONGEST else ""])


def _below(blocks: Sequence[Block]) -> str:
    """Of the last lines of a text, where letters and messages carry it."""
    return highest(marking_of(block.text) for block in blocks[-_LAST_BLOCKS:] if block.kind in {"paragraph", "heading"})


def without_markings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without those at the top and at the end that are nothing but a marking."""
    inner = range(_FIRST_BLOCKS, len(blocks) - _LAST_BLOCKS)
    return tuple(
        block
        for number, block in enumerate(blocks)
        if number in inner or block.kind in {"list", "table", "code"} or not marking_of(block.text)
    )


def _labelled(text: str) -> re.Match[str] | None:
    return _LABELLED.fullmatch(text) if len(text) <= _LONGEST else None


def _named(level: str) -> str:
    name = re.sub(r"[\W_]+", " ", level.upper())
    return "OFFICIAL-SENSITIVE" if name in {"OFFICIAL SENSITIVE", "OFFICIALSENSITIVE"} else name
