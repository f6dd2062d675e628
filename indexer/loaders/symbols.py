"""Characters of symbol fonts as the signs that a reader sees: ticks, crosses, boxes, arrows."""

from __future__ import annotations

TICKS = "✓✔☑✅"
CROSSES = "✗✘✕✖☒❌❎"
BOXES = "☐☑☒"
SIGNS = frozenset(TICKS + CROSSES + BOXES)
"""Signs that say yes or no, or that something is chosen: they are text, not mere bullets."""
UNKNOWN = "[symbol]"
"""For a sign that is not in the tables below: that there was one is told."""

# the fonts' own charts; only signs that documents use in their text
_WINGDINGS = {
    0x22: "✂", 0x26: "📖", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍", 0x41: "✌", 0x43: "👍",
    0x44: "👎", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x49: "✋", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x4D: "💣",
    0x4E: "☠", 0x4F: "⚐", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "❑", 0x72: "❒", 0x73: "◆",
    0x74: "◆", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "☒", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉",
    0xA7: "▪", 0xA8: "☐", 0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦",
    0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + n: chr(0x2460 + n - 1) for n in range(1, 11)},
    **{0x8B + n: chr(0x2776 + n - 1) for n in range(1, 11)},
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x96: "●", 0x97: "●", 0xA2: "■", 0xA3: "☐",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x63: "☐", 0x67: "■", 0x69: "ℹ", 0x72: "✗", 0x6E: "●", 0x3D: "■", 0x34: "▶"}
_DINGBATS = {
    0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "❏",
    0x71: "❑", 0x72: "❒", 0x75: "◆", 0xD4: "➔", 0xD5: "→", 0x48: "★", 0x25: "☎", 0x2B: "☞", 0x2A: "☛",
}  # fmt: skip
_SYMBOL = {
    0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x61: "α", 0x62: "β", 0x67: "γ", 0x6D: "μ", 0x70: "π", 0xA2: "′", 0xA3: "≤",
    0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥",
    0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD2: "®", 0xD3: "©", 0xD4: "™",
    0xD6: "√", 0xD7: "·", 0xDE: "⇒", 0xE2: "®", 0xE3: "©", 0xE4: "™", 0x2D: "−", 0xD0: "∠", 0xD8: "¬",
}  # fmt: skip
_FONTS: tuple[tuple[str, dict[int, str]], ...] = (
    ("wingdings2", _WINGDINGS_2),
    ("wingdings3", {}),
    ("wingdings", _WINGDINGS),
    ("webdings", _WEBDINGS),
    ("dingbats", _DINGBATS),
    ("symbol", _SYMBOL),
)
_PRIVATE = range(0xF000, 0xF100)
"""Where symbol fonts put their characters."""


def table_of(font: str) -> dict[int, str] | None:
    """The signs of a symbol font by their place in it; none for a font of letters."""
    name = font.lower().replace(" ", "").replace("-", "")
    if "segoeuisymbol" in name:  # a font of ordinary characters, whatever its name says
        return None
    return next((table for part, table in _FONTS if part in name), None)


def sign(font: str, code: int) -> str:
    """The sign that a symbol font shows for a character; `UNKNOWN` where it is not known."""
    table = table_of(font)
    place = code - 0xF000 if code in _PRIVATE else code
    found = (_WINGDINGS if table is None else table).get(place)
    if found is None:
        return " " if place in (0x20, 0xA0) else UNKNOWN
    return found


def shown(text: str, font: str) -> str:
    """Text as a reader sees it, if it is set in a symbol font or in a symbol font's private characters."""
    if table_of(font) is not None:
        return "".join(sign(font, ord(char)) if not char.isspace() else char for char in text)
    return "".join(_WINGDINGS.get(ord(char) - 0xF000, char) if ord(char) in _PRIVATE else char for char in text)
