"""Headings of a Word document that no style says are headings: they are set larger or bold, and short."""

from __future__ import annotations

from collections import Counter
from typing import Any

from indexer.loaders.docx.styles import Styles, w
from indexer.loaders.docx.text import text_of
from indexer.loaders.notes import without_marks

LONGEST = 120
"""Characters of a heading."""
FALSE_LEVEL = 7
"""Of a short line that is bold by hand: below every other one."""
_LARGER = 1.15
"""How much larger than the body's type a heading's is."""
_NOT_HEADING = ("list", "caption", "header", "footer", "quote", "toc", "table", "contents")

Look = tuple[int, bool]


class Headings:
    """What tells headings from text in one document, beyond Word's own heading styles."""

    def __init__(self, body: Any, styles: Styles) -> None:
        self._styles = styles
        sizes: Counter[int] = Counter()
        plain: list[tuple[Any, str, Look]] = []
        real: dict[int, int] = {}
        for paragraph in body.iter(w("p")):
            text = without_marks(text_of(paragraph, styles))
            if not text:
                continue
            look, level = styles.look(paragraph), styles.heading_level(paragraph)
            if level:
                real[level] = max(real.get(level, 0), look[0])
            else:
                sizes[look[0]] += len(text)
                plain.append((paragraph, text, look))
        self._body = sizes.most_common(1)[0][0] if sizes else styles.preset_size
        self._long = {styles.of(paragraph).name for paragraph, text, _ in plain if not may_head(text)}
        looks = {look for paragraph, text, look in plain if may_head(text) and self._stands_out(paragraph, look)}
        self._levels = _ranked(looks, real)

    def level(self, paragraph: Any, text: str) -> int:
        """The level of a paragraph that is set as a heading; 0 for other text."""
        if not may_head(text):
            return 0
        look = self._styles.look(paragraph)
        if self._stands_out(paragraph, look):
            return self._levels.get(look, FALSE_LEVEL)
        return FALSE_LEVEL if self._styles.all_bold(paragraph) else 0

    def _stands_out(self, paragraph: Any, look: Look) -> bool:
        """Whether type is larger than the body's, or bold in a style that is used for nothing but short lines."""
        style = self._styles.of(paragraph)
        if style.name.startswith(_NOT_HEADING):
            return False
        if look[0] >= _LARGER * self._body:
            return True
        own = not self._styles.is_standard(style) and style.name not in self._long
        return own and look[1] and look[0] >= self._body and not self._styles.all_bold(paragraph)


def may_head(text: str) -> bool:
    """Whether a text is short and no sentence."""
    return len(text) <= LONGEST and not text.endswith((".", ",", ";")) and any(char.isalpha() for char in text)


def _ranked(looks: set[Look], real: dict[int, int]) -> dict[Look, int]:
    """The larger the type, the higher; below real headings that are larger, and above or beside those that are not."""
    ordered = sorted(looks, reverse=True)
    if not real:
        return {look: min(rank, FALSE_LEVEL - 1) for rank, look in enumerate(ordered, 1)}
    highest, below = min(real), min(max(real) + 1, FALSE_LEVEL - 1)
    levels = {}
    for rank, look in enumerate(ordered, 1):
        if look[0] > real[highest]:
            levels[look] = min(rank, max(1, highest - 1))
        else:
            levels[look] = next((level for level in sorted(real) if real[level] <= look[0]), below)
    return levels
