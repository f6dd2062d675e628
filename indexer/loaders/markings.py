"""Protective markings: a line of their own, a mark in a title or a file's name, or what runs around a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
_STILL_USED = r"(TOP[\s-]+SECRET|SECRET)\b"
# who may see it, as in "SECRET – UK EYES ONLY"; after other words than these the level is part of a title
_WHO = r"UK|US|EYES|ONLY|PERSONAL|COMMERCIAL|LOCSEN|STRAP\s?\d?|POLICE|STAFF|WHEN|COMPLETED?"
_WHO_BEHIND = rf"{_WHO}|AUS|CAN|NZ|NATO|IN|CONFIDENCE|INTELLIGENCE|INVESTIGATION|MEDICAL|UNTIL|DATA|(?:PAGE|OF)\s\d+"
"""Behind a dash or the like; without one, "CONFIDENTIAL DATA" is a heading."""
_HANDLING = rf"(?i:(?:\s+(?:{_WHO})(?!\w))*(?:\s*[-–—:/(\[,|](?:\W*(?:{_WHO_BEHIND})(?!\w))+)?\W*)"
_ANY_WORDS = rf"(?:\s*[-–—:/(\[,|][^.]*|{_HANDLING})"
"""Behind OFFICIAL, which holds no file back, and behind a label, where nothing but a marking is expected."""
_LABEL = r"(?:(?:government|protective|security)\W+)*(?:marking|marked|classification|classified)(?:\s+as)?\W+"
_BARE = re.compile(rf"\W*(?:(?:UK|NATO|EU|HMG)\W+)?{_LEVEL}{_HANDLING}")
_BARE_OFFICIAL = re.compile(rf"\W*(?:(?:UK|NATO|EU|HMG)\W+)?(OFFICIAL(?:[\s:/–—-]*SENSITIVE)?)\b{_ANY_WORDS}")
_BARE_SECRET = re.compile(rf"\W*(?:(?:UK|NATO|EU|HMG)\W+)?{_STILL_USED}\s*[-–—:/(\[,|][^.a-z]*")
_LABELLED = re.compile(rf"\W*{_LABEL}(?:UK\W+)?{_LEVEL}{_ANY_WORDS}", re.IGNORECASE)
_SENSITIVE = re.compile(rf"\W*(OFFICIAL[\s:/–—-]+SENSITIVE)\b{_ANY_WORDS}", re.IGNORECASE)
_OPENS, _CLOSES = r"(?:^|[-–—:|/·(\[]\s*)", r"(?=\s*(?:$|[-–—:|/·)\]]))"
_IN_TITLE = re.compile(rf"{_OPENS}{_LEVEL}{_CLOSES}")
_IN_BRACKETS = re.compile(r"[(\[]\s*(OFFICIAL[\s:/–—-]*SENSITIVE)\b[^)\]]*[)\]]", re.IGNORECASE)
_SECRET_TITLE = re.compile(
    rf"^(?i:(?:re|fwd?)\s*(?:\[\d+\])?:\s*)*(?:[\[(]\s*{_STILL_USED}\s*[\])]\s*\S|{_STILL_USED}\s*(?:\s-|[–—|·])\s*\S)"
    rf"|(?<!\b[Nn][Oo][Nn])[-–—|·]\s*{_STILL_USED}{_HANDLING}$|[\[(]\s*{_STILL_USED}{_HANDLING}$|[|·]\s*{_STILL_USED}\s*[|·]"
)
"""As a mark at the beginning or the end, behind a dash or in brackets, or between strokes in a running header."""
_ABOUT = re.compile(
    r"\b(?:materials?|documents?|papers?|information|marked|markings?|levels?|classifi\w+|clearance)\b", re.IGNORECASE
)
"""Words of a title that is about what is marked: "Handling material (SECRET)"."""
_LEVEL_ALONE = re.compile(rf"(?<![A-Za-z]){_LEVEL}")
_LEVELS_ONLY = re.compile(rf"\W*(?:{_LEVEL}\W*){{2,}}", re.IGNORECASE)
_IN_NAME = re.compile(r"(?:^|\s)(OFFICIAL\s?SENSITIVE)(?:\s|$)")
_ANYWHERE = re.compile(rf"(?<![A-Za-z]){_LEVEL}", re.IGNORECASE)

_DENIED = re.compile(
    r"\b(not?|non|never|un|nor)(?:[\s-]+(?:for|to|be|use|used|hold|a|as|marked|classified|protectively)\b){0,4}[\s-]+"
    r"(?:OFFICIAL\W+)?(?:SENSITIVE|TOP[\s-]+SECRET|SECRET|CONFIDENTIAL|RESTRICTED)\b",
    re.IGNORECASE,
)


def marking_of(line: str) -> str:
    """The marking, as in RANKS, that a line consists of; empty if it says anything else.

    Several levels make it a line about markings, unless OFFICIAL-SENSITIVE stands first: "(formerly RESTRICTED)".
    """
    text = " ".join(line.split())
    if len(text) > _LONGEST or (_LEVELS_ONLY.fullmatch(text) and len(_levels(text.upper())) > 1):
        return ""
    bare = _BARE.fullmatch(text) or _BARE_SECRET.fullmatch(text) or _BARE_OFFICIAL.fullmatch(text)
    found = bare or _labelled(text) or _SENSITIVE.fullmatch(text)
    marking = _named(found.group(1)) if found else ""
    return marking if marking == "OFFICIAL-SENSITIVE" or len(_levels(text)) < 2 else ""


def marking_in_title(title: str) -> str:
    """The marking that stands beside a title: OFFICIAL behind or before a sign or in brackets, SECRET at an end.

    Only capitals count outside brackets. RESTRICTED and CONFIDENTIAL, which are in use no longer, mean other things
    beside other words; and several levels make it a title about markings.
    """
    text = " ".join(title.split())
    beside = []
    if len(_levels(text)) < 2:
        beside = [_named(match.group(1)) for match in (*_IN_TITLE.finditer(text), *_IN_BRACKETS.finditer(text))]
        beside = [marking for marking in beside if RANKS.index(marking) <= HIGHEST_HELD]
        beside.append(_secret_beside(text))
    return highest([*beside, marking_of(text)])


def _secret_beside(text: str) -> str:
    """SECRET or TOP SECRET, as a mark at the beginning or the end of a title."""
    found = _SECRET_TITLE.search(text)
    if found is None or text.isupper():
        return ""
    level = next(group for group in found.groups() if group)
    return "" if found.group().startswith("(") and _ABOUT.search(text) else _named(level)


def _levels(text: str) -> set[str]:
    """The different levels that a line names in capitals."""
    return {_named(match.group(1)) for match in _LEVEL_ALONE.finditer(text)}


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
    """The highest level that a field made for a marking names, in whichever notation: "official:Sensitive"."""
    return highest(_named(match.group(1)) for match in _ANYWHERE.finditer(without_denied(text)))


def first_level(text: str) -> str:
    """The first level that a field names; empty if it names none."""
    found = _ANYWHERE.search(without_denied(text))
    return _named(found.group(1)) if found else ""


def without_denied(text: str) -> str:
    """A text without the levels that it says it has not: "OFFICIAL - not SECRET", "non-sensitive"."""
    return _DENIED.sub(r"\1 ", text)


def marking_in(content: Content) -> str:
    """The highest marking that a file carries: in its text, its title, or around its text."""
    return highest(marking for marking, _ in _found(content))


def line_of_marking(content: Content, marking: str) -> str:
    """The line of a file that carries a marking; empty if none does."""
    return next((line for found, line in _found(content) if found == marking), "")


def _found(content: Content) -> Iterator[tuple[str, str]]:
    """Each line that can carry a marking, with the one it carries."""
    for block in content.blocks[:_FIRST_BLOCKS]:
        for line in block.text.splitlines()[:_FIRST_LINES]:
            yield _in_line(block, line), line
    for block in content.blocks[-_LAST_BLOCKS:]:
        if block.kind in {"paragraph", "heading"}:
            yield marking_of(block.text), block.text
    yield marking_in_title(content.title), content.title
    for line in content.around:
        if len(line) <= _LONGEST:
            yield marking_in_title(line), line


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


def too_high(marking: str, line: str = "") -> str:
    """Why a file is not taken, with the line that says so."""
    where = f" That was read in “{' '.join(line.split())}”." if line else ""
    return f"It is marked {marking}, above what this library may hold (OFFICIAL-SENSITIVE). Keep it out.{where}"


def _in_line(block: Block, line: str) -> str:
    """Of a line of a text: a heading can carry it as a title does, other lines only OFFICIAL-SENSITIVE.

    A list or table can be about markings, so that only a label makes its line one.
    """
    if block.kind in {"list", "table"}:
        return labelled_marking(line)
    beside = marking_in_title(line) if len(line) <= _LONGEST else ""
    is_title = block.kind == "heading" or RANKS.index(beside) <= HIGHEST_HELD
    return highest([marking_of(line), beside if is_title else ""])


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
