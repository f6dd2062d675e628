"""The words of a Word paragraph and what its style says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"^heading (\d)$")
_CONTENTS = re.compile(r"^(?:toc \d|toc heading|contents heading|table of figures)$")
_NOT_SHOWN = {"del", "moveFrom", "txbxContent", "Fallback", "instrText", "delText", "pPr", "rPr"}
_OFF = {"0", "false", "off", "none"}
_SMALLEST = 4
"""Type of this many half points or less cannot be read by people."""


def w(name: str) -> str:
    """A name in Word's own namespace."""
    return str(qn(f"w:{name}"))


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def is_on(switch: Any) -> bool:
    """Whether an on/off element is there and not switched off."""
    return switch is not None and str(switch.get(w("val"), "true")).lower() not in _OFF


@dataclass(frozen=True, slots=True)
class Style:
    """A style and those it is based on, itself first."""

    name: str
    chain: tuple[Any, ...] = ()

    @property
    def is_title(self) -> bool:
        return self.name == "title"

    @property
    def is_contents(self) -> bool:
        return bool(_CONTENTS.match(self.name))

    def property(self, *path: str) -> Any:
        """The nearest element that the style or one it is based on has at this path."""
        where = "/".join(w(name) for name in path)
        return next((found for element in self.chain if (found := element.find(where)) is not None), None)


class Styles:
    """The styles of one document."""

    def __init__(self, document: Any) -> None:
        root = document.styles.element
        self._by_id = {style.get(w("styleId")): style for style in root.iter(w("style"))}
        self._standard = next(
            (str(style.get(w("styleId"))) for style in root.iter(w("style")) if _is_standard(style)), ""
        )
        self._known: dict[str, Style] = {}

    def of(self, paragraph: Any) -> Style:
        """The style of a paragraph."""
        named = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return self.named(self._standard if named is None else str(named.get(w("val"))))

    def named(self, style_id: str) -> Style:
        """A style by its id; one that the document does not have says nothing."""
        if style_id not in self._known:
            chain: list[Any] = []
            element = self._by_id.get(style_id)
            while element is not None and not any(element is seen for seen in chain):
                chain.append(element)
                base = element.find(w("basedOn"))
                element = None if base is None else self._by_id.get(base.get(w("val")))
            name = chain[0].find(w("name")) if chain else None
            self._known[style_id] = Style("" if name is None else str(name.get(w("val"))).lower(), tuple(chain))
        return self._known[style_id]

    def heading_level(self, paragraph: Any) -> int:
        """1 to 9 for a heading, 0 for other text."""
        style = self.of(paragraph)
        if style.is_title:
            return 1
        for element in style.chain:
            name = element.find(w("name"))
            found = _HEADING.match(str(name.get(w("val"))).lower()) if name is not None else None
            if found:
                return int(found.group(1))
        outline = paragraph.find(f"{w('pPr')}/{w('outlineLvl')}")
        outline = style.property("pPr", "outlineLvl") if outline is None else outline
        level = str(outline.get(w("val"))) if outline is not None else ""
        return int(level) + 1 if level.isdigit() and int(level) < 9 else 0

    def is_hidden(self, run: Any, paragraph_style: Style) -> bool:
        """Whether nobody sees a run: hidden by Word, or in type too small to read."""
        hidden = self._of_run(run, paragraph_style, "vanish")
        size = self._of_run(run, paragraph_style, "sz")
        tiny = size is not None and str(size.get(w("val"))).isdigit() and int(size.get(w("val"))) <= _SMALLEST
        return is_on(hidden) or tiny

    def all_bold(self, paragraph: Any) -> bool:
        """Whether every word of a paragraph is set bold by hand, not by its style."""
        runs = [run for run in paragraph.iter(w("r")) if any((text.text or "").strip() for text in run.iter(w("t")))]
        return bool(runs) and all(is_on(run.find(f"{w('rPr')}/{w('b')}")) for run in runs)

    def _of_run(self, run: Any, paragraph_style: Style, name: str) -> Any:
        own = run.find(f"{w('rPr')}/{w(name)}")
        if own is not None:
            return own
        character = run.find(f"{w('rPr')}/{w('rStyle')}")
        if character is not None:
            found = self.named(str(character.get(w("val")))).property("rPr", name)
            if found is not None:
                return found
        return paragraph_style.property("rPr", name)


def _is_standard(style: Any) -> bool:
    """Whether paragraphs that name no style have this one."""
    return style.get(w("type")) == "paragraph" and str(style.get(w("default"), "")).lower() in {"1", "true", "on"}


def text_of(paragraph: Any, styles: Styles) -> str:
    """The words that a reader sees, on one line."""
    return " ".join("".join(_pieces(paragraph, styles, styles.of(paragraph))).split())


def _pieces(element: Any, styles: Styles, style: Style) -> Iterator[str]:
    for child in element:
        kind = local(child)
        if kind in _NOT_SHOWN or (kind == "r" and styles.is_hidden(child, style)):
            continue
        if kind == "t":
            yield child.text or ""
        elif kind in {"tab", "br", "cr", "ptab"}:
            yield " "
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind != "p":  # paragraphs inside are text boxes, which are read by themselves
            yield from _pieces(child, styles, style)
