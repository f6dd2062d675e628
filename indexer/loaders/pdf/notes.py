"""Notes at the foot of a PDF's pages, put to the figures that point to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.loaders.notes import is_unit, reference
from indexer.loaders.pdf.groups import Group
from indexer.loaders.pdf.lines import Line
from indexer.loaders.pdf.page import Table

_FIGURES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_FIGURES, "0123456789")
_RAISED = re.compile(rf"\s?[{_FIGURES}]{{1,3}}(?:\s?[,–-]\s?[{_FIGURES}]{{1,3}})*")
_FIGURE = re.compile(rf"[{_FIGURES}]+")
_NOTE = re.compile(r"^([0-9]{1,3})(?:\s+|(?=[A-Z]))(?=\S)")


class Noted:
    """The notes of a document: which figure on which page each belongs to."""

    def __init__(self, groups: Sequence[Group | Table], joined: Callable[[Sequence[Line]], str]) -> None:
        self.notes: dict[str, str] = {}
        """By key, what each says."""
        self.labels: dict[str, str] = {}
        """The figure of each."""
        self.placed: set[int] = set()
        """The notes that something points to, by `id`."""
        self._groups: dict[str, Group] = {}
        for group in groups:
            match = _begins(group, joined) if isinstance(group, Group) and group.notes else None
            if isinstance(group, Group) and match:
                key = f"{group.first.page}:{match.group(1)}"
                self._groups[key] = group
                self.notes[key], self.labels[key] = match.string[match.end() :], match.group(1)

    def text(self, group: Group, joined: str) -> str:
        """The text of a group, marked; that of a note itself stays as it is."""
        if group.notes:
            return joined
        return self.marked(joined, *dict.fromkeys(line.page for line in group.lines))

    def marked(self, text: str, *pages: int) -> str:
        """A text with marks where a raised figure points to a note of one of these pages."""

        def mark(match: re.Match[str]) -> str:
            before = text[max(0, match.start() - 8) : match.start()]
            if match.group().strip() in {"²", "³"} and is_unit(before):
                return match.group()
            named = [figure.translate(_PLAIN) for figure in _FIGURE.findall(match.group())]
            keys = [next((k for page in pages if (k := f"{page}:{name}") in self.notes), None) for name in named]
            found = [key for key in keys if key is not None]
            if len(found) < len(named):
                return match.group()
            self.placed |= {id(self._groups[key]) for key in found}
            return "".join(reference(key) for key in found)

        return _RAISED.sub(mark, text)


def _begins(group: Group, joined: Callable[[Sequence[Line]], str]) -> re.Match[str] | None:
    return _NOTE.match(f"{group.first.mark} {joined(group.lines)}".strip())


def without_raised(text: str) -> str:
    """Text without raised figures behind words, whose notes were not found; behind a number they stay, raised."""

    def kept(match: re.Match[str]) -> str:
        before = text[max(0, match.start() - 8) : match.start()]
        if is_unit(before) or before[-1:].isdigit() or not before.strip():
            return match.group()
        return ""

    return _RAISED.sub(kept, text)
