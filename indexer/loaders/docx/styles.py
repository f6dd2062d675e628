"""What the styles of a Word document say of its paragraphs and runs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from indexer.loaders.numerals import whole
from indexer.loaders.symbols import table_of

_HEADING = re.compile(r"^heading (\d)$")
_NAMED_HEADING = re.compile(r"(?:^|\W)(?:h|heading|head|hd|überschrift|titre)[\s_-]*([1-6])(?:\W|$)")
"""Of a force's own styles: "Force Heading 2", "H2 numbered"."""
_CONTENTS = re.compile(r"^(?:toc \d|toc heading|contents heading|table of figures)$")
_OFF = {"0", "false", "off", "none"}
_SMALLEST = 4
"""Type of this many half points or less cannot be read by people."""
_AROUND_WHITE = {"tbl", "txbxContent"}


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
        preset = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('sz')}")
        self.preset_size = whole(preset.get(w("val")), 20) if preset is not None else 20
        """Half points of type that nothing else sets."""
        self._known: dict[str, Style] = {}

    def of(self, paragraph: Any) -> Style:
        """The style of a paragraph."""
        named = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        return self.named(self._standard if named is None else str(named.get(w("val"))))

    def is_standard(self, style: Style) -> bool:
        """Whether paragraphs that name no style have this one."""
        return not style.chain or style is self.named(self._standard)

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
        if level:
            return int(level) + 1 if level.isascii() and level.isdecimal() and len(level) == 1 and level < "9" else 0
        named = _NAMED_HEADING.search(style.name)
        return int(named.group(1)) if named else 0

    def is_unseen(self, run: Any, paragraph_style: Style) -> bool:
        """Whether a run is no text to a reader: hidden, too small, white on white, or struck through."""
        if any(is_on(self._of_run(run, paragraph_style, name)) for name in ("vanish", "strike", "dstrike")):
            return True
        size = self._of_run(run, paragraph_style, "sz")
        if size is not None and whole(size.get(w("val")), _SMALLEST + 1) <= _SMALLEST:
            return True
        colour = self._of_run(run, paragraph_style, "color")
        return (
            colour is not None
            and str(colour.get(w("val"))).upper() == "FFFFFF"
            and self._on_white(run, paragraph_style)
        )

    def _on_white(self, run: Any, paragraph_style: Style) -> bool:
        shades = [self._of_run(run, paragraph_style, name) for name in ("shd", "highlight")]
        shades.append(paragraph_style.property("pPr", "shd"))
        for above in run.iterancestors():
            if local(above) in _AROUND_WHITE:
                return False
            if local(above) == "p":
                shades.append(above.find(f"{w('pPr')}/{w('shd')}"))
        return all(shade is None for shade in shades)

    def font(self, run: Any, paragraph_style: Style) -> str:
        """The font of a run if it is one of symbols; empty for letters."""
        fonts = self._of_run(run, paragraph_style, "rFonts")
        names = [str(fonts.get(w(name)) or "") for name in ("ascii", "hAnsi", "cs")] if fonts is not None else []
        return next((name for name in names[:2] if table_of(name) is not None), "")

    def height(self, run: Any, paragraph_style: Style) -> str:
        """ "superscript", "subscript", or empty for a run on the line."""
        found = self._of_run(run, paragraph_style, "vertAlign")
        if found is not None:
            return str(found.get(w("val"), ""))
        moved = run.find(f"{w('rPr')}/{w('position')}")
        value = str(moved.get(w("val"), "")) if moved is not None else ""
        return "superscript" if whole(value, 0) > 4 else ""

    def all_bold(self, paragraph: Any) -> bool:
        """Whether every word of a paragraph is set bold by hand, not by its style."""
        runs = text_runs(paragraph)
        return bool(runs) and all(is_on(run.find(f"{w('rPr')}/{w('b')}")) for run in runs)

    def look(self, paragraph: Any) -> tuple[int, bool]:
        """How the text of a paragraph is set: the smallest type in it, in half points, and whether all is bold."""
        style = self.of(paragraph)
        runs = text_runs(paragraph)
        sizes = [self._of_run(run, style, "sz") for run in runs]
        size = min(
            (
                whole(found.get(w("val")), self.preset_size) if found is not None else self.preset_size
                for found in sizes
            ),
            default=self.preset_size,
        )
        return size, bool(runs) and all(is_on(self._of_run(run, style, "b")) for run in runs)

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


def text_runs(paragraph: Any) -> list[Any]:
    """The runs of a paragraph that hold words."""
    return [run for run in paragraph.iter(w("r")) if any((text.text or "").strip() for text in run.iter(w("t")))]


def _is_standard(style: Any) -> bool:
    """Whether paragraphs that name no style have this one."""
    return style.get(w("type")) == "paragraph" and str(style.get(w("default"), "")).lower() in {"1", "true", "on"}
