"""A number written into the places of a format: thousands, decimals, leading zeros, percent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from indexer.loaders.sheets.pieces import Piece

_MOST_DIGITS = 15
"""Digits that a spreadsheet keeps: what comes after them is the noise of binary fractions."""
_EXACT = Context(prec=400)


def plain_figure(value: Decimal) -> str:
    """A number as a sheet shows it without a format."""
    if value == value.to_integral_value():
        return str(int(value))
    return f"{float(value):.10g}"


def figure(value: Decimal, pieces: Sequence[Piece]) -> str:
    """A number that is not negative, in the places of a format."""
    point = next((index for index, piece in enumerate(pieces) if piece.kind == "point"), len(pieces))
    before, after = pieces[:point], pieces[point + 1 :]
    places = sum(piece.kind == "digit" for piece in after)
    whole, part = _digits(_scaled(value, before, pieces), places)
    if not any(piece.kind == "digit" for piece in pieces):
        whole = ""
    left = "".join(reversed(list(_whole(whole, before))))
    right = _part(part, after)
    dot = "." if point < len(pieces) and any(char.isdigit() for char in right) else ""
    return " ".join(f"{left}{dot}{right}".split())


def _scaled(value: Decimal, before: Sequence[Piece], pieces: Sequence[Piece]) -> Decimal:
    """A hundred times the number for each percent sign, a thousandth for each comma behind its last place."""
    rounded = Context(prec=_MOST_DIGITS).plus(value)
    hundreds = sum(piece.kind == "percent" for piece in pieces)
    thousands = _commas_behind(before) + (_commas_behind(pieces) if len(pieces) > len(before) else 0)
    return rounded.scaleb(2 * hundreds - 3 * thousands)


def _commas_behind(pieces: Sequence[Piece]) -> int:
    """How many commas stand behind the last place for a digit."""
    last = max((index for index, piece in enumerate(pieces) if piece.kind == "digit"), default=len(pieces))
    return sum(piece.kind == "comma" for piece in pieces[last + 1 :])


def _digits(value: Decimal, places: int) -> tuple[str, str]:
    """The digits before the point and as many behind it as the format has; rounded as a spreadsheet does."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_EXACT)
    whole, _, part = f"{rounded:f}".partition(".")
    return whole.lstrip("0"), part


def _whole(digits: str, before: Sequence[Piece]) -> Iterator[str]:
    """The signs before the point from right to left; the first place takes all the digits that are left."""
    found = [index for index, piece in enumerate(before) if piece.kind == "digit"]
    grouped = bool(found) and any(piece.kind == "comma" for piece in before[found[0] : found[-1]])
    left, written = list(digits), 0
    for index in range(len(before) - 1, -1, -1):
        piece = before[index]
        if piece.kind == "digit":
            wanted = len(left) if index == found[0] else 1
            zero = piece.text == "0" and not left
            for digit in [left.pop() for _ in range(min(wanted, len(left)))] or (["0"] if zero else []):
                if grouped and written and written % 3 == 0:
                    yield ","
                yield digit
                written += 1
        elif piece.kind != "comma":
            yield piece.text


def _part(digits: str, after: Sequence[Piece]) -> str:
    """The signs behind the point; a place "#" shows no zero at the end."""
    places = [piece for piece in after if piece.kind == "digit"]
    shown = len(places)
    while shown and places[shown - 1].text != "0" and digits[shown - 1] == "0":
        shown -= 1
    rest = iter(digits[:shown])
    return "".join(
        next(rest, "") if piece.kind == "digit" else "" if piece.kind == "comma" else piece.text for piece in after
    )
