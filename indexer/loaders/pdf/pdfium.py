"""What stands on a page of a PDF, as PDFium finds it, in the form in which pdfplumber has it from pdfminer."""

from __future__ import annotations

import ctypes
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
from pdfminer.fontmetrics import FONT_METRICS

from indexer.loaders.pdf.shapes import Place, Shapes, at, box, colour, times

log = logging.getLogger(__name__)
Objects = dict[str, list[dict[str, Any]]]
_HYPHEN = 2
"""What PDFium has for a hyphen that divides a word at the end of a line."""


class Drawn:
    """A PDF that PDFium has opened. What it cannot open or read is left to pdfminer: then nothing comes of it."""

    def __init__(self, path: Path) -> None:
        try:
            self._document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError, ValueError):
            self._document = None

    def read(self, page: Any) -> None:
        """Give one of pdfplumber's pages what stands on it, so that it need not be asked of pdfminer."""
        if self._document is None:
            return
        try:
            drawn = self._document[page.page_number - 1]
        except (pypdfium2.PdfiumError, IndexError):
            return
        try:
            page._objects = _Reading(drawn, Place.on(page)).objects()
        except (pypdfium2.PdfiumError, ctypes.ArgumentError, ValueError, ArithmeticError) as error:
            log.info("PDFium opens page %d and cannot read it: %s", page.page_number, type(error).__name__)
        finally:
            drawn.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._document is not None:
            self._document.close()


@dataclass(frozen=True, slots=True)
class _Type:
    """What the characters of one piece of text have in common."""

    font: Any
    upright: bool
    turn: tuple[float, float, float, float]
    """How it is turned and stretched, as a matrix."""
    size: float
    """Before that, in points."""
    descent: float
    """As a share of the size: how far below the line the type begins."""
    said: dict[str, Any]
    """What pdfplumber says of each of them."""


@dataclass(slots=True)
class _Reading:
    """One page, as it is read. Points are in pdfplumber's own coordinates, from the top left."""

    drawn: Any
    place: Place
    types: dict[int, _Type] = field(default_factory=dict)
    """By the address of the piece of text."""
    widths: dict[tuple[int, str], float] = field(default_factory=dict)
    """By the font's address and the letter."""
    _origin: tuple[Any, Any] = field(default_factory=lambda: (ctypes.c_double(), ctypes.c_double()))
    _corners: Any = field(default_factory=raw.FS_RECTF)

    def objects(self) -> Objects:
        found: Objects = {"char": list(self._chars())}
        for one in Shapes(self.place).all(self.drawn.raw):
            found.setdefault(one["object_type"], []).append(one)
        return found

    def _chars(self) -> Iterator[dict[str, Any]]:
        text = self.drawn.get_textpage()
        try:
            held: dict[str, Any] | None = None
            for number in range(raw.FPDFText_CountChars(text.raw)):
                char = self._char(text.raw, number)
                if char is None:
                    continue
                if held is not None and held["origin"] == char["origin"] and held["matrix"] == char["matrix"]:
                    held["text"] += char["text"]  # the letters of a ligature, which is as wide as its box
                    held["x1"] = held["right"]
                    continue
                if held is not None:
                    yield held
                held = char
            if held is not None:
                yield held
        finally:
            text.close()

    def _char(self, text: Any, number: int) -> dict[str, Any] | None:
        letter = _letter(text, number)
        if not letter:
            return None
        type_ = self._type(text, number)
        origin, corners = self._origin, self._corners
        raw.FPDFText_GetCharOrigin(text, number, *origin)
        raw.FPDFText_GetLooseCharBox(text, number, corners)
        place = origin[0].value, origin[1].value
        x0, y0, right, y1 = box(self.place.base, [(corners.left, corners.bottom), (corners.right, corners.top)])
        x1, width = right, self._width(type_, letter)
        if width or type_.upright:  # the box that PDFium has is higher than the type, and has what hangs over
            x, y = at(self.place.base, place)
            a, b, c, d = type_.turn
            low, far = type_.descent * type_.size, width * type_.size or (right - x) / a
            xs = (low * c, low * c + far * a, (low + type_.size) * c, (low + type_.size) * c + far * a)
            ys = (low * d, low * d + far * b, (low + type_.size) * d, (low + type_.size) * d + far * b)
            x0, y0, x1, y1 = x + min(xs), y + min(ys), x + max(xs), y + max(ys)
            x1 = min(x1, right) if type_.upright else x1
        char = self.place.placed("char", x0, y0, x1, y1)
        char["right"], char["text"], char["origin"], char["size"] = right + self.place.left, letter, place, y1 - y0
        char.update(type_.said)
        return char

    def _type(self, text: Any, number: int) -> _Type:
        """The type of a character: that of all in the same piece of text."""
        shown = raw.FPDFText_GetTextObject(text, number)
        address = ctypes.cast(shown, ctypes.c_void_p).value or -number - 1
        if address not in self.types:
            own = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(text, number, own)
            matrix = times((own.a, own.b, own.c, own.d, 0.0, 0.0), (*self.place.base[:4], 0.0, 0.0))
            font = raw.FPDFTextObj_GetFont(shown) if shown else None
            name, descent = _font(font)
            upright = matrix[0] * matrix[3] > 0 and matrix[1] * matrix[2] <= 0
            size = raw.FPDFText_GetFontSize(text, number)
            self.types[address] = _Type(
                font,
                upright,
                matrix[:4],
                size,
                descent,
                {
                    "matrix": matrix,
                    "fontname": name,
                    "upright": upright,
                    "non_stroking_color": colour(raw.FPDFText_GetFillColor, text, number),
                },
            )
        return self.types[address]

    def _width(self, type_: _Type, letter: str) -> float:
        """How far type of size 1 goes on after a letter; 0 where the font does not say."""
        key = (ctypes.cast(type_.font, ctypes.c_void_p).value or 0, letter)
        if key not in self.widths:
            width = ctypes.c_float()
            known = type_.font and raw.FPDFFont_GetGlyphWidth(type_.font, ord(letter), 1.0, width)
            self.widths[key] = width.value if known else 0.0
        return self.widths[key]


def _letter(text: Any, number: int) -> str:
    """A character as it is printed; empty for what is none, or was put in by PDFium."""
    code = raw.FPDFText_GetUnicode(text, number)
    if code <= 32 and raw.FPDFText_IsGenerated(text, number) == 1:
        return ""
    if code == _HYPHEN:
        return "-"
    return "" if code in (0, 0xFFFE, 0xFFFF) or 0xD800 <= code <= 0xDFFF else chr(code)


def _font(font: Any) -> tuple[str, float]:
    """A font's name, and its descent as a share of its size; of the standard fonts as Adobe has it."""
    if not font:
        return "", -0.2
    descent = ctypes.c_float()
    raw.FPDFFont_GetDescent(font, 1.0, descent)
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    name = ctypes.create_string_buffer(length)
    raw.FPDFFont_GetBaseFontName(font, name, length)
    named = name.value.decode("utf-8", "replace")
    if named in FONT_METRICS and raw.FPDFFont_GetIsEmbedded(font) != 1:
        metrics: dict[str, Any] = FONT_METRICS[named][0]
        return named, metrics["Descent"] / 1000
    return named, descent.value
