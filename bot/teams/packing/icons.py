"""The app's two icons, drawn here: a shield with a tick, white on the accent colour and as an outline."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence

COLOUR_SIZE, OUTLINE_SIZE = 192, 32
MARK = 56.0
"""Half the height of the mark on the colour icon: Teams crops what is outside the 120 pixels in the middle."""
OUTLINE_MARK = 15.0
"""The same on the outline icon, which has no padding."""
SIDE = 13 / OUTLINE_MARK
"""Half the width of the mark: whole pixels on the outline icon, whose sides are sharp therefore."""
FINE = 8
"""Lines that are measured for each line of pixels."""
STEPS = 24

Point = tuple[float, float]
Shape = list[Point]


def colour_icon(accent: str) -> bytes:
    """The icon for the store: 192 pixels square, filled to its edges (Teams rounds it); `accent` is "#rrggbb"."""
    ground = bytes.fromhex(accent.removeprefix("#"))
    placed = [_placed(shape, COLOUR_SIZE / 2, MARK) for shape in (_shield(), _tick(0.115))]
    mixed = (bytes(round(below + (255 - below) * share) for below in ground) for share in _shares(COLOUR_SIZE, placed))
    return _png(COLOUR_SIZE, 2, b"".join(mixed))


def outline_icon() -> bytes:
    """The icon for the app bar: 32 pixels square, white and transparent only."""
    shield = _placed(_shield(), OUTLINE_SIZE / 2, OUTLINE_MARK)
    tick = _placed(_tick(0.08), OUTLINE_SIZE / 2, OUTLINE_MARK)
    shares = _shares(OUTLINE_SIZE, [shield, _inset(shield, 2.0), tick])
    return _png(OUTLINE_SIZE, 6, b"".join(b"\xff\xff\xff" + bytes([round(255 * share)]) for share in shares))


def _shield() -> Shape:
    """Two units high around (0, 0), clockwise from its top."""
    right = [
        *_curve((0, -1), (0.24, -0.82), (0.54, -0.74), (SIDE, -0.74)),
        *_curve((SIDE, 0.02), (SIDE, 0.48), (0.46, 0.82), (0, 1)),
    ]
    return right + [(-x, y) for x, y in reversed(right[1:-1])]


def _tick(half: float) -> Shape:
    """A tick of twice this thickness, with round ends."""
    start, corner, end = (-0.37, 0.01), (-0.09, 0.29), (0.39, -0.29)
    down = math.atan2(corner[1] - start[1], corner[0] - start[0])
    up = math.atan2(end[1] - corner[1], end[0] - corner[0])
    turn = (down + up) / 2
    mitre = half / math.cos((up - down) / 2)
    inner = (corner[0] + mitre * math.sin(turn), corner[1] - mitre * math.cos(turn))
    return [
        inner,
        *_arc(end, half, up - math.pi / 2, up + math.pi / 2),
        *_arc(corner, half, up + math.pi / 2, down + math.pi / 2),
        *_arc(start, half, down + math.pi / 2, down + 3 * math.pi / 2),
    ]


def _curve(start: Point, first: Point, second: Point, end: Point) -> Shape:
    """Points of a cubic Bézier curve, both ends among them."""
    found = []
    for t in (step / STEPS for step in range(STEPS + 1)):
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        pull = list(zip(weights, (start, first, second, end), strict=True))
        found.append((sum(weight * x for weight, (x, _) in pull), sum(weight * y for weight, (_, y) in pull)))
    return found


def _arc(centre: Point, radius: float, start: float, end: float) -> Shape:
    angles = [start + (end - start) * step / STEPS for step in range(STEPS + 1)]
    return [(centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)) for angle in angles]


def _placed(shape: Shape, middle: float, scale: float) -> Shape:
    return [(middle + scale * x, middle + scale * y) for x, y in shape]


def _inset(shape: Shape, by: float) -> Shape:
    """The same shape, smaller by this many pixels all round."""
    found = []
    for before, here, after in zip(shape[-1:] + shape[:-1], shape, shape[1:] + shape[:1], strict=True):
        (ax, ay), (bx, by_) = _inward(before, here), _inward(here, after)
        mitre = by / (1 + ax * bx + ay * by_)
        found.append((here[0] + mitre * (ax + bx), here[1] + mitre * (ay + by_)))
    return found


def _inward(start: Point, end: Point) -> Point:
    """One pixel to the right of this line, which is inward where a shape runs clockwise."""
    x, y = end[0] - start[0], end[1] - start[1]
    return -y / math.hypot(x, y), x / math.hypot(x, y)


def _shares(size: int, shapes: Sequence[Shape]) -> list[float]:
    """How much of each pixel is inside an odd number of shapes, 0 to 1, line by line."""
    edges = [edge for shape in shapes for edge in zip(shape, shape[1:] + shape[:1], strict=True)]
    shares = [0.0] * (size * size)
    for line in range(size * FINE):
        y, row = (line + 0.5) / FINE, line // FINE * size
        crossed = sorted(
            a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) for a, b in edges if (a[1] > y) != (b[1] > y)
        )
        for left, right in zip(crossed[::2], crossed[1::2], strict=True):
            for pixel in range(int(left), min(size, math.ceil(right))):
                shares[row + pixel] += (min(right, pixel + 1) - max(left, pixel)) / FINE
    return [min(1.0, share) for share in shares]


def _png(size: int, kind: int, pixels: bytes) -> bytes:
    """A square PNG of 8 bits a channel; kind 2 has red, green and blue, kind 6 has opacity as well."""
    width = len(pixels) // size
    lines = b"".join(b"\0" + pixels[line : line + width] for line in range(0, len(pixels), width))
    header = struct.pack(">2I5B", size, size, 8, kind, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
