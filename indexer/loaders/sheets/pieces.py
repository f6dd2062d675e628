"""A number format of a spreadsheet, taken apart: its sections, and in each what is written and what is filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["written", "digit", "point", "comma", "percent", "text", "other"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A sign that is written as it is, a place for a digit ("0", "#", "?"), or another part of a format."""

    kind: Kind
    text: str


NO_PIECES: tuple[Piece, ...] = (Piece("other", "General"),)
"""The format that shows a value as it is."""
_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[]|[\["\\])*')
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<filling>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]'
    r"|(?P<bracket>\[[^\]]*\])|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<general>General)|(?P<other>[eE][+-]|/)|(?P<plain>.)",
    re.DOTALL | re.IGNORECASE,
)


@lru_cache(maxsize=256)
def sections_of(code: str) -> tuple[str, ...]:
    """The parts of a format between its semicolons: for positive numbers, negative ones, zero, and text."""
    sections: list[str] = []
    start = 0
    while True:
        found = _SECTION.match(code, start)
        end = found.end() if found else len(code)
        sections.append(code[start:end])
        if end >= len(code):
            return tuple(sections[:4])
        start = end + 1


@lru_cache(maxsize=256)
def pieces_of(section: str) -> tuple[Piece, ...]:
    """The pieces of one section; `NO_PIECES` where it is one that shows a value as it is."""
    pieces = tuple(piece for found in _PIECE.finditer(section) if (piece := _piece(found)) is not None)
    known = not any(piece.kind == "other" for piece in pieces)
    # a section without a place for a digit writes its own words for every number, such as "none" for zero
    return pieces if known and (pieces or not section) else NO_PIECES if not known else ()


def _piece(found: re.Match[str]) -> Piece | None:
    kind = found.lastgroup
    if kind in {"bracket", "filling"}:
        return None  # a colour, a condition, or what fills the width of the column
    text = found.group(kind) if kind else ""
    if kind == "space":
        return Piece("written", " ")
    if kind in {"digit", "point", "comma", "percent", "text"}:
        return Piece(kind, text)  # type: ignore[arg-type]  # the names are those of Kind
    return Piece("other", text) if kind in {"general", "other"} else Piece("written", text)
