"""Charts as SVG: pure functions of numbers. Every mark differs in shape as well as in colour; text grows with it.

Blue and a dark orange, which people with any kind of colour blindness can tell apart, on white and on a dark page;
a grey print shows the same by shape. No styles, scripts or links: a strict content policy holds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from bot.domain.improvement import Better
from bot.insight.projects.following import Followed, Means
from bot.wording import insight as words

WIDE, HIGH, LEFT, RIGHT, TOP, BOTTOM = 720, 320, 64, 24, 20, 52
BAR, GAP = 22, 12
LABEL, MOST_LETTERS = 270, 30
"""Room for the name of a bar, and how much of it is written: wide typefaces take 9 units a letter."""
LINE, GOOD, BAD, QUIET = "#2e86c1", "#2e86c1", "#c2410c", "#6f777b"


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to heights."""

    low: float
    high: float
    step: float

    @classmethod
    def around(cls, values: Sequence[float]) -> Scale:
        """Round steps that hold all values; from zero where none is below it."""
        low, high = min(0.0, *values, 0.0), max(*values, 0.0) if values else 1.0
        if high == low:
            high = low + 1
        raw = (high - low) / 4
        power = 10 ** math.floor(math.log10(raw))
        step = next(power * size for size in (1, 2, 2.5, 5, 10) if power * size >= raw * 0.999)
        return cls(math.floor(low / step) * step, math.ceil(high / step) * step, step)

    def y(self, value: float) -> float:
        """Where a value stands on a chart of the usual height."""
        share = (value - self.low) / (self.high - self.low)
        return round(HIGH - BOTTOM - share * (HIGH - BOTTOM - TOP), 1)

    @property
    def ticks(self) -> list[float]:
        """Values that are written at the side."""
        count = round((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]


def xmr_chart(followed: Followed, unit: str, title: str) -> str:
    """A project's values with their middle, limits, signals, and what was tried."""
    numbers = [one.value for one in followed.values]
    if not numbers:
        return ""
    limits = [one.limits for one in followed.segments if one.limits]
    scale = Scale.around(
        [*numbers, *(one.upper for one in limits), *(max(one.lower, _floor(numbers)) for one in limits)]
    )
    xs = _places(len(numbers))
    parts = [_axis(scale, unit), _days(followed, xs), *_tried(followed, xs), *_segments(followed, scale, xs, numbers)]
    path = " ".join(f"{x},{scale.y(value)}" for x, value in zip(xs, numbers, strict=True))
    parts.append(f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2"/>')
    parts += [_mark(x, scale.y(v), followed.means(i)) for i, (x, v) in enumerate(zip(xs, numbers, strict=True))]
    return _svg(HIGH, title, _described(followed, unit), parts)


def line_chart(names: Sequence[str], values: Sequence[float | None], unit: str, title: str) -> str:
    """A value for each period; a gap where it is hidden or there is none."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    scale, xs = Scale.around(known), _places(len(values))
    parts = [_axis(scale, f"{title} ({unit})"), _names(names, xs)]
    for run in _runs(values):
        path = " ".join(f"{xs[i]},{scale.y(values[i] or 0)}" for i in run)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2.5"/>')
        parts += [f'<circle cx="{xs[i]}" cy="{scale.y(values[i] or 0)}" r="3.5" fill="{LINE}"/>' for i in run]
    return _svg(HIGH, title, f"{title}: {len(known)} values from {min(known):g} to {max(known):g} {unit}.", parts)


def bar_chart(names: Sequence[str], values: Sequence[float | None], unit: str, title: str) -> str:
    """A bar for each category, its value written beside it; a word where it is hidden."""
    if not any(values):
        return ""
    most = max(value or 0 for value in values)
    high, label, room = len(names) * (BAR + GAP) + GAP + BAR, LABEL, WIDE - LABEL - 90
    parts = [_text(label, 14, f"{title} ({unit})")]
    for row, (name, value) in enumerate(zip(names, values, strict=True)):
        y = BAR + GAP + row * (BAR + GAP)
        shown = words.HIDDEN if value is None else f"{value:,g}"
        wide = round((value or 0) / most * room, 1)
        parts.append(_text(label - 8, y + 16, _short(name, MOST_LETTERS), "end"))
        if value:
            parts.append(f'<rect x="{label}" y="{y}" width="{wide}" height="{BAR}" fill="{LINE}"/>')
        parts.append(_text(label + wide + 6, y + 16, shown))
    parts.append(f'<line x1="{label}" y1="{BAR}" x2="{label}" y2="{high}" stroke="{QUIET}" stroke-width="1"/>')
    return _svg(high, title, f"{title}, in {unit}: {len(names)} bars.", parts)


def _svg(high: int, title: str, description: str, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" role="img" class="hub-chart" '
        f'aria-label="{escape(f"{title}. {description}")}" font-size="14" font-family="sans-serif" fill="currentColor">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _places(count: int) -> list[float]:
    room = WIDE - LEFT - RIGHT - 20
    return [round(LEFT + 10 + (room * i / (count - 1) if count > 1 else room / 2), 1) for i in range(count)]


def _floor(numbers: Sequence[float]) -> float:
    """Below what no limit is drawn: values that never are negative have none below zero."""
    return 0.0 if min(numbers) >= 0 else -math.inf


def _axis(scale: Scale, unit: str) -> str:
    parts = [_text(LEFT, TOP - 6, unit)]
    for tick in scale.ticks:
        y = scale.y(tick)
        parts.append(f'<line x1="{LEFT}" y1="{y}" x2="{WIDE - RIGHT}" y2="{y}" stroke="{QUIET}" stroke-opacity="0.3"/>')
        parts.append(_text(LEFT - 8, y + 5, f"{tick:,g}", "end"))
    return "".join(parts)


def _names(names: Sequence[str], xs: Sequence[float]) -> str:
    every = max(1, math.ceil(len(names) / 7))
    return "".join(_text(xs[i], HIGH - BOTTOM + 22, names[i], "middle") for i in range(0, len(names), every))


def _days(followed: Followed, xs: Sequence[float]) -> str:
    return _names([f"{one.day.day} {one.day:%b %y}" for one in followed.values], xs)


def _tried(followed: Followed, xs: Sequence[float]) -> list[str]:
    """A dotted line where something was tried, with its number; the list below the chart says what."""
    parts = []
    for number, one in enumerate(followed.tried, 1):
        after = [x for x, value in zip(xs, followed.values, strict=True) if value.day >= one.day]
        x = round((after[0] if after else WIDE - RIGHT) - 6, 1)
        parts.append(
            f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{HIGH - BOTTOM}" stroke="currentColor" stroke-dasharray="2 4"/>'
        )
        parts.append(_text(x, HIGH - 8, f"tried {number}", "middle"))
    return parts


def _segments(followed: Followed, scale: Scale, xs: Sequence[float], numbers: Sequence[float]) -> list[str]:
    parts = []
    for one in followed.segments:
        x1, x2 = xs[one.start], xs[one.end - 1]
        parts.append(_level(x1, x2, scale.y(one.centre), "currentColor", ""))
        if one.limits:
            parts.append(_level(x1, x2, scale.y(one.limits.upper), QUIET, "7 5"))
            if one.limits.lower > _floor(numbers):
                parts.append(_level(x1, x2, scale.y(one.limits.lower), QUIET, "7 5"))
    return parts


def _level(x1: float, x2: float, y: float, colour: str, dashes: str) -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1}" y1="{y}" x2="{x2}" y2="{y}" stroke="{colour}" stroke-width="1.5"{dashed}/>'


def _mark(x: float, y: float, means: Means) -> str:
    """A ring for chance, a filled disc for the better, a filled diamond for the worse."""
    if means is Means.CHANCE:
        return f'<circle cx="{x}" cy="{y}" r="4" fill="#fff" stroke="{QUIET}" stroke-width="2"/>'
    if means is Means.IMPROVED:
        return f'<circle cx="{x}" cy="{y}" r="5.5" fill="{GOOD}"/>'
    return f'<path d="M{x} {y - 7.5} l7.5 7.5 l-7.5 7.5 l-7.5 -7.5 z" fill="{BAD}"/>'


def _described(followed: Followed, unit: str) -> str:
    counts = {means: sum(followed.means(i) is means for i in range(len(followed.values))) for means in Means}
    better = words.BETTER[Better(followed.better).value]
    kind = "Run chart" if followed.is_run_chart else "XmR chart"
    return (
        f"{kind} of {len(followed.values)} values in {unit}, {better}: {counts[Means.IMPROVED]} signals for the "
        f"better, {counts[Means.WORSE]} for the worse."
    )


def _runs(values: Sequence[float | None]) -> list[list[int]]:
    """Places of values that follow one another without a gap."""
    runs: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place)
    return [run for run in runs if run]
