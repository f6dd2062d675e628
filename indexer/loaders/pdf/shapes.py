"""Lines, frames and pictures of a PDF's page, as PDFium finds them, in the form in which pdfplumber has them."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_DEEPEST = 15
"""Forms in forms."""
_MOST_POINTS = 200_000
"""Points of drawings on one page: beyond, the rest is no table that anybody reads."""


@dataclass(frozen=True, slots=True)
class Place:
    """From the PDF's own coordinates to those of one of pdfplumber's pages, whose top left is its beginning."""

    base: Matrix
    """To the page as it is shown, from its lower left."""
    left: float
    foot: float
    number: int
    doctop: float

    @classmethod
    def on(cls, page: Any) -> Place:
        """That of a page, as it is turned when it is shown."""
        x0, y0, x1, y1 = map(float, page.page_obj.mediabox)
        turned = {
            90: (0.0, -1.0, 1.0, 0.0, -y0, x1),
            180: (-1.0, 0.0, 0.0, -1.0, x1, y1),
            270: (0.0, 1.0, -1.0, 0.0, y1, -x0),
        }
        base = turned.get(page.rotation, (1.0, 0.0, 0.0, 1.0, -x0, -y0))
        left, top = map(float, page.mediabox[:2])
        return cls(base, left, float(page.height) + top, page.page_number, float(page.initial_doctop))

    def point(self, point: Point) -> Point:
        """A point of the page from its lower left, from its top left."""
        return point[0] + self.left, self.foot - point[1]

    def placed(self, kind: str, x0: float, y0: float, x1: float, y1: float) -> dict[str, Any]:
        """An object with the box that it has, from the page's lower left."""
        top = self.foot - y1
        return {
            "object_type": kind, "page_number": self.number, "x0": x0 + self.left, "x1": x1 + self.left,
            "y0": y0, "y1": y1, "top": top, "bottom": self.foot - y0, "doctop": self.doctop + top,
            "width": x1 - x0, "height": y1 - y0,
        }  # fmt: skip


@dataclass(slots=True)
class Shapes:
    """The shapes of one page."""

    place: Place
    points: int = 0

    def all(self, drawn: Any) -> Iterator[dict[str, Any]]:
        """Those of a page that PDFium has opened."""
        top = _each(drawn, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject)
        return self._shapes(top, self.place.base, 0)

    def _shapes(self, found: Iterator[Any], base: Matrix, depth: int) -> Iterator[dict[str, Any]]:
        for one in found:
            kind = raw.FPDFPageObj_GetType(one)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                yield from self._path(one, times(_matrix(one), base))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
                yield self.place.placed("image", *box(times(_matrix(one), base), corners))
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inside = _each(one, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject)
                yield from self._shapes(inside, times(_matrix(one), base), depth + 1)

    def _path(self, one: Any, matrix: Matrix) -> Iterator[dict[str, Any]]:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(one, fill, stroke)
        if not fill.value and not stroke.value:
            return
        painted = {
            "fill": bool(fill.value),
            "stroke": bool(stroke.value),
            "non_stroking_color": colour(raw.FPDFPageObj_GetFillColor, one),
            "stroking_color": colour(raw.FPDFPageObj_GetStrokeColor, one),
        }
        for points, closed, curved in self._outlines(one, matrix):
            kind = _kind(points, closed, curved)
            shape = self.place.placed(kind, *box(_PLAIN, points))
            yield shape | painted | {"pts": [self.place.point(point) for point in points]}

    def _outlines(self, one: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool, bool]]:
        """Each part of a path: its points, whether it ends where it began, and whether it is bent."""
        points: list[Point] = []
        closed = curved = False
        x, y = ctypes.c_float(), ctypes.c_float()
        for number in range(raw.FPDFPath_CountSegments(one)):
            self.points += 1
            if self.points > _MOST_POINTS:
                return
            segment = raw.FPDFPath_GetPathSegment(one, number)
            kind = raw.FPDFPathSegment_GetType(segment)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == raw.FPDF_SEGMENT_MOVETO:
                if len(points) > 1:
                    yield points, closed, curved
                points, closed, curved = [], False, False
            points.append(at(matrix, (x.value, y.value)))
            closed = closed or bool(raw.FPDFPathSegment_GetClose(segment))
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        if len(points) > 1:
            yield points, closed, curved


_PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def colour(ask: Any, *of: Any) -> tuple[float, ...]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(*of, *parts):
        return (0.0,)
    return tuple(part.value / 255 for part in parts[:3])


def _kind(points: list[Point], closed: bool, curved: bool) -> str:
    """A line, a frame, or anything else."""
    if curved:
        return "curve"
    if len(points) == 2 or (len(points) == 3 and points[2] == points[0]):
        return "line"
    ring = points[:4] if len(points) == 5 and _same(points[0], points[4]) else points
    if len(ring) == 4 and (closed or len(points) == 5):
        a, b, c, d = ring
        across = _level(a[0], b[0]) and _level(b[1], c[1]) and _level(c[0], d[0]) and _level(d[1], a[1])
        down = _level(a[1], b[1]) and _level(b[0], c[0]) and _level(c[1], d[1]) and _level(d[0], a[0])
        return "rect" if across or down else "curve"
    return "curve"


def _level(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=0.01)


def _same(one: Point, other: Point) -> bool:
    return _level(one[0], other[0]) and _level(one[1], other[1])


def _each(holder: Any, count: Any, get: Any) -> Iterator[Any]:
    for number in range(count(holder)):
        if one := get(holder, number):
            yield one


def _matrix(one: Any) -> Matrix:
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(one, own)
    return own.a, own.b, own.c, own.d, own.e, own.f


def times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def at(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def box(matrix: Matrix, points: list[Point]) -> tuple[float, float, float, float]:
    placed = [at(matrix, point) for point in points]
    across, down = [x for x, _ in placed], [y for _, y in placed]
    return min(across), min(down), max(across), max(down)
