"""Two versions of one document: the current one is quoted, the earlier one listed and named with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from indexer.gathering.piece import Piece
from knowledge.passages import Status

ALIKE = 0.3
"""Share of their words that two versions have in common at least; other documents of one name have less."""
_NUMBER = re.compile(r"\b(?:v|ver|version|rev|revision|issue)[ ._-]?(\d+(?:\.\d+)*)\b", re.IGNORECASE)
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "may" else "may" for name in _MONTHS)
_DAY = re.compile(
    rf"\b(?:(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-\d\d)?)"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?P<month>{_MONTH}) (?P<of>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_LAW = re.compile(r"\b(?:act|acts|bill|order|orders|regulations?|rules|code|convention|directive)[ ,]+$", re.IGNORECASE)
"""What stands before a year that belongs to the name of a law."""
_LOOSE = re.compile(r"\b(?:final|latest|current|updated|copy(?: of)?|\(\d+\))(?!\w)", re.IGNORECASE)
_SAYS_WHEN = re.compile(
    r"\b(?:version|dated?|updated|effective|issued|issue|revised|published|reviewed|last)\b", re.IGNORECASE
)
_WORD = re.compile(r"[a-z]{3,}")
Mark = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What a document says of its version: its number, its date, or both."""

    number: Mark = ()
    day: Mark = ()

    @property
    def in_words(self) -> str:
        """As the document says it: "3.0, May 2026"."""
        number = ".".join(str(part) for part in self.number)
        if not self.day:
            return number
        year, *rest = self.day
        day = f"{_MONTHS[rest[0] - 1].capitalize()} {year}" if rest else str(year)
        return f"{number}, {day}" if number else day

    def is_before(self, other: Version) -> bool | None:
        """Whether this is the earlier one; nothing where it does not say, or number and date disagree."""
        found = {mine < theirs for mine, theirs in self._compared(other) if mine != theirs}
        return found.pop() if len(found) == 1 else None

    def _compared(self, other: Version) -> Iterator[tuple[Mark, Mark]]:
        if self.number and other.number:
            yield self.number, other.number
        if self.day and other.day:
            shared = min(len(self.day), len(other.day))
            yield self.day[:shared], other.day[:shared]


def version_of(piece: Piece) -> Version:
    """The version that a document's name, title or first lines state."""
    name = _spaced(PurePath(piece.path).stem)
    lines = [line for line in re.split(r"\n|(?<=[.!?]) ", piece.opening)[:6] if _SAYS_WHEN.search(line)]
    places = [name, piece.document.title, piece.document.version, *lines]
    number = next((found.group(1) for text in places if (found := _NUMBER.search(text))), "")
    days = [day for text in places if (day := _day_in(text))]
    day = max((other for other in days if other[0] == days[0][0]), key=len, default=())  # the most exact of that year
    return Version(tuple(int(part) for part in number.split(".")) if number else (), day)


def _day_in(text: str) -> Mark:
    found = _DAY.search(text)
    if found and found["iso"]:
        return tuple(int(part) for part in found["iso"].split("-"))
    if found:
        month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(found["month"].lower()[:3]))
        return int(found["of"]), month
    return next(((int(year.group(1)),) for year in _YEAR.finditer(text) if not _LAW.search(text[: year.start()])), ())


def _spaced(stem: str) -> str:
    """A file's name with spaces: v1.2 and 2026-05 stay together."""
    return re.sub(r"[_\s]+|(?<!\d)-|-(?!\d)|-(?=(?:19|20)\d\d\b)", " ", stem)


def family_names(piece: Piece) -> list[str]:
    """By what two versions of one document are known: their title, and in one folder the name of their file."""
    path = PurePath(piece.path)
    title, name = _plain(piece.document.title), _plain(_spaced(path.stem))
    return [*([f"title {title}"] if " " in title else []), *([f"{path.parent} {name}"] if name else [])]


def _plain(text: str) -> str:
    """A title or name without its version and date."""
    for pattern in (_NUMBER, _DAY, _LOOSE):
        text = pattern.sub(" ", text)
    years = [year for year in _YEAR.finditer(text) if not _LAW.search(text[: year.start()])]
    for year in reversed(years):
        text = text[: year.start()] + " " + text[year.end() :]
    return " ".join(re.findall(r"\w+", text.lower()))


def with_versions(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, of each document's versions the newest one current, and each named with the other.

    A document that states its own standing keeps it: then both are current, and the admin is told.
    """
    versions = {piece.path: version_of(piece) for piece in pieces}
    newer: dict[str, Piece] = {}
    for family in _families([piece for piece in pieces if piece.document.status.is_current]):
        for piece in family:
            better = [other for other in family if _replaces(other, piece, versions)]
            if better:
                newer[piece.path] = max(better, key=lambda one: (versions[one.path].number, versions[one.path].day))
    earlier: dict[str, list[str]] = {}
    for piece in pieces:
        if piece.path in newer:
            earlier.setdefault(newer[piece.path].path, []).append(piece.document.id)
    return [_told(piece, newer.get(piece.path), tuple(earlier.get(piece.path, ())), versions) for piece in pieces]


def _families(pieces: Sequence[Piece]) -> list[list[Piece]]:
    groups: dict[str, list[Piece]] = {}
    for piece in pieces:
        for name in family_names(piece):
            groups.setdefault(name, []).append(piece)
    return [group for group in groups.values() if len(group) > 1]


def _replaces(piece: Piece, earlier: Piece, versions: dict[str, Version]) -> bool:
    if versions[earlier.path].is_before(versions[piece.path]) is not True:
        return False
    words, others = (set(_WORD.findall(" ".join(p.text for p in one.passages).lower())) for one in (piece, earlier))
    return len(words & others) >= ALIKE * min(len(words), len(others))


def _told(piece: Piece, better: Piece | None, earlier: tuple[str, ...], versions: dict[str, Version]) -> Piece:
    if better is None and not earlier:
        return piece
    document, notes = piece.document, piece.notes
    if better is not None:
        which = f"“{better.document.title}” ({versions[better.path].in_words}, {better.path})"
        mine = versions[piece.path].in_words
        if document.status is Status.NOT_STATED:
            document = replace(document, status=Status.SUPERSEDED)
            notes = (*notes, f"It is an earlier version ({mine}) of {which}: listed, never quoted.")
        else:
            notes = (
                *notes,
                f"It is an earlier version ({mine}) of {which} and says itself that it is "
                f"{document.status.value}: both are quoted. Set its status to superseded, or take it out.",
            )
    document = replace(document, version=document.version or versions[piece.path].in_words, replaces=earlier)
    return replace(piece, document=document, notes=notes)
